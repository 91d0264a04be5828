import CommunityKernel
public import Journal
public import WireProtocol

/// What other capabilities may ask about events.
public enum EventStore {
    /// The event of that id; nil when there is none.
    ///
    /// Whether the actor may know of it is ``EventAccess``' to say.
    public static func event(_ id: EventID, _ sql: any SQLReader) throws -> EventRecord? {
        try sql.first("SELECT \(part: EventRecord.columns) FROM event e WHERE e.id = \(id)", EventRecord.init)
    }

    /// The events that fulfil a condition about `e`, in an order, at most `limit`.
    static func events(
        where condition: SQLQuery,
        order: SQLQuery = "e.starts, e.id",
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [EventRecord] {
        try sql.all(
            """
            SELECT \(part: EventRecord.columns) FROM event e WHERE \(part: condition)
            ORDER BY \(part: order) LIMIT \(limit)
            """,
            EventRecord.init
        )
    }

    /// The same events as they stand in the store: two answers are equal only where all that an event is read from is.
    ///
    /// The bytes, and whose they are.
    static func rows(
        where condition: SQLQuery,
        order: SQLQuery = "e.starts, e.id",
        limit: Int,
        _ sql: any SQLReader
    ) throws -> (bytes: [UInt8], ids: [EventID]) {
        var bytes: [UInt8] = []
        let ids: [EventID] = try sql.all(
            """
            SELECT \(part: EventRecord.columns) FROM event e WHERE \(part: condition)
            ORDER BY \(part: order) LIMIT \(limit)
            """
        ) { row in
            for column in 0..<EventRecord.columnCount {
                // Nothing is not the empty text, and no two columns run into one another: UTF-8 has neither byte.
                if row.isNull(column) { bytes.append(0xFE) } else { bytes.append(contentsOf: row.text(column).utf8) }
                bytes.append(0xFF)
            }
            return row.id(0)
        }
        return (bytes, ids)
    }

    /// The events of these ids, by start.
    public static func events(_ ids: [EventID], _ sql: any SQLReader) throws -> [EventRecord] {
        try events(where: "e.id IN (\(list: ids))", limit: ids.count, sql)
    }

    /// Those of a network's public events that take place and end after a moment, by start, at most `limit`.
    public static func coming(
        in network: NetworkID,
        after moment: Instant,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [EventRecord] {
        try events(
            where: """
                e.network = \(network) AND e.public = 1 AND e.ends > \(moment) AND e.state IN ('published', 'live')
                """,
            limit: limit,
            sql
        )
    }

    /// Tells a network's members how many take part in an event.
    public static func tellCounts(_ counts: EventCounts, of event: EventRecord, _ work: UnitOfWork) throws {
        try work.append(
            EventCounted(id: event.id, counts: counts),
            to: event.isPublic ? .network(event.network) : .desk(event.network)
        )
    }

    // MARK: Writing

    static func insert(_ event: EventRecord, _ work: UnitOfWork) throws {
        let span = event.span
        try work.sql.execute(
            """
            INSERT INTO event (id, network, series, series_index, kind, title, start_local, start_zone, end_local,
                end_zone, starts, ends, details, room, place, state, public, sequence, revision, edited, reason,
                creator, created_at, changed_at)
            VALUES (\(event.id), \(event.network), \(event.series), \(event.index), \(event.kind.rawValue),
                \(event.title), \(span.start.kept), \(span.start.zone), \(span.end.kept), \(span.end.zone),
                \(span.starts), \(span.ends), \(event.details.stored), \(event.roomKey), \(event.placeKey),
                \(event.state.rawValue), \(event.isPublic), \(event.sequence), \(event.revision), \(event.edited),
                \(event.reason), \(event.creator), \(event.created), \(event.changed))
            """
        )
        try keepSpeakers(of: event, work)
        try keepAddressed(of: event, work)
    }

    static func update(_ event: EventRecord, _ work: UnitOfWork) throws {
        let span = event.span
        try work.sql.execute(
            """
            UPDATE event SET series = \(event.series), series_index = \(event.index), kind = \(event.kind.rawValue),
                title = \(event.title), start_local = \(span.start.kept), start_zone = \(span.start.zone),
                end_local = \(span.end.kept), end_zone = \(span.end.zone), starts = \(span.starts),
                ends = \(span.ends), details = \(event.details.stored), room = \(event.roomKey),
                place = \(event.placeKey), state = \(event.state.rawValue), public = \(event.isPublic),
                sequence = \(event.sequence), revision = \(event.revision), edited = \(event.edited),
                reason = \(event.reason), changed_at = \(event.changed)
            WHERE id = \(event.id)
            """
        )
        try keepSpeakers(of: event, work)
        try keepAddressed(of: event, work)
    }

    private static func keepSpeakers(of event: EventRecord, _ work: UnitOfWork) throws {
        try work.sql.execute("UPDATE event_speaker SET current = 0 WHERE event = \(event.id)")
        for person in Set((event.details.speakers ?? []).compactMap(\.person)).sorted() {
            try work.sql.execute(
                """
                INSERT INTO event_speaker (event, person, current) VALUES (\(event.id), \(person), 1)
                ON CONFLICT (event, person) DO UPDATE SET current = 1
                """
            )
        }
    }

    /// By which the events of one sub-body are found; what is shown stands in the details.
    private static func keepAddressed(of event: EventRecord, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM event_addressed WHERE event = \(event.id)")
        for organisation in event.details.addressed ?? [] {
            try work.sql.execute(
                "INSERT INTO event_addressed (event, organisation) VALUES (\(event.id), \(organisation))"
            )
        }
    }

    // MARK: Former times

    /// The times that an event was moved from, the latest last, at most 100.
    static func formerTimes(of event: EventID, _ sql: any SQLReader) throws -> [FormerTime] {
        let latest = try sql.all(
            """
            SELECT start_local, start_zone, end_local, end_zone, moved_at FROM event_former
            WHERE event = \(event) ORDER BY number DESC LIMIT 100
            """
        ) { row in
            let start = EventSpan.time(row.text(0), row.optionalText(1), nil)
            let end = EventSpan.time(row.text(2), row.optionalText(3), nil)
            return FormerTime(start: start.derived, end: end.derived, at: row.instant(4))
        }
        return latest.reversed()
    }

    /// When an event was to begin before it was last moved; a day at its midnight in UTC.
    public static func formerStart(of event: EventID, _ sql: any SQLReader) throws -> Instant? {
        guard let start = try formerTimes(of: event, sql).last?.start else { return nil }
        return start.utc ?? start.date.flatMap { Instant("\($0)T00:00:00Z") }
    }

    static func remember(_ span: EventSpan, of event: EventID, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            INSERT INTO event_former (event, number, start_local, start_zone, end_local, end_zone, moved_at)
            SELECT \(event), COALESCE(MAX(number), 0) + 1, \(span.start.kept), \(span.start.zone), \(span.end.kept),
                \(span.end.zone), \(work.now)
            FROM event_former WHERE event = \(event)
            """
        )
    }
}

extension EventTime {
    /// The time or the day as it is kept.
    public var kept: String { local ?? date ?? "" }

    /// The time with the instant that it names.
    fileprivate var derived: EventTime {
        var time = self
        time.utc = localTime.flatMap { try? $0.resolved() }
        return time
    }
}

extension EventRecord {
    /// What tells one room on the network from another; nil where each event has its own.
    var roomKey: String? {
        guard let room = details.room else { return nil }
        switch room.provider {
        case .link: return room.url.map { "link:\($0)" }
        case .jitsi, .bigbluebutton: return room.name.map { "\(room.provider.rawValue):\($0.lowercased())" }
        }
    }

    /// What tells one place from another.
    var placeKey: String? {
        details.place.map { $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }
}

/// Objects of the wire whose own field `text` hides the property of that name.
enum WireBytes {
    static func of(_ object: some WireObject) -> [UInt8] { object.text }
}
