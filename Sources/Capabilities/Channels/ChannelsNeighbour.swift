import CommunityKernel
import Journal
import People
import WireProtocol

/// What becomes of a person's channels with the person.
///
/// Those of networks follow the place in the network; direct conversations belong to no network and are looked after
/// here.
struct ChannelsNeighbour: PeopleNeighbour {
    let memberships: ChannelMemberships

    func standingChanged(_ person: PersonID, _ work: UnitOfWork) throws -> StandingEffect {
        let joined = try ChannelStore.joined(by: person, network: nil, limit: ChannelStore.everything, work.sql)
        let streams = joined.filter { $0.channel.network == nil }.map { StreamName.channel($0.channel.id) }
        var effect = StandingEffect()
        if try PeopleStore.activePerson(person, work.sql) != nil {
            effect.gained = streams
        } else {
            effect.lost = streams
        }
        return effect
    }

    func network(
        of channel: ChannelID,
        knownTo member: Member,
        _ sql: any SQLReader,
        now: Instant
    ) throws
        -> NetworkID?
    {
        try memberships.access.network(of: channel, knownTo: member, sql)
    }

    func streams(readableIn network: NetworkID, _ sql: any SQLReader) throws -> [StreamName] {
        try ChannelStore.listed(in: [network], limit: ChannelStore.everything, sql).map { .channel($0.id) }
    }

    /// A conversation's name is made of its people's names.
    func renamed(_ person: PersonID, _ work: UnitOfWork) throws {
        let joined = try ChannelStore.joined(by: person, network: nil, limit: ChannelStore.everything, work.sql)
        for (channel, _, _) in joined where channel.kind == .direct {
            let names = try PeopleStore.names(of: channel.people, work.sql)
            let name = channel.people.map { names[$0] ?? "" }.joined(separator: ", ")
            try work.sql.execute("UPDATE channel SET name = \(name) WHERE id = \(channel.id)")
            guard let renamed = try ChannelStore.channel(channel.id, work.sql) else { continue }
            try work.append(ChannelChanged(try renamed.facts(work.sql)), to: renamed.ownStream)
        }
    }

    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        let joined = try ChannelStore.joined(by: person, network: nil, limit: ChannelStore.everything, work.sql)
        for (channel, _, _) in joined { try memberships.end(person, in: channel, work) }
        for (channel, _, _) in joined where channel.kind == .direct {
            let names = try PeopleStore.names(of: channel.people, work.sql)
            let name = channel.people.filter { $0 != person }.map { names[$0] ?? "" }.joined(separator: ", ")
            try work.sql.execute("UPDATE channel SET name = \(name) WHERE id = \(channel.id)")
            try work.rewrite(channel.id.rawValue) { data in
                JSONObject(
                    data.members.filter { $0.name != "people" }.map { member in
                        member.name == "name" ? JSONObject.Member(name: "name", value: .string(name)) : member
                    }
                )
            }
        }
        try work.sql.execute("DELETE FROM channel_marker WHERE member = \(person)")
        try ChannelTunings.erase(person, work.sql)
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let joined = try ChannelStore.joined(by: person, network: nil, limit: ChannelStore.everything, sql)
        let channels = joined.map { channel, since, marker in
            JSON.members([
                "id": .int(channel.id.rawValue), "name": .string(channel.name), "kind": .string(channel.kind.rawValue),
                "since": .int(since), "readUpTo": .int(marker),
            ])
        }
        return [("channels", .array(channels)), ("channelTunings", try ChannelTunings.export(person, sql))]
    }
}
