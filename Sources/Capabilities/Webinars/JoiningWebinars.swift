import CommunityKernel
import Events
import Journal
import WireProtocol

/// `webinar.join` and `webinar.get`.
struct JoiningWebinars: Sendable {
    let access: WebinarAccess
    let rooms: [any RoomAdapter]

    /// Opens the room: a server may have to be asked, which the writer does not wait for.
    func prepare(_ command: JoinWebinar, _ context: QueryContext) throws -> Meeting {
        let meeting = try access.admitted(command.event, context.actor, context.now, context.sql).meeting
        try room(meeting.room.provider).open(meeting, now: context.now)
        return meeting
    }

    /// Judges once more, since rights and rooms may have changed while the server was asked.
    func join(_ command: JoinWebinar, _ opened: Meeting, _ work: UnitOfWork) throws -> WebinarLink {
        let admission = try access.admitted(command.event, work.actor, work.now, work.sql)
        let meeting = admission.meeting
        guard meeting.room == opened.room else {
            throw WireError(.unavailable, "the room changed meanwhile", retryAfterMs: 100)
        }
        let guest = Guest(person: work.actor.id, name: work.actor.name, part: admission.part)
        let room = try room(meeting.room.provider)
        let url = try room.address(of: meeting, for: guest, now: work.now)
        if room.keepsMeetings { try MeetingStore.opened(meeting.event, work) }
        return WebinarLink(url: url, expires: meeting.closes)
    }

    func get(_ query: GetWebinar, _ context: QueryContext) throws -> WebinarFacts {
        let event = try access.events.readable(query.event, by: context.actor, context.sql)
        var facts = WebinarFacts()
        facts.event = event.id
        facts.part = try access.part(of: context.actor, in: event, context.sql)
        facts.materials = try MaterialStore.materials(of: event.id, context.sql)
        guard let provider = event.details.room?.provider else { return facts }
        facts.provider = provider
        (facts.opens, facts.closes) = access.window(of: event)
        if facts.part == .facilitator { facts.ready = rooms.first { $0.provider == provider }?.isReady ?? false }
        return facts
    }

    private func room(_ provider: EventRoom.Provider) throws -> any RoomAdapter {
        guard let room = rooms.first(where: { $0.provider == provider }), room.isReady else {
            throw WireError.notReady(provider)
        }
        return room
    }
}
