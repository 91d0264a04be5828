import CommunityKernel
import Events
import Journal
import Registrations
import WireProtocol

/// Reads what becomes of registrations and events, and tells those concerned.
struct FollowingEvents: Sendable {
    let tellers: TellingAttendees
    let reminders: [Reminder]
    /// People told of one change of an event in one transaction.
    private let page = 50
    /// What happened longer ago than this is history, not news, seconds: a journal that is read for the first time.
    private let lateness: Int64 = 86_400

    init(tellers: TellingAttendees, reminders: [Reminder]) {
        self.tellers = tellers
        self.reminders = reminders
    }

    var follower: Follower {
        Follower(
            name: "attendees",
            types: [
                RegistrationCreated.name, RegistrationChanged.name, EventChanged.name, EventRescheduled.name,
                EventPostponed.name, EventCancelled.name, AttendeesWrittenTo.name,
            ],
            handle: handle
        )
    }

    private func handle(_ update: PastUpdate, _ work: UnitOfWork) throws {
        switch update.type {
        // Each of them stands on two streams.
        case RegistrationCreated.name, RegistrationChanged.name:
            if update.stream.rawValue.hasPrefix("person/") { try follow(update, work) }
        case EventRescheduled.name: try begin(update, .moved, work)
        case EventPostponed.name: try begin(update, .postponed, work)
        case EventCancelled.name: try begin(update, .calledOff, work)
        case AttendeesWrittenTo.name: try begin(update, .message, of: "event", work)
        default:
            let told = ["title", "place"].contains { update.data[$0] != nil }
            if told { try begin(update, .changed, work) }
        }
    }

    private func isNews(_ at: Instant, _ work: UnitOfWork) -> Bool {
        at.advanced(bySeconds: lateness) >= work.now
    }

    // MARK: Registrations

    private func follow(_ update: PastUpdate, _ work: UnitOfWork) throws {
        guard let registration = update.data["id"]?.int, let event = update.data["event"]?.int,
            let person = update.data["person"]?.int,
            let state = update.data["state"]?.string.flatMap(RegistrationState.init),
            let event = try EventStore.event(EventID(event), work.sql)
        else { return }
        let former = try AttendeeStore.attendee(RegistrationID(registration), work.sql)
        var attendee =
            former
            ?? Attendee(
                registration: RegistrationID(registration),
                event: event.id,
                person: PersonID(person),
                state: state
            )
        attendee.state = state
        attendee.due = reminders.next(for: attendee, event, after: update.at)
        if state.isActive {
            try AttendeeStore.save(attendee, work.sql)
        } else {
            try AttendeeStore.remove(attendee.registration, work.sql)
        }
        let isOwn = update.by == attendee.person
        guard isNews(update.at, work), let news = EventNews(from: former?.state, to: state, isOwn: isOwn) else {
            return
        }
        var telling = TellingAttendees.Telling(news: news, at: update.at)
        telling.subject = update.seq
        telling.isOwn = isOwn
        telling.reason = update.data["reason"]?.string
        telling.expires = update.data["expires"]?.string.flatMap { Instant($0) }
        try tellers.tell(attendee, of: event, telling, work)
    }

    // MARK: Events

    private func begin(
        _ update: PastUpdate,
        _ news: EventNews,
        of event: String = "id",
        _ work: UnitOfWork
    ) throws {
        guard let id = update.data[event]?.int else { return }
        let spread = AttendeeSpread(
            seq: update.seq,
            event: EventID(id),
            news: news,
            at: update.at,
            author: update.by
        )
        // One change after the other, or somebody would hear of the last one first.
        if try AttendeeSpread.next(work.sql) != nil { return try spread.save(work.sql) }
        try advance(spread, work)?.save(work.sql)
    }

    /// Tells those whom the follower had to leave for later.
    var tick: Tick {
        Tick(
            name: "attendees",
            seconds: 1,
            isDue: { try AttendeeSpread.next($0.sql) != nil },
            run: { work in
                guard let spread = try AttendeeSpread.next(work.sql) else { return false }
                if let rest = try advance(spread, work) { try rest.save(work.sql) } else { try spread.remove(work.sql) }
                return true
            }
        )
    }

    /// Tells a page of people; where to go on, nil at the end.
    private func advance(_ spread: AttendeeSpread, _ work: UnitOfWork) throws -> AttendeeSpread? {
        guard let event = try EventStore.event(spread.event, work.sql) else { return nil }
        if spread.news == .message { return try deliver(spread, about: event, work) }
        let people = try AttendeeStore.attendees(
            of: event.id,
            after: spread.after,
            before: spread.seq,
            limit: page,
            work.sql
        )
        for var attendee in people {
            attendee.due = reminders.next(for: attendee, event, after: spread.at)
            try AttendeeStore.save(attendee, work.sql)
            guard isNews(spread.at, work) else { continue }
            var telling = TellingAttendees.Telling(news: spread.news, at: spread.at)
            telling.subject = spread.seq
            telling.isOwn = spread.author == attendee.person
            telling.reason = event.reason
            try tellers.tell(attendee, of: event, telling, work)
        }
        guard people.count == page, let last = people.last else { return nil }
        return spread.after(last.registration)
    }

    /// Delivers a message of the organisers to a page of those whom it is for, whatever became of them since.
    private func deliver(
        _ spread: AttendeeSpread,
        about event: EventRecord,
        _ work: UnitOfWork
    ) throws -> AttendeeSpread? {
        let message = AttendeeMessageID(spread.seq)
        let people = try AttendeeMessages.recipients(of: message, after: spread.after, limit: page, work.sql)
        for recipient in people where isNews(spread.at, work) {
            let attendee = Attendee(
                registration: recipient.registration,
                event: event.id,
                person: recipient.person,
                state: .confirmed
            )
            var telling = TellingAttendees.Telling(news: .message, at: spread.at)
            telling.subject = spread.seq
            telling.isOwn = spread.author == recipient.person
            telling.message = message
            try tellers.tell(attendee, of: event, telling, work)
        }
        guard people.count == page, let last = people.last else { return nil }
        return spread.after(last.registration)
    }
}

extension EventNews {
    /// What a registration's new state is news of; nil for what the person knows, or is not told of.
    fileprivate init?(from former: RegistrationState?, to state: RegistrationState, isOwn: Bool) {
        // Other answers, or another place in the queue, are seen where they stand.
        if state == former { return nil }
        switch (state, former) {
        case (.confirmed, .waitlisted): self = .promoted
        case (.confirmed, .requested): self = .approved
        // Who came, or was missing by mistake, had a seat all the time.
        case (.confirmed, .checkedIn), (.confirmed, .noShow), (.confirmed, .attended), (.confirmed, .partial):
            return nil
        case (.confirmed, _): self = .confirmed
        case (.waitlisted, _): self = .waitlisted
        case (.offered, _): self = .offered
        case (.rejected, _): self = .rejected
        case (.cancelled, _): self = .cancelled
        case (.expired, _): self = .expired
        case (.invited, _): self = .invited
        case (.lapsed, _) where !isOwn: self = .lapsed
        case (.requested, _) where !isOwn: self = .requested
        case (.left, _) where !isOwn, (.declined, _) where !isOwn: self = .removed
        default: return nil
        }
    }
}
