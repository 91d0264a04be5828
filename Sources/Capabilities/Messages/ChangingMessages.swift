import Channels
import CommunityKernel
import Files
import Journal
import Networks
import People
public import WireProtocol

/// `message.post`, `.edit`, `.delete`.
struct ChangingMessages: Sendable {
    let posting: Posting
    /// How long an author may edit, seconds.
    let editWindow: Int64

    private var access: ChannelAccess { posting.access }

    func post(_ command: PostMessage, _ work: UnitOfWork) throws -> CreatedMessage {
        let draft = Posting.Draft(
            channel: command.channel,
            text: command.text,
            thread: command.thread,
            quotes: command.quotes ?? [],
            files: command.files ?? [],
            addressed: command.addressed ?? []
        )
        return CreatedMessage(id: try posting.post(draft, as: work.actor, work))
    }

    func edit(_ command: EditMessage, _ work: UnitOfWork) throws -> MessageRevision {
        let message = try MessageStore.known(command.message, to: work.actor, access, work)
        guard message.author == work.actor.id, work.actor.kind != .system else {
            throw WireError.forbidden("authors edit their messages")
        }
        let (channel, _, network) = try access.writable(
            message.channel,
            by: work.actor,
            isReply: message.thread != nil,
            work.sql,
            work.now
        )
        if message.isDeleted { throw MessageStore.gone(message) }
        if work.now > message.at.advanced(bySeconds: editWindow) {
            throw WireError(.closed, "messages are edited within \(editWindow) s")
        }
        guard command.revision == message.revision else {
            throw WireError.conflict(
                "the message was edited meanwhile",
                current: .members(["revision": .int(message.revision)])
            )
        }
        let (text, rendered, named) = try posting.compose(
            command.text,
            in: channel,
            network,
            by: work.actor,
            work.sql
        )
        let revision = message.revision + 1
        var edited = MessageEdited(
            id: message.id,
            channel: channel.id,
            text: text,
            html: rendered.html,
            mentions: named.people,
            groups: named.groups,
            revision: revision
        )
        if try access.hasNewcomers(channel, after: message.id.rawValue, work.sql) { edited = edited.withoutWords }
        let seq = try work.append(edited, to: .channel(channel.id))
        try work.sql.execute(
            """
            INSERT INTO message_edit (message, revision, seq, at, text)
            VALUES (\(message.id), \(message.revision), \(seq), \(work.now), \(message.text))
            """
        )
        try work.sql.execute(
            """
            UPDATE message SET text = \(text), html = \(rendered.html), mentions = \(StoredList.text(named.people)),
                groups_named = \((named.groups ?? []).joined(separator: ",")), revision = \(revision)
            WHERE id = \(message.id)
            """
        )
        let before = Set(try MessageStore.mentioned(by: message.id, work.sql))
        try MessageStore.deleteNamed(by: message.id, work.sql)
        try MessageStore.insertMentions(named, in: channel.id, of: message.id, by: message.author, work.sql)
        try MessageStore.insertReferences(rendered.references, of: message.id, work.sql)
        let changed = before.symmetricDifference(try MessageStore.mentioned(by: message.id, work.sql))
        try posting.news.tell(changed.sorted(), of: message.id, in: channel.id, work)
        return MessageRevision(revision: revision)
    }

    func delete(_ command: DeleteMessage, _ work: UnitOfWork) throws -> Nothing {
        let message = try MessageStore.known(command.message, to: work.actor, access, work)
        let isAuthor = message.author == work.actor.id && work.actor.kind != .system
        if !isAuthor {
            let channel = try access.readable(message.channel, by: work.actor, work.sql, work.now).channel
            guard try Self.moderates(work.actor, channel, access.rules, work.sql) else {
                throw WireError.forbidden("authors, facilitators and moderators delete messages")
            }
        }
        if message.isDeleted { return Nothing() }
        try Self.requireWritable(message.channel, access, work)
        try MessageStore.bury(message, reason: command.reason, posting.news, work)
        if !isAuthor { try work.audit("message.delete", subject: message.id.rawValue, detail: command.reason ?? "") }
        return Nothing()
    }

    /// Whether a member removes what others wrote in a channel that the member reads.
    static func moderates(
        _ member: Member,
        _ channel: ChannelRecord,
        _ rules: NetworkRules,
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        if try PeopleStore.has(.moderator, member, sql) { return true }
        guard let network = channel.network else { return false }
        return try rules.may(.moderate, member, in: network, sql)
    }

    /// Throws `unavailable` in a dormant network; an archived channel can still lose a message.
    static func requireWritable(_ id: ChannelID, _ access: ChannelAccess, _ work: UnitOfWork) throws {
        guard let network = try ChannelStore.channel(id, work.sql)?.network,
            let record = try NetworkStore.network(network, work.sql)
        else { return }
        try access.rules.requireWritable(record)
    }
}

extension MessageStore {
    /// The message, when the member may know of it; bots know of what they wrote themselves too.
    static func known(
        _ id: MessageID,
        to member: Member,
        _ access: ChannelAccess,
        _ work: UnitOfWork
    ) throws
        -> MessageRecord
    {
        if member.kind == .bot, let own = try message(id, work.sql), own.author == member.id { return own }
        return try readable(id, by: member, access, work.sql, work.now).message
    }

    /// The refusal of what cannot be done with a tombstone.
    public static func gone(_ message: MessageRecord) -> WireError {
        WireError.conflict(
            "the message was deleted",
            current: .members(["revision": .int(message.revision), "state": .string("deleted")])
        )
    }

    /// Makes a tombstone of a message: its text leaves the tables and the updates already in the journal.
    static func bury(_ message: MessageRecord, reason: String?, _ news: UnreadNews, _ work: UnitOfWork) throws {
        try work.append(
            MessageDeleted(id: message.id, channel: message.channel, reason: reason),
            to: .channel(message.channel)
        )
        let concerned = try mentioned(by: message.id, work.sql) + [message.author]
        let edits = try work.sql.all("SELECT seq FROM message_edit WHERE message = \(message.id)") { $0.int(0) }
        for seq in [message.id.rawValue] + edits { try work.rewrite(seq, blanked) }
        try work.sql.execute(
            """
            UPDATE message SET text = '', html = '', files = '', mentions = '', groups_named = '', quotes = '',
                acknowledge = 0, addressed = '', pinned = 0, deleted = 1, reason = \(reason)
            WHERE id = \(message.id)
            """
        )
        try work.sql.execute("DELETE FROM message_edit WHERE message = \(message.id)")
        try work.sql.execute("DELETE FROM message_name WHERE message = \(message.id)")
        try work.sql.execute("DELETE FROM message_reaction WHERE message = \(message.id)")
        try work.sql.execute("DELETE FROM message_acknowledgement WHERE message = \(message.id)")
        try work.sql.execute("UPDATE message_report SET state = 'removed' WHERE message = \(message.id)")
        try deleteNamed(by: message.id, work.sql)
        try FileStore.detach(message: message.id, work)
        try news.tell(concerned, of: message.id, in: message.channel, work)
    }

    /// What stays of `message.posted` and `message.edited`: who, where, when, in which thread.
    private static func blanked(_ data: JSONObject) -> JSONObject {
        var members: [JSONObject.Member] = []
        for member in data.members {
            switch member.name {
            case "text", "html": members.append(.init(name: member.name, value: .string("")))
            case "files", "mentions", "quotes": members.append(.init(name: member.name, value: .array([])))
            case "groups", "acknowledge", "addressed", "deleted": continue
            default: members.append(member)
            }
        }
        members.append(.init(name: "deleted", value: .bool(true)))
        return JSONObject(members)
    }
}
