import Foundation
import WireProtocol

/// The words of an exported kit, in Italian: the language of the acts that it is for.
enum KitWords {
    private static let words: [String: JSON] = {
        let members = (try? JSONParser.parse(PackageResources.kit_json))?.object?.members ?? []
        return Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }()

    static func word(_ name: String, _ values: [String: String] = [:]) -> String {
        var text = words[name]?.string ?? name
        for (key, value) in values { text = text.replacingOccurrences(of: "{\(key)}", with: value) }
        return text
    }

    /// A cost as people write it: `€ 12.000 una tantum, € 3.000 l'anno`.
    static func cost(_ cost: SolutionCost) -> String {
        [
            cost.once.map { word("cost_once", ["euros": euros($0)]) },
            cost.yearly.map { word("cost_yearly", ["euros": euros($0)]) },
        ]
        .compactMap { $0 }.joined(separator: ", ")
    }

    /// Whole euros, a point after each three digits: `€ 12.000`.
    static func euros(_ amount: Int64) -> String {
        var digits = ""
        for (place, digit) in String(amount).reversed().enumerated() {
            if place > 0, place % 3 == 0 { digits.append(".") }
            digits.append(digit)
        }
        return "€ " + String(digits.reversed())
    }

    /// A day written as `2026-03-01`, as people write it.
    static func day(_ day: String) -> String { Instant(day + "T12:00:00Z").map(Self.day) ?? day }

    /// A day in Rome, as people write it.
    static func day(_ instant: Instant) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "it_IT")
        format.timeZone = TimeZone(identifier: "Europe/Rome")
        format.dateFormat = "d MMMM yyyy"
        return format.string(from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000))
    }
}
