import Journal
import WireProtocol

/// A meeting at a server of rooms.
struct MeetingRecord: Sendable {
    let event: EventID
    /// When it was ended; nil while it may go on.
    let ended: Instant?
}

/// The queries of meetings and of stays in them.
enum MeetingStore {
    /// Stays in one room at most: who reconnects for ever fills no disk.
    static let stays = 20_000

    // MARK: Meetings

    /// Keeps that a meeting was opened, or opened again.
    static func opened(_ event: EventID, _ work: UnitOfWork) throws {
        let isKnown = try work.sql.exists(
            "SELECT 1 FROM webinar_meeting WHERE event = \(event) AND finished = 0 AND ended_at IS NULL"
        )
        if isKnown { return }
        try work.sql.execute(
            """
            INSERT INTO webinar_meeting (event, opened_at, ended_at, next_at, finished)
            VALUES (\(event), \(work.now), NULL, \(work.now), 0)
            ON CONFLICT (event) DO UPDATE SET ended_at = NULL, next_at = excluded.next_at, finished = 0
            """
        )
    }

    static func isOpen(_ event: EventID, _ sql: any SQLReader) throws -> Bool {
        try sql.exists("SELECT 1 FROM webinar_meeting WHERE event = \(event) AND finished = 0")
    }

    /// Those that are to be looked after now.
    static func due(at now: Instant, limit: Int, _ sql: any SQLReader) throws -> [MeetingRecord] {
        try sql.all(
            """
            SELECT event, ended_at FROM webinar_meeting WHERE finished = 0 AND next_at <= \(now)
            ORDER BY next_at, event LIMIT \(limit)
            """
        ) { MeetingRecord(event: $0.id(0), ended: $0.optionalInt(1).map { Instant(milliseconds: $0) }) }
    }

    static func putOff(_ event: EventID, until next: Instant, _ sql: any SQLWriter) throws {
        try sql.execute("UPDATE webinar_meeting SET next_at = \(next) WHERE event = \(event)")
    }

    static func ended(_ event: EventID, next: Instant, _ work: UnitOfWork) throws {
        try work.sql.execute(
            "UPDATE webinar_meeting SET ended_at = \(work.now), next_at = \(next) WHERE event = \(event)"
        )
    }

    static func finished(_ event: EventID, _ sql: any SQLWriter) throws {
        try sql.execute("UPDATE webinar_meeting SET finished = 1 WHERE event = \(event)")
    }

    // MARK: Stays

    static func joined(_ event: EventID, _ person: PersonID, session: String, at: Instant, _ sql: any SQLWriter) throws
    {
        guard try sql.count("SELECT COUNT(*) FROM webinar_stay WHERE event = \(event)") < stays else { return }
        try sql.execute(
            """
            INSERT INTO webinar_stay (event, session, person, joined_at, left_at)
            VALUES (\(event), \(session), \(person), \(at), NULL) ON CONFLICT (event, session) DO NOTHING
            """
        )
    }

    /// Ends a stay, unless it has ended before; who stayed, since when.
    static func left(
        _ event: EventID,
        session: String,
        at: Instant,
        _ sql: any SQLWriter
    ) throws -> (person: PersonID, joined: Instant)? {
        let stay = try sql.first(
            """
            SELECT person, joined_at FROM webinar_stay
            WHERE event = \(event) AND session = \(session) AND left_at IS NULL
            """
        ) { (person: $0.id(0) as PersonID, joined: $0.instant(1)) }
        guard let stay, stay.joined <= at else { return nil }
        try sql.execute(
            "UPDATE webinar_stay SET left_at = \(at) WHERE event = \(event) AND session = \(session)"
        )
        return stay
    }

    /// The stays that nobody has ended yet.
    static func open(in event: EventID, limit: Int, _ sql: any SQLReader) throws -> [String] {
        try sql.all(
            """
            SELECT session FROM webinar_stay WHERE event = \(event) AND left_at IS NULL
            ORDER BY joined_at, session LIMIT \(limit)
            """
        ) { $0.text(0) }
    }
}
