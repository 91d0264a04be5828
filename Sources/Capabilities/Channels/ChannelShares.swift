import CommunityKernel
import Journal
import Networks
import WireProtocol

/// The queries of shares: which channels a network has from others, and who is in a channel by a share alone.
enum ChannelShares {
    /// Networks that one channel is shared with, at most.
    static let limit = 200

    /// Whether the channel was offered to a network, and taken; nil when neither.
    static func isAccepted(_ channel: ChannelID, with network: NetworkID, _ sql: any SQLReader) throws -> Bool? {
        try sql.first("SELECT accepted FROM channel_share WHERE channel = \(channel) AND network = \(network)") {
            $0.int(0) == 1
        }
    }

    /// The networks that have taken the channel.
    static func networks(with channel: ChannelID, _ sql: any SQLReader) throws -> [NetworkID] {
        try sql.all(
            """
            SELECT network FROM channel_share WHERE channel = \(channel) AND accepted = 1 ORDER BY network
            LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// Whether a member takes part in a network, other than `leaving`, that has taken the channel.
    static func reach(
        _ channel: ChannelRecord,
        _ member: MemberID,
        leaving: NetworkID? = nil,
        _ sql: any SQLReader
    ) throws -> Bool {
        guard channel.isListed else { return false }
        return try networks(with: channel.id, sql).contains { network in
            try network != leaving && NetworkStore.role(of: member, in: network, sql) != nil
        }
    }

    /// The channels that some networks have taken.
    static func channels(in networks: [NetworkID], limit: Int, _ sql: any SQLReader) throws -> [ChannelRecord] {
        if networks.isEmpty { return [] }
        return try sql.all(
            """
            SELECT DISTINCT \(part: ChannelRecord.columns) FROM channel_share s JOIN channel c ON c.id = s.channel
            WHERE s.network IN (\(list: networks)) AND s.accepted = 1 ORDER BY c.id LIMIT \(limit)
            """,
            ChannelRecord.init
        )
    }

    /// The channels that a member is in by `network`'s having taken them, and by nothing else.
    static func joined(by member: MemberID, through network: NetworkID, _ sql: any SQLReader) throws -> [ChannelRecord]
    {
        try channels(in: [network], limit: ChannelStore.everything, sql).filter { channel in
            guard let home = channel.network, try ChannelStore.membership(of: member, in: channel.id, sql) != nil else {
                return false
            }
            return try NetworkStore.role(of: member, in: home, sql) == nil
                && !reach(channel, member, leaving: network, sql)
        }
    }
}
