import CommunityKernel
import Journal
import WireProtocol

/// Finds who or what is wanted by two events at the same time.
struct EventClashes: Sendable {
    let access: EventAccess
    let attendance: any EventAttendance
    /// Clashes told at most.
    private let limit = 100

    /// The other events that want a speaker, the room or the place of an event while it takes place.
    func clashes(of event: EventRecord, for reader: Member, _ sql: any SQLReader) throws -> [EventClash] {
        var found: [EventClash] = []
        for person in Set((event.details.speakers ?? []).compactMap(\.person)).sorted() {
            let others = try overlapping(
                event,
                where: "e.id IN (SELECT event FROM event_speaker WHERE person = \(person) AND current = 1)",
                sql
            )
            found += try others.map { try clash(.speaker, with: $0, person: person, for: reader, sql) }
        }
        if let room = event.roomKey {
            found += try overlapping(event, where: "e.room = \(room)", sql).map {
                try clash(.room, with: $0, for: reader, sql)
            }
        }
        if let place = event.placeKey {
            found += try overlapping(event, where: "e.place = \(place)", sql).map {
                try clash(.place, with: $0, for: reader, sql)
            }
        }
        return Array(found.prefix(limit))
    }

    /// The other events that the reader takes part in while an event takes place, when the reader takes part in it.
    func own(_ event: EventRecord, _ reader: Member, _ sql: any SQLReader) throws -> [EventClash] {
        guard reader.kind == .person, let mine = attendance.events(of: reader.id) else { return [] }
        let others = try overlapping(event, where: "e.id IN (\(part: mine))", sql)
        return try others.prefix(limit).map { try clash(.own, with: $0, for: reader, sql) }
    }

    /// The events that a person takes part or speaks in between two moments.
    func commitments(
        of person: PersonID,
        from: Instant,
        to: Instant,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [EventRecord]
    {
        let speaking: SQLQuery = "SELECT event FROM event_speaker WHERE person = \(person) AND current = 1"
        var wanted: SQLQuery = "e.id IN (\(part: speaking))"
        if let mine = attendance.events(of: person) { wanted = "(\(part: wanted) OR e.id IN (\(part: mine)))" }
        return try EventStore.events(
            where: """
                e.starts < \(to) AND e.ends > \(from) AND e.state NOT IN ('cancelled', 'postponed')
                AND \(part: wanted)
                """,
            limit: limit,
            sql
        )
    }

    private func overlapping(
        _ event: EventRecord,
        where condition: SQLQuery,
        _ sql: any SQLReader
    ) throws
        -> [EventRecord]
    {
        try EventStore.events(
            where: """
                e.id <> \(event.id) AND e.starts < \(event.ends) AND e.ends > \(event.starts)
                AND e.state NOT IN ('cancelled', 'postponed') AND \(part: condition)
                """,
            limit: limit,
            sql
        )
    }

    /// A clash as the reader may know of it.
    private func clash(
        _ kind: EventClash.Kind,
        with other: EventRecord,
        person: MemberID? = nil,
        for reader: Member,
        _ sql: any SQLReader
    ) throws -> EventClash {
        var clash = EventClash()
        clash.kind = kind
        clash.person = person
        clash.start = other.span.start
        clash.end = other.span.end
        if try access.mayRead(other, reader, sql) {
            clash.event = other.id
            clash.title = other.title
        }
        return clash
    }

    /// Logs why the clashes of an event are right; without a reason they are told and nothing is logged.
    func allow(_ clashes: [EventClash], of event: EventRecord, _ reason: ClashOverride?, _ work: UnitOfWork) throws {
        guard let reason, !clashes.isEmpty else { return }
        try work.audit("event.override", subject: event.id.rawValue, detail: reason.reason)
    }
}
