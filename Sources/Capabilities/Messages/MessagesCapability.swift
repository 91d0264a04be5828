public import Channels
import CommunityKernel
public import Journal
public import Networks
public import People
public import WireProtocol

/// What people write to each other: messages with threads, edits, tombstones, reactions, pins, mentions, quotes,
/// references and files, and what moderators do.
public struct MessagesCapability: Capability {
    /// The capability's name.
    public let name = "messages"
    /// Its schema.
    public let migrations = MessageMigrations.all
    /// Writes messages on behalf of other capabilities.
    public let posting: Posting
    private let changing: ChangingMessages
    private let marking: MarkingMessages
    private let reading: ReadingMessages
    private let moderating: Moderating

    /// Makes it.
    ///
    /// Authors edit within `editWindow` seconds; above `channelMentionMembers` members, `@[channel]` is for
    /// facilitators. A message is addressed to at most `addressed` sub-bodies of its network.
    public init(
        channels: ChannelsCapability,
        editWindow: Int64 = 86_400,
        channelMentionMembers: Int64 = 15,
        textBytes: Int64 = messageTextBytes,
        addressed: Int64 = 50
    ) {
        posting = Posting(
            access: channels.access,
            news: channels.news,
            channelMentionMembers: channelMentionMembers,
            textBytes: textBytes,
            addressed: addressed
        )
        changing = ChangingMessages(posting: posting, editWindow: editWindow)
        marking = MarkingMessages(access: channels.access)
        reading = ReadingMessages(access: channels.access)
        moderating = Moderating(access: channels.access, news: channels.news)
    }

    /// Writes the messages that network types ask for in their *did* hooks.
    public var observer: any NetworkObserver { MessagesObserver(posting: posting) }

    /// Erasure and export of what a person wrote.
    public var neighbour: any PeopleNeighbour { MessagesNeighbour(news: posting.news) }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(PostMessage.self, access: .channelMember, bots: true, changing.post)
        registry.command(EditMessage.self, access: .channelMember, bots: true, changing.edit)
        registry.command(DeleteMessage.self, access: .channelMember, bots: true, changing.delete)
        registry.command(ReactToMessage.self, access: .channelMember, marking.react)
        registry.command(UnreactToMessage.self, access: .channelMember, marking.unreact)
        registry.command(PinMessage.self, access: .channelMember, marking.pin)
        registry.command(UnpinMessage.self, access: .channelMember, marking.unpin)
        registry.command(ReportMessage.self, access: .channelMember, moderating.report)
        registry.command(RemoveMessage.self, access: .moderator, moderating.remove)
        registry.query(MessageHistory.self, access: .channelMember, bots: true, reading.history)
        let looking = LookingBack(access: posting.access, reading: reading)
        registry.query(MessageEdits.self, access: .channelMember, looking.edits)
        registry.query(MessageReferences.self, access: .person, bots: true, looking.references)
        registry.query(PreviewMessage.self, access: .person, reading.preview)
        registry.query(ListReports.self, access: .moderator, moderating.list)
    }
}

/// What networks say by themselves.
private struct MessagesObserver: NetworkObserver {
    let posting: Posting
    /// Networks that hear of one announcement at most: Italy has 14 metropolitan cities.
    private let mostNetworks = 100

    init(posting: Posting) { self.posting = posting }

    func created(_ network: NetworkRecord, by type: any NetworkType, _ work: UnitOfWork) throws {}
    func joined(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws {}
    func left(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws -> [StreamName] { [] }

    func hookEffect(_ effect: HookEffect, in network: NetworkRecord, _ work: UnitOfWork) throws {
        switch effect {
        case .post(let slug, let text):
            guard let channel = try ChannelStore.listedChannel(slug, in: network.id, work.sql) else { return }
            try posting.post(Posting.Draft(channel: channel.id, text: text), as: .system, work)
        case .announce(let type, let slug, let text):
            // Those whose module is left out hear nothing, as they may not be written in.
            for other in try NetworkStore.networks(ofTypes: [type], limit: mostNetworks, work.sql)
            where other.id != network.id && !posting.access.rules.isDormant(other) {
                guard let channel = try ChannelStore.listedChannel(slug, in: other.id, work.sql) else { continue }
                try posting.post(Posting.Draft(channel: channel.id, text: text), as: .system, work)
            }
        }
    }
}
