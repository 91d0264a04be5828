public import CommunityKernel
public import Journal
public import Networks
import People
public import WireProtocol

/// The one place that decides who may know of a channel, read it and write in it.
///
/// What one may not know of is `not_found`, the same for every route.
public struct ChannelAccess: Sendable {
    /// The networks' own rules.
    public let rules: NetworkRules

    /// Makes it.
    public init(rules: NetworkRules) { self.rules = rules }

    /// The channel as `member` may read it.
    ///
    /// Throws `not_found` when the member may not know of it.
    public func readable(
        _ id: ChannelID,
        by member: Member,
        _ sql: any SQLReader,
        _ now: Instant
    ) throws
        -> ReadableChannel
    {
        let (channel, membership) = try known(id, to: member, sql)
        guard member.kind == .bot else { return ReadableChannel(channel, membership) }
        guard try BotReach(of: member.id, sql).reads(channel) else {
            throw WireError.forbidden("the bot has no scope to read here")
        }
        // A bot that reads the channels of a network reads them whole, without joining.
        return ReadableChannel(channel, membership ?? ChannelMembership(since: 0))
    }

    /// The channel and the member's belonging to it, as far as it has effect.
    ///
    /// Throws `not_found` when the member may not know of the channel.
    private func known(
        _ id: ChannelID,
        to member: Member,
        _ sql: any SQLReader
    ) throws
        -> (channel: ChannelRecord, membership: ChannelMembership?)
    {
        guard let (channel, membership) = try ChannelStore.channel(id, with: member.id, sql) else {
            throw WireError.notFound
        }
        switch member.kind {
        case .person:
            guard let network = channel.network else {
                guard membership != nil else { throw WireError.notFound }
                return (channel, membership)
            }
            guard channel.isListed || membership != nil else { throw WireError.notFound }
            // A place in a channel rests while that in its network does: no mandate carries it at present.
            if try NetworkStore.role(of: member.id, in: network, sql) != nil { return (channel, membership) }
            if try ChannelShares.reach(channel, member.id, sql) { return (channel, membership) }
            guard try PeopleStore.isAdministrator(member, sql) else { throw WireError.notFound }
            return (channel, membership)
        case .bot:
            let reach = try BotReach(of: member.id, sql)
            guard reach.knows(channel) else { throw WireError.notFound }
            return (channel, membership)
        case .system:
            guard channel.isListed else { throw WireError.notFound }
            return (channel, nil)
        case .nobody:
            throw WireError.notFound
        }
    }

    /// The network of a channel that the member may know of; nil for any other channel.
    public func network(of id: ChannelID, knownTo member: Member, _ sql: any SQLReader) throws -> NetworkID? {
        do {
            return try known(id, to: member, sql).channel.network
        } catch is WireError {
            return nil
        }
    }

    /// Whether somebody reads the channel's stream who may not read what was written up to `seq`: an update there must
    /// not carry the words of something older.
    public func hasNewcomers(_ channel: ChannelRecord, after seq: Int64, _ sql: any SQLReader) throws -> Bool {
        guard channel.history == .fromJoining else { return false }
        return try sql.exists(
            """
            SELECT 1 FROM stream_access
            WHERE stream = \(StreamName.channel(channel.id)) AND since > \(seq) AND until IS NULL LIMIT 1
            """
        )
    }

    /// The channel, when `member` belongs to it.
    ///
    /// Throws `not_found`, or `forbidden` for who may only look in.
    public func joined(
        _ id: ChannelID,
        by member: Member,
        _ sql: any SQLReader,
        _ now: Instant
    ) throws
        -> ReadableChannel
    {
        let readable = try readable(id, by: member, sql, now)
        guard readable.membership != nil, member.kind == .person else {
            throw WireError.forbidden("not a member of the channel")
        }
        return readable
    }

    /// The channel, when `member` may write in it now.
    ///
    /// Throws `not_found`, `forbidden` for who is no member or may not announce, `conflict` for an archived channel,
    /// `unavailable` in a dormant network.
    public func postable(
        _ id: ChannelID,
        by member: Member,
        _ sql: any SQLReader,
        _ now: Instant
    ) throws
        -> ChannelRecord
    {
        try writable(id, by: member, sql, now).channel
    }

    /// The same as ``postable(_:by:_:_:)``, with the place above which the writer reads, and the channel's network.
    ///
    /// `isReply`: the writing is in a thread, where an announcement channel may let its members write.
    public func writable(
        _ id: ChannelID,
        by member: Member,
        isReply: Bool = false,
        _ sql: any SQLReader,
        _ now: Instant
    ) throws
        -> (channel: ChannelRecord, visibleFrom: Int64, network: NetworkRecord?)
    {
        let (channel, membership) = try known(id, to: member, sql)
        switch member.kind {
        case .person where channel.kind == .announcement && !(isReply && channel.hasReplies && membership != nil):
            guard let network = channel.network, try rules.may(.announce, member, in: network, sql) else {
                throw WireError.forbidden("facilitators write here")
            }
        case .person where membership == nil:
            throw WireError.forbidden("not a member of the channel")
        case .bot:
            guard try BotReach(of: member.id, sql).posts(in: channel) else {
                throw WireError.forbidden("the bot has no scope to write here")
            }
        default: break
        }
        guard channel.state == .active else {
            throw WireError.conflict("the channel is archived", current: .members(["state": .string("archived")]))
        }
        let network = try channel.network.flatMap { try NetworkStore.network($0, sql) }
        if let network { try rules.requireWritable(network) }
        return (channel, membership == nil ? 0 : ReadableChannel(channel, membership).visibleFrom, network)
    }

    /// The network's open and announcement channels are managed by its facilitators; a private one by those of them who
    /// are its members.
    ///
    /// Throws `not_found` or `forbidden`.
    public func managed(
        _ id: ChannelID,
        by member: Member,
        _ sql: any SQLReader,
        _ now: Instant
    ) throws
        -> ChannelRecord
    {
        let channel = try readable(id, by: member, sql, now).channel
        guard let network = channel.network, try rules.may(.manageChannels, member, in: network, sql) else {
            throw WireError.forbidden("facilitators do that")
        }
        if let record = try NetworkStore.network(network, sql) { try rules.requireWritable(record) }
        return channel
    }
}

/// How far a bot's scopes reach among channels.
///
/// A scope that names a channel was given by somebody who may know of it; one that names a network reaches its open and
/// announcement channels alone.
struct BotReach {
    private let scopes: [BotScope]

    init(of bot: MemberID, _ sql: any SQLReader) throws {
        scopes = try PeopleStore.scopes(of: bot, sql)
    }

    private func has(_ action: BotScope.Action, _ channel: ChannelRecord) -> Bool {
        scopes.contains { scope in
            guard scope.action == action else { return false }
            switch scope.target {
            case .channel(let id): return id == channel.id
            case .network(let id): return channel.isListed && id == channel.network
            }
        }
    }

    /// Whether the bot may know that the channel exists.
    func knows(_ channel: ChannelRecord) -> Bool {
        if has(.post, channel) || has(.read, channel) { return true }
        return channel.kind == .announcement && has(.announce, channel)
    }

    /// Whether the bot reads the channel.
    func reads(_ channel: ChannelRecord) -> Bool { has(.read, channel) }

    /// Whether the bot writes in the channel.
    func posts(in channel: ChannelRecord) -> Bool {
        has(.post, channel) || channel.kind == .announcement && has(.announce, channel)
    }

    /// Networks that some scope names.
    var networks: [NetworkID] {
        scopes.compactMap { if case .network(let id) = $0.target { id } else { nil } }
    }

    /// Channels that some scope names.
    var channels: [ChannelID] {
        scopes.compactMap { if case .channel(let id) = $0.target { id } else { nil } }
    }
}
