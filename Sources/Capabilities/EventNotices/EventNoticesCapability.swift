public import CommunityKernel
public import Events
public import Journal
public import Mail
public import Notifications
public import People
public import WireProtocol

/// What those are told who have a part in events: by mail, with files for their calendars, and among the notifications;
/// and what reminds them.
///
/// It reads what became of registrations and events in the journal, each update once and also across a crash, so that
/// neither of the two knows of mails.
public struct EventNoticesCapability: Capability {
    /// The capability's name.
    public let name = "eventNotices"
    /// Its schema.
    public let migrations = EventNoticeMigrations.all
    private let following: FollowingEvents
    private let reminding: Reminding
    private let mails: AttendeeMails

    /// Makes it.
    public init(
        events: EventsCapability,
        attendance: any EventAttendance,
        telling: TellingNotices,
        settings: EventNoticeSettings = EventNoticeSettings()
    ) {
        let tellers = TellingAttendees(
            calendar: events.calendar,
            telling: telling,
            organiser: CalendarParty(name: settings.organiserName, email: settings.organiserAddress)
        )
        following = FollowingEvents(tellers: tellers, reminders: settings.reminders)
        reminding = Reminding(tellers: tellers, reminders: settings.reminders)
        mails = AttendeeMails(access: events.access, attendance: attendance, telling: telling)
    }

    /// Says what mails hold at the moment of sending.
    public var mailComposer: any MailComposer { mails }

    /// Erasure and export.
    public static let neighbour: any PeopleNeighbour = EventNoticesNeighbour()

    /// The events that notifications tell of.
    public static func topics(_ access: EventAccess) -> any NoticeTopics { EventTopics(access: access) }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.follow(following.follower)
        registry.tick(following.tick)
        registry.tick(reminding.tick)
    }
}

/// How those who have a part in events are told.
public struct EventNoticeSettings: Sendable {
    /// Who calls meetings, in calendars: the name.
    public var organiserName = ""
    /// The address.
    public var organiserAddress = ""
    /// What reminds of an event before it begins.
    public var reminders = ["7d", "1d", "1h"].compactMap(Reminder.init)

    /// What holds unless told.
    public init() {}
}

/// The titles of events, for who may know of them.
struct EventTopics: NoticeTopics {
    let access: EventAccess

    func words(
        of topic: NoticeTopic,
        comment: CommentID?,
        for reader: Member,
        _ sql: any SQLReader
    ) throws
        -> NoticeWords?
    {
        guard case .event(let id) = topic, let event = try EventStore.event(id, sql),
            try access.mayRead(event, reader, sql)
        else { return nil }
        return NoticeWords(title: event.title)
    }
}
