import CommunityKernel
import Journal
import WireProtocol

/// Somebody who has a part in an event, as far as told.
struct Attendee: Sendable {
    let registration: RegistrationID
    let event: EventID
    let person: PersonID
    var state: RegistrationState
    /// The names of the reminders that went.
    var reminded: Set<String> = []
    /// When the next reminder goes.
    var due: Instant?

    static let columns: SQLQuery = "registration, event, person, state, reminded, due_at"

    init(registration: RegistrationID, event: EventID, person: PersonID, state: RegistrationState) {
        self.registration = registration
        self.event = event
        self.person = person
        self.state = state
    }

    init(_ row: any SQLRow) {
        registration = row.id(0)
        event = row.id(1)
        person = row.id(2)
        state = RegistrationState(rawValue: row.text(3)) ?? .cancelled
        reminded = Set(row.text(4).split(separator: " ").map(String.init))
        due = row.optionalInstant(5)
    }
}

/// The queries.
enum AttendeeStore {
    static func attendee(_ registration: RegistrationID, _ sql: any SQLReader) throws -> Attendee? {
        try sql.first(
            "SELECT \(part: Attendee.columns) FROM attendee WHERE registration = \(registration)",
            Attendee.init
        )
    }

    /// Those who registered before an update, after a registration, in their order.
    static func attendees(
        of event: EventID,
        after registration: RegistrationID,
        before seq: Int64,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [Attendee] {
        try sql.all(
            """
            SELECT \(part: Attendee.columns) FROM attendee
            WHERE event = \(event) AND registration > \(registration) AND registration < \(seq)
            ORDER BY registration LIMIT \(limit)
            """,
            Attendee.init
        )
    }

    /// Those whom something reminds now, the longest due first.
    static func due(at now: Instant, limit: Int, _ sql: any SQLReader) throws -> [Attendee] {
        try sql.all(
            """
            SELECT \(part: Attendee.columns) FROM attendee WHERE due_at IS NOT NULL AND due_at <= \(now)
            ORDER BY due_at, registration LIMIT \(limit)
            """,
            Attendee.init
        )
    }

    static func save(_ attendee: Attendee, _ sql: any SQLWriter) throws {
        let reminded = attendee.reminded.sorted().joined(separator: " ")
        try sql.execute(
            """
            INSERT INTO attendee (registration, event, person, state, reminded, due_at)
            VALUES (\(attendee.registration), \(attendee.event), \(attendee.person), \(attendee.state.rawValue),
                \(reminded), \(attendee.due))
            ON CONFLICT (registration) DO UPDATE SET state = excluded.state, reminded = excluded.reminded,
                due_at = excluded.due_at
            """
        )
    }

    static func remove(_ registration: RegistrationID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM attendee WHERE registration = \(registration)")
    }
}

/// How far those who have a part in an event are told of its change: some at a time, in the order of the changes.
struct AttendeeSpread: Sendable {
    /// The update that told of the change.
    let seq: Int64
    let event: EventID
    let news: EventNews
    let at: Instant
    /// Who changed it.
    let author: MemberID
    /// The last registration whose person was told.
    var after = RegistrationID()

    /// The one that has waited longest.
    static func next(_ sql: any SQLReader) throws -> AttendeeSpread? {
        try sql.first("SELECT seq, event, news, at, author, after FROM attendee_spread ORDER BY seq LIMIT 1") { row in
            AttendeeSpread(
                seq: row.int(0),
                event: row.id(1),
                news: EventNews(rawValue: row.text(2)) ?? .changed,
                at: row.instant(3),
                author: row.id(4),
                after: row.id(5)
            )
        }
    }

    /// The same, gone on.
    func after(_ registration: RegistrationID) -> AttendeeSpread {
        var rest = self
        rest.after = registration
        return rest
    }

    func save(_ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO attendee_spread (seq, event, news, at, author, after)
            VALUES (\(seq), \(event), \(news.rawValue), \(at), \(author), \(after))
            ON CONFLICT (seq) DO UPDATE SET after = excluded.after
            """
        )
    }

    func remove(_ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM attendee_spread WHERE seq = \(seq)")
    }
}
