public import CommunityKernel
public import Journal
import People
public import WireProtocol

/// Knows the events that notifications tell of: brought by the capability that tells of them.
public protocol NotifiedEvents: Sendable {
    /// An event's title as it is now; nil when the reader may not know of the event.
    func title(of event: EventID, for reader: Member, _ sql: any SQLReader) throws -> String?
}

/// No event: what holds while no capability tells of any.
public struct NoNotifiedEvents: NotifiedEvents {
    /// Makes it.
    public init() {}

    /// None.
    public func title(of event: EventID, for reader: Member, _ sql: any SQLReader) throws -> String? { nil }
}

/// What of an event a person is told.
public struct EventNotice: Sendable {
    /// Whom.
    public let person: PersonID
    /// The event.
    public let event: EventID
    /// Its network.
    public let network: NetworkID
    /// What.
    public let news: EventNews
    /// When that was.
    public let at: Instant
    /// The `seq` of the update that said so, of which nobody is told twice; nil for what is of the clock alone.
    public let subject: Int64?

    /// Makes it.
    public init(
        person: PersonID,
        event: EventID,
        network: NetworkID,
        news: EventNews,
        at: Instant,
        subject: Int64?
    ) {
        self.person = person
        self.event = event
        self.network = network
        self.news = news
        self.at = at
        self.subject = subject
    }
}

/// Writes notifications of events down, as each person chose.
public struct TellingOfEvents: Sendable {
    private let events: any NotifiedEvents
    /// Notifications of one person at most.
    private let kept: Int64
    private let quiet: QuietTimes

    init(events: any NotifiedEvents, kept: Int64, quiet: QuietTimes) {
        self.events = events
        self.kept = kept
        self.quiet = quiet
    }

    /// How a person wants to be told of events.
    public func choice(of person: PersonID, _ sql: any SQLReader) throws -> EventTelling {
        try NotificationStore.settings(of: person, sql).events
    }

    /// When a person may be mailed of what is ready at `now`: then, unless it is night, a holiday or one of the hours in
    /// which that person wants no mail.
    public func free(for person: PersonID, from now: Instant, _ sql: any SQLReader) throws -> Instant {
        guard let zone = try PeopleStore.activePerson(person, sql)?.zone else { return now }
        return quiet.free(from: now, try NotificationStore.settings(of: person, sql), zone: zone)
    }

    /// Tells a person, who may know of the event at this moment and wants to be told; nobody is named as the cause,
    /// since a seat that becomes free would tell who gave it back.
    public func tell(_ notice: EventNotice, _ work: UnitOfWork) throws {
        let choice = try choice(of: notice.person, work.sql)
        let reader = Member(id: notice.person, kind: .person, name: "")
        guard Self.isWanted(notice.news.kind, choice),
            try PeopleStore.activePerson(notice.person, work.sql) != nil,
            try events.title(of: notice.event, for: reader, work.sql) != nil
        else { return }
        if let subject = notice.subject {
            guard try !NotificationStore.exists(of: subject, for: notice.person, work.sql) else { return }
        }
        var record = NotificationRecord(
            person: notice.person,
            kind: notice.news.kind,
            subject: notice.subject ?? work.nextSeq,
            at: notice.at,
            author: MemberID(),
            network: notice.network,
            channel: nil,
            message: MessageID()
        )
        record.event = notice.event
        record.news = notice.news
        _ = try NotificationStore.add(record, kept: kept, work)
    }

    private static func isWanted(_ kind: NotificationKind, _ choice: EventTelling) -> Bool {
        switch kind {
        case .registration: choice.showRegistrations
        case .event: choice.showChanges
        case .reminder: choice.showReminders
        case .mention, .reply, .message, .acknowledge, .report: true
        }
    }
}

extension EventNews {
    /// Under which kind of notification it comes.
    fileprivate var kind: NotificationKind {
        switch self {
        case .invited, .requested, .confirmed, .waitlisted, .offered, .promoted, .approved, .rejected, .cancelled,
            .removed, .expired, .lapsed:
            .registration
        case .moved, .changed, .postponed, .calledOff, .message: .event
        case .reminder: .reminder
        }
    }
}
