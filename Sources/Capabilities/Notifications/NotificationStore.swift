import CommunityKernel
import Journal
import WireProtocol

/// A notification as the store keeps it.
struct NotificationRecord: Sendable {
    var id = NotificationID()
    let person: PersonID
    let kind: NotificationKind
    /// What it tells of: the message's id, the report's, or the `seq` of what happened to an event.
    let subject: Int64
    /// When what it tells of was.
    let at: Instant
    let author: MemberID
    let network: NetworkID?
    let channel: ChannelID?
    /// 0 for what tells of an event.
    let message: MessageID
    var event: EventID?
    var news: EventNews?
    var isSeen = false

    static let columns: SQLQuery =
        "id, person, kind, subject, at, author, network, channel, message, seen, event, news"

    init(
        person: PersonID,
        kind: NotificationKind,
        subject: Int64,
        at: Instant,
        author: MemberID,
        network: NetworkID?,
        channel: ChannelID?,
        message: MessageID
    ) {
        self.person = person
        self.kind = kind
        self.subject = subject
        self.at = at
        self.author = author
        self.network = network
        self.channel = channel
        self.message = message
    }

    init(_ row: any SQLRow) {
        id = row.id(0)
        person = row.id(1)
        kind = NotificationKind(rawValue: row.text(2)) ?? .message
        subject = row.int(3)
        at = row.instant(4)
        author = row.id(5)
        network = row.optionalID(6)
        channel = row.optionalID(7)
        message = row.id(8)
        isSeen = row.flag(9)
        event = row.optionalID(10)
        news = row.optionalText(11).flatMap(EventNews.init)
    }
}

/// The notifications' queries.
enum NotificationStore {
    static func exists(of subject: Int64, for person: PersonID, _ sql: any SQLReader) throws -> Bool {
        try sql.exists("SELECT 1 FROM notification WHERE person = \(person) AND subject = \(subject)")
    }

    static func unread(of person: PersonID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM notification WHERE person = \(person) AND seen = 0")
    }

    /// A page, newest first.
    static func page(
        of person: PersonID,
        before: Int64,
        unreadOnly: Bool,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [NotificationRecord] {
        let only: SQLQuery = unreadOnly ? "AND seen = 0" : ""
        return try sql.all(
            """
            SELECT \(part: NotificationRecord.columns) FROM notification
            WHERE person = \(person) AND id < \(before) \(part: only) ORDER BY id DESC LIMIT \(limit)
            """,
            NotificationRecord.init
        )
    }

    /// The unread ones of an interval, newest first.
    static func unread(
        of person: PersonID,
        above: Int64,
        upTo: Int64,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [NotificationRecord] {
        try sql.all(
            """
            SELECT \(part: NotificationRecord.columns) FROM notification
            WHERE person = \(person) AND seen = 0 AND id > \(above) AND id <= \(upTo) ORDER BY id DESC LIMIT \(limit)
            """,
            NotificationRecord.init
        )
    }

    /// Writes a notification down, tells it and gives its id; above `kept`, the person's oldest go.
    static func add(_ record: NotificationRecord, kept: Int64, _ work: UnitOfWork) throws -> NotificationID {
        let id = work.nextID(EntityKind.Notification.self)
        try work.sql.execute(
            """
            INSERT INTO notification (id, person, kind, subject, at, author, network, channel, message, seen,
                event, news)
            VALUES (\(id), \(record.person), \(record.kind.rawValue), \(record.subject), \(record.at),
                \(record.author), \(record.network), \(record.channel), \(record.message), 0, \(record.event),
                \(record.news?.rawValue))
            """
        )
        try work.sql.execute(
            """
            DELETE FROM notification WHERE person = \(record.person) AND id <= (
                SELECT id FROM notification WHERE person = \(record.person) ORDER BY id DESC LIMIT 1 OFFSET \(kept))
            """
        )
        var added = NotificationAdded()
        added.id = id
        added.kind = record.kind
        added.by = record.author.rawValue == 0 ? nil : record.author
        added.network = record.network
        added.channel = record.channel
        added.message = record.message.rawValue == 0 ? nil : record.message
        added.event = record.event
        added.news = record.news
        added.unread = try unread(of: record.person, work.sql)
        try work.append(added, to: .person(record.person))
        return id
    }

    // MARK: Reading

    static func read(upTo id: Int64, of person: PersonID, _ sql: any SQLWriter) throws {
        try sql.execute(
            "UPDATE notification SET seen = 1 WHERE person = \(person) AND seen = 0 AND id <= \(id)"
        )
    }

    /// The read marker of a channel passed these messages; whether any was unread.
    static func read(
        _ channel: ChannelID,
        upTo message: Int64,
        of person: PersonID,
        _ sql: any SQLWriter
    ) throws -> Bool {
        try sql.execute(
            """
            UPDATE notification SET seen = 1
            WHERE person = \(person) AND channel = \(channel) AND message <= \(message) AND seen = 0
            """
        ) > 0
    }

    /// What tells of an event; whether any was unread.
    static func read(_ event: EventID, of person: PersonID, _ sql: any SQLWriter) throws -> Bool {
        try sql.execute(
            "UPDATE notification SET seen = 1 WHERE person = \(person) AND event = \(event) AND seen = 0"
        ) > 0
    }

    /// What tells of a network's events; whether any was unread.
    static func read(eventsOf network: NetworkID, of person: PersonID, _ sql: any SQLWriter) throws -> Bool {
        try sql.execute(
            """
            UPDATE notification SET seen = 1
            WHERE person = \(person) AND network = \(network) AND event IS NOT NULL AND seen = 0
            """
        ) > 0
    }

    /// The reports that a person may no longer see; whether any was unread.
    static func readReports(of person: PersonID, _ sql: any SQLWriter) throws -> Bool {
        try sql.execute(
            """
            UPDATE notification SET seen = 1
            WHERE person = \(person) AND kind = \(NotificationKind.report.rawValue) AND seen = 0
            """
        ) > 0
    }

    /// Takes what tells of a message away; those for whom it was unread.
    static func remove(_ message: MessageID, _ sql: any SQLWriter) throws -> [PersonID] {
        let people: [PersonID] = try sql.all(
            "SELECT DISTINCT person FROM notification WHERE message = \(message) AND seen = 0 ORDER BY person"
        ) { $0.id(0) }
        try sql.execute("DELETE FROM notification WHERE message = \(message)")
        try sql.execute("DELETE FROM notification_spread WHERE message = \(message)")
        return people
    }

    // MARK: Choices

    static func settings(of person: PersonID, _ sql: any SQLReader) throws -> NotificationSettings {
        try sql.first(
            """
            SELECT quiet_from, quiet_to, browser, mail, mail_anytime, events FROM notification_choice
            WHERE person = \(person)
            """
        ) { row in
            var quiet: DoNotDisturb?
            if let from = row.optionalText(0), let to = row.optionalText(1) { quiet = DoNotDisturb(from: from, to: to) }
            return NotificationSettings(
                doNotDisturb: quiet,
                browser: row.flag(2),
                mail: MailChoice(rawValue: row.text(3)) ?? .each,
                mailAnytime: row.flag(4),
                events: telling(row.optionalText(5))
            )
        } ?? NotificationSettings()
    }

    private static func telling(_ stored: String?) -> EventTelling {
        guard let stored, let json = try? JSONParser.parse(Array(stored.utf8)).object else { return EventTelling() }
        return (try? EventTelling.read(json)) ?? EventTelling()
    }

    static func set(_ settings: NotificationSettings, of person: PersonID, _ sql: any SQLWriter) throws {
        let quiet = settings.doNotDisturb
        try sql.execute(
            """
            INSERT INTO notification_choice (person, quiet_from, quiet_to, browser, mail, mail_anytime, events)
            VALUES (\(person), \(quiet?.from), \(quiet?.to), \(settings.browser), \(settings.mail.rawValue),
                \(settings.mailAnytime), \(settings.events.stored))
            ON CONFLICT (person) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
                browser = excluded.browser, mail = excluded.mail, mail_anytime = excluded.mail_anytime,
                events = excluded.events
            """
        )
    }

    static func readUpTo(of person: PersonID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT up_to FROM notification_choice WHERE person = \(person)")
    }

    static func setReadUpTo(_ id: Int64, of person: PersonID, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO notification_choice (person, up_to) VALUES (\(person), \(id))
            ON CONFLICT (person) DO UPDATE SET up_to = excluded.up_to
            """
        )
    }
}

extension EventTelling {
    /// What is kept of it.
    fileprivate var stored: String { String(decoding: text, as: UTF8.self) }
}
