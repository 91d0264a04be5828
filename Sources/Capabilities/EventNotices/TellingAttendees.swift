import CommunityKernel
import Events
import Journal
import Mail
import Notifications
import People
import WireProtocol

/// Tells one person of one thing: among the notifications and by mail, as the person chose.
struct TellingAttendees: Sendable {
    let calendar: EventCalendar
    let telling: TellingNotices
    /// Who calls meetings, in calendars.
    let organiser: CalendarParty

    /// What is told.
    struct Telling {
        let news: EventNews
        /// When it was.
        let at: Instant
        /// The `seq` of the update that said so; nil for what is of the clock alone.
        var subject: Int64?
        /// Whether the person did it: then it is no notification, but what changes the calendar is mailed all the same.
        var isOwn = false
        var reason: String?
        /// Until when a seat is kept.
        var expires: Instant?
        /// What the organisers wrote; the mail takes its words when it is sent.
        var message: AttendeeMessageID?

        init(news: EventNews, at: Instant) {
            self.news = news
            self.at = at
        }
    }

    func tell(_ attendee: Attendee, of event: EventRecord, _ what: Telling, _ work: UnitOfWork) throws {
        if !what.isOwn {
            // Nobody is named as the cause: a seat that becomes free would tell who gave it back.
            var notice = Notice(
                person: attendee.person,
                topic: .event(event.id),
                network: event.network,
                kind: what.news.kind,
                at: what.at,
                subject: what.subject
            )
            notice.news = what.news
            try telling.tell(notice, work)
        }
        try mail(attendee, event, what, work)
    }

    // MARK: By mail

    private func mail(_ attendee: Attendee, _ event: EventRecord, _ what: Telling, _ work: UnitOfWork) throws {
        guard let mail = AttendeeMail(what.news, for: attendee.state),
            // What was given and taken away in one go is told by what took it away.
            !event.isWithdrawn || mail.method != .request,
            let person = try PeopleStore.activePerson(attendee.person, work.sql)
        else { return }
        let choice = try telling.choice(of: attendee.person, work.sql)
        guard mail.isWanted(choice) else { return }
        var attachments: [MailAttachment] = []
        if choice.mailCalendar, let method = mail.method {
            let file = try calendar.invitation(
                event,
                method,
                to: CalendarParty(name: person.name, email: person.email),
                answer: attendee.state.answer,
                from: organiser,
                now: work.now,
                work.sql
            )
            attachments = [.calendar(String(decoding: file, as: UTF8.self), method: method.rawValue)]
        }
        try MailOutbox.enqueue(
            work,
            to: .person(attendee.person),
            template: mail.template,
            values: [
                "event": .int(event.id.rawValue), "registration": .int(attendee.registration.rawValue),
                "title": .string(event.title), "when": Self.moment(event.span.start), "where": Self.place(event),
                "reason": what.reason.map { MailWords.filled("event.reason", ["reason": .string($0)]) } ?? .string(""),
                "expires": what.expires.map { .members(["at": .string($0.description)]) } ?? .string(""),
                "message": what.message.map { .int($0.rawValue) } ?? .null, "link": .string("/events/\(event.id)"),
                "own": .bool(what.isOwn),
                "former": .string(try Self.former(event, what.news, work.sql)?.description ?? ""),
                "calendar": attachments.isEmpty
                    ? .string("") : MailWords.filled("event.calendar.\(mail.method == .cancel ? "cancel" : "request")"),
            ],
            attachments: attachments
        )
    }

    /// When an event that moved was to begin.
    private static func former(_ event: EventRecord, _ news: EventNews, _ sql: any SQLReader) throws -> Instant? {
        news == .moved ? try EventStore.formerStart(of: event.id, sql) : nil
    }

    private static func moment(_ time: EventTime) -> JSON {
        guard let local = time.localTime else { return .members(["date": .string(time.date ?? "")]) }
        return .members(["local": .string(local.local), "zone": .string(local.zone)])
    }

    private static func place(_ event: EventRecord) -> JSON {
        if let place = event.details.place { return MailWords.filled("event.where", ["place": .string(place)]) }
        return event.details.room == nil ? .string("") : MailWords.filled("event.online")
    }
}

/// The mail that tells of something.
struct AttendeeMail {
    let template: String
    /// What it asks of the reader's calendar.
    let method: EventCalendar.Method?
    private let news: EventNews

    /// Nil where none is sent.
    init?(_ news: EventNews, for state: RegistrationState) {
        self.news = news
        template = "event.\(news.rawValue)"
        switch news {
        case .confirmed, .promoted, .approved: method = .request
        case .moved, .changed:
            // Who has no seat has nothing in the calendar.
            guard state == .confirmed || state == .checkedIn else { return nil }
            method = .request
        case .cancelled, .postponed, .calledOff: method = .cancel
        case .invited, .waitlisted, .offered, .rejected, .removed, .expired, .lapsed, .reminder, .message: method = nil
        case .requested: return nil
        }
    }

    func isWanted(_ choice: EventTelling) -> Bool {
        switch news {
        case .moved, .changed, .postponed, .calledOff: choice.mailCalendar
        case .confirmed, .promoted, .approved, .cancelled, .message: choice.mailCalendar || choice.mailRegistrations
        case .invited, .requested, .waitlisted, .offered, .rejected, .removed, .expired, .lapsed:
            choice.mailRegistrations
        case .reminder: choice.mailReminders
        }
    }
}

extension RegistrationState {
    /// How that is called in calendars.
    fileprivate var answer: CalendarAnswer {
        switch self {
        case .confirmed, .checkedIn, .attended, .partial: .accepted
        case .requested, .waitlisted, .offered: .tentative
        case .invited: .none
        case .declined, .rejected, .left, .expired, .lapsed, .cancelled, .noShow: .declined
        }
    }
}
