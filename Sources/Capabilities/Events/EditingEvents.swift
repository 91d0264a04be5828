import CommunityKernel
import Journal
import Messages
import Networks
import People
import WireProtocol

/// `event.create` and `event.update`.
struct EditingEvents: Sendable {
    let access: EventAccess
    let writing: EventWriting
    let clashes: EventClashes
    /// The community's zone, in which whole days begin.
    let zone: String
    /// The most days that an event may last.
    let longestDays: Int64
    /// Sub-bodies that an event may be addressed to at most.
    let addressed: Int64

    func create(_ command: CreateEvent, _ work: UnitOfWork) throws -> CreatedEvent {
        let network = try access.rules.network(command.network, allowing: .manageEvents, work)
        let event = try draft(command, in: network, work)
        try writing.create(event, work)
        let found = try clashes.clashes(of: event, for: work.actor, work.sql)
        try clashes.allow(found, of: event, command.override, work)
        return CreatedEvent(id: event.id, warnings: found)
    }

    /// A checked draft that is not kept yet.
    func draft(_ command: CreateEvent, in network: NetworkRecord, _ work: UnitOfWork) throws -> EventRecord {
        try requireAllowed(command.kind, in: network)
        let event = EventRecord(
            id: work.nextID(),
            network: network.id,
            kind: command.kind,
            title: command.title,
            span: try span(command.start, command.end),
            details: try checked(command.details, in: network.id, work),
            creator: work.actor.id,
            now: work.now
        )
        try requireWindow(of: event)
        return event
    }

    func update(_ command: UpdateEvent, _ work: UnitOfWork) throws -> ChangedEvent {
        let former = try access.facilitated(command.event, work)
        guard former.state != .cancelled, former.state != .archived else {
            throw former.refused("the event is \(former.state.rawValue)")
        }
        try Self.requireNewest(command.revision, of: former)
        var event = former
        if let kind = command.kind, kind != former.kind {
            if let network = try NetworkStore.network(former.network, work.sql) {
                try requireAllowed(kind, in: network)
            }
            event.kind = kind
        }
        if let title = command.title { event.title = title }
        event.details = try checked(
            former.details.merged(with: command.details, without: command.cleared),
            from: former.details,
            in: former.network,
            work
        )
        if command.start != nil || command.end != nil {
            let moved = try span(command.start ?? former.span.start.bare, command.end ?? former.span.end.bare)
            if moved != former.span { try move(&event, to: moved) }
        }
        try requireWindow(of: event)
        guard Self.differs(event, from: former) else {
            // Why a clash is right may be said later than what clashes.
            if let override = command.override {
                try clashes.allow(clashes.clashes(of: event, for: work.actor, work.sql), of: event, override, work)
            }
            return ChangedEvent(revision: former.revision, state: former.state)
        }
        if event.span == former.span, event.isPublic, event.placeKey != former.placeKey { event.sequence += 1 }
        Self.stamp(&event, work)
        try writing.save(event, from: former, event.span == former.span ? .changed : .rescheduled, work)
        let found = try clashes.clashes(of: event, for: work.actor, work.sql)
        try clashes.allow(found, of: event, command.override, work)
        return ChangedEvent(revision: event.revision, state: event.state, warnings: found)
    }

    /// Gives an event another time; what was given relative to the start moves with it.
    func move(_ event: inout EventRecord, to span: EventSpan) throws {
        switch event.state {
        case .draft, .published, .postponed: break
        case .live, .ended, .minuted, .archived, .cancelled: throw event.refused("the event is \(event.state.rawValue)")
        }
        event.details.registration = event.details.registration?.moved(from: event.span, to: span)
        event.span = span
        if event.isPublic { event.sequence += 1 }
        if event.state == .postponed {
            event.state = .published
            event.reason = nil
        }
    }

    /// Counts a change that somebody decided.
    static func stamp(_ event: inout EventRecord, _ work: UnitOfWork) {
        event.revision += 1
        event.edited = event.revision
        event.changed = work.now
    }

    /// Refuses a change that was decided on an older state; what the clock alone changed meanwhile does not count.
    static func requireNewest(_ revision: Int64, of event: EventRecord) throws {
        guard revision >= event.edited, revision <= event.revision else {
            throw event.refused("the event changed")
        }
    }

    // MARK: Checks

    func span(_ start: EventTime, _ end: EventTime, path: String = "with") throws -> EventSpan {
        try EventSpan(start: start.bare, end: end.bare, zone: zone, longestDays: longestDays, path: path)
    }

    func requireAllowed(_ kind: EventKind, in network: NetworkRecord) throws {
        guard access.rules.type(of: network)?.eventKinds.contains(kind.rawValue) ?? false else {
            throw WireError.invalid("with.kind", "not_allowed")
        }
    }

    func requireWindow(of event: EventRecord) throws {
        guard let window = event.details.registration else { return }
        let path = "with.registration"
        let opens = try window.opens.map { try EventSpan.resolved($0, "\(path).opens") }
        let closes = try window.closes.map { try EventSpan.resolved($0, "\(path).closes") }
        let cancelBy = try window.cancelBy.map { try EventSpan.resolved($0, "\(path).cancelBy") }
        if let closes, closes > event.ends { throw WireError.invalid("\(path).closes", "after_end") }
        if let cancelBy, cancelBy > event.ends { throw WireError.invalid("\(path).cancelBy", "after_end") }
        if let opens, opens >= closes ?? event.starts { throw WireError.invalid("\(path).opens", "after_closes") }
    }

    static func differs(_ event: EventRecord, from former: EventRecord) -> Bool {
        event.kind != former.kind || event.title != former.title || event.span != former.span
            || event.planned != former.planned || event.details.stored != former.details.stored
    }

    /// What was said of an event as it is kept: people and organisations exist, and their names are looked up when
    /// they are shown.
    ///
    /// Whom the `former` details were addressed to already is not judged again.
    func checked(
        _ details: EventDetails,
        from former: EventDetails = EventDetails(),
        in network: NetworkID,
        _ work: UnitOfWork
    ) throws -> EventDetails {
        var checked = details
        if checked.text?.isEmpty ?? false { checked.text = nil }
        if let text = checked.text, Markdown.rendered(text) == nil {
            throw WireError(
                .tooLarge,
                "the text becomes too large",
                fields: [FieldProblem(path: "with.text", problem: "too_long")]
            )
        }
        if checked.registration?.isEmpty ?? false { checked.registration = nil }
        checked.registration = checked.registration.map { given in
            var window = given
            window.opens?.utc = nil
            window.closes?.utc = nil
            window.cancelBy?.utc = nil
            return window
        }
        try checkRoom(checked.room)
        checked.speakers = try speakers(checked.speakers, work)
        checked.organisers = try organisers(checked.organisers, work.sql)
        if checked.addressed != former.addressed {
            let record = try checked.addressed.flatMap {
                try $0.isEmpty ? nil : NetworkStore.network(network, work.sql)
            }
            let bodies = try access.rules.addressed(
                checked.addressed,
                in: record,
                most: addressed,
                work.sql,
                work.now
            )
            checked.addressed = bodies.isEmpty ? nil : bodies
        }
        for (path, city) in [("hostCity", checked.hostCity), ("guestCity", checked.guestCity)] {
            guard let city else { continue }
            guard try PeopleStore.organisation(city, work.sql) != nil else {
                throw WireError.invalid("with.\(path)", "unknown")
            }
        }
        return checked
    }

    private func checkRoom(_ room: EventRoom?) throws {
        guard let room else { return }
        if room.provider == .link, room.url == nil { throw WireError.invalid("with.room.url", "missing") }
        guard let url = room.url else { return }
        let isAddress =
            url.hasPrefix("https://")
            && url.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value < 0x7F && !"<>\"\\^`{|}".unicodeScalars.contains($0)
            }
        guard isAddress else { throw WireError.invalid("with.room.url", "not_an_address") }
    }

    private func speakers(_ given: [EventSpeaker]?, _ work: UnitOfWork) throws -> [EventSpeaker]? {
        guard let given, !given.isEmpty else { return nil }
        return try given.enumerated().map { index, speaker in
            guard let person = speaker.person else { return speaker }
            guard try knows(person, work) else {
                throw WireError.invalid("with.speakers.\(index).person", "unknown")
            }
            return EventSpeaker(person: person, title: speaker.title)
        }
    }

    /// Whether the actor may name a person: somebody with whom the actor shares a network.
    private func knows(_ person: PersonID, _ work: UnitOfWork) throws -> Bool {
        guard try PeopleStore.activePerson(person, work.sql) != nil else { return false }
        if try work.actor.kind == .system || PeopleStore.isAdministrator(work.actor, work.sql) { return true }
        if person == work.actor.id { return true }
        return try NetworkStore.networks(of: work.actor.id, work.sql).contains {
            try NetworkStore.role(of: person, in: $0.0, work.sql) != nil
        }
    }

    private func organisers(_ given: [EventOrganiser]?, _ sql: any SQLReader) throws -> [EventOrganiser]? {
        guard let given, !given.isEmpty else { return nil }
        return try given.enumerated().map { index, organiser in
            guard let id = organiser.organisation else {
                guard organiser.name != nil else { throw WireError.invalid("with.organisers.\(index)", "missing") }
                return organiser
            }
            guard try PeopleStore.organisation(id, sql) != nil else {
                throw WireError.invalid("with.organisers.\(index).organisation", "unknown")
            }
            var kept = organiser
            kept.name = nil
            return kept
        }
    }
}
