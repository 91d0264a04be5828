/// Somebody registered or was invited; on `person/N` of that person and on `network/N/desk`.
///
/// The registration's id is the `seq` of the first of the two.
public struct RegistrationCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "registration.created"
    /// Where it stands.
    public var registration = RegistrationNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ registration: RegistrationNews) { self.registration = registration }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { registration.fields(&visitor) }
}

/// A registration stands elsewhere now; on the streams of ``RegistrationCreated``.
public struct RegistrationChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "registration.changed"
    /// Where it stands.
    public var registration = RegistrationNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ registration: RegistrationNews) { self.registration = registration }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { registration.fields(&visitor) }
}

/// What is told of a registration.
public struct RegistrationNews: WireObject {
    /// The registration.
    public var id = RegistrationID()
    /// For which event.
    public var event = EventID()
    /// Who.
    public var person = PersonID()
    /// Where it stands.
    public var state = RegistrationState.requested
    /// Until when the seat is kept, for whom it is offered.
    public var expires: Instant?
    /// Why a facilitator decided so.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        id: RegistrationID,
        event: EventID,
        person: PersonID,
        state: RegistrationState,
        expires: Instant?,
        reason: String?
    ) {
        self.id = id
        self.event = event
        self.person = person
        self.state = state
        self.expires = expires
        self.reason = reason
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.id("person", &person)
        visitor.choice("state", &state)
        visitor.instant("expires", &expires)
        visitor.text("reason", &reason)
    }
}
