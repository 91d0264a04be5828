import CommunityKernel
import WireProtocol

/// When nobody is to be mailed: in the hours that one chose, else at night, and on holidays.
struct QuietTimes: Sendable {
    /// The hours of the night, for who has chosen none.
    var night = DoNotDisturb(from: "21:00", to: "07:00")
    /// The hour of the day at which digests go.
    var digestHour: Int64 = 8

    /// When a mail may go that is ready at `now`.
    func free(from now: Instant, _ settings: NotificationSettings, zone: String) -> Instant {
        let chosen = settings.doNotDisturb
        let hours = chosen ?? (settings.mailAnytime ? nil : night)
        var moment = WallMoment(now, zone: zone)
        let start = moment
        // Each turn gets past a night or a holiday: no run of them is longer.
        for _ in 0..<30 {
            if !settings.mailAnytime, Holidays.isHoliday(moment) {
                moment = WallMoment(day: moment.day + 1, minute: Self.minute(hours?.to) ?? 0)
            } else if let end = Self.end(of: hours, at: moment) {
                moment = end
            } else {
                break
            }
        }
        return moment == start ? now : moment.instant(in: zone)
    }

    /// When the next digest goes: tomorrow, or on the next Monday.
    func nextDigest(after now: Instant, _ settings: NotificationSettings, zone: String) -> Instant {
        let today = WallMoment(now, zone: zone)
        let days = settings.mail == .weekly ? 8 - today.weekday : 1
        let hour = WallMoment(day: today.day + days, minute: digestHour * 60)
        return free(from: hour.instant(in: zone), settings, zone: zone)
    }

    /// The end of the hours that a moment lies in; nil when it lies outside.
    private static func end(of hours: DoNotDisturb?, at moment: WallMoment) -> WallMoment? {
        guard let hours, let from = minute(hours.from), let to = minute(hours.to) else { return nil }
        if from <= to {
            return (from..<to).contains(moment.minute) ? WallMoment(day: moment.day, minute: to) : nil
        }
        if moment.minute >= from { return WallMoment(day: moment.day + 1, minute: to) }
        return moment.minute < to ? WallMoment(day: moment.day, minute: to) : nil
    }

    private static func minute(_ time: String?) -> Int64? {
        guard let parts = time?.split(separator: ":"), parts.count == 2, let hours = Int64(parts[0]),
            let minutes = Int64(parts[1])
        else { return nil }
        return hours * 60 + minutes
    }
}

/// The public holidays of Italy (law 260/1949 as it stands), Sundays among them.
enum Holidays {
    private static let fixed: Set<[Int64]> = [
        [1, 1], [1, 6], [4, 25], [5, 1], [6, 2], [8, 15], [10, 4], [11, 1], [12, 8], [12, 25], [12, 26],
    ]

    static func isHoliday(_ moment: WallMoment) -> Bool {
        let (year, month, day) = moment.date
        return moment.weekday == 7 || fixed.contains([month, day]) || isEasterMonday(moment.day, year)
    }

    /// Easter of the Gregorian calendar, by the rule of Meeus, Jones and Butcher.
    private static func isEasterMonday(_ days: Int64, _ year: Int64) -> Bool {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let (d, e) = (b / 4, b % 4)
        let g = (b - (b + 8) / 25 + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let sum = h + l - 7 * m + 114
        return Instant.days(year: year, month: sum / 31, day: sum % 31 + 1).map { $0 + 1 } == days
    }
}
