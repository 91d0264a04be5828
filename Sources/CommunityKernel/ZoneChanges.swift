import Foundation
public import WireProtocol

/// One change of the clocks of a zone.
public struct ZoneChange: Sendable, Equatable {
    /// When.
    public let at: Instant
    /// Seconds east of UTC before.
    public let before: Int64
    /// Seconds east of UTC from then on.
    public let after: Int64
    /// Whether it is summer time from then on.
    public let isDaylight: Bool
}

/// The clocks of a zone over some years, by the tz database.
public struct ZoneChanges: Sendable {
    /// The seconds east of UTC at the beginning.
    public let offset: Int64
    /// The changes, in order.
    public let changes: [ZoneChange]

    /// Reads the changes between two instants; nil for an unknown zone.
    public init?(of zone: String, from start: Instant, to end: Instant) {
        guard LocalTime.isZone(zone), let zone = TimeZone(identifier: zone) else { return nil }
        offset = Self.offset(zone, start)
        var changes: [ZoneChange] = []
        var low = start
        // No zone changes its clocks twice within a week.
        let week: Int64 = 7 * 86_400_000
        while low < end {
            let high = Instant(milliseconds: min(low.milliseconds + week, end.milliseconds))
            if Self.offset(zone, low) != Self.offset(zone, high) {
                changes.append(Self.change(zone, between: low, and: high))
            }
            low = high
        }
        self.changes = changes
    }

    /// The moment, to the second, at which the offset changes.
    private static func change(_ zone: TimeZone, between low: Instant, and high: Instant) -> ZoneChange {
        var (low, high) = (low.milliseconds / 1_000, high.milliseconds / 1_000)
        let before = offset(zone, Instant(milliseconds: low * 1_000))
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(zone, Instant(milliseconds: middle * 1_000)) == before { low = middle } else { high = middle }
        }
        let at = Instant(milliseconds: high * 1_000)
        let date = Date(timeIntervalSince1970: Double(high))
        return ZoneChange(
            at: at,
            before: before,
            after: offset(zone, at),
            isDaylight: zone.isDaylightSavingTime(for: date)
        )
    }

    private static func offset(_ zone: TimeZone, _ at: Instant) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(at.milliseconds) / 1_000)))
    }
}
