/// What an event may have beside its kind, title and time; the same in `event.create`, `event.update` and `series.create`.
public struct EventDetails: WireObject {
    /// Where it is, 1–500 bytes.
    public var place: String?
    /// Its room on the network.
    public var room: EventRoom?
    /// How many seats there are, 0–100,000; without bound when left out.
    public var capacity: Int64?
    /// Whether those whom no seat is left for wait for one; they do unless told.
    public var waitingList: Bool?
    /// Whether a facilitator approves each registration.
    public var approval: Bool?
    /// Whether a seat that becomes free is offered and has to be accepted.
    public var offers: Bool?
    /// When one may register.
    public var registration: RegistrationWindow?
    /// How far it reaches.
    public var reach: EventReach?
    /// Who speaks, at most 50.
    public var speakers: [EventSpeaker]?
    /// Its agenda, at most 100 points.
    public var agenda: [AgendaItem]?
    /// Who runs it, the organiser first, at most 20.
    public var organisers: [EventOrganiser]?
    /// The event of others that it is part of, such as FORUM PA.
    public var partOf: String?
    /// The city that is visited.
    public var hostCity: OrganisationID?
    /// The city that visits.
    public var guestCity: OrganisationID?
    /// The comuni of the network that it is addressed to, at most as many as the server's settings say; everybody else
    /// may come as well.
    public var addressed: [OrganisationID]?
    /// What it is about, Markdown, at most 16,384 bytes.
    public var text: String?

    /// To be read.
    public init() {}

    /// The fields that may be taken away by `null`.
    static let clearable = [
        "place", "room", "capacity", "registration", "reach", "speakers", "agenda", "organisers", "partOf", "hostCity",
        "guestCity", "addressed", "text",
    ]

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.line("place", &place, bytes: 1...500)
        visitor.object("room", &room)
        visitor.integer("capacity", &capacity, in: 0...largestCapacity)
        visitor.flag("waitingList", &waitingList)
        visitor.flag("approval", &approval)
        visitor.flag("offers", &offers)
        visitor.object("registration", &registration)
        visitor.choice("reach", &reach)
        visitor.speakers("speakers", &speakers)
        visitor.agenda("agenda", &agenda)
        visitor.objects("organisers", &organisers, count: 0...20)
        visitor.line("partOf", &partOf, bytes: 1...200)
        visitor.id("hostCity", &hostCity)
        visitor.id("guestCity", &guestCity)
        visitor.addressed(&addressed)
        visitor.text("text", &text, bytes: 0...eventTextBytes)
    }
}

/// Why two events may have the same speaker or room at the same time; it is logged.
public struct ClashOverride: WireObject {
    /// The reason, 1–500 bytes.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.line("reason", &reason, bytes: 1...500)
    }
}
