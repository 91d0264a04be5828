public import Channels
public import Journal
public import Mail
public import People
import WireProtocol

/// What people are told of: mentions, replies, everything in the channels they chose, what asks for acknowledgement,
/// reports for the moderators, and what becomes of events, documents, solutions and adoptions in which one has a part.
public struct NotificationsCapability: Capability {
    /// The capability's name.
    public let name = "notifications"
    /// Its schema.
    public let migrations = NotificationMigrations.all
    private let notifying: Notifying
    private let reading: ReadingNotifications
    private let mailed: MailedNotifications
    private let mailing: MailingNotifications
    /// Tells people of what is no message, for the capabilities that know of it.
    public let telling: TellingNotices

    /// Makes it.
    ///
    /// A person's newest `kept` notifications stay. Of one message at most `fanOut` people are told because they want
    /// all or because it is for everybody in its channel; those whom it names or answers are told in any case.
    public init(
        access: ChannelAccess,
        topics: [any NoticeTopics] = [],
        kept: Int64 = 1_000,
        fanOut: Int64 = 2_000,
        mail: NotificationMailSettings = NotificationMailSettings()
    ) {
        let quiet = QuietTimes(
            night: DoNotDisturb(from: Self.hour(mail.nightFrom), to: Self.hour(mail.nightTo)),
            digestHour: mail.digestHour
        )
        let topics = KnownTopics(all: topics)
        mailed = MailedNotifications(access: access, topics: topics, quiet: quiet)
        mailing = MailingNotifications(reading: mailed, quiet: quiet, after: mail.after)
        notifying = Notifying(access: access, kept: kept, fanOut: fanOut, mailing: mailing)
        reading = ReadingNotifications(access: access, topics: topics, mailing: mailing)
        telling = TellingNotices(topics: topics, kept: kept, quiet: quiet, mailing: mailing)
    }

    private static func hour(_ hour: Int64) -> String { (hour < 10 ? "0" : "") + "\(hour):00" }

    /// Says what mails of notifications hold at the moment of sending.
    public var mailComposer: any MailComposer { mailed }

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
        registry.tick(mailing.tick)
    }
}

/// When notifications are mailed.
public struct NotificationMailSettings: Sendable {
    /// Seconds after the first notification of a batch.
    public var after: Int64 = 120
    /// The hour at which digests go, on the reader's clock.
    public var digestHour: Int64 = 8
    /// The hour at which the night begins, for who has chosen no other.
    public var nightFrom: Int64 = 21
    /// The hour at which it ends.
    public var nightTo: Int64 = 7

    /// The defaults.
    public init() {}
}
