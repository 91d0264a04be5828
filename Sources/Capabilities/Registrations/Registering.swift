import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// What people do about their own registrations, and facilitators for them.
struct Registering: Sendable {
    let access: EventAccess

    func register(_ command: Register, _ work: UnitOfWork) throws -> RegistrationStanding {
        let event = try access.readable(command.event, by: work.actor, work.sql)
        let runs = try access.rules.may(.manageEvents, work.actor, in: event.network, work.sql)
        let isForAnother = command.person.map { $0 != work.actor.id } ?? false
        guard !isForAnother || runs else { throw WireError.forbidden("facilitators register colleagues") }
        let person = try participant(command.person ?? work.actor.id, in: event, isForAnother, work)
        try access.requireWritable(event, work.sql)
        var seats = try Seats(of: event, work)
        let known = try RegistrationStore.active(of: person, for: event.id, work.sql)
        if let known, known.state != .invited {
            guard event.state != .cancelled else { throw event.refused("the event takes no registrations") }
            work.repeats = true
            return try standing(known, seats, work)
        }
        try requireOpen(event, forDesk: runs && command.person != nil, work)
        let answers = try RegistrationForm(of: event, access.rules, work.sql).checked(command.answers, work.sql)
        // Whom a facilitator registers or invited is approved of.
        let isApproved = isForAnother || known != nil
        let state = try event.needsApproval && !isApproved ? .requested : seats.landing()
        let registration =
            try known.map { try seats.move($0, to: state, answers: answers) } ?? seats.begin(person, state, answers)
        try seats.finish()
        if isForAnother { try work.audit("registration.register", subject: registration.id.rawValue) }
        return try standing(registration, seats, work)
    }

    func invite(_ command: InviteToEvent, _ work: UnitOfWork) throws -> RegistrationStanding {
        let event = try access.facilitated(command.event, work)
        let person = try participant(command.person, in: event, true, work)
        var seats = try Seats(of: event, work)
        if let known = try RegistrationStore.active(of: person, for: event.id, work.sql) {
            work.repeats = true
            return try standing(known, seats, work)
        }
        try requireOpen(event, forDesk: true, work)
        let registration = try seats.begin(person, .invited)
        try seats.finish()
        return try standing(registration, seats, work)
    }

    /// The person who is to come: one who takes part in the event's network, since others may not know of it.
    private func participant(
        _ id: PersonID,
        in event: EventRecord,
        _ isForAnother: Bool,
        _ work: UnitOfWork
    ) throws
        -> PersonID
    {
        guard isForAnother else {
            guard work.actor.kind == .person else { throw WireError.forbidden("for persons") }
            return id
        }
        guard try PeopleStore.activePerson(id, work.sql) != nil else { throw WireError.notFound }
        guard try NetworkStore.role(of: id, in: event.network, work.sql) != nil else {
            throw WireError.invalid("with.person", "not_a_member")
        }
        return id
    }

    /// Throws `conflict` for an event that takes no registrations, `too_early` and `closed` outside the window, which
    /// does not bind the desk.
    private func requireOpen(_ event: EventRecord, forDesk: Bool, _ work: UnitOfWork) throws {
        switch event.state {
        case .published, .live: break
        case .ended where forDesk: break
        default: throw event.refused("the event takes no registrations")
        }
        if forDesk { return }
        if let opens = event.opens, work.now < opens {
            throw WireError(
                .tooEarly,
                "registration opens at \(opens)",
                retryAfterMs: opens.milliseconds - work.now.milliseconds
            )
        }
        guard work.now < event.closes else { throw WireError(.closed, "registration closed at \(event.closes)") }
    }

    private func standing(
        _ registration: RegistrationRecord,
        _ seats: Seats,
        _ work: UnitOfWork
    ) throws
        -> RegistrationStanding
    {
        var standing = RegistrationStanding()
        standing.id = registration.id
        standing.state = registration.state
        standing.position = try RegistrationStore.position(of: registration, work.sql)
        standing.reason = seats.reason(for: registration.state)
        return standing
    }

    // MARK: Answers to what is offered

    func accept(_ command: AcceptRegistration, _ work: UnitOfWork) throws -> RegistrationOutcome {
        let (registration, event) = try own(command.registration, work)
        var seats = try Seats(of: event, work)
        let state: RegistrationState
        switch registration.state {
        case .offered:
            guard let expires = registration.expires, work.now < expires else {
                throw WireError(.closed, "the seat was kept until \(registration.expires ?? registration.changed)")
            }
            guard event.keepsSeats else { throw event.refused("the event does not take place") }
            guard work.now < event.closes else {
                throw WireError(.closed, "registration closed at \(event.closes)")
            }
            state = .confirmed
        case .invited:
            try requireOpen(event, forDesk: false, work)
            state = try seats.landing()
        default: throw registration.refused("nothing is offered")
        }
        try seats.move(registration, to: state)
        try seats.finish()
        return RegistrationOutcome(state)
    }

    func decline(_ command: DeclineRegistration, _ work: UnitOfWork) throws -> RegistrationOutcome {
        let (registration, event) = try own(command.registration, work)
        let state: RegistrationState
        switch registration.state {
        case .offered: state = .lapsed
        case .invited: state = .declined
        default: throw registration.refused("nothing is offered")
        }
        return try release(registration, of: event, to: state, work)
    }

    func cancel(_ command: CancelRegistration, _ work: UnitOfWork) throws -> RegistrationOutcome {
        let (registration, event, runs) = try known(command.registration, work)
        let state: RegistrationState
        switch registration.state {
        case .confirmed:
            guard runs || work.now < event.cancelBy else {
                throw WireError(.closed, "one could cancel until \(event.cancelBy)")
            }
            state = .cancelled
        case .offered: state = .lapsed
        case .waitlisted, .requested: state = .left
        case .invited: state = .declined
        default: throw registration.refused("there is nothing to cancel")
        }
        if registration.person != work.actor.id {
            try work.audit("registration.cancel", subject: registration.id.rawValue)
        }
        return try release(registration, of: event, to: state, work)
    }

    /// Gives a registration other answers to some questions; the rest stay.
    func answer(_ id: RegistrationID, _ changed: [JSONObject.Member], _ work: UnitOfWork) throws {
        let (registration, event) = try managed(id, work)
        guard registration.state.isActive else { throw registration.refused("it is over") }
        let form = try RegistrationForm(of: event, access.rules, work.sql)
        let given = Set(changed.map(\.name))
        let asked = Set(form.fields.map(\.name))
        let kept = (registration.answers.object?.members ?? []).filter { member in
            asked.contains(member.name) && !given.contains(member.name)
        }
        // What it had chosen is free again before it is judged what is left.
        try RegistrationStore.forgetChoices(of: id, work.sql)
        let answers = try form.checked(.object(JSONObject(kept + changed)), work.sql)
        var seats = try Seats(of: event, work)
        try seats.answer(registration, answers)
        try seats.finish()
    }

    private func release(
        _ registration: RegistrationRecord,
        of event: EventRecord,
        to state: RegistrationState,
        _ work: UnitOfWork
    ) throws
        -> RegistrationOutcome
    {
        var seats = try Seats(of: event, work)
        try seats.move(registration, to: state)
        try seats.promote()
        try seats.finish()
        return RegistrationOutcome(state)
    }

    // MARK: Whose it is

    /// A registration that the actor may know of, with its event and whether the actor runs that: else `not_found`.
    private func known(
        _ id: RegistrationID,
        _ work: UnitOfWork
    ) throws
        -> (registration: RegistrationRecord, event: EventRecord, runs: Bool)
    {
        guard let registration = try RegistrationStore.registration(id, work.sql),
            let event = try EventStore.event(registration.event, work.sql)
        else { throw WireError.notFound }
        let runs = try access.rules.may(.manageEvents, work.actor, in: event.network, work.sql)
        guard runs || registration.person == work.actor.id else { throw WireError.notFound }
        try access.requireWritable(event, work.sql)
        return (registration, event, runs)
    }

    /// One's own registration, with its event.
    private func own(_ id: RegistrationID, _ work: UnitOfWork) throws -> (RegistrationRecord, EventRecord) {
        let (registration, event, _) = try known(id, work)
        guard registration.person == work.actor.id else { throw WireError.forbidden("that is for the person") }
        return (registration, event)
    }

    /// A registration of an event that the actor runs: `forbidden` for the person, `not_found` for others.
    func managed(_ id: RegistrationID, _ work: UnitOfWork) throws -> (RegistrationRecord, EventRecord) {
        let (registration, event, runs) = try known(id, work)
        guard runs else { throw WireError.forbidden("for the network's facilitators") }
        return (registration, event)
    }
}
