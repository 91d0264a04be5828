import Channels
import CommunityKernel
import Journal
import People
import WireProtocol

/// `message.history` and `message.preview`.
struct ReadingMessages: Sendable {
    let access: ChannelAccess

    func preview(_ query: PreviewMessage, _ context: QueryContext) throws -> RenderedText {
        guard let rendered = Markdown.rendered(query.text) else {
            throw WireError(.tooLarge, "the text becomes too large")
        }
        return RenderedText(html: rendered.html)
    }

    func history(_ query: MessageHistory, _ context: QueryContext) throws -> MessagePage {
        let readable = try access.readable(query.channel, by: context.actor, context.sql, context.now)
        if let thread = query.thread {
            let root = try MessageStore.message(thread, context.sql)
            guard let root, root.channel == query.channel, thread.rawValue > readable.visibleFrom else {
                throw WireError.notFound
            }
        }
        let reader = TimelineReader(
            channel: query.channel,
            thread: query.thread,
            pinned: query.pinned ?? false,
            from: readable.visibleFrom,
            sql: context.sql
        )
        let (records, more) = try page(query, reader)
        return try page(of: records, more: more, context)
    }

    /// Messages that the caller may read, with what other tables know of them and the names of who wrote them.
    func page(of records: [MessageRecord], more: MoreMessages, _ context: QueryContext) throws -> MessagePage {
        let authors = Set(records.map(\.author)).sorted()
        let names = try PeopleStore.names(of: authors, context.sql)
        return MessagePage(
            messages: try MessageViews(context.sql).views(of: records, for: context.actor.id),
            more: more,
            people: authors.compactMap { author in names[author].map { NamedPerson(id: author, name: $0) } }
        )
    }

    private func page(_ query: MessageHistory, _ reader: TimelineReader) throws -> ([MessageRecord], MoreMessages) {
        let limit = Int(query.limit ?? 50)
        if let after = query.after {
            let found = try reader.newer(than: after.rawValue, limit: limit + 1)
            let shown = Array(found.page(limit))
            let first = shown.first?.id.rawValue ?? after.rawValue + 1
            return (
                shown,
                MoreMessages(
                    before: try !reader.older(than: first, limit: 1).isEmpty,
                    after: found.count > shown.count
                )
            )
        }
        if let around = try query.around ?? query.at.flatMap({ try reader.first(from: $0) }) {
            let older = try reader.older(than: around.rawValue + 1, limit: (limit + 1) / 2 + 1)
            let newer = try reader.newer(than: around.rawValue, limit: limit / 2 + 1)
            let before = older.page((limit + 1) / 2)
            let after = newer.page(limit / 2)
            return (
                before.reversed() + after,
                MoreMessages(before: older.count > before.count, after: newer.count > after.count)
            )
        }
        let edge = query.before?.rawValue ?? .max
        let found = try reader.older(than: edge, limit: limit + 1)
        let shown = Array(found.page(limit).reversed())
        let last = shown.last?.id.rawValue ?? edge - 1
        let hasNewer = edge == .max ? false : try !reader.newer(than: last, limit: 1).isEmpty
        return (shown, MoreMessages(before: found.count > shown.count, after: hasNewer))
    }
}

extension [MessageRecord] {
    /// The first of them that one answer takes: at most `limit`, and fewer when their texts are very long, so that an
    /// answer's size has an end.
    fileprivate func page(_ limit: Int) -> ArraySlice<MessageRecord> {
        let bytesAtMost = 4 << 20
        var bytes = 0
        return prefix(limit).prefix { message in
            defer { bytes += message.text.utf8.count + message.html.utf8.count }
            return bytes < bytesAtMost
        }
    }
}

/// Reads one channel's messages, or one thread's, on either side of a place.
struct TimelineReader {
    let channel: ChannelID
    let thread: MessageID?
    let pinned: Bool
    /// Only messages above this `seq`.
    let from: Int64
    let sql: any SQLReader

    private var only: SQLQuery { pinned ? "AND pinned > 0" : "" }

    /// The newest messages below `edge`, newest first.
    func older(than edge: Int64, limit: Int) throws -> [MessageRecord] {
        guard let thread else {
            return try sql.all(
                """
                SELECT \(part: MessageRecord.columns) FROM message
                WHERE channel = \(channel) AND id > \(from) AND id < \(edge) \(part: only)
                ORDER BY id DESC LIMIT \(limit)
                """,
                MessageRecord.init
            )
        }
        let replies = try sql.all(
            """
            SELECT \(part: MessageRecord.columns) FROM message
            WHERE thread = \(thread) AND id < \(edge) \(part: only) ORDER BY id DESC LIMIT \(limit)
            """,
            MessageRecord.init
        )
        guard replies.count < limit, thread.rawValue < edge else { return replies }
        return replies + (try root)
    }

    /// The oldest messages above `edge`, oldest first.
    func newer(than edge: Int64, limit: Int) throws -> [MessageRecord] {
        guard let thread else {
            return try sql.all(
                """
                SELECT \(part: MessageRecord.columns) FROM message
                WHERE channel = \(channel) AND id > \(max(from, edge)) \(part: only) ORDER BY id LIMIT \(limit)
                """,
                MessageRecord.init
            )
        }
        let replies = try sql.all(
            """
            SELECT \(part: MessageRecord.columns) FROM message
            WHERE thread = \(thread) AND id > \(edge) \(part: only) ORDER BY id LIMIT \(limit)
            """,
            MessageRecord.init
        )
        guard thread.rawValue > edge else { return replies }
        return Array((try root + replies).prefix(limit))
    }

    /// The first message of a moment or later; nil when all are older.
    ///
    /// Times rise with ids, so halving what is between finds it by the index that is there: some 20 small look-ups,
    /// whatever the channel's length.
    func first(from moment: Instant) throws -> MessageID? {
        guard let newest = try older(than: .max, limit: 1).first, newest.at >= moment else { return nil }
        var found = newest.id
        // Of the places in `low...high`, the message that follows the last is late enough; before `low` none is.
        var (low, high) = (from, newest.id.rawValue - 1)
        while low < high {
            let middle = low + (high - low) / 2
            guard let next = try newer(than: middle, limit: 1).first else { break }
            if next.at >= moment {
                found = next.id
                high = middle
            } else {
                low = next.id.rawValue
            }
        }
        return found
    }

    /// The thread's first message, when it is among those wanted.
    private var root: [MessageRecord] {
        get throws {
            guard let thread, let root = try MessageStore.message(thread, sql), root.isPinned || !pinned else {
                return []
            }
            return [root]
        }
    }
}

/// Completes messages with what other tables know of them.
struct MessageViews {
    private let sql: any SQLReader
    /// Reactions in one answer at most.
    private let reactionLimit = 20_000

    init(_ sql: any SQLReader) { self.sql = sql }

    func views(of messages: [MessageRecord], for reader: MemberID) throws -> [MessageView] {
        if messages.isEmpty { return [] }
        let ids = messages.map(\.id)
        let reactions = try reactions(of: ids)
        let replies = try counts(
            "SELECT thread, COUNT(*) FROM message WHERE thread IN (\(list: ids)) GROUP BY thread"
        )
        let asked = messages.filter(\.acknowledge).map(\.id)
        let acknowledged =
            asked.isEmpty
            ? [:]
            : try counts(
                """
                SELECT message, 1 FROM message_acknowledgement
                WHERE message IN (\(list: asked)) AND member = \(reader)
                """
            )
        return messages.map { message in
            var view = message.view
            view.reactions = reactions[message.id] ?? []
            view.replies = replies[message.id] ?? 0
            if acknowledged[message.id] != nil { view.acknowledged = true }
            return view
        }
    }

    private func counts(_ query: SQLQuery) throws -> [MessageID: Int64] {
        var counts: [MessageID: Int64] = [:]
        try sql.forEach(query) { counts[$0.id(0)] = $0.int(1) }
        return counts
    }

    private func reactions(of ids: [MessageID]) throws -> [MessageID: [Reaction]] {
        var found: [MessageID: [Reaction]] = [:]
        try sql.forEach(
            """
            SELECT message, emoji, member FROM message_reaction WHERE message IN (\(list: ids))
            ORDER BY seq LIMIT \(reactionLimit)
            """
        ) { row in
            let id: MessageID = row.id(0)
            let emoji = row.text(1)
            var ofMessage = found[id] ?? []
            if let index = ofMessage.firstIndex(where: { $0.emoji.utf8.elementsEqual(emoji.utf8) }) {
                ofMessage[index].people.append(row.id(2))
            } else {
                ofMessage.append(Reaction(emoji: emoji, people: [row.id(2)]))
            }
            found[id] = ofMessage
        }
        return found
    }
}
