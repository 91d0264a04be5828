import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// `registration.message` and `registration.messages`.
struct WritingToAttendees: Sendable {
    let access: EventAccess
    let settings: RegistrationSettings

    private static let daySeconds: Int64 = 86_400
    private static let pageSize: Int64 = 20

    func write(_ command: WriteToAttendees, _ work: UnitOfWork) throws -> WrittenToAttendees {
        let event = try access.facilitated(command.event, work)
        if command.text.allSatisfy(\.isWhitespace) { throw WireError.invalid("with.text", "empty") }
        let recipients = try AttendeeMessages.count(command.to, of: event.id, work.sql)
        guard recipients > 0 else { throw WireError.invalid("with.to", "nobody") }
        guard recipients <= settings.messageRecipients else { throw WireError.invalid("with.to", "too_many") }
        try requireRoom(event, work)
        let id = work.nextID(EntityKind.AttendeeMessage.self)
        try work.append(
            AttendeesWrittenTo(id: id, event: event.id, to: command.to, recipients: recipients),
            to: .desk(event.network)
        )
        try AttendeeMessages.insert(id, command, recipients, work)
        try work.audit(
            WriteToAttendees.name,
            subject: event.id.rawValue,
            detail: "\(id) to \(command.to.rawValue): \(recipients)"
        )
        return WrittenToAttendees(id: id, recipients: recipients)
    }

    private func requireRoom(_ event: EventRecord, _ work: UnitOfWork) throws {
        let recent = try AttendeeMessages.moments(
            of: event.id,
            since: work.now.advanced(bySeconds: -Self.daySeconds),
            limit: settings.messagesPerDay,
            work.sql
        )
        guard Int64(recent.count) >= settings.messagesPerDay, let oldest = recent.last else { return }
        let wait = oldest.milliseconds + Self.daySeconds * 1_000 - work.now.milliseconds
        throw WireError(.rateLimited, "no more messages to this event's people today", retryAfterMs: max(1, wait))
    }

    func list(_ query: ListAttendeeMessages, _ context: QueryContext) throws -> AttendeeMessageList {
        let sql = context.sql
        let event = try access.readable(query.event, by: context.actor, sql)
        let ofAll =
            try !(query.mine ?? false) && access.rules.may(.manageEvents, context.actor, in: event.network, sql)
        let limit = Int(query.limit ?? Self.pageSize)
        let found = try AttendeeMessages.page(
            of: event.id,
            to: ofAll ? nil : context.actor.id,
            before: query.before,
            limit: limit + 1,
            sql
        )
        let names = try PeopleStore.names(of: found.map(\.author), sql)
        var list = AttendeeMessageList()
        list.more = found.count > limit
        list.messages = found.prefix(limit).map { message in
            var view = AttendeeMessageView()
            view.id = message.id
            view.to = message.group
            view.subject = message.subject
            view.text = message.text
            view.by = NamedPerson(id: message.author, name: names[message.author] ?? "")
            view.at = message.at
            view.recipients = ofAll ? message.recipients : nil
            return view
        }
        if ofAll {
            var counts = AttendeeCounts()
            counts.all = try AttendeeMessages.count(.all, of: event.id, sql)
            counts.confirmed = try AttendeeMessages.count(.confirmed, of: event.id, sql)
            counts.waiting = try AttendeeMessages.count(.waiting, of: event.id, sql)
            list.recipients = counts
        }
        return list
    }
}
