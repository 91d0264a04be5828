import CommunityKernel
import Foundation
public import WireProtocol

/// Texts in the form in which they are compared.
public enum Folding {
    /// An e-mail address: upper and lower case are the same.
    static func email(_ text: String) -> String { text.precomposedStringWithCanonicalMapping.lowercased() }

    /// A name: accents, case and width do not count.
    public static func name(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil).lowercased()
    }

    /// A pattern for `LIKE … ESCAPE '\'` that finds the text anywhere in a folded name.
    public static func pattern(_ text: String) -> String {
        var pattern = "%"
        for character in name(text) {
            if "%_\\".contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
        return pattern + "%"
    }
}

extension Moment {
    /// When it begins: a day begins at its midnight in the zone.
    public func start(in zone: String) throws(WireError) -> Instant { try resolved(zone, addingDays: 0) }

    /// When what ends with it is over: a day is included.
    public func end(in zone: String) throws(WireError) -> Instant { try resolved(zone, addingDays: 1) }

    private func resolved(_ zone: String, addingDays days: Int64) throws(WireError) -> Instant {
        switch self {
        case .instant(let instant): return instant
        case .day(let day):
            guard let midnight = Instant(day + "T00:00:00Z")?.advanced(bySeconds: days * 86_400) else {
                throw WireError(.internal, "not a day")
            }
            let local = LocalTime(local: String(midnight.description.prefix(16)), zone: zone)
            // Where the clocks skip midnight, the day begins with its first moment.
            if let instant = try? local.resolved() { return instant }
            let later = LocalTime(local: String(midnight.description.prefix(11)) + "01:00", zone: zone)
            guard let instant = try? later.resolved() else { throw WireError(.internal, "no such zone: \(zone)") }
            return instant
        }
    }
}
