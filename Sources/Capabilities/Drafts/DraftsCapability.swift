public import Channels
public import Journal
public import People
import WireProtocol

/// What people have begun to write and not sent yet, on all of their devices and for nobody else.
public struct DraftsCapability: Capability {
    /// The capability's name.
    public let name = "drafts"
    /// Its schema.
    public let migrations = DraftMigrations.all
    private let saving: SavingDrafts
    private let returning: ReturningDrafts

    /// Makes it; a person has at most `limit` drafts.
    public init(access: ChannelAccess, limit: Int64 = 200) {
        saving = SavingDrafts(access: access, limit: limit)
        returning = ReturningDrafts(access: access)
    }

    /// Erasure and export of a person's drafts.
    public var neighbour: any PeopleNeighbour { DraftsNeighbour() }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(SaveDraft.self, access: .channelMember, saving.save)
        registry.query(ListDrafts.self, access: .person, saving.list)
        registry.snapshot("drafts", saving.snapshot)
        registry.follow(returning.follower)
    }
}
