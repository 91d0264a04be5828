import CommunityKernel
import Journal
import WireProtocol

/// A notification as the store keeps it.
struct NotificationRecord: Sendable {
    var id = NotificationID()
    let person: PersonID
    let kind: NotificationKind
    /// What it tells of: the message's id, the report's, or the `seq` of what happened to its topic.
    let subject: Int64
    /// When what it tells of was.
    let at: Instant
    let author: MemberID
    let network: NetworkID?
    let channel: ChannelID?
    /// 0 for what tells of no message.
    let message: MessageID
    /// What else it tells of.
    var topic: NoticeTopic?
    /// What is told of an event.
    var news: EventNews?
    /// What is told of any other topic.
    var told: SolutionNews?
    /// What was noted on a document.
    var comment: CommentID?
    var isSeen = false

    static let columns: SQLQuery =
        "id, person, kind, subject, at, author, network, channel, message, seen, topic, topic_id, news, comment"

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
        topic = row.optionalText(10).flatMap { NoticeTopic(name: $0, number: row.int(11)) }
        let what = row.optionalText(12)
        if case .event = topic { news = what.flatMap(EventNews.init) } else { told = what.flatMap(SolutionNews.init) }
        comment = row.optionalID(13)
    }
}

extension NotificationRecord {
    /// What its person hears of it.
    func news(of id: NotificationID) -> NotificationAdded {
        var added = NotificationAdded()
        added.id = id
        added.kind = kind
        added.by = author.rawValue == 0 ? nil : author
        added.network = network
        added.channel = channel
        added.message = message.rawValue == 0 ? nil : message
        added.news = news
        added.told = told
        added.comment = comment
        switch topic {
        case .event(let event): added.event = event
        case .document(let document): added.document = document
        case .solution(let solution): added.solution = solution
        case .adoption(let adoption): added.adoption = adoption
        case nil: break
        }
        return added
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
                topic, topic_id, news, comment)
            VALUES (\(id), \(record.person), \(record.kind.rawValue), \(record.subject), \(record.at),
                \(record.author), \(record.network), \(record.channel), \(record.message), 0,
                \(record.topic?.name), \(record.topic?.number), \(record.news?.rawValue ?? record.told?.rawValue),
                \(record.comment))
            """
        )
        try work.sql.execute(
            """
            DELETE FROM notification WHERE person = \(record.person) AND id <= (
                SELECT id FROM notification WHERE person = \(record.person) ORDER BY id DESC LIMIT 1 OFFSET \(kept))
            """
        )
        var added = record.news(of: id)
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

    /// Whether anything that tells of these messages of a channel is unread.
    static func hasUnread(
        of person: PersonID,
        in channel: ChannelID,
        upTo message: Int64,
        _ sql: any SQLReader
    ) throws -> Bool {
        try sql.exists(
            """
            SELECT 1 FROM notification
            WHERE person = \(person) AND channel = \(channel) AND message <= \(message) AND seen = 0 LIMIT 1
            """
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

    /// What tells of a topic; whether any was unread.
    static func read(_ topic: NoticeTopic, of person: PersonID, _ sql: any SQLWriter) throws -> Bool {
        try sql.execute(
            """
            UPDATE notification SET seen = 1
            WHERE topic = \(topic.name) AND topic_id = \(topic.number) AND person = \(person) AND seen = 0
            """
        ) > 0
    }

    /// What tells of a network's events, documents and solutions; whether any was unread.
    static func read(topicsOf network: NetworkID, of person: PersonID, _ sql: any SQLWriter) throws -> Bool {
        try sql.execute(
            """
            UPDATE notification SET seen = 1
            WHERE person = \(person) AND network = \(network) AND topic IS NOT NULL AND seen = 0
            """
        ) > 0
    }

    /// A topic belongs to another network; those for whom something of it is unread.
    static func move(_ topic: NoticeTopic, to network: NetworkID, _ sql: any SQLWriter) throws -> [PersonID] {
        try sql.execute(
            "UPDATE notification SET network = \(network) WHERE topic = \(topic.name) AND topic_id = \(topic.number)"
        )
        return try sql.all(
            """
            SELECT DISTINCT person FROM notification
            WHERE topic = \(topic.name) AND topic_id = \(topic.number) AND seen = 0 ORDER BY person
            """
        ) { $0.id(0) }
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
            SELECT quiet_from, quiet_to, browser, mail, mail_anytime, events, solutions FROM notification_choice
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
                events: stored(row.optionalText(5)) ?? EventTelling(),
                solutions: stored(row.optionalText(6)) ?? SolutionTelling()
            )
        } ?? NotificationSettings()
    }

    private static func stored<Choice: WireObject>(_ text: String?) -> Choice? {
        guard let text, let json = try? JSONParser.parse(Array(text.utf8)).object else { return nil }
        return try? Choice.read(json)
    }

    static func set(_ settings: NotificationSettings, of person: PersonID, _ sql: any SQLWriter) throws {
        let quiet = settings.doNotDisturb
        try sql.execute(
            """
            INSERT INTO notification_choice (person, quiet_from, quiet_to, browser, mail, mail_anytime, events, solutions)
            VALUES (\(person), \(quiet?.from), \(quiet?.to), \(settings.browser), \(settings.mail.rawValue),
                \(settings.mailAnytime), \(settings.events.stored), \(settings.solutions.stored))
            ON CONFLICT (person) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
                browser = excluded.browser, mail = excluded.mail, mail_anytime = excluded.mail_anytime,
                events = excluded.events, solutions = excluded.solutions
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

extension WireObject {
    /// What is kept of it.
    fileprivate var stored: String { String(decoding: text, as: UTF8.self) }
}
