/// Registers for an event: oneself, or, as a facilitator and also while the window is shut, a colleague.
///
/// Who is active already gets the same registration, with `repeated` beside `ok`. Errors: `too_early` and `closed`
/// outside the window, `full` where there is no seat and no waiting list, `conflict` where the event takes none,
/// `invalid` with the path of each answer that the form does not allow.
public struct Register: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.register"
    /// What `ok` holds.
    public typealias Reply = RegistrationStanding
    /// For which event.
    public var event = EventID()
    /// What the event's form asks, by the names of its fields.
    public var answers: JSON?
    /// Whom, when not oneself.
    public var person: PersonID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.json("answers", &answers)
        visitor.id("person", &person)
    }
}

/// Asks somebody to come; facilitators.
///
/// Who is active already gets the same registration, with `repeated` beside `ok`.
public struct InviteToEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.invite"
    /// What `ok` holds.
    public typealias Reply = RegistrationStanding
    /// To which event.
    public var event = EventID()
    /// Whom.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.id("person", &person)
    }
}

/// Where one stands after registering.
public struct RegistrationStanding: WireObject {
    /// The registration.
    public var id = RegistrationID()
    /// Where it stands.
    public var state = RegistrationState.requested
    /// The place in the queue, for who waits: 1 is next.
    public var position: Int64?
    /// Why there is no seat yet.
    public var reason: WaitingReason?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.choice("state", &state)
        visitor.integer("position", &position)
        visitor.choice("reason", &reason)
    }
}

/// The state of a registration after a command.
public struct RegistrationOutcome: WireObject {
    /// Where it stands.
    public var state = RegistrationState.requested

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ state: RegistrationState) { self.state = state }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.choice("state", &state) }
}

/// Gives the seat back, leaves the queue or takes the request back: the person until `cancelBy`, facilitators always.
///
/// Errors: `closed` after `cancelBy`, `conflict` with the state when there is nothing to cancel.
public struct CancelRegistration: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.cancel"
    /// What `ok` holds.
    public typealias Reply = RegistrationOutcome
    /// Which.
    public var registration = RegistrationID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("registration", &registration) }
}

/// Takes the seat offered, or follows an invitation; the person.
///
/// Errors: `closed` when the time for it is over, `conflict` with the state when nothing is offered.
public struct AcceptRegistration: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.accept"
    /// What `ok` holds.
    public typealias Reply = RegistrationOutcome
    /// Which.
    public var registration = RegistrationID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("registration", &registration) }
}

/// Lets the seat offered or the invitation go; the person.
public struct DeclineRegistration: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.decline"
    /// What `ok` holds.
    public typealias Reply = RegistrationOutcome
    /// Which.
    public var registration = RegistrationID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("registration", &registration) }
}

/// Approves a request: a seat, or past the capacity a place in the queue; facilitators.
public struct ApproveRegistration: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.approve"
    /// What `ok` holds.
    public typealias Reply = RegistrationOutcome
    /// Which.
    public var registration = RegistrationID()
    /// Why, 1–500 bytes.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("registration", &registration)
        visitor.line("reason", &reason, bytes: 1...500)
    }
}

/// Turns a request down; facilitators.
public struct RejectRegistration: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.reject"
    /// What `ok` holds.
    public typealias Reply = RegistrationOutcome
    /// Which.
    public var registration = RegistrationID()
    /// Why, 1–500 bytes; the person reads it.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("registration", &registration)
        visitor.line("reason", &reason, bytes: 1...500)
    }
}

/// Records that somebody came; facilitators.
///
/// Errors: `conflict` with the state for who has no seat or was checked in already.
public struct CheckInRegistration: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.checkIn"
    /// What `ok` holds.
    public typealias Reply = RegistrationOutcome
    /// Which.
    public var registration = RegistrationID()
    /// A note, 1–500 bytes.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("registration", &registration)
        visitor.line("reason", &reason, bytes: 1...500)
    }
}

/// Takes back a check-in, a no-show or a rejection; facilitators.
public struct UndoRegistration: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.undo"
    /// What `ok` holds.
    public typealias Reply = RegistrationOutcome
    /// Which.
    public var registration = RegistrationID()
    /// Why, 1–500 bytes.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("registration", &registration)
        visitor.line("reason", &reason, bytes: 1...500)
    }
}
