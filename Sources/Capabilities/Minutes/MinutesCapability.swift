public import Events
public import Journal
public import People
import WireProtocol

/// What was said and decided at events, and what somebody is to do after them.
public struct MinutesCapability: Capability {
    /// The capability's name.
    public let name = "minutes"
    /// Its schema.
    public let migrations = MinutesMigrations.all
    private let writing: WritingMinutes
    private let decisions: RecordingDecisions
    private let actions: KeepingActions

    /// Makes it.
    public init(events: EventsCapability) {
        writing = WritingMinutes(events: events)
        decisions = RecordingDecisions(access: events.access)
        actions = KeepingActions(access: events.access)
    }

    /// Erasure and export of what a person asked to be amended and is to do.
    public static let neighbour: any PeopleNeighbour = MinutesNeighbour()

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(WriteMinutes.self, access: .facilitator, writing.write)
        registry.command(ShareMinutes.self, access: .facilitator, writing.share)
        registry.command(AmendMinutes.self, access: .networkMember, writing.amend)
        registry.command(ApproveMinutes.self, access: .facilitator, writing.approve)
        registry.query(GetMinutes.self, access: .networkMember, bots: true, writing.get)
        registry.command(RecordDecision.self, access: .facilitator, decisions.record)
        registry.query(ListDecisions.self, access: .networkMember, bots: true, decisions.list)
        registry.command(AddAction.self, access: .facilitator, actions.add)
        registry.command(ChangeAction.self, access: .networkMember, actions.change)
        registry.query(ListActions.self, access: .person, actions.list)
    }
}
