import Foundation
public import WireProtocol

extension LocalTime {
    /// What is wrong with a local time.
    public enum Problem: String, Error {
        /// No such date or time of day.
        case notATime = "not_a_time"
        /// No such zone in the tz database.
        case unknownZone = "unknown_zone"
        /// The clocks of the zone skip it when they are put forward.
        case doesNotExist = "does_not_exist"
    }

    /// The instant that the wall-clock time names in its zone; of a time that exists twice, the first.
    public func resolved() throws(Problem) -> Instant {
        guard let wall = asIfUTC else { throw .notATime }
        guard let zone = Self.zone(zone) else { throw .unknownZone }
        // No zone changes its offset twice within two days: one of the offsets before and after is in force.
        let day: Int64 = 86_400
        let offsets = [
            Self.offset(of: zone, at: wall.advanced(bySeconds: -day)),
            Self.offset(of: zone, at: wall.advanced(bySeconds: day)),
        ]
        let candidates = offsets.map { (offset: $0, instant: wall.advanced(bySeconds: -$0)) }
        let valid = candidates.filter { Self.offset(of: zone, at: $0.instant) == $0.offset }.map(\.instant)
        guard let first = valid.min() else { throw .doesNotExist }
        return first
    }

    /// Whether the tz database has a zone of that name.
    public static func isZone(_ name: String) -> Bool { zone(name) != nil }

    private static func zone(_ name: String) -> TimeZone? {
        // Foundation also takes offsets such as `GMT+3` for names: the tz database has areas and places.
        guard name == "UTC" || name.contains("/"), !name.contains(".."), !name.hasPrefix("/") else { return nil }
        return TimeZone(identifier: name)
    }

    private static func offset(of zone: TimeZone, at instant: Instant) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000)))
    }
}

extension LocalTime {
    /// What the clock on a wall of that zone shows at an instant, to the second; nil for an unknown zone.
    public init?(_ instant: Instant, zone name: String) {
        guard let zone = Self.zone(name) else { return nil }
        let wall = instant.advanced(bySeconds: Self.offset(of: zone, at: instant))
        self.init(local: String(wall.description.prefix(19)), zone: name, utc: instant)
    }
}
