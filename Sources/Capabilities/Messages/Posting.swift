public import Channels
public import CommunityKernel
import Files
public import Journal
public import Networks
public import WireProtocol

/// Writes messages: for `message.post`, for announcements, and for what networks say by themselves.
public struct Posting: Sendable {
    /// A message as somebody wants it written.
    public struct Draft: Sendable {
        /// Where.
        public var channel: ChannelID
        /// The Markdown text, its bounds already checked.
        public var text: String
        /// The root of the thread to reply in.
        public var thread: MessageID?
        /// Messages quoted.
        public var quotes: [MessageID]
        /// Files uploaded by the author for this channel.
        public var files: [FileID]
        /// Whether the readers are asked to say that they have seen it.
        public var acknowledge: Bool
        /// The sub-bodies of the network that it is addressed to.
        public var addressed: [OrganisationID]

        /// Makes a draft.
        public init(
            channel: ChannelID,
            text: String,
            thread: MessageID? = nil,
            quotes: [MessageID] = [],
            files: [FileID] = [],
            acknowledge: Bool = false,
            addressed: [OrganisationID] = []
        ) {
            self.channel = channel
            self.text = text
            self.thread = thread
            self.quotes = quotes
            self.files = files
            self.acknowledge = acknowledge
            self.addressed = addressed
        }
    }

    /// Tells who may read and write where.
    public let access: ChannelAccess
    let news: UnreadNews
    let mentions: MentionRules

    private let textBytes: Int64
    private let addressed: Int64

    /// Makes it; above `channelMentionMembers` members, `@[channel]` is for facilitators.
    ///
    /// A text has at most `textBytes` bytes of UTF-8; a message is addressed to at most `addressed` sub-bodies.
    public init(
        access: ChannelAccess,
        news: UnreadNews,
        channelMentionMembers: Int64 = 15,
        textBytes: Int64 = messageTextBytes,
        addressed: Int64 = 50
    ) {
        self.access = access
        self.news = news
        self.textBytes = textBytes
        self.addressed = addressed
        mentions = MentionRules(channelMentionMembers: channelMentionMembers)
    }

    /// Writes a message as `member`, whose right to is judged here.
    ///
    /// The hot path: few statements.
    @discardableResult
    public func post(_ draft: Draft, as member: Member, _ work: UnitOfWork) throws -> MessageID {
        let (channel, visibleFrom, network) = try access.writable(
            draft.channel,
            by: member,
            isReply: draft.thread != nil,
            work.sql,
            work.now
        )
        if let thread = draft.thread { try requireRoot(thread, in: channel, visibleFrom, work.sql) }
        for quoted in draft.quotes { try requireQuotable(quoted, in: channel, visibleFrom, member, work) }
        let bodies = try self.bodies(draft.addressed, in: network, work.sql, work.now)
        let (text, rendered, named) = try compose(draft.text, in: channel, network, by: member, work.sql)
        let id = work.nextID(EntityKind.Message.self)
        let files =
            draft.files.isEmpty
            ? [] : try FileStore.attach(draft.files, to: id, in: channel.id, by: member, work)
        let posted = MessagePosted(
            id: id,
            channel: channel.id,
            thread: draft.thread,
            text: text,
            html: rendered.html,
            files: files,
            mentions: named.people,
            groups: named.groups,
            quotes: draft.quotes,
            acknowledge: draft.acknowledge ? true : nil,
            addressed: bodies.isEmpty ? nil : bodies
        )
        try work.append(posted, to: .channel(channel.id), by: member.id)
        try MessageStore.insert(posted, by: member.id, work)
        try MessageStore.insertMentions(named, in: channel.id, of: id, by: member.id, work.sql)
        try MessageStore.insertReferences(rendered.references, of: id, work.sql)
        return id
    }

    /// The sub-bodies of a channel's network that a message may be addressed to now, as they were given.
    public func bodies(
        _ addressed: [OrganisationID],
        in network: NetworkRecord?,
        _ sql: any SQLReader,
        _ now: Instant
    ) throws -> [OrganisationID] {
        try access.rules.addressed(addressed, in: network, most: self.addressed, sql, now)
    }

    /// What a text becomes in a channel: past the network type's *will* hook, rendered, its mentions found.
    func compose(
        _ text: String,
        in channel: ChannelRecord,
        _ network: NetworkRecord?,
        by member: Member,
        _ sql: any SQLReader
    ) throws -> (text: String, rendered: RenderedMarkdown, mentions: Mentions) {
        guard Int64(text.utf8.count) <= textBytes else {
            throw WireError(
                .tooLarge,
                "the text has more than \(textBytes) bytes",
                fields: [FieldProblem(path: "with.text", problem: "too_long")]
            )
        }
        let text = try adjusted(text, in: channel, network, by: member)
        var rendered = try Self.render(text)
        let named = try mentions.resolve(rendered, in: channel, by: member, access.rules, sql)
        let members = Set(named.people.map(\.rawValue))
        if rendered.people.contains(where: { !members.contains($0) }) {
            // Who is not a member is not mentioned, only named.
            rendered = try Self.render(text, people: members)
        }
        return (text, rendered, named)
    }

    private static func render(_ text: String, people: Set<Int64>? = nil) throws -> RenderedMarkdown {
        guard let rendered = Markdown.rendered(text, people: people) else {
            throw WireError(
                .tooLarge,
                "the text becomes too large",
                fields: [FieldProblem(path: "with.text", problem: "too_long")]
            )
        }
        return rendered
    }

    private func adjusted(
        _ text: String,
        in channel: ChannelRecord,
        _ network: NetworkRecord?,
        by member: Member
    )
        throws -> String
    {
        guard let network, member.kind != .system else { return text }
        var draft = MessageDraft(
            network: network.fact,
            channelSlug: channel.slug,
            channelKind: channel.kind,
            author: member.id,
            text: text
        )
        try access.rules.willPost(&draft, in: network)
        guard Int64(draft.text.utf8.count) <= textBytes else {
            throw WireError(.tooLarge, "the network's rules make the text too long")
        }
        return draft.text
    }

    private func requireRoot(
        _ thread: MessageID,
        in channel: ChannelRecord,
        _ visibleFrom: Int64,
        _ sql: any SQLReader
    ) throws {
        let root = try sql.first("SELECT channel, thread FROM message WHERE id = \(thread)") { row in
            (channel: ChannelID(row.int(0)), isReply: !row.isNull(1))
        }
        guard let root, root.channel == channel.id, thread.rawValue > visibleFrom else { throw WireError.notFound }
        if root.isReply { throw WireError.invalid("with.thread", "not_a_root") }
    }

    private func requireQuotable(
        _ id: MessageID,
        in channel: ChannelRecord,
        _ visibleFrom: Int64,
        _ member: Member,
        _ work: UnitOfWork
    ) throws {
        guard let message = try MessageStore.message(id, work.sql), !message.isDeleted else {
            throw WireError.notFound
        }
        if message.channel == channel.id {
            guard id.rawValue > visibleFrom else { throw WireError.notFound }
        } else {
            do {
                _ = try MessageStore.readable(id, by: member, access, work.sql, work.now)
            } catch is WireError {
                throw WireError.notFound
            }
        }
    }
}
