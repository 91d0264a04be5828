import CommunityKernel
import Journal
import Networks
import WireProtocol

/// What becomes of channels with their network.
struct ChannelsObserver: NetworkObserver {
    let making: MakingChannels
    let memberships: ChannelMemberships
    let englishTypes: Set<String>

    func created(_ network: NetworkRecord, by type: any NetworkType, _ work: UnitOfWork) throws {
        try making.createDefaults(
            type.defaultChannels,
            in: network.id,
            english: englishTypes.contains(type.id),
            work
        )
    }

    func left(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws -> [StreamName] {
        try memberships.endAll(member, in: network.id, work)
    }

    func streams(of member: MemberID, in network: NetworkRecord, _ sql: any SQLReader) throws -> [StreamName] {
        try memberships.places(of: member, in: network.id, sql).map { .channel($0) }
    }

    /// Only of open and announcement channels: of the others nobody is told where they are.
    func network(of stream: StreamName, _ sql: any SQLReader) throws -> NetworkID? {
        guard stream.rawValue.hasPrefix("channel/"), let id = Int64(stream.rawValue.dropFirst("channel/".count)),
            let channel = try ChannelStore.channel(ChannelID(id), sql), channel.isListed
        else { return nil }
        return channel.network
    }
}
