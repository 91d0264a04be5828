import Channels
import CommunityKernel
import Journal
import Networks
import People
import WireProtocol

/// What one reader may search at this moment.
///
/// The index is narrowed by it, and every hit is judged again by ``ChannelAccess``, the one place that decides.
struct SearchReach {
    let reader: Member
    /// Channels joined, or read by a bot's scope.
    let channels: [ChannelID]
    /// Networks joined.
    let networks: [NetworkID]
    /// Whether the open and announcement channels of every network are seen.
    let seesEveryNetwork: Bool

    init(_ context: QueryContext) throws {
        reader = context.actor
        let streams = try context.sql.openStreams(of: reader.id)
        channels = streams.compactMap { stream in
            let parts = stream.rawValue.split(separator: "/")
            return parts.count == 2 && parts[0] == "channel" ? Int64(parts[1]).map(ChannelID.init) : nil
        }
        networks = reader.kind == .person ? try NetworkStore.networks(of: reader.id, context.sql).map(\.0) : []
        seesEveryNetwork = try PeopleStore.isAdministrator(reader, context.sql)
    }

    /// The rows that may hold something for the reader.
    var condition: SQLQuery {
        let listed: SQLQuery =
            seesEveryNetwork ? "i.listed = 1" : "(i.listed = 1 AND i.network IN (\(list: networks)))"
        let people: SQLQuery = reader.kind == .bot ? "1 = 0" : "i.kind = 'person'"
        return "AND (i.channel IN (\(list: channels)) OR \(part: listed) OR \(part: people))"
    }

    /// The channels and networks that the reader knows by a slug, or by `network/channel`.
    func places(called name: String, _ sql: any SQLReader) throws -> (channels: [ChannelID], networks: [NetworkID]) {
        let parts = name.lowercased().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let known = try networks.compactMap { try NetworkStore.network($0, sql) }
        let joined = try channels.compactMap { try ChannelStore.channel($0, sql) }
        switch parts.count {
        case 1:
            let named = known.filter { $0.slug == parts[0] }.map(\.id)
            return (try channels(parts[0], in: known.map(\.id), joined, sql), named)
        case 2:
            let homes = known.filter { $0.slug == parts[0] }.map(\.id)
            let inside = joined.filter { channel in channel.network.map(homes.contains) ?? false }
            return (try channels(parts[1], in: homes, inside, sql), [])
        default: return ([], [])
        }
    }

    private func channels(
        _ slug: String,
        in networks: [NetworkID],
        _ joined: [ChannelRecord],
        _ sql: any SQLReader
    ) throws -> [ChannelID] {
        let listed = try networks.compactMap { try ChannelStore.listedChannel(slug, in: $0, sql)?.id }
        return listed + joined.filter { $0.slug == slug }.map(\.id)
    }
}
