import CommunityKernel
import Journal
import Networks
import People
import WireProtocol

/// `event.duplicate`.
struct DuplicatingEvents: Sendable {
    let editing: EditingEvents

    func duplicate(_ command: DuplicateEvent, _ work: UnitOfWork) throws -> CreatedEvent {
        let former = try editing.access.facilitated(command.event, work)
        guard let network = try NetworkStore.network(former.network, work.sql) else { throw WireError.notFound }
        // The network's type may have changed its mind about such events.
        try editing.requireAllowed(former.kind, in: network)
        let span = try editing.span(command.start, command.end)
        var details = former.details
        details.registration = former.details.registration?.moved(from: former.span, to: span)
        // When registration opened says nothing about the copy, and might come after its closing.
        details.registration?.opens = nil
        if details.registration?.isEmpty ?? false { details.registration = nil }
        details.speakers = try details.speakers?
            .filter { speaker in
                try speaker.person.map { try PeopleStore.activePerson($0, work.sql) != nil } ?? true
            }
        details.addressed = try details.addressed.flatMap { try stillAddressed($0, in: network, work) }
        let event = EventRecord(
            id: work.nextID(),
            network: former.network,
            kind: former.kind,
            title: former.title,
            span: span,
            details: details,
            creator: work.actor.id,
            now: work.now
        )
        try editing.requireWindow(of: event)
        try editing.writing.create(event, work)
        return CreatedEvent(id: event.id, warnings: try editing.clashes.clashes(of: event, for: work.actor, work.sql))
    }

    /// A comune that left the city since is not invited again.
    private func stillAddressed(
        _ bodies: [OrganisationID],
        in network: NetworkRecord,
        _ work: UnitOfWork
    ) throws -> [OrganisationID]? {
        guard let city = editing.access.rules.type(of: network)?.subBodies(of: network.fact) else { return nil }
        let present = try PeopleStore.municipalities(of: city, among: bodies, at: work.now, work.sql)
        let kept = bodies.filter(present.contains)
        return kept.isEmpty ? nil : kept
    }
}
