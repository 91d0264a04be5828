import CommunityKernel
import Journal
import Networks
import WireProtocol

/// `event.publish`, `.cancel`, `.postpone`, `.reschedule`, `.archive`, and what the clock does.
struct EventLifecycle: Sendable {
    let access: EventAccess
    let writing: EventWriting
    let editing: EditingEvents

    func publish(_ command: PublishEvent, _ work: UnitOfWork) throws -> ChangedEvent {
        let former = try access.facilitated(command.event, work)
        return try publish(former, revision: command.revision, work)
    }

    func publish(_ former: EventRecord, revision: Int64, _ work: UnitOfWork) throws -> ChangedEvent {
        guard former.state == .draft else { throw former.refused("the event is \(former.state.rawValue)") }
        try EditingEvents.requireNewest(revision, of: former)
        var event = former
        event.state = .published
        event.isPublic = true
        EditingEvents.stamp(&event, work)
        try writing.publish(event, from: former, work)
        return ChangedEvent(revision: event.revision, state: event.state)
    }

    func cancel(_ command: CancelEvent, _ work: UnitOfWork) throws -> ChangedEvent {
        let former = try access.facilitated(command.event, work)
        switch former.state {
        case .draft, .published, .live, .postponed: break
        case .ended, .minuted, .archived, .cancelled: throw former.refused("the event is \(former.state.rawValue)")
        }
        try EditingEvents.requireNewest(command.revision, of: former)
        return try cancel(former, reason: command.reason, work)
    }

    /// Calls off an event of which it is known that it may be.
    func cancel(_ former: EventRecord, reason: String, _ work: UnitOfWork) throws -> ChangedEvent {
        var event = former
        event.state = .cancelled
        event.reason = reason
        if event.isPublic { event.sequence += 1 }
        EditingEvents.stamp(&event, work)
        try writing.save(event, from: former, .cancelled, work)
        return ChangedEvent(revision: event.revision, state: event.state)
    }

    func postpone(_ command: PostponeEvent, _ work: UnitOfWork) throws -> ChangedEvent {
        let former = try access.facilitated(command.event, work)
        guard former.state == .published else { throw former.refused("the event is \(former.state.rawValue)") }
        try EditingEvents.requireNewest(command.revision, of: former)
        var event = former
        event.state = .postponed
        event.reason = command.reason
        event.sequence += 1
        EditingEvents.stamp(&event, work)
        try writing.save(event, from: former, .postponed, work)
        return ChangedEvent(revision: event.revision, state: event.state)
    }

    func reschedule(_ command: RescheduleEvent, _ work: UnitOfWork) throws -> ChangedEvent {
        let former = try access.facilitated(command.event, work)
        let span = try editing.span(command.start, command.end)
        var event = former
        try editing.move(&event, to: span)
        try EditingEvents.requireNewest(command.revision, of: former)
        event.reason = command.reason
        EditingEvents.stamp(&event, work)
        try writing.save(event, from: former, .rescheduled, work)
        let found = try editing.clashes.clashes(of: event, for: work.actor, work.sql)
        try editing.clashes.allow(found, of: event, command.override, work)
        return ChangedEvent(revision: event.revision, state: event.state, warnings: found)
    }

    func archive(_ command: ArchiveEvent, _ work: UnitOfWork) throws -> ChangedEvent {
        let former = try access.facilitated(command.event, work)
        switch former.state {
        case .ended, .minuted, .cancelled: break
        case .draft, .published, .live, .postponed, .archived:
            throw former.refused("the event is \(former.state.rawValue)")
        }
        try EditingEvents.requireNewest(command.revision, of: former)
        var event = former
        event.state = .archived
        EditingEvents.stamp(&event, work)
        try writing.save(event, from: former, .archived, work)
        return ChangedEvent(revision: event.revision, state: event.state)
    }

    /// The minutes of an event are approved.
    func minuted(_ id: EventID, _ work: UnitOfWork) throws {
        guard var former = try EventStore.event(id, work.sql) else { throw WireError.notFound }
        // What is over by the clock is over, whether or not its turn came.
        while [.published, .live].contains(former.state), former.ends <= work.now {
            former = try advanced(former, work)
        }
        guard former.state == .ended else { throw former.refused("the event is \(former.state.rawValue)") }
        var event = former
        event.state = .minuted
        EditingEvents.stamp(&event, work)
        try writing.save(event, from: former, .minuted, work)
    }

    // MARK: The clock

    /// Whether the clock has something to do.
    static func isDue(_ now: Instant, _ sql: any SQLReader) throws -> Bool {
        try sql.exists(
            """
            SELECT 1 FROM event WHERE (state = 'published' AND starts <= \(now)) OR (state = 'live' AND ends <= \(now))
            LIMIT 1
            """
        )
    }

    /// Moves one event on by the clock; whether there may be more.
    ///
    /// Dormant networks' events go on too: time does not wait for a module.
    func moveOn(_ work: UnitOfWork) throws -> Bool {
        let due = try EventStore.events(
            where: """
                (e.state = 'published' AND e.starts <= \(work.now)) OR (e.state = 'live' AND e.ends <= \(work.now))
                """,
            limit: 1,
            work.sql
        )
        guard let former = due.first else { return false }
        // The zone's rules may have changed since the instants were derived.
        if let span = former.span.rederived(zone: editing.zone), span != former.span {
            var event = former
            event.revision += 1
            event.changed = work.now
            event.span = span
            try writing.save(event, from: former, .changed, work)
            return true
        }
        _ = try advanced(former, work)
        return true
    }

    /// The event, which the clock brought from published to live, or from live to ended.
    private func advanced(_ former: EventRecord, _ work: UnitOfWork) throws -> EventRecord {
        var event = former
        event.revision += 1
        event.changed = work.now
        event.state = former.state == .published ? .live : .ended
        try writing.save(event, from: former, former.state == .published ? .started : .ended, work)
        return event
    }
}
