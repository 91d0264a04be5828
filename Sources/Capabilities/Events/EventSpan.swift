import CommunityKernel
public import Journal
import People
public import WireProtocol

/// When an event takes place: its times as they were given, and the instants derived from them.
public struct EventSpan: Sendable, Equatable {
    /// When it begins, with `utc`, or its first day.
    public let start: EventTime
    /// When it ends, with `utc`, or its last day.
    public let end: EventTime
    /// When it begins.
    public let starts: Instant
    /// When it is over.
    public let ends: Instant

    /// Whether it lasts whole days.
    public var isAllDay: Bool { start.date != nil }

    /// Reads six columns: start and end, each as it was given with its zone, and the two instants.
    public init(_ row: any SQLRow, _ column: Int) {
        let instants = (row.instant(column + 4), row.instant(column + 5))
        starts = instants.0
        ends = instants.1
        start = Self.time(row.text(column), row.optionalText(column + 1), instants.0)
        end = Self.time(row.text(column + 2), row.optionalText(column + 3), instants.1)
    }

    static func time(_ local: String, _ zone: String?, _ utc: Instant?) -> EventTime {
        guard let zone else { return EventTime(date: local) }
        return EventTime(LocalTime(local: local, zone: zone, utc: utc))
    }

    /// The days that an event may have, from 1970 on.
    private static let years = "1970"..."2199"

    /// Checks times as they were given and derives the instants; whole days begin and end in the community's `zone`.
    ///
    /// What is wrong is `invalid`, below the path.
    public init(
        start: EventTime,
        end: EventTime,
        zone: String,
        longestDays: Int64,
        path: String = "with"
    ) throws {
        let first = try Self.resolved(start, "\(path).start", zone: zone, addingDays: 0)
        let last = try Self.resolved(end, "\(path).end", zone: zone, addingDays: 1)
        guard (start.date == nil) == (end.date == nil) else { throw WireError.invalid("\(path).end", "not_allowed") }
        guard last.instant > first.instant else { throw WireError.invalid("\(path).end", "before_start") }
        guard last.instant.milliseconds - first.instant.milliseconds <= (longestDays + 1) * 86_400_000 else {
            throw WireError.invalid("\(path).end", "too_long")
        }
        self.start = first.time
        self.end = last.time
        starts = first.instant
        ends = last.instant
    }

    private static func resolved(
        _ time: EventTime,
        _ path: String,
        zone: String,
        addingDays days: Int64
    ) throws -> (time: EventTime, instant: Instant) {
        if let date = time.date {
            guard time.local == nil else { throw WireError.invalid("\(path).date", "not_allowed") }
            guard let day = Moment(date), case .day = day else { throw WireError.invalid("\(path).date", "not_a_time") }
            guard years.contains(String(date.prefix(4))) else {
                throw WireError.invalid("\(path).date", "out_of_range")
            }
            return (EventTime(date: date), try days == 0 ? day.start(in: zone) : day.end(in: zone))
        }
        guard let local = time.local else { throw WireError.invalid("\(path).local", "missing") }
        guard let zone = time.zone else { throw WireError.invalid("\(path).zone", "missing") }
        let instant = try Self.resolved(LocalTime(local: local, zone: zone), path)
        return (EventTime(LocalTime(local: local, zone: zone, utc: instant)), instant)
    }

    /// The instant of a local time; what is wrong with it is `invalid`, by its path.
    static func resolved(_ time: LocalTime, _ path: String) throws -> Instant {
        do {
            let instant = try time.resolved()
            guard years.contains(String(time.local.prefix(4))) else {
                throw WireError.invalid("\(path).local", "out_of_range")
            }
            return instant
        } catch let problem as LocalTime.Problem {
            throw WireError.invalid(problem == .unknownZone ? "\(path).zone" : "\(path).local", problem.rawValue)
        }
    }

    /// The span as its times name it under the zone's rules of today; nil when they name none any more.
    func rederived(zone: String) -> EventSpan? {
        try? EventSpan(start: start.bare, end: end.bare, zone: zone, longestDays: .max / 200_000_000)
    }
}

extension EventTime {
    /// The time without the instant derived from it.
    var bare: EventTime {
        var bare = self
        bare.utc = nil
        return bare
    }
}
