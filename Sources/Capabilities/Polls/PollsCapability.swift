import CommunityKernel
public import Events
public import Journal
public import Networks
public import People
import WireProtocol

/// Asks a network's members when an event should take place, and makes the event.
public struct PollsCapability: Capability {
    /// The capability's name.
    public let name = "polls"
    /// Its schema.
    public let migrations = PollMigrations.all
    private let making: MakingPolls
    private let voting: Voting
    private let listing: ListingPolls

    /// Makes it.
    public init(events: EventsCapability, settings: PollSettings = PollSettings()) {
        let access = PollAccess(events: events.access)
        making = MakingPolls(access: access, events: events, settings: settings)
        voting = Voting(access: access, settings: settings)
        listing = ListingPolls(access: access, events: events)
    }

    /// Takes back the answers of who leaves a network.
    public static let membership: any NetworkObserver = LeavingVoter()
    /// Erasure and export of a person's answers.
    public static let neighbour: any PeopleNeighbour = PollsNeighbour()

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(CreatePoll.self, access: .facilitator, making.create)
        registry.command(VoteInPoll.self, access: .networkMember, voting.vote)
        registry.command(ClosePoll.self, access: .facilitator, making.close)
        registry.query(GetPoll.self, access: .networkMember, bots: true, listing.get)
        registry.query(ListPolls.self, access: .networkMember, bots: true, listing.list)
        registry.tick(MakingPolls.clock)
    }
}
