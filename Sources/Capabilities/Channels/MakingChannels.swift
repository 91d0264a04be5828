import CommunityKernel
import Journal
import Networks
import People
import WireProtocol

/// `channel.create`, `.change`, `.archive` and `direct.open`.
struct MakingChannels: Sendable {
    let access: ChannelAccess
    let memberships: ChannelMemberships

    func create(_ command: CreateChannel, _ work: UnitOfWork) throws -> CreatedChannel {
        let network = try access.rules.network(command.network, allowing: .manageChannels, work)
        let kind = ChannelKind(rawValue: command.kind.rawValue) ?? .private
        if kind != .private { try requireFree(command.slug, in: network.id, work.sql) }
        if command.replies == true, kind != .announcement { throw WireError.invalid("with.replies", "not_allowed") }
        let channel = ChannelRecord(
            id: work.nextID(EntityKind.Channel.self),
            network: network.id,
            slug: command.slug,
            name: try Self.checked(command.name),
            names: nil,
            kind: kind,
            history: HistoryRule(rawValue: command.history?.rawValue ?? "") ?? .shared,
            state: .active,
            people: [],
            hasReplies: kind == .announcement && command.replies == true
        )
        try insert(channel, members: work.actor.kind == .person ? [work.actor.id] : [], work)
        try work.audit("channel.create", subject: channel.id.rawValue)
        return CreatedChannel(id: channel.id)
    }

    /// Writes the channel down, tells of it, and makes these people its members.
    ///
    /// Of a channel that is told on its own stream they are the readers from that first update on.
    private func insert(_ channel: ChannelRecord, members: [MemberID], _ work: UnitOfWork) throws {
        if !channel.isListed {
            for member in members { try work.grant(member, .channel(channel.id)) }
        }
        try work.append(ChannelCreated(try channel.facts(work.sql)), to: channel.ownStream)
        try ChannelStore.insert(channel, work)
        for member in members { try memberships.begin(member, in: channel, work) }
        try tellBots(of: channel, work)
    }

    /// Bots that read a whole network read its new channel too.
    private func tellBots(of channel: ChannelRecord, _ work: UnitOfWork) throws {
        guard channel.isListed, let network = channel.network else { return }
        for bot in try PeopleStore.botsReading(network: network, work.sql) {
            try work.gainAccess(bot, [.channel(channel.id)])
        }
    }

    private func requireFree(_ slug: String, in network: NetworkID, _ sql: any SQLReader) throws {
        if let holder = try ChannelStore.listedChannel(slug, in: network, sql) {
            throw WireError.conflict("the slug is taken", current: .members(["channel": .int(holder.id.rawValue)]))
        }
    }

    private static func checked(_ name: String) throws -> String {
        let bad = name.unicodeScalars.contains { scalar in
            scalar.properties.generalCategory == .control || (0x202A...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value)
        }
        if bad { throw WireError.invalid("with.name", "not_allowed") }
        if name.allSatisfy(\.isWhitespace) { throw WireError.invalid("with.name", "empty") }
        return name
    }

    /// The channels of a network type, made at the network's birth by the server itself.
    func createDefaults(_ defaults: [DefaultChannel], in network: NetworkID, english: Bool, _ work: UnitOfWork) throws {
        for planned in defaults {
            let channel = ChannelRecord(
                id: work.nextID(EntityKind.Channel.self),
                network: network,
                slug: planned.slug,
                name: english ? planned.name.en : planned.name.it,
                names: planned.name,
                kind: planned.kind,
                history: .shared,
                state: .active,
                people: [],
                hasReplies: false
            )
            try work.append(ChannelCreated(try channel.facts(work.sql)), to: channel.ownStream, by: MemberID())
            try ChannelStore.insert(channel, work)
        }
    }

    func change(_ command: ChangeChannel, _ work: UnitOfWork) throws -> Nothing {
        let channel = try access.managed(command.channel, by: work.actor, work.sql, work.now)
        let slug = command.slug ?? channel.slug
        let wanted = try command.name.map(Self.checked) ?? channel.name
        // Who reads its name in another language and leaves it as it is has not named it.
        let isUnchanged = wanted == channel.name || wanted == channel.names?.it || wanted == channel.names?.en
        let name = isUnchanged ? channel.name : wanted
        let names = isUnchanged ? channel.names : channel.names.map { _ in Bilingual(it: wanted, en: wanted) }
        if command.replies == true, channel.kind != .announcement {
            throw WireError.invalid("with.replies", "not_allowed")
        }
        let hasReplies = channel.kind == .announcement ? command.replies ?? channel.hasReplies : false
        if slug == channel.slug && name == channel.name && hasReplies == channel.hasReplies { return Nothing() }
        if slug != channel.slug, channel.isListed, let network = channel.network {
            try requireFree(slug, in: network, work.sql)
        }
        try work.sql.execute(
            """
            UPDATE channel SET slug = \(slug), name = \(name), name_it = \(names?.it), name_en = \(names?.en),
                replies = \(hasReplies)
            WHERE id = \(channel.id)
            """
        )
        guard let changed = try ChannelStore.channel(channel.id, work.sql) else { throw WireError.notFound }
        for stream in try streams(of: changed, work.sql) {
            try work.append(ChannelChanged(try changed.facts(work.sql)), to: stream)
        }
        try work.audit("channel.change", subject: channel.id.rawValue)
        return Nothing()
    }

    func archive(_ command: ArchiveChannel, _ work: UnitOfWork) throws -> Nothing {
        let channel = try access.managed(command.channel, by: work.actor, work.sql, work.now)
        guard channel.state == .active else { return Nothing() }
        try work.sql.execute("UPDATE channel SET state = 'archived' WHERE id = \(channel.id)")
        guard let archived = try ChannelStore.channel(channel.id, work.sql) else { throw WireError.notFound }
        for stream in try streams(of: archived, work.sql) {
            try work.append(ChannelArchived(try archived.facts(work.sql)), to: stream)
        }
        try work.audit("channel.archive", subject: channel.id.rawValue)
        return Nothing()
    }

    /// Where a change is told: where the channel was, and in the networks that have taken it.
    private func streams(of channel: ChannelRecord, _ sql: any SQLReader) throws -> [StreamName] {
        [channel.ownStream] + (try ChannelShares.networks(with: channel.id, sql).map { .network($0) })
    }

    func openDirect(_ command: OpenDirect, _ work: UnitOfWork) throws -> OpenedDirect {
        guard work.actor.kind == .person else { throw WireError.forbidden("people talk directly") }
        let people = Array(Set(command.people + [work.actor.id])).sorted()
        if people.count < 2 { throw WireError.invalid("with.people", "too_few") }
        if let known = try ChannelStore.direct(people, work.sql) { return OpenedDirect(channel: known) }
        for person in people where person != work.actor.id { try requireKnown(person, work) }
        let id = work.nextID(EntityKind.Channel.self)
        let names = try PeopleStore.names(of: people, work.sql)
        let channel = ChannelRecord(
            id: id,
            network: nil,
            slug: "direct-\(id)",
            name: people.map { names[$0] ?? "" }.joined(separator: ", "),
            names: nil,
            kind: .direct,
            history: .shared,
            state: .active,
            people: people,
            hasReplies: false
        )
        try insert(channel, members: people, work)
        return OpenedDirect(channel: id)
    }

    /// One talks directly to active people with whom one shares a network; others are `not_found`, existing or not.
    private func requireKnown(_ person: PersonID, _ work: UnitOfWork) throws {
        guard try PeopleStore.activePerson(person, work.sql) != nil else { throw WireError.notFound }
        if try PeopleStore.isAdministrator(work.actor, work.sql) { return }
        let own = Set(try NetworkStore.networks(of: work.actor.id, work.sql).map(\.0))
        let theirs = try NetworkStore.networks(of: person, work.sql).map(\.0)
        guard theirs.contains(where: own.contains) else { throw WireError.notFound }
    }
}
