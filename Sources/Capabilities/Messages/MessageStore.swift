public import Channels
public import CommunityKernel
public import Journal
public import WireProtocol

/// The messages' queries.
public enum MessageStore {
    /// Stands in the mentions' table for everybody who was in the channel.
    static let everybody = MemberID(-1)

    /// The message of that id, whoever may know of it.
    public static func message(_ id: MessageID, _ sql: any SQLReader) throws -> MessageRecord? {
        try sql.first("SELECT \(part: MessageRecord.columns) FROM message WHERE id = \(id)", MessageRecord.init)
    }

    /// The message, when `member` may read it: in a readable channel, and not older than the member may look back.
    ///
    /// Throws `not_found` otherwise.
    public static func readable(
        _ id: MessageID,
        by member: Member,
        _ access: ChannelAccess,
        _ sql: any SQLReader,
        _ now: Instant
    ) throws -> (message: MessageRecord, channel: ReadableChannel) {
        guard let message = try message(id, sql) else { throw WireError.notFound }
        let channel = try access.readable(message.channel, by: member, sql, now)
        guard message.id.rawValue > channel.visibleFrom else { throw WireError.notFound }
        return (message, channel)
    }

    /// The messages that refer to an entity by `#id`, newest first, whoever may read them.
    public static func referring(
        to target: Int64,
        before: MessageID,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [MessageID] {
        try sql.all(
            """
            SELECT message FROM message_reference WHERE target = \(target) AND message < \(before)
            ORDER BY message DESC LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// The present texts of messages, whoever may read them; empty for a tombstone.
    public static func texts(of messages: [MessageID], _ sql: any SQLReader) throws -> [MessageID: String] {
        var texts: [MessageID: String] = [:]
        if messages.isEmpty { return texts }
        try sql.forEach("SELECT id, text FROM message WHERE id IN (\(list: messages))") {
            texts[$0.id(0)] = $0.text(1)
        }
        return texts
    }

    // MARK: Texts that changed without an update

    /// Whether the text of some message changed without an update: a name was taken out of it.
    public static func hasRewritten(_ sql: any SQLReader) throws -> Bool {
        try sql.exists("SELECT 1 FROM message_rewritten LIMIT 1")
    }

    /// The messages whose text changed without an update, each given once.
    public static func takeRewritten(limit: Int, _ work: UnitOfWork) throws -> [MessageID] {
        let messages: [MessageID] = try work.sql.all(
            "SELECT message FROM message_rewritten ORDER BY message LIMIT \(limit)"
        ) { $0.id(0) }
        if !messages.isEmpty {
            try work.sql.execute("DELETE FROM message_rewritten WHERE message IN (\(list: messages))")
        }
        return messages
    }

    /// Whether a message mentions everybody in a channel too large to list them.
    public static func mentionsEverybody(_ message: MessageRecord, _ sql: any SQLReader) throws -> Bool {
        guard message.groups.contains("channel") else { return false }
        return try sql.exists(
            """
            SELECT 1 FROM message_mention
            WHERE member = \(everybody) AND channel = \(message.channel) AND message = \(message.id) LIMIT 1
            """
        )
    }

    /// Who began a thread, and who wrote the last of its replies before the message `before`.
    public static func participants(
        in thread: MessageID,
        before: MessageID,
        replies: Int = 500,
        _ sql: any SQLReader
    ) throws -> [MemberID] {
        try sql.all(
            """
            SELECT author FROM message WHERE id = \(thread)
            UNION SELECT author FROM (
                SELECT author FROM message WHERE thread = \(thread) AND id < \(before)
                ORDER BY id DESC LIMIT \(replies)) r
            """
        ) { $0.id(0) }
    }

    /// The message of a report; nil once it is a tombstone.
    public static func reported(_ report: ReportID, _ sql: any SQLReader) throws -> MessageRecord? {
        let id: MessageID? = try sql.first("SELECT message FROM message_report WHERE id = \(report)") { $0.id(0) }
        guard let id, let message = try message(id, sql), !message.isDeleted else { return nil }
        return message
    }

    // MARK: Acknowledgements

    /// Writes down that a member has seen a message; false when it was known.
    public static func acknowledge(_ message: MessageID, by member: MemberID, _ work: UnitOfWork) throws -> Bool {
        try work.sql.execute(
            """
            INSERT INTO message_acknowledgement (message, member, at) VALUES (\(message), \(member), \(work.now))
            ON CONFLICT (message, member) DO NOTHING
            """
        ) > 0
    }

    /// Who has seen a message, by id.
    public static func acknowledged(_ message: MessageID, limit: Int, _ sql: any SQLReader) throws -> [MemberID] {
        try sql.all(
            "SELECT member FROM message_acknowledgement WHERE message = \(message) ORDER BY member LIMIT \(limit)"
        ) { $0.id(0) }
    }

    // MARK: Writing

    static func insert(_ posted: MessagePosted, by author: MemberID, _ work: UnitOfWork) throws {
        let groups = (posted.groups ?? []).joined(separator: ",")
        try work.sql.execute(
            """
            INSERT INTO message (id, channel, thread, author, at, text, html, files, mentions, groups_named, quotes,
                acknowledge, revision, pinned, deleted, addressed)
            VALUES (\(posted.id), \(posted.channel), \(posted.thread), \(author), \(work.now), \(posted.text),
                \(posted.html), \(StoredList.text(posted.files)), \(StoredList.text(posted.mentions)), \(groups),
                \(StoredList.text(posted.quotes)), \(posted.acknowledge ?? false), 1, 0, 0,
                \(StoredList.text(posted.addressed ?? [])))
            """
        )
    }

    static func insertMentions(
        _ mentions: Mentions,
        in channel: ChannelID,
        of message: MessageID,
        by author: MemberID,
        _ sql: any SQLWriter
    ) throws {
        try insertNames(mentions.named, in: message, sql)
        for member in mentions.counted where member != author {
            try sql.execute(
                """
                INSERT INTO message_mention (member, channel, message, author)
                VALUES (\(member), \(channel), \(message), \(author)) ON CONFLICT DO NOTHING
                """
            )
        }
    }

    /// Whom a message mentions by name, and by a group that is written out.
    static func mentioned(by message: MessageID, _ sql: any SQLReader) throws -> [MemberID] {
        try sql.all("SELECT member FROM message_mention WHERE message = \(message) AND member > 0 ORDER BY member") {
            $0.id(0)
        }
    }

    static func insertNames(_ people: [MemberID], in message: MessageID, _ sql: any SQLWriter) throws {
        for person in people {
            try sql.execute(
                "INSERT INTO message_name (person, message) VALUES (\(person), \(message)) ON CONFLICT DO NOTHING"
            )
        }
    }

    static func insertReferences(_ references: [Int64], of message: MessageID, _ sql: any SQLWriter) throws {
        for target in references.prefix(100) {
            try sql.execute(
                """
                INSERT INTO message_reference (target, message) VALUES (\(target), \(message)) ON CONFLICT DO NOTHING
                """
            )
        }
    }

    static func deleteNamed(by message: MessageID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM message_mention WHERE message = \(message)")
        try sql.execute("DELETE FROM message_reference WHERE message = \(message)")
    }
}

/// What the channels have to know of the messages in them.
public struct MessageTimeline: ChannelTimeline {
    /// Makes it.
    public init() {}

    /// By the index of messages.
    public func last(in channel: ChannelID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT MAX(id) FROM message WHERE channel = \(channel)")
    }

    /// By the indices of messages and mentions.
    public func counts(
        in channel: ChannelID,
        for member: MemberID,
        above marker: Int64,
        visibleFrom: Int64,
        since: Int64,
        _ sql: any SQLReader
    ) throws -> UnreadCounts {
        let from = max(marker, visibleFrom)
        let unread = try sql.count(
            """
            SELECT COUNT(*) FROM message
            WHERE channel = \(channel) AND id > \(from) AND deleted = 0 AND author <> \(member)
            """
        )
        if unread == 0 { return UnreadCounts() }
        let mentions = try sql.count(
            """
            SELECT COUNT(DISTINCT message) FROM message_mention
            WHERE channel = \(channel) AND message > \(from) AND author <> \(member)
                AND (member = \(member) OR member = \(MessageStore.everybody) AND message > \(since))
                AND member IN (\(member), \(MessageStore.everybody))
            """
        )
        return UnreadCounts(unread: unread, mentions: mentions)
    }
}
