public import CommunityKernel
public import Journal
public import People
public import WireProtocol

/// Networks, their types and their members.
public struct NetworksCapability: Capability {
    /// The capability's name.
    public let name = "networks"
    /// The schema.
    public var migrations: [Migration] { NetworksMigrations.all }
    /// The rules that every command in a network shares.
    public let rules: NetworkRules
    private let making: MakingNetworks
    private let memberships: NetworkMemberships
    private let listing: ListingNetworks
    private let hooks: NetworkHooks

    /// Makes it for the types enabled and the capabilities that act with it; `defaults` are the settings of a type's new
    /// networks that are not given others, by type.
    public init(
        types: NetworkTypes,
        observers: [any NetworkObserver] = [],
        defaults: [String: JSONObject] = [:]
    ) {
        rules = NetworkRules(types: types)
        making = MakingNetworks(rules: rules, observers: observers, defaults: defaults)
        memberships = NetworkMemberships(rules: rules, observers: observers)
        listing = ListingNetworks(rules: rules)
        hooks = NetworkHooks(rules: rules, observers: observers)
    }

    /// What People has to know of networks.
    public var neighbour: any PeopleNeighbour { NetworksNeighbour(rules: rules, memberships: memberships) }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.query(ListNetworks.self, access: .person, bots: true, listing.list)
        registry.query(GetNetwork.self, access: .person, bots: true, listing.get)
        registry.query(ListNetworkMembers.self, access: .networkMember, listing.members)
        registry.query(ListNetworkTypes.self, access: .person, listing.types)
        registry.command(CreateNetwork.self, access: .administrator, making.create)
        registry.command(ChangeNetwork.self, access: .administrator, making.change)
        registry.command(JoinNetwork.self, access: .person, memberships.join)
        registry.command(LeaveNetwork.self, access: .networkMember, memberships.leave)
        registry.command(AddToNetwork.self, access: .facilitator, memberships.add)
        registry.command(RemoveFromNetwork.self, access: .facilitator, memberships.remove)
        registry.command(AppointInNetwork.self, access: .facilitator, memberships.appoint)
        registry.command(TuneNetwork.self, access: .person, TuningNetworks(rules: rules).tune)
        registry.command(SwitchNetworkHook.self, access: .administrator, hooks.set)
        registry.snapshot("networks", listing.snapshot)
        registry.opening(hooks.rememberPlaces)
        registry.follow(hooks.follower)
        registry.tick(hooks.tick)
    }
}
