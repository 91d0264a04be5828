import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// What becomes of registrations with the person: seats to come are given back, answers are emptied.
struct RegistrationsNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        for registration in try RegistrationStore.active(of: person, work.sql) {
            try Departure.end(registration, work)
        }
        try work.sql.execute(
            """
            UPDATE registration SET answers = '{}', reason = NULL
            WHERE person = \(person) AND (answers <> '{}' OR reason IS NOT NULL)
            """
        )
        try AttendeeMessages.erase(person, work.sql)
    }

    /// Who comes back may be next in a queue in which only those wait who are away.
    func standingChanged(_ person: PersonID, _ work: UnitOfWork) throws -> StandingEffect {
        guard try PeopleStore.activePerson(person, work.sql) != nil else { return StandingEffect() }
        for registration in try RegistrationStore.active(of: person, work.sql) where registration.state == .waitlisted {
            guard let event = try EventStore.event(registration.event, work.sql) else { continue }
            var seats = try Seats(of: event, work)
            try seats.promote()
            try seats.finish()
        }
        return StandingEffect()
    }

    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        try RegistrationTelling.takeOut(person, limit: limit, work)
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let registrations = try sql.all(
            """
            SELECT \(part: RegistrationRecord.columns) FROM registration r WHERE r.person = \(person) ORDER BY r.id
            """,
            RegistrationRecord.init
        )
        return [
            (
                "registrations",
                .array(
                    registrations.map { registration in
                        JSON.members([
                            "id": .int(registration.id.rawValue), "event": .int(registration.event.rawValue),
                            "state": .string(registration.state.rawValue), "answers": registration.answers,
                            "at": .string(registration.created.description),
                            "changed": .string(registration.changed.description),
                        ])
                    }
                )
            ), ("attendeeMessages", .array(try AttendeeMessages.export(person, sql))),
        ]
    }
}

/// Who leaves a network gives back the seats in its events.
struct LeavingObserver: NetworkObserver {
    func left(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws -> [StreamName] {
        for registration in try RegistrationStore.active(of: member, work.sql) {
            guard try EventStore.event(registration.event, work.sql)?.network == network.id else { continue }
            try Departure.end(registration, work)
        }
        return []
    }
}

/// The end of a registration whose person goes away: what was attended stays.
enum Departure {
    static func end(_ registration: RegistrationRecord, _ work: UnitOfWork) throws {
        let state: RegistrationState
        switch registration.state {
        case .confirmed: state = .cancelled
        case .offered: state = .lapsed
        case .waitlisted, .requested: state = .left
        case .invited: state = .declined
        default: return
        }
        guard let event = try EventStore.event(registration.event, work.sql), work.now < event.ends else { return }
        var seats = try Seats(of: event, work)
        try seats.move(registration, to: state)
        try seats.promote()
        try seats.finish()
    }
}
