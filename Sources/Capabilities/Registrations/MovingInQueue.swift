import CommunityKernel
import Events
import Journal
import WireProtocol

/// `registration.prioritise`: a facilitator moves somebody who waits.
struct MovingInQueue: Sendable {
    let registering: Registering

    func prioritise(_ command: PrioritiseRegistration, _ work: UnitOfWork) throws -> RegistrationPosition {
        let (registration, event) = try registering.managed(command.registration, work)
        guard let former = try RegistrationStore.position(of: registration, work.sql) else {
            throw registration.refused("only who waits stands in the queue")
        }
        guard event.isOn else { throw event.refused("the event does not take place") }
        var seats = try Seats(of: event, work)
        let position = min(command.position, seats.counts.waiting)
        if position == former { return RegistrationPosition(former, former: former) }
        try seats.queue(registration, at: position)
        try seats.finish()
        try work.audit(
            PrioritiseRegistration.name,
            subject: registration.id.rawValue,
            detail: "\(former) to \(position): \(command.reason)"
        )
        return RegistrationPosition(position, former: former)
    }
}

extension Seats {
    /// Puts somebody who waits at a place among the others.
    ///
    /// Numbers stand apart, so that the one who moves gets one between its neighbours and nobody else is written; where
    /// so many were put between the same two that none is left, those of the whole queue are given anew.
    mutating func queue(_ registration: RegistrationRecord, at position: Int64) throws {
        var moved = registration
        if let number = try RegistrationStore.number(between: registration, at: position, work.sql) {
            moved.number = number
        } else if position >= counts.waiting {
            moved.number = nextNumber()
        } else {
            try RegistrationStore.spread(queueOf: event.id, above: number, by: Self.spacing, work.sql)
            advance(by: counts.waiting)
            guard let number = try RegistrationStore.number(between: registration, at: position, work.sql) else {
                throw WireError(.internal, "the queue is dense")
            }
            moved.number = number
        }
        moved.revision += 1
        moved.changed = work.now
        try RegistrationStore.update(moved, work.sql)
        try RegistrationTelling.changed(moved, from: registration, self)
        isReordered = true
    }
}

extension RegistrationStore {
    /// A number with which somebody stands at a place among the others who wait; nil at the end, and where none is left.
    static func number(
        between registration: RegistrationRecord,
        at position: Int64,
        _ sql: any SQLReader
    ) throws -> Int64? {
        let neighbours = try sql.all(
            """
            SELECT number FROM registration
            WHERE event = \(registration.event) AND state = 'waitlisted' AND id <> \(registration.id)
            ORDER BY priority, number LIMIT 2 OFFSET \(max(0, position - 2))
            """
        ) { $0.int(0) }
        if position == 1 { return neighbours.first.map { $0 - Seats.spacing } }
        guard neighbours.count == 2 else { return nil }
        let number = neighbours[0] + (neighbours[1] - neighbours[0]) / 2
        return number > neighbours[0] ? number : nil
    }

    /// Gives those who wait numbers that stand apart, in their order.
    static func spread(queueOf event: EventID, above number: Int64, by spacing: Int64, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            UPDATE registration SET number = \(number) + queue.place * \(spacing)
            FROM (SELECT id AS waiting, ROW_NUMBER() OVER (ORDER BY priority, number) AS place FROM registration
                WHERE event = \(event) AND state = 'waitlisted') AS queue
            WHERE id = queue.waiting
            """
        )
    }
}
