import Foundation
public import WireProtocol

/// A moment as the calendar and the clock of a zone show it.
public struct WallMoment: Sendable, Equatable {
    /// Days since 1 January 1970.
    public let day: Int64
    /// Minutes since midnight.
    public let minute: Int64

    /// What the zone's clocks show at a moment; UTC where the tz database does not know the zone.
    public init(_ instant: Instant, zone: String) {
        let seconds = instant.milliseconds / 1_000 - (instant.milliseconds % 1_000 < 0 ? 1 : 0)
        let known = LocalTime.isZone(zone) ? TimeZone(identifier: zone) : nil
        let offset = known?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) ?? 0
        self.init(wallSeconds: seconds + Int64(offset))
    }

    /// That minute of that day.
    public init(day: Int64, minute: Int64) {
        self.day = day
        self.minute = minute
    }

    private init(wallSeconds: Int64) {
        day = Int64((Double(wallSeconds) / 86_400).rounded(.down))
        minute = (wallSeconds - day * 86_400) / 60
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    public var weekday: Int64 { (day % 7 + 7 + 3) % 7 + 1 }

    /// Year, month and day.
    public var date: (year: Int64, month: Int64, day: Int64) { Instant.civil(day) }

    /// `HH:MM`.
    public var time: String { Self.two(minute / 60) + ":" + Self.two(minute % 60) }

    /// When it is, in a zone; a time that the clocks skip when they are put forward is the hour after it.
    public func instant(in zone: String) -> Instant {
        for shift in [Int64(0), 60, 120] {
            let (year, month, date) = Instant.civil(day + (minute + shift) / 1_440)
            let rest = (minute + shift) % 1_440
            let local =
                "\(Self.four(year))-\(Self.two(month))-\(Self.two(date))T\(Self.two(rest / 60)):\(Self.two(rest % 60))"
            let time = LocalTime(local: local, zone: LocalTime.isZone(zone) ? zone : "UTC")
            if let found = try? time.resolved() { return found }
        }
        return Instant(milliseconds: (day * 1_440 + minute) * 60_000)
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func four(_ number: Int64) -> String {
        String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
    }
}
