import CICal
import CommunityKernel
import WireProtocol

/// The VTIMEZONE of a zone for the years that a calendar covers, from the tz database.
///
/// Changes that fall on the same weekday of the same month each year, as in all of Europe, become a rule, which
/// Outlook needs; any others are listed one by one.
enum CalendarZone {
    /// A change as a pattern of the year: the rules of two years are the same when these are.
    private struct Pattern: Hashable {
        let month: Int64
        /// The weekday, Sunday 0.
        let weekday: Int64
        /// Which of the month, -1 for the last.
        let ordinal: Int64
        let second: Int64
    }

    private struct Kind: Hashable {
        let before: Int64
        let after: Int64
        let isDaylight: Bool
    }

    static func component(_ zone: String, from start: Instant, to end: Instant) -> CalendarComponent? {
        // From the change before the first event on, with a year to see whether the next ones are alike.
        let year: Int64 = 366 * 86_400
        let first = start.advanced(bySeconds: -2 * year)
        guard let rules = ZoneChanges(of: zone, from: first, to: end.advanced(bySeconds: 2 * year)) else { return nil }
        let component = CalendarComponent(ICAL_VTIMEZONE_COMPONENT)
        component.word("TZID", zone)
        if rules.changes.isEmpty || (rules.changes.first?.at ?? end) > start {
            let standard = CalendarComponent(ICAL_XSTANDARD_COMPONENT)
            standard.time(ICAL_DTSTART_PROPERTY, "19700101T000000")
            standard.offset(ICAL_TZOFFSETFROM_PROPERTY, rules.offset)
            standard.offset(ICAL_TZOFFSETTO_PROPERTY, rules.offset)
            component.add(standard)
        }
        let kinds = Dictionary(grouping: rules.changes) { change in
            Kind(before: change.before, after: change.after, isDaylight: change.isDaylight)
        }
        for (kind, changes) in kinds.sorted(by: { ($0.value.first?.at ?? start) < ($1.value.first?.at ?? start) }) {
            component.add(observance(kind, changes.map { $0.at.advanced(bySeconds: kind.before) }))
        }
        return component
    }

    /// The changes of one kind; `walls` are their times by the clock on the wall before.
    private static func observance(_ kind: Kind, _ walls: [Instant]) -> CalendarComponent {
        let part = CalendarComponent(kind.isDaylight ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT)
        let times = walls.map { $0.description.prefix(19).filter { $0 != "-" && $0 != ":" } }
        if let first = times.first { part.time(ICAL_DTSTART_PROPERTY, first) }
        part.offset(ICAL_TZOFFSETFROM_PROPERTY, kind.before)
        part.offset(ICAL_TZOFFSETTO_PROPERTY, kind.after)
        if walls.count > 1, isYearly(walls), let pattern = common(walls) {
            let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][Int(pattern.weekday)]
            part.word("RRULE", "FREQ=YEARLY;BYMONTH=\(pattern.month);BYDAY=\(pattern.ordinal)\(day)")
        } else {
            for time in times.dropFirst() { part.word("RDATE", time) }
        }
        return part
    }

    private static func isYearly(_ walls: [Instant]) -> Bool {
        let years = walls.map { Instant.civil($0.milliseconds / 86_400_000).year }
        return zip(years, years.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }

    /// The pattern that all changes follow; nil when they follow none.
    private static func common(_ walls: [Instant]) -> Pattern? {
        let candidates = walls.map(patterns)
        guard let first = candidates.first else { return nil }
        return first.first { pattern in candidates.allSatisfy { $0.contains(pattern) } }
    }

    /// What a day may be meant as: the last of its weekday in the month, or the first, the second and so on.
    private static func patterns(_ wall: Instant) -> [Pattern] {
        let days = wall.milliseconds / 86_400_000
        let (year, month, day) = Instant.civil(days)
        // 1 January 1970 was a Thursday.
        let weekday = (days + 4) % 7
        let second = wall.milliseconds / 1_000 % 86_400
        let next = Instant.civil(days + 7)
        let counted = Pattern(month: month, weekday: weekday, ordinal: (day - 1) / 7 + 1, second: second)
        guard next.month != month || next.year != year else { return [counted] }
        return [Pattern(month: month, weekday: weekday, ordinal: -1, second: second), counted]
    }
}
