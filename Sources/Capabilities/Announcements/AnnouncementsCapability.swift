import Channels
import CommunityKernel
public import Journal
public import Messages
public import People
import WireProtocol

/// What a network tells its members: announcements now or at a time to come, and who has seen them.
public struct AnnouncementsCapability: Capability {
    /// The capability's name.
    public let name = "announcements"
    /// Its schema.
    public let migrations = AnnouncementMigrations.all
    private let scheduling: SchedulingAnnouncements
    private let acknowledging: AcknowledgingAnnouncements
    private let failedRetention: Int64

    /// Makes it; after a downtime, announcements are sent up to `lateWindow` seconds late.
    ///
    /// The author of one that failed finds its text for `failedRetention` seconds more.
    public init(messages: MessagesCapability, lateWindow: Int64 = 86_400, failedRetention: Int64 = 2_592_000) {
        self.failedRetention = failedRetention
        let access = messages.posting.access
        scheduling = SchedulingAnnouncements(access: access, posting: messages.posting, lateWindow: lateWindow)
        acknowledging = AcknowledgingAnnouncements(access: access)
    }

    /// Erasure and export of what a person scheduled.
    public var neighbour: any PeopleNeighbour { AnnouncementsNeighbour(scheduling: scheduling) }

    private var emptying: Tick {
        let milliseconds = failedRetention * 1_000
        return Tick(
            name: "announcements.failed",
            seconds: 3_600,
            isDue: { context in
                try AnnouncementStore.hasFailed(
                    before: context.now.advanced(byMilliseconds: -milliseconds),
                    context.sql
                )
            },
            run: { work in
                try AnnouncementStore.emptyFailed(before: work.now.advanced(byMilliseconds: -milliseconds), work.sql)
                return false
            }
        )
    }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(PostAnnouncement.self, access: .facilitator, bots: true, scheduling.post)
        registry.command(ScheduleAnnouncement.self, access: .facilitator, bots: true, scheduling.schedule)
        registry.command(CancelAnnouncement.self, access: .facilitator, bots: true, scheduling.cancel)
        registry.command(AcknowledgeAnnouncement.self, access: .channelMember, acknowledging.acknowledge)
        registry.query(ListAnnouncements.self, access: .facilitator, bots: true, acknowledging.list)
        registry.query(ListAcknowledgements.self, access: .facilitator, acknowledging.acknowledgements)
        registry.tick(
            Tick(
                name: "announcements",
                seconds: 1,
                isDue: { context in try scheduling.next(at: context.now, context.sql) != nil },
                run: scheduling.sendNext
            )
        )
        registry.tick(emptying)
    }
}
