public import CommunityKernel
public import Journal
import People
public import WireProtocol

/// What a person is told of a thing that is no message.
public struct Notice: Sendable {
    /// Whom.
    public let person: PersonID
    /// What of.
    public let topic: NoticeTopic
    /// Its network.
    public let network: NetworkID
    /// Why.
    public let kind: NotificationKind
    /// When that was.
    public let at: Instant
    /// The `seq` of the update that said so, of which nobody is told twice; nil for what is of the clock alone.
    public let subject: Int64?
    /// What is told of an event.
    public var news: EventNews?
    /// What is told of anything else.
    public var told: SolutionNews?
    /// Who did it, who is never told; nil where nobody is named.
    public var author: MemberID?
    /// What was noted on a document.
    public var comment: CommentID?

    /// Makes it.
    public init(
        person: PersonID,
        topic: NoticeTopic,
        network: NetworkID,
        kind: NotificationKind,
        at: Instant,
        subject: Int64?
    ) {
        self.person = person
        self.topic = topic
        self.network = network
        self.kind = kind
        self.at = at
        self.subject = subject
    }
}

/// Writes notifications of what is no message down, as each person chose.
public struct TellingNotices: Sendable {
    private let topics: any NoticeTopics
    /// Notifications of one person at most.
    private let kept: Int64
    private let quiet: QuietTimes
    private let mailing: MailingNotifications

    init(topics: any NoticeTopics, kept: Int64, quiet: QuietTimes, mailing: MailingNotifications) {
        self.topics = topics
        self.kept = kept
        self.quiet = quiet
        self.mailing = mailing
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

    /// Tells a person, who may know of the topic at this moment, did not do it and wants to be told; whether it did.
    @discardableResult
    public func tell(_ notice: Notice, _ work: UnitOfWork) throws -> Bool {
        let settings = try NotificationStore.settings(of: notice.person, work.sql)
        let reader = Member(id: notice.person, kind: .person, name: "")
        guard notice.author != notice.person, settings.wants(notice.kind, of: notice.topic),
            try PeopleStore.activePerson(notice.person, work.sql) != nil,
            try topics.words(of: notice.topic, comment: notice.comment, for: reader, work.sql) != nil
        else { return false }
        if let subject = notice.subject {
            guard try !NotificationStore.exists(of: subject, for: notice.person, work.sql) else { return false }
        }
        var record = NotificationRecord(
            person: notice.person,
            kind: notice.kind,
            subject: notice.subject ?? work.nextSeq,
            at: notice.at,
            author: notice.author ?? MemberID(),
            network: notice.network,
            channel: nil,
            message: MessageID()
        )
        record.topic = notice.topic
        record.news = notice.news
        record.told = notice.told
        record.comment = notice.comment
        let id = try NotificationStore.add(record, kept: kept, work)
        try mailing.told(record, id, work)
        return true
    }

    /// A topic belongs to another network now: who may not know of it there has nothing left to read.
    public func moved(_ topic: NoticeTopic, to network: NetworkID, _ work: UnitOfWork) throws {
        for person in try NotificationStore.move(topic, to: network, work.sql) {
            let reader = Member(id: person, kind: .person, name: "")
            guard try topics.words(of: topic, comment: nil, for: reader, work.sql) == nil,
                try NotificationStore.read(topic, of: person, work.sql)
            else { continue }
            let unread = try NotificationStore.unread(of: person, work.sql)
            try work.append(NotificationsRead(unread: unread), to: .person(person))
        }
    }
}

extension NotificationSettings {
    /// Whether a person is told of something of a topic at all.
    func wants(_ kind: NotificationKind, of topic: NoticeTopic) -> Bool {
        guard case .event = topic else { return solutions.way(of: kind) != .off }
        return switch kind {
        case .registration: events.showRegistrations
        case .event: events.showChanges
        case .reminder: events.showReminders
        case .mention, .reply, .message, .acknowledge, .report, .review, .comment, .solution, .adoption: true
        }
    }

    /// Whether mails may tell of something that is no message.
    func mails(_ kind: NotificationKind, of topic: NoticeTopic) -> Bool {
        // What reminds has an hour of its own, which is another one than a digest's.
        if case .event = topic { return kind != .reminder }
        return solutions.way(of: kind) == .mail
    }
}

extension SolutionTelling {
    fileprivate func way(of kind: NotificationKind) -> TellingWay {
        switch kind {
        case .review: reviews
        case .comment, .mention, .reply: comments
        case .adoption: adoptions
        case .solution, .message, .acknowledge, .report, .registration, .event, .reminder: changes
        }
    }
}

extension EventNews {
    /// Under which kind of notification it comes.
    public var kind: NotificationKind {
        switch self {
        case .invited, .requested, .confirmed, .waitlisted, .offered, .promoted, .approved, .rejected, .cancelled,
            .removed, .expired, .lapsed:
            .registration
        case .moved, .changed, .postponed, .calledOff, .message: .event
        case .reminder: .reminder
        }
    }
}
