import CommunityKernel
import Events
import Journal
import Networks
import WireProtocol

/// Who may enter an event's room, and when.
struct WebinarAccess: Sendable {
    let events: EventAccess
    let attendance: any EventAttendance
    let settings: WebinarSettings

    /// What part a member has in an event's room; nil for none.
    func part(of member: Member, in event: EventRecord, _ sql: any SQLReader) throws -> WebinarPart? {
        guard member.kind == .person else { return nil }
        if try events.rules.may(.manageEvents, member, in: event.network, sql) { return .facilitator }
        if event.details.speakers?.contains(where: { $0.person == member.id }) ?? false { return .speaker }
        let place = try attendance.places(of: member.id, in: [event.id], sql)[event.id]
        return place.map { Self.seated.contains($0.state) } ?? false ? .participant : nil
    }

    /// The states of a registration that lead into the room.
    private static let seated: Set<String> = [
        RegistrationState.confirmed.rawValue, RegistrationState.checkedIn.rawValue,
    ]

    /// When one may enter.
    func window(of event: EventRecord) -> (opens: Instant, closes: Instant) {
        (
            event.starts.advanced(byMilliseconds: -settings.opensBefore * 60_000),
            event.ends.advanced(byMilliseconds: settings.closesAfter * 60_000)
        )
    }

    /// The event and the actor's part, while its room is open, whether it has one or not; else `not_found`, `forbidden`,
    /// `unavailable`, `conflict`, `too_early` or `closed`, in that order.
    func live(
        _ id: EventID,
        _ actor: Member,
        _ now: Instant,
        _ sql: any SQLReader
    ) throws -> (event: EventRecord, part: WebinarPart) {
        let event = try events.readable(id, by: actor, sql)
        guard let part = try part(of: actor, in: event, sql) else {
            throw WireError.forbidden("for those who have a seat")
        }
        try events.requireWritable(event, sql)
        guard event.isOn else { throw event.refused("the event does not take place") }
        let (opens, closes) = window(of: event)
        guard now >= opens else {
            throw WireError(
                .tooEarly,
                "the room opens at \(opens)",
                retryAfterMs: opens.milliseconds - now.milliseconds
            )
        }
        guard now < closes else { throw WireError(.closed, "the room closed at \(closes)") }
        return (event, part)
    }

    /// The same for a command.
    func live(_ id: EventID, _ work: UnitOfWork) throws -> (event: EventRecord, part: WebinarPart) {
        try live(id, work.actor, work.now, work.sql)
    }

    /// What the actor needs to enter the room now; `conflict` also where there is no room.
    func admitted(_ id: EventID, _ actor: Member, _ now: Instant, _ sql: any SQLReader) throws -> Admission {
        let (event, part) = try live(id, actor, now, sql)
        guard let room = event.details.room else { throw event.refused("the event has no room on the network") }
        let (opens, closes) = window(of: event)
        return Admission(
            meeting: Meeting(event: id, title: event.title, room: room, opens: opens, closes: closes),
            part: part
        )
    }
}

/// Somebody may enter a room now.
struct Admission: Sendable {
    let meeting: Meeting
    let part: WebinarPart
}
