import CommunityKernel
import Events
import Journal
import WireProtocol

/// The registrations' queries.
enum RegistrationStore {
    private static let columns = RegistrationRecord.columns

    static func registration(_ id: RegistrationID, _ sql: any SQLReader) throws -> RegistrationRecord? {
        try sql.first("SELECT \(part: columns) FROM registration r WHERE r.id = \(id)", RegistrationRecord.init)
    }

    /// The one active registration of a person for an event.
    static func active(
        of person: PersonID,
        for event: EventID,
        _ sql: any SQLReader
    ) throws
        -> RegistrationRecord?
    {
        try sql.first(
            "SELECT \(part: columns) FROM registration r WHERE r.event = \(event) AND r.person = \(person) AND r.active = 1",
            RegistrationRecord.init
        )
    }

    /// Those who wait for a seat and may get one now, since they are active, in their order, at most `limit`.
    static func promotable(of event: EventID, limit: Int, _ sql: any SQLReader) throws -> [RegistrationRecord] {
        try sql.all(
            """
            SELECT \(part: columns) FROM registration r WHERE r.event = \(event) AND r.state = 'waitlisted'
                AND EXISTS (SELECT 1 FROM person p WHERE p.id = r.person AND p.state = 'active')
            ORDER BY r.priority, r.number LIMIT \(limit)
            """,
            RegistrationRecord.init
        )
    }

    /// Those who wait no more: once registration is closed those who came before, once the event is over all.
    static func expiring(
        in event: EventRecord,
        at now: Instant,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [RegistrationRecord]
    {
        let closing = now >= event.ends ? Instant(milliseconds: .max) : event.closes
        return try sql.all(
            """
            SELECT \(part: columns) FROM registration r WHERE r.event = \(event.id) AND r.state = 'waitlisted'
                AND r.outlived < \(closing)
            ORDER BY r.priority, r.number LIMIT \(limit)
            """,
            RegistrationRecord.init
        )
    }

    /// Those to whom a seat is offered, in the order in which they waited, at most `limit`.
    static func offers(of event: EventID, limit: Int, _ sql: any SQLReader) throws -> [RegistrationRecord] {
        try sql.all(
            """
            SELECT \(part: columns) FROM registration r WHERE r.event = \(event) AND r.state = 'offered'
            ORDER BY r.priority, r.number LIMIT \(limit)
            """,
            RegistrationRecord.init
        )
    }

    /// The place in the queue, for who waits: 1 is next.
    static func position(of registration: RegistrationRecord, _ sql: any SQLReader) throws -> Int64? {
        guard registration.state == .waitlisted else { return nil }
        return try sql.count(
            """
            SELECT COUNT(*) FROM registration WHERE event = \(registration.event) AND state = 'waitlisted'
                AND (priority < \(registration.priority)
                    OR (priority = \(registration.priority) AND number <= \(registration.number)))
            """
        )
    }

    /// All active registrations of a person.
    static func active(of person: PersonID, _ sql: any SQLReader) throws -> [RegistrationRecord] {
        try sql.all(
            "SELECT \(part: columns) FROM registration r WHERE r.person = \(person) AND r.active = 1 ORDER BY r.id",
            RegistrationRecord.init
        )
    }

    /// The seats offered to whose time is over, the longest first.
    static func lapsing(at now: Instant, limit: Int, _ sql: any SQLReader) throws -> [RegistrationRecord] {
        try sql.all(
            """
            SELECT \(part: columns) FROM registration r WHERE r.state = 'offered' AND r.expires <= \(now)
            ORDER BY r.expires, r.id LIMIT \(limit)
            """,
            RegistrationRecord.init
        )
    }

    // MARK: Lists

    /// Where a registration stands in the list: those with a seat, those who wait in their order, the others.
    private static let rank: SQLQuery = """
        CASE WHEN r.state IN ('confirmed', 'checked_in', 'attended', 'partial', 'no_show') THEN 0
            WHEN r.state = 'offered' THEN 1 WHEN r.state = 'waitlisted' THEN 2 WHEN r.state = 'requested' THEN 3
            WHEN r.state = 'invited' THEN 4 ELSE 5 END
        """

    /// A page of an event's registrations after a place, in queue order, with the place of each.
    static func page(
        of event: EventID,
        person: PersonID?,
        state: RegistrationState?,
        after place: QueuePlace?,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [(registration: RegistrationRecord, place: QueuePlace)]
    {
        var filter: SQLQuery = "r.event = \(event)"
        if let person { filter = "\(part: filter) AND r.person = \(person)" }
        if let state { filter = "\(part: filter) AND r.state = \(state.rawValue)" }
        if let place {
            filter = """
                \(part: filter) AND (\(part: rank), r.priority, r.number, r.id)
                    > (\(place.rank), \(place.priority), \(place.number), \(place.id))
                """
        }
        return try sql.all(
            """
            SELECT \(part: columns), \(part: rank) FROM registration r WHERE \(part: filter)
            ORDER BY 15, r.priority, r.number, r.id LIMIT \(limit)
            """
        ) { row in
            let registration = RegistrationRecord(row)
            let place = QueuePlace(
                rank: row.int(14),
                priority: registration.priority,
                number: registration.number,
                id: registration.id.rawValue
            )
            return (registration, place)
        }
    }

    // MARK: Writing

    /// Gives back the choices of limited number that a registration made.
    static func forgetChoices(of registration: RegistrationID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM registration_choice WHERE registration = \(registration)")
    }

    static func insert(_ registration: RegistrationRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO registration (id, event, person, state, active, priority, number, revision, expires, reason,
                answers, creator, created_at, changed_at, outlived)
            VALUES (\(registration.id), \(registration.event), \(registration.person), \(registration.state.rawValue),
                \(registration.state.isActive), \(registration.priority), \(registration.number), 1,
                \(registration.expires), NULL, \(registration.storedAnswers), \(registration.creator),
                \(registration.created), \(registration.changed), \(registration.outlived))
            """
        )
    }

    static func update(_ registration: RegistrationRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            UPDATE registration SET state = \(registration.state.rawValue), active = \(registration.state.isActive),
                number = \(registration.number), outlived = \(registration.outlived), revision = \(registration.revision),
                expires = \(registration.expires), reason = \(registration.reason),
                answers = \(registration.storedAnswers), changed_at = \(registration.changed)
            WHERE id = \(registration.id)
            """
        )
    }
}

/// A place in the order of an event's registrations, as a cursor.
struct QueuePlace {
    let rank: Int64
    let priority: Int64
    let number: Int64
    let id: Int64

    init(rank: Int64, priority: Int64, number: Int64, id: Int64) {
        self.rank = rank
        self.priority = priority
        self.number = number
        self.id = id
    }

    /// Reads a cursor; nil for what is none.
    init?(cursor: String) {
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 4, let rank = parts[0], let priority = parts[1], let number = parts[2], let id = parts[3]
        else { return nil }
        self.init(rank: rank, priority: priority, number: number, id: id)
    }

    var cursor: String { "\(rank).\(priority).\(number).\(id)" }
}
