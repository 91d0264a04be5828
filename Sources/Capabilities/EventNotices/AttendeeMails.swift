import CommunityKernel
import Events
import Journal
import Mail
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
        case .invited, .requested, .confirmed, .promoted, .approved, .moved, .changed, .offered, .waitlisted, .reminder:
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
        default: break
        }
        return .ready(JSONObject())
    }
}
