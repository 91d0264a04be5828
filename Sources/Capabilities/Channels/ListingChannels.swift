import CommunityKernel
import Journal
import Networks
import People
import WireProtocol

/// `channel.list` and the snapshot's `channels`: the same list, made here.
struct ListingChannels: Sendable {
    let rules: NetworkRules
    let timeline: any ChannelTimeline
    /// Channels in one answer at most.
    private let limit = 5_000

    func list(_ query: ListChannels, _ context: QueryContext) throws -> ChannelList {
        if let network = query.network { try requireVisible(network, context) }
        return ChannelList(try channels(of: context.actor, network: query.network, context.sql))
    }

    /// The list as the snapshot's part.
    func snapshot(_ context: QueryContext) throws -> [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.beginArray()
        for channel in try channels(of: context.actor, network: nil, context.sql) { writer.value(channel) }
        writer.endArray()
        return writer.bytes
    }

    private func requireVisible(_ id: NetworkID, _ context: QueryContext) throws {
        if context.actor.kind == .bot { return }
        _ = try rules.network(id, for: context.actor, context.sql, now: context.now)
    }

    private func channels(of member: Member, network: NetworkID?, _ sql: any SQLReader) throws -> [ListedChannel] {
        var listed: [ListedChannel] = []
        var known: Set<ChannelID> = []
        let joined = try ChannelStore.joined(by: member.id, network: nil, limit: limit, sql)
        let isAdministrator = try PeopleStore.isAdministrator(member, sql)
        let networks = try NetworkStore.networks(of: member.id, sql).map(\.0)
        let reach = member.kind == .bot ? try BotReach(of: member.id, sql) : nil
        let taken = try ChannelShares.channels(in: network.map { [$0] } ?? networks, limit: limit, sql)
            .filter { _ in network.map { networks.contains($0) || isAdministrator } ?? true }
        let shared = Set(taken.map(\.id))
        for (channel, since, marker) in joined {
            if let network, channel.network != network, !shared.contains(channel.id) { continue }
            if let reach, !reach.knows(channel) { continue }
            // A place in a channel rests while that in its network does.
            if reach == nil, let home = channel.network, !networks.contains(home), !shared.contains(channel.id),
                !isAdministrator
            {
                continue
            }
            let counts = try timeline.counts(
                in: channel.id,
                for: member.id,
                above: marker,
                visibleFrom: channel.history == .shared ? 0 : since,
                since: since,
                sql
            )
            known.insert(channel.id)
            listed.append(
                ListedChannel(
                    try channel.facts(sql),
                    member: true,
                    unread: counts.unread,
                    mentions: counts.mentions,
                    upTo: marker
                )
            )
        }
        let own = try seen(isAdministrator ? nil : networks, reach, network: network, sql)
        for channel in own + (reach == nil ? taken : []) where known.insert(channel.id).inserted {
            listed.append(ListedChannel(try channel.facts(sql), member: false))
        }
        let tunings = member.kind == .person ? try ChannelTunings.all(of: member.id, sql) : [:]
        for index in listed.indices { listed[index].show(tunings[listed[index].facts.id]) }
        return listed.sorted { $0.facts.id < $1.facts.id }
    }

    /// The open and announcement channels that one may know of, joined or not; `networks` nil for all.
    private func seen(
        _ networks: [NetworkID]?,
        _ reach: BotReach?,
        network: NetworkID?,
        _ sql: any SQLReader
    ) throws
        -> [ChannelRecord]
    {
        if let reach {
            let named = try reach.channels.compactMap { try ChannelStore.channel($0, sql) }
            let inNetworks = try ChannelStore.listed(in: reach.networks, limit: limit, sql)
            let all = Dictionary((named + inNetworks).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            return all.values.filter {
                reach.knows($0) && (network == nil || $0.network == network)
            }
        }
        guard let networks else { return try ChannelStore.listed(in: network.map { [$0] }, limit: limit, sql) }
        return try ChannelStore.listed(in: networks.filter { network == nil || $0 == network }, limit: limit, sql)
    }

    func members(
        _ query: ListChannelMembers,
        _ context: QueryContext,
        _ access: ChannelAccess
    ) throws
        -> ChannelMemberList
    {
        let channel = try access.readable(query.channel, by: context.actor, context.sql, context.now).channel
        let size = Int(query.limit ?? 200)
        let page = try ChannelStore.members(
            of: channel.id,
            after: query.after ?? MemberID(),
            limit: size + 1,
            context.sql
        )
        let shown = Array(page.prefix(size))
        let names = try PeopleStore.names(of: shown, context.sql)
        return ChannelMemberList(
            members: shown.map { NamedPerson(id: $0, name: names[$0] ?? "") },
            total: try ChannelStore.memberCount(of: channel.id, context.sql),
            more: page.count > size
        )
    }
}

extension ChannelRecord {
    /// The channel as the wire shows it.
    func facts(_ sql: any SQLReader) throws -> ChannelFacts {
        var named: [NamedPerson]?
        if kind == .direct {
            let names = try PeopleStore.names(of: people, sql)
            named = people.map { NamedPerson(id: $0, name: names[$0] ?? "") }
        }
        return ChannelFacts(
            id: id,
            slug: slug,
            network: network,
            kind: kind.rawValue,
            name: name,
            names: names.map { BilingualName(it: $0.it, en: $0.en) },
            history: history.rawValue,
            people: named,
            archived: state == .archived ? true : nil,
            replies: kind == .announcement && hasReplies ? true : nil
        )
    }
}
