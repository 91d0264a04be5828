import CommunityKernel
import Events
import Journal
import WireProtocol

/// What facilitators decide about registrations.
struct DecidingRegistrations: Sendable {
    let registering: Registering

    func approve(_ command: ApproveRegistration, _ work: UnitOfWork) throws -> RegistrationOutcome {
        try decide(command.registration, "registration.approve", command.reason, work) { registration, seats in
            guard registration.state == .requested else { throw registration.refused("it waits for no approval") }
            guard seats.event.isOn else { throw seats.event.refused("the event does not take place") }
            return try seats.landing()
        }
    }

    func reject(_ command: RejectRegistration, _ work: UnitOfWork) throws -> RegistrationOutcome {
        try decide(command.registration, "registration.reject", command.reason, work) { registration, _ in
            guard registration.state == .requested else { throw registration.refused("it waits for no approval") }
            return .rejected
        }
    }

    func checkIn(_ command: CheckInRegistration, _ work: UnitOfWork) throws -> RegistrationOutcome {
        try decide(command.registration, "registration.checkIn", command.reason, work) { registration, seats in
            guard registration.state == .confirmed else {
                throw registration.refused("only who has a seat is checked in")
            }
            guard seats.event.isOn else { throw seats.event.refused("the event does not take place") }
            return .checkedIn
        }
    }

    func undo(_ command: UndoRegistration, _ work: UnitOfWork) throws -> RegistrationOutcome {
        try decide(command.registration, "registration.undo", command.reason, work) { registration, _ in
            switch registration.state {
            case .checkedIn, .noShow: return .confirmed
            case .rejected:
                let other = try RegistrationStore.active(of: registration.person, for: registration.event, work.sql)
                guard other == nil else { throw registration.refused("the person registered again") }
                return .requested
            default: throw registration.refused("there is nothing to undo")
            }
        }
    }

    private func decide(
        _ id: RegistrationID,
        _ act: String,
        _ reason: String?,
        _ work: UnitOfWork,
        _ choose: (RegistrationRecord, Seats) throws -> RegistrationState
    ) throws
        -> RegistrationOutcome
    {
        let (registration, event) = try registering.managed(id, work)
        var seats = try Seats(of: event, work)
        let state = try choose(registration, seats)
        try seats.move(registration, to: state, reason: reason)
        try seats.finish()
        try work.audit(act, subject: registration.id.rawValue, detail: reason ?? "")
        return RegistrationOutcome(state)
    }
}
