import CommunityKernel
import Journal
import Networks
import WireProtocol

/// `channel.share`, `.acceptShare` and `.revokeShare`: a network's channel for the members of another one too.
struct SharingChannels: Sendable {
    let access: ChannelAccess

    func share(_ command: ShareChannel, _ work: UnitOfWork) throws -> Nothing {
        let channel = try access.managed(command.channel, by: work.actor, work.sql, work.now)
        guard channel.isListed else { throw WireError.invalid("with.channel", "not_allowed") }
        let network = try access.rules.network(command.network, for: work.actor, work.sql, now: work.now)
        if network.id == channel.network { throw WireError.invalid("with.network", "not_allowed") }
        try access.rules.requireWritable(network)
        if try ChannelShares.isAccepted(channel.id, with: network.id, work.sql) != nil { return Nothing() }
        guard try ChannelShares.networks(with: channel.id, work.sql).count < ChannelShares.limit else {
            throw WireError.invalid("with.network", "too_many")
        }
        try work.sql.execute(
            "INSERT INTO channel_share (channel, network, accepted) VALUES (\(channel.id), \(network.id), 0)"
        )
        try work.append(ChannelShareProposed(try channel.facts(work.sql), with: network.id), to: .desk(network.id))
        try work.audit("channel.share", subject: channel.id.rawValue, detail: "network \(network.id)")
        return Nothing()
    }

    func accept(_ command: AcceptShare, _ work: UnitOfWork) throws -> Nothing {
        let network = try access.rules.network(command.network, allowing: .manageChannels, work)
        guard let isAccepted = try ChannelShares.isAccepted(command.channel, with: network.id, work.sql),
            let channel = try ChannelStore.channel(command.channel, work.sql)
        else { throw WireError.notFound }
        if isAccepted { return Nothing() }
        try work.sql.execute(
            "UPDATE channel_share SET accepted = 1 WHERE channel = \(channel.id) AND network = \(network.id)"
        )
        try work.append(ChannelShared(try channel.facts(work.sql), with: network.id), to: .network(network.id))
        try work.audit("channel.acceptShare", subject: channel.id.rawValue, detail: "network \(network.id)")
        return Nothing()
    }

    func revoke(_ command: RevokeShare, _ work: UnitOfWork) throws -> Nothing {
        guard let isAccepted = try ChannelShares.isAccepted(command.channel, with: command.network, work.sql),
            let channel = try ChannelStore.channel(command.channel, work.sql), let home = channel.network
        else { throw WireError.notFound }
        guard
            try access.rules.may(.manageChannels, work.actor, in: home, work.sql)
                || access.rules.may(.manageChannels, work.actor, in: command.network, work.sql)
        else {
            _ = try access.readable(channel.id, by: work.actor, work.sql, work.now)
            throw WireError.forbidden("facilitators do that")
        }
        let guests = isAccepted ? try self.guests(of: channel, from: command.network, work.sql) : []
        try work.sql.execute(
            "DELETE FROM channel_share WHERE channel = \(channel.id) AND network = \(command.network)"
        )
        try work.append(
            ChannelUnshared(id: channel.id, network: home, with: command.network),
            to: isAccepted ? .network(command.network) : .desk(command.network)
        )
        for guest in guests {
            try ChannelStore.end(guest, in: channel.id, until: work.nextSeq - 1, work.sql)
            try work.loseAccess(guest, [.channel(channel.id)])
        }
        if isAccepted { try forgetTunings(of: channel, work) }
        try work.audit("channel.revokeShare", subject: channel.id.rawValue, detail: "network \(command.network)")
        return Nothing()
    }

    /// A channel that is taken back is forgotten: offered anew, it comes as one never tuned.
    private func forgetTunings(of channel: ChannelRecord, _ work: UnitOfWork) throws {
        for person in try ChannelTunings.people(with: channel.id, work.sql) {
            do {
                let reader = Member(id: person, kind: .person, name: "")
                _ = try access.readable(channel.id, by: reader, work.sql, work.now)
            } catch is WireError {
                try ChannelTunings.set(Tuning(), of: person, in: channel.id, work.sql)
            }
        }
    }

    func list(_ query: ListShares, _ context: QueryContext) throws -> ShareList {
        let sql = context.sql
        let network = try access.rules.network(query.network, for: context.actor, sql, now: context.now)
        guard try access.rules.may(.manageChannels, context.actor, in: network.id, sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        return ShareList(
            shares: try sql.all(
                """
                SELECT s.channel, c.name, c.network, s.network, s.accepted, n.name_it FROM channel_share s
                JOIN channel c ON c.id = s.channel
                JOIN network n ON n.id = CASE WHEN s.network = \(network.id) THEN c.network ELSE s.network END
                WHERE s.network = \(network.id) OR c.network = \(network.id) ORDER BY s.channel, s.network LIMIT 500
                """
            ) { row in
                var share = ListedShare()
                share.channel = row.id(0)
                share.name = row.text(1)
                share.network = row.id(2)
                share.with = row.id(3)
                share.accepted = row.flag(4)
                share.otherName = row.text(5)
                return share
            }
        )
    }

    /// The members of a channel whom only that share let in.
    ///
    /// A membership of a network that rests counts like any other: it may come back, and the share does not.
    private func guests(of channel: ChannelRecord, from network: NetworkID, _ sql: any SQLReader) throws -> [MemberID] {
        guard let home = channel.network else { return [] }
        let others = [home] + (try ChannelShares.networks(with: channel.id, sql).filter { $0 != network })
        return try ChannelStore.members(of: channel.id, limit: ChannelStore.everything, sql).filter { member in
            try NetworkStore.hasPlace(member, in: network, sql)
                && !others.contains { try NetworkStore.hasPlace(member, in: $0, sql) }
        }
    }
}
