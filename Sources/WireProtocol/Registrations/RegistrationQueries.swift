/// Asks who registered for an event: its facilitators for all, in queue order, others for their own.
public struct ListRegistrations: ClientQuery {
    /// The name on the wire.
    public static let name = "registration.list"
    /// What `ok` holds.
    public typealias Reply = RegistrationList
    /// Of which event.
    public var event = EventID()
    /// Only those in this state.
    public var state: RegistrationState?
    /// Only one's own, also for a facilitator.
    public var mine: Bool?
    /// At most so many, 1–500, 200 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.choice("state", &state)
        visitor.flag("mine", &mine)
        visitor.integer("limit", &limit, in: 1...500)
        visitor.text("cursor", &cursor, bytes: 1...64)
    }
}

/// One registration.
public struct RegistrationView: WireObject {
    /// The registration.
    public var id = RegistrationID()
    /// For which event.
    public var event = EventID()
    /// Its network.
    public var network = NetworkID()
    /// Who.
    public var person = PersonID()
    /// The person's name.
    public var name = ""
    /// Where it stands.
    public var state = RegistrationState.requested
    /// Rises with each change.
    public var revision: Int64 = 1
    /// The place in the queue, for who waits: 1 is next.
    public var position: Int64?
    /// Why there is no seat yet.
    public var waiting: WaitingReason?
    /// Until when the seat is kept, for whom it is offered.
    public var expires: Instant?
    /// Why a facilitator decided so.
    public var reason: String?
    /// What the form asked.
    public var answers: JSON?
    /// Who registered the person: often that one; 0 for the server.
    public var createdBy = MemberID()
    /// When.
    public var at = Instant(milliseconds: 0)
    /// When the state last changed.
    public var changed = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.id("network", &network)
        visitor.id("person", &person)
        visitor.text("name", &name)
        visitor.choice("state", &state)
        visitor.integer("revision", &revision)
        visitor.integer("position", &position)
        visitor.choice("waiting", &waiting)
        visitor.instant("expires", &expires)
        visitor.text("reason", &reason)
        visitor.json("answers", &answers)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.instant("changed", &changed)
    }
}

/// A page of registrations.
public struct RegistrationList: WireObject {
    /// Those with a seat first, then those who wait in their order, then the others.
    public var registrations: [RegistrationView] = []
    /// Give it back for the next page; left out at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(registrations: [RegistrationView], cursor: String?) {
        self.registrations = registrations
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("registrations", &registrations, count: 0...500)
        visitor.text("cursor", &cursor)
    }
}
