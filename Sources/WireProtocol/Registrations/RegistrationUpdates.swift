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

/// What is told of a registration: at first all of it, then what changed, as `registration.list` gives it.
///
/// `null` says that a value is gone.
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
    /// Rises with each change.
    public var revision: Int64?
    /// The event's network.
    public var network: NetworkID?
    /// The person's name.
    public var name: String?
    /// The place in the queue, for who waits: 1 is next.
    public var position: Int64?
    /// Why there is no seat yet.
    public var waiting: WaitingReason?
    /// What the form asked.
    public var answers: JSON?
    /// Who registered the person: often that one; 0 for the server.
    public var createdBy: MemberID?
    /// When.
    public var at: Instant?
    /// When it last changed.
    public var changed: Instant?
    /// Which values are gone.
    public var cleared: Set<String> = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: RegistrationID, event: EventID, person: PersonID, state: RegistrationState) {
        self.id = id
        self.event = event
        self.person = person
        self.state = state
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.id("person", &person)
        visitor.choice("state", &state)
        visitor.instant("expires", &expires)
        visitor.text("reason", &reason)
        visitor.integer("revision", &revision)
        visitor.id("network", &network)
        visitor.text("name", &name)
        visitor.integer("position", &position)
        visitor.choice("waiting", &waiting)
        visitor.json("answers", &answers)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.instant("changed", &changed)
        visitor.nulls(["expires", "reason", "position", "waiting"], &cleared)
    }
}
