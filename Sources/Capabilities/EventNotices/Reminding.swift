import CommunityKernel
import Events
import Journal
import WireProtocol

/// Reminds those who have a seat of what begins soon: of each event once under each name, by the clock on its wall at
/// that moment.
struct Reminding: Sendable {
    let tellers: TellingAttendees
    let reminders: [Reminder]
    /// People reminded in one transaction.
    private let page = 50

    init(tellers: TellingAttendees, reminders: [Reminder]) {
        self.tellers = tellers
        self.reminders = reminders
    }

    var tick: Tick {
        Tick(
            name: "attendees.reminders",
            seconds: 1,
            isDue: { try !AttendeeStore.due(at: $0.now, limit: 1, $0.sql).isEmpty },
            run: { work in
                let due = try AttendeeStore.due(at: work.now, limit: page, work.sql)
                for attendee in due { try remind(attendee, work) }
                return due.count == page
            }
        )
    }

    private func remind(_ former: Attendee, _ work: UnitOfWork) throws {
        var attendee = former
        attendee.due = nil
        guard let planned = former.due, let event = try EventStore.event(attendee.event, work.sql) else {
            return try AttendeeStore.save(attendee, work.sql)
        }
        // The event may have moved, or the settings changed, since this was planned: what counts is when it begins now.
        // What came due during a downtime comes once, under all of its names.
        let due = reminders.filter { reminder in
            let moment = reminder.due(before: event.starts)
            return !attendee.reminded.contains(reminder.name) && moment >= planned && moment <= work.now
        }
        if !due.isEmpty, attendee.state == .confirmed, event.state == .published, work.now < event.starts {
            attendee.reminded.formUnion(due.map(\.name))
            let telling = TellingAttendees.Telling(news: .reminder, at: work.now)
            try tellers.tell(attendee, of: event, telling, work)
        }
        attendee.due = reminders.next(for: attendee, event, after: work.now)
        try AttendeeStore.save(attendee, work.sql)
    }
}
