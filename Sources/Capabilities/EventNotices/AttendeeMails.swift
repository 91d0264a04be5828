import CommunityKernel
import Events
import Journal
import Mail
import Notifications
import People
import Registrations
import WireProtocol

/// Judges mails of events at the moment of sending: who may not know of the event any more gets none but the one that
/// takes it out of the calendar, and what does not hold any more is not said.
///
/// They keep a person's quiet hours, as other mails do: at night, on holidays and in the hours that the person chose they
/// wait. Regardless of them goes at once
/// * what answers something that the person did just now;
/// * that an event is called off, postponed or moved, when it was to begin, or begins now, within 24 hours;
/// * what would be of no use after the wait: a reminder of what begins before its end, an offer that lapses before it.
struct AttendeeMails: MailComposer {
    let access: EventAccess
    let attendance: any EventAttendance
    let telling: TellingNotices
    /// Before an event begins, milliseconds: what becomes of it then cannot wait.
    private static let soon: Int64 = 86_400_000

    init(access: EventAccess, attendance: any EventAttendance, telling: TellingNotices) {
        self.access = access
        self.attendance = attendance
        self.telling = telling
    }

    let templates = Set(EventNews.allCases.map { "event.\($0.rawValue)" })

    func compose(_ mail: MailFacts, _ context: QueryContext) throws -> MailComposition {
        guard let person = mail.person, let id = mail.data["event"]?.int,
            let news = EventNews(rawValue: String(mail.template.dropFirst("event.".count))),
            let event = try EventStore.event(EventID(id), context.sql)
        else { return .obsolete("no_event") }
        let free = try telling.free(for: person, from: context.now, context.sql)
        guard free <= context.now || Self.isPressing(news, mail.data, event, until: free, context.now) else {
            return .later(free)
        }
        switch news {
        case .cancelled, .removed, .rejected, .expired, .lapsed, .postponed, .calledOff:
            return .ready(JSONObject())
        case .invited, .requested, .confirmed, .promoted, .approved, .moved, .changed, .offered, .waitlisted, .reminder,
            .message:
            break
        }
        // What waited may have been overtaken, of which another mail tells.
        if event.isWithdrawn, news != .message { return .obsolete("called_off") }
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

    /// Whether a mail cannot wait until `free`.
    private static func isPressing(
        _ news: EventNews,
        _ data: JSONObject,
        _ event: EventRecord,
        until free: Instant,
        _ now: Instant
    ) -> Bool {
        if data["own"]?.bool ?? false { return true }
        switch news {
        case .calledOff, .postponed, .moved:
            let former = data["former"]?.string.flatMap { Instant($0) } ?? event.starts
            return [event.starts, former].contains { now < $0 && $0.milliseconds - now.milliseconds <= soon }
        case .reminder: return event.starts <= free
        case .offered:
            guard let expires = data["expires"]?["at"]?.string.flatMap({ Instant($0) }) else { return false }
            return expires <= free
        case .invited, .requested, .confirmed, .waitlisted, .promoted, .approved, .rejected, .cancelled, .removed,
            .expired, .lapsed, .changed, .message:
            return false
        }
    }
}
