public import CommunityKernel
public import Journal
public import WireProtocol

/// Somebody to whom a message went.
public struct AttendeeRecipient: Sendable {
    /// By which registration.
    public let registration: RegistrationID
    /// Who.
    public let person: PersonID
}

/// A message to those who registered for an event, as it is told.
public struct AttendeeMessage: Sendable {
    /// The message: the `seq` of its update.
    public let id: AttendeeMessageID
    /// Of which event.
    public let event: EventID
    /// Who wrote it.
    public let author: MemberID
    /// To whom it went.
    public let group: AttendeeGroup
    /// What it is about.
    public let subject: String?
    /// The text.
    public let text: String
    /// To how many it went.
    public let recipients: Int64
    /// When.
    public let at: Instant

    fileprivate static let columns: SQLQuery =
        "m.id, m.event, m.author, m.audience, m.subject, m.text, m.recipients, m.at"

    fileprivate init(_ row: any SQLRow) {
        id = row.id(0)
        event = row.id(1)
        author = row.id(2)
        group = AttendeeGroup(rawValue: row.text(3)) ?? .all
        subject = row.optionalText(4)
        text = row.text(5)
        recipients = row.int(6)
        at = row.instant(7)
    }
}

/// Messages to those who registered: the door of the capability that delivers them.
public enum AttendeeMessages {
    /// A message by its id.
    public static func message(_ id: AttendeeMessageID, _ sql: any SQLReader) throws -> AttendeeMessage? {
        try sql.first(
            "SELECT \(part: AttendeeMessage.columns) FROM attendee_message m WHERE m.id = \(id)",
            AttendeeMessage.init
        )
    }

    /// Those to whom a message went, by registration, after one of them, at most `limit`.
    public static func recipients(
        of message: AttendeeMessageID,
        after registration: RegistrationID,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [AttendeeRecipient] {
        try sql.all(
            """
            SELECT registration, person FROM attendee_recipient
            WHERE message = \(message) AND registration > \(registration) ORDER BY registration LIMIT \(limit)
            """
        ) { AttendeeRecipient(registration: $0.id(0), person: $0.id(1)) }
    }

    // MARK: Lists

    /// An event's messages, the newest first, or those that a person got.
    static func page(
        of event: EventID,
        to person: PersonID?,
        before: AttendeeMessageID?,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [AttendeeMessage] {
        var filter: SQLQuery = "m.event = \(event)"
        if let before { filter = "\(part: filter) AND m.id < \(before)" }
        if let person {
            filter = """
                \(part: filter) AND EXISTS (SELECT 1 FROM attendee_recipient r
                    WHERE r.message = m.id AND r.person = \(person))
                """
        }
        return try sql.all(
            """
            SELECT \(part: AttendeeMessage.columns) FROM attendee_message m WHERE \(part: filter)
            ORDER BY m.id DESC LIMIT \(limit)
            """,
            AttendeeMessage.init
        )
    }

    /// How many a message to a group would go to.
    static func count(_ group: AttendeeGroup, of event: EventID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count(
            """
            SELECT COUNT(*) FROM registration
            WHERE event = \(event) AND active = 1 AND state IN (\(list: group.states.map(\.rawValue)))
            """
        )
    }

    /// The moments of an event's last messages since one, the newest first, at most `limit`.
    static func moments(of event: EventID, since: Instant, limit: Int64, _ sql: any SQLReader) throws -> [Instant] {
        try sql.all(
            """
            SELECT at FROM attendee_message WHERE event = \(event) AND at > \(since) ORDER BY id DESC LIMIT \(limit)
            """
        ) { $0.instant(0) }
    }

    // MARK: Writing

    /// Keeps a message, and whom it is for.
    static func insert(
        _ id: AttendeeMessageID,
        _ command: WriteToAttendees,
        _ recipients: Int64,
        _ work: UnitOfWork
    )
        throws
    {
        try work.sql.execute(
            """
            INSERT INTO attendee_message (id, event, author, audience, subject, text, recipients, at)
            VALUES (\(id), \(command.event), \(work.actor.id), \(command.to.rawValue), \(command.subject),
                \(command.text), \(recipients), \(work.now))
            """
        )
        try work.sql.execute(
            """
            INSERT INTO attendee_recipient (message, registration, person)
            SELECT \(id), id, person FROM registration
            WHERE event = \(command.event) AND active = 1 AND state IN (\(list: command.to.states.map(\.rawValue)))
            """
        )
    }

    /// The messages that a person wrote and got, for an export.
    static func export(_ person: PersonID, _ sql: any SQLReader) throws -> [JSON] {
        try sql.all(
            """
            SELECT \(part: AttendeeMessage.columns) FROM attendee_message m
            WHERE m.author = \(person) OR m.id IN (SELECT message FROM attendee_recipient WHERE person = \(person))
            ORDER BY m.id
            """,
            AttendeeMessage.init
        ).map { message in
            let isOwn = message.author == person
            return JSON.members([
                "id": .int(message.id.rawValue), "event": .int(message.event.rawValue),
                "written": .bool(isOwn), "at": .string(message.at.description),
                "subject": message.subject.map(JSON.string) ?? .null, "text": .string(message.text),
            ])
        }
    }

    /// Takes a person out: what was got is forgotten, what was written is emptied.
    static func erase(_ person: PersonID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM attendee_recipient WHERE person = \(person)")
        try sql.execute("UPDATE attendee_message SET text = '', subject = NULL WHERE author = \(person)")
    }
}
