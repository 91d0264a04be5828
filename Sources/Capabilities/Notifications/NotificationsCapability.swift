public import Channels
public import Journal
public import People
import WireProtocol

/// What people are told of: mentions, replies, everything in the channels they chose, what asks for acknowledgement,
/// and reports for the moderators.
public struct NotificationsCapability: Capability {
    /// The capability's name.
    public let name = "notifications"
    /// Its schema.
    public let migrations = NotificationMigrations.all
    private let notifying: Notifying
    private let reading: ReadingNotifications

    /// Makes it.
    ///
    /// A person's newest `kept` notifications stay. Of one message at most `fanOut` people are told because they want
    /// all or because it is for everybody in its channel; those whom it names or answers are told in any case.
    public init(access: ChannelAccess, kept: Int64 = 1_000, fanOut: Int64 = 2_000) {
        notifying = Notifying(access: access, kept: kept, fanOut: fanOut)
        reading = ReadingNotifications(access: access)
    }

    /// Erasure and export of a person's notifications.
    public var neighbour: any PeopleNeighbour { NotificationsNeighbour() }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.query(ListNotifications.self, access: .person, reading.list)
        registry.query(AskNotificationSettings.self, access: .person, reading.settings)
        registry.command(ReadNotifications.self, access: .person, reading.read)
        registry.command(SetNotifications.self, access: .person, reading.set)
        registry.snapshot("notifications", reading.snapshot)
        registry.follow(notifying.follower)
        registry.tick(notifying.tick)
    }
}
