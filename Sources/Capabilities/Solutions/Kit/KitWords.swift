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
