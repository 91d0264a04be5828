import Channels
import CommunityKernel
import Journal
import Mail
import Messages
import People
import WireProtocol

/// Mails what is unread: some minutes after it came, or once a day or week, as each person chose.
struct MailingNotifications: Sendable {
    let reading: MailedNotifications
    let quiet: QuietTimes
    /// Seconds after the first notification of a batch.
    let after: Int64
    /// People looked at in one transaction: few, since a digest looks into each of their channels.
    private let page = 5

    init(reading: MailedNotifications, quiet: QuietTimes, after: Int64) {
        self.reading = reading
        self.quiet = quiet
        self.after = after
    }

    static func slot(_ person: PersonID) -> String { "notifications:\(person)" }

    /// A notification was written down: the first one begins a batch.
    func told(_ record: NotificationRecord, _ id: NotificationID, _ work: UnitOfWork) throws {
        let settings = try NotificationStore.settings(of: record.person, work.sql)
        guard record.isUrgent, settings.mail == .each, record.topic.map({ settings.mails(record.kind, of: $0) }) ?? true
        else { return }
        try work.sql.execute(
            """
            INSERT INTO notification_mail (person, due_at, above)
            VALUES (\(record.person), \(work.now.advanced(bySeconds: after)), \(id.rawValue - 1))
            ON CONFLICT (person) DO NOTHING
            """
        )
    }

    /// A person chose another way: what was planned is planned anew.
    func chosen(_ settings: NotificationSettings, by person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM notification_mail WHERE person = \(person)")
        guard settings.mail == .daily || settings.mail == .weekly,
            let zone = try PeopleStore.person(person, work.sql)?.zone
        else { return }
        let due = quiet.nextDigest(after: work.now, settings, zone: zone)
        try work.sql.execute(
            "INSERT INTO notification_mail (person, due_at, above) VALUES (\(person), \(due), 0)"
        )
    }

    var tick: Tick {
        Tick(
            name: "notifications.mail",
            seconds: 5,
            isDue: { try $0.sql.exists("SELECT 1 FROM notification_mail WHERE due_at <= \($0.now) LIMIT 1") },
            run: run
        )
    }

    private func run(_ work: UnitOfWork) throws -> Bool {
        let due = try work.sql.all(
            "SELECT person, above FROM notification_mail WHERE due_at <= \(work.now) ORDER BY due_at LIMIT \(page)"
        ) { (person: $0.id(0) as PersonID, above: $0.int(1)) }
        for one in due { try mail(one.person, above: one.above, work) }
        return due.count == page
    }

    private func mail(_ id: PersonID, above: Int64, _ work: UnitOfWork) throws {
        let settings = try NotificationStore.settings(of: id, work.sql)
        guard let person = try PeopleStore.activePerson(id, work.sql), settings.mail != .off else {
            try work.sql.execute("DELETE FROM notification_mail WHERE person = \(id)")
            return
        }
        let free = quiet.free(from: work.now, settings, zone: person.zone)
        guard free <= work.now else { return try postpone(id, until: free, work) }
        let context = QueryContext(sql: work.sql, now: work.now, actor: .system, address: nil)
        if settings.mail == .each {
            try work.sql.execute("DELETE FROM notification_mail WHERE person = \(id)")
            // What could not be sent so far is told together with what is new.
            let waiting = try MailOutbox.waiting(slot: Self.slot(id), work.sql)?["above"]?.int ?? above
            let from = min(above, waiting)
            guard try !reading.news(of: id, above: from, upTo: .max, urgentOnly: true, context).isEmpty else { return }
            try MailOutbox.enqueue(
                work,
                to: .person(id),
                template: "notifications",
                values: ["above": .int(from), "upTo": .int(work.nextSeq - 1)],
                slot: Self.slot(id)
            )
        } else {
            try postpone(id, until: quiet.nextDigest(after: work.now, settings, zone: person.zone), work)
            guard try reading.hasDigest(for: id, context) else { return }
            try MailOutbox.enqueue(work, to: .person(id), template: "digest", slot: Self.slot(id))
        }
    }

    private func postpone(_ person: PersonID, until due: Instant, _ work: UnitOfWork) throws {
        try work.sql.execute("UPDATE notification_mail SET due_at = \(due) WHERE person = \(person)")
    }
}

extension NotificationRecord {
    /// Whether it is mailed within minutes; the rest of a channel of which one wants all waits for a digest, and what
    /// becomes of events has mails of its own.
    var isUrgent: Bool {
        switch topic {
        case .event: false
        case .document, .solution, .adoption: true
        case nil: kind != .message || network == nil
        }
    }
}
