import Channels
import CommunityKernel
import Journal
import People
import WireProtocol

/// `message.report`, `message.remove` and `report.list`.
struct Moderating: Sendable {
    let access: ChannelAccess
    let news: UnreadNews

    func report(_ command: ReportMessage, _ work: UnitOfWork) throws -> CreatedReport {
        let message = try MessageStore.readable(command.message, by: work.actor, access, work.sql, work.now).message
        try ChangingMessages.requireWritable(message.channel, access, work)
        if message.isDeleted { throw MessageStore.gone(message) }
        let known: ReportID? = try work.sql.first(
            """
            SELECT id FROM message_report
            WHERE message = \(message.id) AND reporter = \(work.actor.id) AND state = 'open' LIMIT 1
            """
        ) { $0.id(0) }
        if let known { return CreatedReport(id: known) }
        let id = work.nextID(EntityKind.Report.self)
        try work.append(MessageReported(id: id, message: message.id), to: .person(work.actor.id))
        try work.sql.execute(
            """
            INSERT INTO message_report (id, message, reporter, at, reason, state)
            VALUES (\(id), \(message.id), \(work.actor.id), \(work.now), \(command.reason), 'open')
            """
        )
        return CreatedReport(id: id)
    }

    func remove(_ command: RemoveMessage, _ work: UnitOfWork) throws -> Nothing {
        guard let message = try MessageStore.message(command.message, work.sql) else { throw WireError.notFound }
        if try !handlesReport(of: message, work) {
            let channel = try MessageStore.readable(message.id, by: work.actor, access, work.sql, work.now).channel
            guard try ChangingMessages.moderates(work.actor, channel.channel, access.rules, work.sql) else {
                throw WireError.forbidden("facilitators and moderators remove messages")
            }
        }
        if message.isDeleted { return Nothing() }
        try ChangingMessages.requireWritable(message.channel, access, work)
        try MessageStore.bury(message, reason: command.reason, news, work)
        try work.audit("message.remove", subject: message.id.rawValue, detail: command.reason)
        return Nothing()
    }

    /// Whether the caller is a moderator to whom the message was reported, in a channel readable or not.
    private func handlesReport(of message: MessageRecord, _ work: UnitOfWork) throws -> Bool {
        guard try PeopleStore.isModerator(work.actor, work.sql) else { return false }
        return try work.sql.exists("SELECT 1 FROM message_report WHERE message = \(message.id) LIMIT 1")
    }

    func list(_ query: ListReports, _ context: QueryContext) throws -> ReportList {
        guard try PeopleStore.isModerator(context.actor, context.sql) else {
            throw WireError.forbidden("moderators read reports")
        }
        let only: SQLQuery = query.handled == true ? "" : "AND r.state = 'open'"
        return ReportList(
            try context.sql.all(
                """
                SELECT r.id, r.message, r.reporter, r.at, r.reason, r.state, m.text, m.author, m.deleted
                FROM message_report r JOIN message m ON m.id = r.message
                WHERE r.id < \(query.before?.rawValue ?? .max) \(part: only)
                ORDER BY r.id DESC LIMIT \(query.limit ?? 50)
                """
            ) { row in
                var report = ReportView()
                report.id = row.id(0)
                report.message = row.id(1)
                report.by = row.id(2)
                report.at = row.instant(3)
                report.reason = row.text(4)
                report.state = row.text(5)
                report.text = row.flag(8) ? nil : row.text(6)
                report.author = row.int(7) == 0 ? nil : row.id(7)
                return report
            }
        )
    }
}
