public import Journal
public import WireProtocol

/// A mail as the store keeps it.
struct MailRecord: Sendable {
    var id: Int64 = 0
    /// The part of the Message-ID before the `@`: the same for each attempt, so that a mail which went twice is known
    /// as one.
    var key = ""
    var person: PersonID?
    var address: String?
    var name: String?
    var language: String?
    var template = ""
    /// What was written down with it: JSON.
    var data = "{}"
    var slot: String?
    var state = MailState.waiting
    var at = Instant(milliseconds: 0)
    var due = Instant(milliseconds: 0)
    var attempts: Int64 = 0
    var error: String?
    var finished: Instant?

    init() {}

    static let columns: SQLQuery = """
        m.id, m.message_key, m.person, m.address, m.name, m.language, m.template, m.data, m.slot, m.state, m.created_at,
        m.due_at, m.attempts, m.error, m.finished_at
        """

    init(_ row: any SQLRow) {
        id = row.int(0)
        key = row.text(1)
        person = row.optionalID(2)
        address = row.optionalText(3)
        name = row.optionalText(4)
        language = row.optionalText(5)
        template = row.text(6)
        data = row.text(7)
        slot = row.optionalText(8)
        state = MailState(rawValue: row.text(9)) ?? .discarded
        at = row.instant(10)
        due = row.instant(11)
        attempts = row.int(12)
        error = row.optionalText(13)
        finished = row.optionalInstant(14)
    }
}

extension MailState: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(rawValue) }
}

/// The outbox's queries.
enum MailStore {
    // MARK: Reading

    static func mail(_ id: Int64, _ sql: any SQLReader) throws -> MailRecord? {
        try sql.first("SELECT \(part: MailRecord.columns) FROM mail m WHERE m.id = \(id)", MailRecord.init)
    }

    /// The numbers of those whose time has come, the longest due first.
    static func due(at now: Instant, limit: Int, _ sql: any SQLReader) throws -> [Int64] {
        try sql.all(
            "SELECT id FROM mail WHERE state = 'waiting' AND due_at <= \(now) ORDER BY due_at, id LIMIT \(limit)"
        ) { $0.int(0) }
    }

    /// A page, newest first.
    static func page(
        _ state: MailState?,
        person: PersonID?,
        before: Int64,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [MailRecord] {
        let ofState: SQLQuery = if let state { "AND m.state = \(state)" } else { "" }
        let ofPerson: SQLQuery = if let person { "AND m.person = \(person)" } else { "" }
        return try sql.all(
            """
            SELECT \(part: MailRecord.columns) FROM mail m
            WHERE m.id < \(before) \(part: ofState) \(part: ofPerson) ORDER BY m.id DESC LIMIT \(limit)
            """,
            MailRecord.init
        )
    }

    static func count(_ state: MailState, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM mail WHERE state = \(state)")
    }

    static func waiting(under slot: String, _ sql: any SQLReader) throws -> [Int64] {
        try sql.all("SELECT id FROM mail WHERE slot = \(slot) AND state = 'waiting'") { $0.int(0) }
    }

    static func attachments(of mail: Int64, _ sql: any SQLReader) throws -> [MailAttachment] {
        try sql.all(
            "SELECT name, type, is_alternative, content FROM mail_attachment WHERE mail = \(mail) ORDER BY position"
        ) { row in
            MailAttachment(name: row.text(0), type: row.text(1), isAlternative: row.flag(2), content: row.bytes(3))
        }
    }

    static func old(before cutoff: Instant, limit: Int, _ sql: any SQLReader) throws -> [Int64] {
        try sql.all(
            "SELECT id FROM mail WHERE created_at < \(cutoff) ORDER BY created_at LIMIT \(limit)"
        ) { $0.int(0) }
    }

    // MARK: Writing

    static func insert(
        _ mail: MailRecord,
        _ attachments: [MailAttachment],
        _ sql: any SQLWriter
    ) throws -> Int64 {
        let id = try sql.count("SELECT COALESCE(MAX(id), 0) + 1 FROM mail")
        try sql.execute(
            """
            INSERT INTO mail (id, message_key, person, address, name, language, template, data, slot, state, created_at,
                due_at)
            VALUES (\(id), \(mail.key), \(mail.person), \(mail.address), \(mail.name), \(mail.language),
                \(mail.template), \(mail.data), \(mail.slot), \(mail.state), \(mail.at), \(mail.due))
            """
        )
        for (position, attachment) in attachments.enumerated() {
            try sql.execute(
                """
                INSERT INTO mail_attachment (mail, position, name, type, is_alternative, content)
                VALUES (\(id), \(position), \(attachment.name), \(attachment.type), \(attachment.isAlternative),
                    \(attachment.content))
                """
            )
        }
        return id
    }

    /// It has come to its end; what it said is forgotten unless an administrator may still send it.
    static func finish(
        _ id: Int64,
        _ state: MailState,
        error: String?,
        attempts: Int64,
        at now: Instant,
        _ sql: any SQLWriter
    ) throws {
        let changed = try sql.execute(
            """
            UPDATE mail SET state = \(state), error = \(error), attempts = attempts + \(attempts), finished_at = \(now)
            WHERE id = \(id) AND state IN ('waiting', 'failed')
            """
        )
        guard changed > 0, state != .failed else { return }
        try sql.execute("UPDATE mail SET data = '{}' WHERE id = \(id)")
        try sql.execute("DELETE FROM mail_attachment WHERE mail = \(id)")
    }

    /// It is tried later.
    static func postpone(
        _ id: Int64,
        until due: Instant,
        error: String?,
        attempts: Int64,
        _ sql: any SQLWriter
    ) throws {
        try sql.execute(
            """
            UPDATE mail SET due_at = \(due), error = COALESCE(\(error), error), attempts = attempts + \(attempts)
            WHERE id = \(id) AND state = 'waiting'
            """
        )
    }

    /// It is tried again as if for the first time.
    static func revive(_ id: Int64, at now: Instant, _ sql: any SQLWriter) throws {
        // What waits under its slot by now is newer.
        try sql.execute(
            """
            UPDATE mail SET state = 'waiting', attempts = 0, created_at = \(now), due_at = \(now), finished_at = NULL,
                slot = NULL
            WHERE id = \(id)
            """
        )
    }

    static func forget(_ mails: [Int64], _ sql: any SQLWriter) throws {
        for mail in mails {
            try sql.execute("DELETE FROM mail_attachment WHERE mail = \(mail)")
            try sql.execute("DELETE FROM mail WHERE id = \(mail)")
        }
    }
}
