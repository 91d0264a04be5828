import Announcements
import Attendance
import Audit
import Channels
public import CommunityKernel
import Documents
import Drafts
import EventNotices
import Events
import Files
public import Journal
import Mail
import Messages
import Minutes
import Networks
import Notifications
import People
import Polls
import Presence
import Registrations
import Search
import SolutionNotices
import Solutions
import Webinars

/// The capabilities of this server and how they know each other: lists, no logic.
///
/// The order is the order in which their tables are made and their parts stand in the snapshot.
public enum InstalledCapabilities {
    /// All of them, configured.
    public static func all(
        _ configuration: Configuration,
        presence: PresenceBoard = PresenceBoard(),
        address: PublicAddress? = nil
    ) -> [any Capability] {
        let types = InstalledNetworkTypes.enabled(configuration.enabledNetworkTypes)
        let channels = ChannelsCapability(types: types, timeline: MessageTimeline())
        let messages = MessagesCapability(
            channels: channels,
            editWindow: configuration.message.editWindow,
            channelMentionMembers: configuration.message.channelMentionMembers,
            textBytes: configuration.limits.textBytes,
            addressed: configuration.limits.addressed
        )
        let networks = NetworksCapability(
            types: types,
            observers: [
                channels.observer, messages.observer, RegistrationsCapability.membership, WebinarsCapability.membership,
                PollsCapability.membership,
            ],
            defaults: configuration.networkDefaults
        )
        let files = FilesCapability(
            settings: configuration.fileSettings,
            folder: configuration.data + "/files",
            access: channels.access,
            holders: [
                DocumentsCapability.files(DocumentAccess(rules: networks.rules)),
                WebinarsCapability.files(EventAccess(rules: networks.rules)),
                SolutionsCapability.files(EventAccess(rules: networks.rules)),
            ]
        )
        let announcements = AnnouncementsCapability(
            messages: messages,
            lateWindow: configuration.announcement.lateWindow,
            failedRetention: configuration.announcement.failedRetention
        )
        var eventSettings = configuration.eventSettings
        eventSettings.address = address ?? PublicAddress(configuration.publicUrl)
        var attendanceSettings = configuration.attendanceSettings
        attendanceSettings.address = eventSettings.address
        let events = EventsCapability(
            networks: networks,
            settings: eventSettings,
            observers: [
                RegistrationsCapability.observer, AttendanceCapability.observer(attendanceSettings),
                WebinarsCapability.observer,
            ],
            attendance: RegistrationsCapability.attendance
        )
        let notifications = NotificationsCapability(
            access: channels.access,
            topics: [
                EventNoticesCapability.topics(events.access),
                SolutionNoticesCapability.topics(
                    documents: DocumentAccess(rules: networks.rules),
                    solutions: events.access
                ),
            ],
            kept: configuration.notification.kept,
            fanOut: configuration.notification.fanOut,
            mail: configuration.notificationMail
        )
        let notices = EventNoticesCapability(
            events: events,
            attendance: RegistrationsCapability.attendance,
            telling: notifications.telling,
            settings: configuration.eventNoticeSettings
        )
        let mail = MailCapability(
            settings: configuration.mailSettings,
            composers: [notifications.mailComposer, notices.mailComposer]
        )
        let drafts = DraftsCapability(access: channels.access, limit: configuration.draft.perPerson)
        let attendance = AttendanceCapability(access: events.access, settings: attendanceSettings)
        let audit = AuditCapability()
        let documents = DocumentsCapability(
            networks: networks,
            settings: configuration.documentSettings,
            holders: [SolutionsCapability.texts(events.access)]
        )
        var solutionSettings = configuration.solutionSettings
        solutionSettings.address = eventSettings.address
        let solutions = SolutionsCapability(
            events: events.access,
            channels: channels.access,
            documents: documents.shelf,
            vault: files.vault,
            settings: solutionSettings
        )
        let people = PeopleCapability(
            settings: configuration.peopleSettings,
            neighbours: [
                networks.neighbour, channels.neighbour, files.neighbour, messages.neighbour, announcements.neighbour,
                notifications.neighbour, mail.neighbour, drafts.neighbour, events.neighbour,
                RegistrationsCapability.neighbour, AttendanceCapability.neighbour, MinutesCapability.neighbour,
                WebinarsCapability.neighbour, PollsCapability.neighbour, EventNoticesCapability.neighbour,
                DocumentsCapability.neighbour, SolutionsCapability.neighbour,
                SolutionNoticesCapability.neighbour, audit.neighbour,
            ],
            erasures: ErasureList(folder: configuration.data),
            passwordLinks: mail.passwordLinks
        )
        return [
            people, mail, networks, channels, files, messages, announcements, notifications, drafts, events,
            RegistrationsCapability(access: events.access, settings: configuration.registrationSettings),
            attendance,
            MinutesCapability(events: events),
            WebinarsCapability(
                access: events.access,
                attendance: RegistrationsCapability.attendance,
                keeper: RoomAttendance(attendance: attendance),
                settings: configuration.webinarSettings,
                address: eventSettings.address
            ),
            PollsCapability(events: events, settings: configuration.pollSettings), notices,
            documents, solutions,
            SolutionNoticesCapability(
                documents: documents.access,
                solutions: events.access,
                telling: notifications.telling,
                settings: configuration.solutionNoticeSettings
            ), audit,
            SearchCapability(
                access: channels.access,
                events: events.access,
                documents: documents,
                solutions: solutions.shelf
            ),
            PresenceCapability(board: presence),
        ]
    }

    /// What they bring, without opening a store.
    public static func registry(_ configuration: Configuration) -> Registry {
        var registry = Registry()
        for capability in all(configuration) { registry.install(capability) }
        return registry
    }
}
