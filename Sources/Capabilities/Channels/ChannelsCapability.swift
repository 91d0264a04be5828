public import CommunityKernel
public import Journal
public import Networks
public import People
import WireProtocol

/// Places to talk in: open, private, announcement and direct channels, who belongs to them, and what each has read.
public struct ChannelsCapability: Capability {
    /// The capability's name.
    public let name = "channels"
    /// Its schema.
    public let migrations = ChannelMigrations.all
    /// Tells who may know of, read and write in a channel.
    public let access: ChannelAccess
    /// Tells members what waits for them.
    public let news: UnreadNews
    private let memberships: ChannelMemberships
    private let making: MakingChannels
    private let listing: ListingChannels
    private let englishTypes: Set<String>

    /// Makes it.
    ///
    /// `timeline` is what the capability of messages knows; in networks of the `englishTypes` the default channels get
    /// their English names.
    public init(types: NetworkTypes, timeline: any ChannelTimeline, englishTypes: Set<String> = ["European"]) {
        let rules = NetworkRules(types: types)
        access = ChannelAccess(rules: rules)
        news = UnreadNews(timeline: timeline)
        memberships = ChannelMemberships(access: access, news: news)
        making = MakingChannels(access: access, memberships: memberships)
        listing = ListingChannels(rules: rules, timeline: timeline)
        self.englishTypes = englishTypes
    }

    /// Makes a network's default channels, and ends memberships with that in the network.
    public var observer: any NetworkObserver {
        ChannelsObserver(making: making, memberships: memberships, englishTypes: englishTypes)
    }

    /// What a person's standing does to the conversations outside networks; erasure and export.
    public var neighbour: any PeopleNeighbour { ChannelsNeighbour(memberships: memberships) }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(CreateChannel.self, access: .facilitator, making.create)
        registry.command(ChangeChannel.self, access: .facilitator, making.change)
        registry.command(ArchiveChannel.self, access: .facilitator, making.archive)
        let sharing = SharingChannels(access: access)
        registry.command(ShareChannel.self, access: .facilitator, sharing.share)
        registry.command(AcceptShare.self, access: .facilitator, sharing.accept)
        registry.command(RevokeShare.self, access: .facilitator, sharing.revoke)
        registry.query(ListShares.self, access: .facilitator, sharing.list)
        registry.command(OpenDirect.self, access: .person, making.openDirect)
        registry.command(JoinChannel.self, access: .networkMember, memberships.join)
        registry.command(LeaveChannel.self, access: .channelMember, memberships.leave)
        registry.command(AddToChannel.self, access: .channelMember, memberships.add)
        registry.command(RemoveFromChannel.self, access: .facilitator, memberships.remove)
        registry.command(MarkChannel.self, access: .channelMember, memberships.mark)
        registry.command(TuneChannel.self, access: .channelMember, TuningChannels(access: access).tune)
        registry.query(ListChannels.self, access: .person, bots: true, listing.list)
        registry.query(ListChannelMembers.self, access: .channelMember) { [listing, access] query, context in
            try listing.members(query, context, access)
        }
        registry.snapshot("channels", listing.snapshot)
        registry.signal("typing", fields: ["channel"], lifetime: 5_000) { body in
            body["channel"]?.int.map { .channel(ChannelID($0)) }
        }
    }
}
