import CommunityKernel
import Journal
import Networks
import People
import WireProtocol

/// `channel.join`, `.leave`, `.add`, `.remove` and `.mark`: who belongs to a channel, and what each has read.
struct ChannelMemberships: Sendable {
    let access: ChannelAccess
    let news: UnreadNews

    // MARK: Beginning and ending

    /// Makes somebody a member; the own `channel.joined` is the newcomer's first update of the stream.
    func begin(_ member: MemberID, in channel: ChannelRecord, _ work: UnitOfWork) throws {
        try work.grant(member, .channel(channel.id))
        let about = channel.kind == .private ? try channel.facts(work.sql) : nil
        let seq = try work.append(
            ChannelJoined(channel: channel.id, person: member, about: about),
            to: .channel(channel.id)
        )
        try ChannelStore.begin(member, in: channel.id, since: seq, work.sql)
        // A newcomer learns of what is already there to be read.
        let marker = try ChannelStore.marker(of: member, in: channel.id, work.sql)
        if try marker > 0 || news.counts(member, channel, since: seq, marker: marker, work.sql).unread > 0 {
            try news.tell(member, channel, since: seq, marker: marker, work)
        }
        // And how the channel was tuned before.
        let tuning = try ChannelTunings.tuning(of: member, in: channel.id, work.sql)
        if tuning != Tuning() { try ChannelTunings.tell(tuning, of: member, in: channel.id, work) }
    }

    /// Ends a membership; the own `channel.left` is the last update of the stream.
    func end(_ member: MemberID, in channel: ChannelRecord, _ work: UnitOfWork) throws {
        let seq = try work.append(ChannelLeft(channel: channel.id, person: member), to: .channel(channel.id))
        try ChannelStore.end(member, in: channel.id, until: seq, work.sql)
        try work.revoke(member, .channel(channel.id), through: seq)
    }

    /// Ends the memberships in all channels of a network, which the caller tells in one `access.lost`; their streams.
    func endAll(_ member: MemberID, in network: NetworkID, _ work: UnitOfWork) throws -> [StreamName] {
        let ended = try places(of: member, in: network, work.sql)
        for channel in ended { try ChannelStore.end(member, in: channel, until: work.nextSeq - 1, work.sql) }
        return ended.map { .channel($0) }
    }

    /// The channels that a member is in by a place in the network: its own, and those it has taken from others.
    func places(of member: MemberID, in network: NetworkID, _ sql: any SQLReader) throws -> [ChannelID] {
        let own = try ChannelStore.joined(by: member, network: network, limit: ChannelStore.everything, sql)
        return own.map(\.channel.id) + (try ChannelShares.joined(by: member, through: network, sql).map(\.id))
    }

    // MARK: The commands

    func join(_ command: JoinChannel, _ work: UnitOfWork) throws -> Nothing {
        let readable = try access.readable(command.channel, by: work.actor, work.sql, work.now)
        if readable.membership != nil { return Nothing() }
        guard work.actor.kind == .person, let network = readable.channel.network,
            try NetworkStore.role(of: work.actor.id, in: network, work.sql) != nil
                || ChannelShares.reach(readable.channel, work.actor.id, work.sql)
        else { throw WireError.forbidden("join the network first") }
        try requireWritable(readable.channel, work)
        try begin(work.actor.id, in: readable.channel, work)
        return Nothing()
    }

    func leave(_ command: LeaveChannel, _ work: UnitOfWork) throws -> Nothing {
        let readable = try access.readable(command.channel, by: work.actor, work.sql, work.now)
        if readable.membership == nil { return Nothing() }
        if readable.channel.kind == .direct { throw WireError.forbidden("a direct conversation is not left") }
        try requireWritable(readable.channel, work)
        try end(work.actor.id, in: readable.channel, work)
        return Nothing()
    }

    func add(_ command: AddToChannel, _ work: UnitOfWork) throws -> Nothing {
        let readable = try access.readable(command.channel, by: work.actor, work.sql, work.now)
        let channel = readable.channel
        switch channel.kind {
        case .direct: throw WireError.forbidden("a direct conversation has its people")
        case .private: break
        case .open, .announcement: _ = try access.managed(channel.id, by: work.actor, work.sql, work.now)
        }
        if try ChannelStore.membership(of: command.person, in: channel.id, work.sql) != nil { return Nothing() }
        guard let network = channel.network, try belongs(command.person, to: network, work.sql) else {
            throw WireError.invalid("with.person", "not_in_network")
        }
        try requireReach(of: command.person, to: channel, work.sql)
        try requireWritable(channel, work)
        try begin(command.person, in: channel, work)
        return Nothing()
    }

    /// A member of the network, or a bot of its own.
    private func belongs(_ member: MemberID, to network: NetworkID, _ sql: any SQLReader) throws -> Bool {
        if try NetworkStore.role(of: member, in: network, sql) != nil { return true }
        return try PeopleStore.bot(member, sql)?.owner == .network(network)
    }

    /// A bot is let in only where a scope lets it read: being a member opens the stream.
    private func requireReach(of member: MemberID, to channel: ChannelRecord, _ sql: any SQLReader) throws {
        guard try PeopleStore.bot(member, sql) != nil else { return }
        guard try BotReach(of: member, sql).reads(channel) else {
            throw WireError.forbidden("the bot has no scope to read here")
        }
    }

    func remove(_ command: RemoveFromChannel, _ work: UnitOfWork) throws -> Nothing {
        let readable = try access.readable(command.channel, by: work.actor, work.sql, work.now)
        if readable.channel.kind == .direct { throw WireError.forbidden("a direct conversation has its people") }
        if command.person != work.actor.id {
            _ = try access.managed(command.channel, by: work.actor, work.sql, work.now)
        }
        guard try ChannelStore.membership(of: command.person, in: readable.channel.id, work.sql) != nil else {
            return Nothing()
        }
        try requireWritable(readable.channel, work)
        try end(command.person, in: readable.channel, work)
        return Nothing()
    }

    private func requireWritable(_ channel: ChannelRecord, _ work: UnitOfWork) throws {
        if let id = channel.network, let network = try NetworkStore.network(id, work.sql) {
            try access.rules.requireWritable(network)
        }
    }

    func mark(_ command: MarkChannel, _ work: UnitOfWork) throws -> MarkedUpTo {
        let readable = try access.joined(command.channel, by: work.actor, work.sql, work.now)
        let channel = readable.channel
        let stored = try ChannelStore.marker(of: work.actor.id, in: channel.id, work.sql)
        let marker = max(stored, min(command.upTo.rawValue, try news.timeline.last(in: channel.id, work.sql)))
        guard marker > stored else { return MarkedUpTo(upTo: stored) }
        try ChannelStore.setMarker(marker, of: work.actor.id, in: channel.id, work.sql)
        try news.tell(work.actor.id, channel, since: readable.membership?.since ?? 0, marker: marker, work)
        return MarkedUpTo(upTo: marker)
    }
}
