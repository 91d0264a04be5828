import CommunityKernel
import Events
import Journal
import Mail
import People
import Registrations
import WireProtocol

/// Judges mails of events at the moment of sending: who may not know of the event any more gets none but the one that
/// takes it out of the calendar, and what does not hold any more is not said.
struct AttendeeMails: MailComposer {
    let access: EventAccess
    let attendance: any EventAttendance
    let templates = Set(EventNews.allCases.map { "event.\($0.rawValue)" })

    func compose(_ mail: MailFacts, _ context: QueryContext) throws -> MailComposition {
        guard let person = mail.person, let id = mail.data["event"]?.int,
            let news = EventNews(rawValue: String(mail.template.dropFirst("event.".count))),
            let event = try EventStore.event(EventID(id), context.sql)
        else { return .obsolete("no_event") }
        switch news {
        case .cancelled, .removed, .rejected, .expired, .lapsed, .postponed, .calledOff:
            return .ready(JSONObject())
        case .invited, .requested, .confirmed, .promoted, .approved, .moved, .changed, .offered, .waitlisted, .reminder,
            .message:
            break
        }
        let reader = Member(id: person, kind: .person, name: "")
        guard try access.mayRead(event, reader, context.sql) else { return .obsolete("no_access") }
        let place = try attendance.places(of: person, in: [event.id], context.sql)[event.id]
        let state = place.flatMap { RegistrationState(rawValue: $0.state) }
        switch news {
        case .offered:
            let expires = mail.data["expires"]?["at"]?.string.flatMap { Instant($0) }
            guard state == .offered, let expires, context.now < expires else { return .obsolete("no_offer") }
        case .waitlisted:
            guard state == .waitlisted, let position = place?.position else { return .obsolete("not_waiting") }
            return .ready(JSONObject([.init(name: "position", value: .int(position))]))
        case .reminder:
            guard state == .confirmed, event.state == .published, context.now < event.starts else {
                return .obsolete("not_due")
            }
        case .message:
            guard let id = mail.data["message"]?.int,
                let message = try AttendeeMessages.message(AttendeeMessageID(id), context.sql), !message.text.isEmpty
            else { return .obsolete("no_event") }
            return .ready(try words(of: message, about: event, context.sql))
        default: break
        }
        return .ready(JSONObject())
    }

    private func words(
        of message: AttendeeMessage,
        about event: EventRecord,
        _ sql: any SQLReader
    ) throws -> JSONObject {
        let title = JSON.string(event.title)
        let headline =
            message.subject.map { .string("\($0) – \(event.title)") }
            ?? MailWords.filled("event.message.subject", ["title": title])
        let author = try PeopleStore.names(of: [message.author], sql)[message.author] ?? ""
        return JSONObject([
            .init(name: "headline", value: headline), .init(name: "text", value: .string(message.text)),
            .init(name: "author", value: .string(author)),
        ])
    }
}
