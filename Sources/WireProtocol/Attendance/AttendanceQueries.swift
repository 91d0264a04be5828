/// Asks who was at an event and for how long: its facilitators for all, others for themselves.
public struct ListAttendance: ClientQuery {
    /// The name on the wire.
    public static let name = "attendance.list"
    /// What `ok` holds.
    public typealias Reply = AttendanceList
    /// Of which event.
    public var event = EventID()
    /// At most so many, 1–500, 200 unless told.
    public var limit: Int64?
    /// Only people with a greater id.
    public var after: PersonID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("limit", &limit, in: 1...500)
        visitor.id("after", &after)
    }
}

/// Who was at an event.
public struct AttendanceList: WireObject {
    /// The planned length, minutes.
    public var planned: Int64 = 0
    /// How much of it one has to be there for, percent.
    public var threshold: Int64 = 0
    /// People with a seat or with recorded time, by id.
    public var people: [AttendanceView] = []
    /// Give it back as `after` for the next page; left out at the end.
    public var next: PersonID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("planned", &planned)
        visitor.integer("threshold", &threshold)
        visitor.objects("people", &people, count: 0...500)
        visitor.id("next", &next)
    }
}

/// One person's presence at an event.
public struct AttendanceView: WireObject {
    /// Who.
    public var person = NamedPerson()
    /// The registration; left out for who had none.
    public var registration: RegistrationID?
    /// Where it stands.
    public var state: RegistrationState?
    /// Whole minutes within the planned start and end.
    public var minutes: Int64 = 0
    /// Whether that is enough for a certificate.
    public var enough = false
    /// When the person was there, without overlaps, in order.
    public var intervals: [AttendanceInterval] = []
    /// The certificate, also a withdrawn one.
    public var certificate: CertificateView?
    /// The code of the ticket, for the person alone while it has a use.
    public var ticket: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("person", &person)
        visitor.id("registration", &registration)
        visitor.choice("state", &state)
        visitor.integer("minutes", &minutes)
        visitor.flag("enough", &enough)
        visitor.objects("intervals", &intervals, count: 0...1_000)
        visitor.object("certificate", &certificate)
        visitor.text("ticket", &ticket)
    }
}

/// A time for which somebody was there.
public struct AttendanceInterval: WireObject, Equatable {
    /// From when on.
    public var joined = Instant(milliseconds: 0)
    /// Until when.
    public var left = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Makes it.
    public init(joined: Instant, left: Instant) {
        self.joined = joined
        self.left = left
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.instant("joined", &joined)
        visitor.instant("left", &left)
    }
}

/// Asks for the hours of events attended: of a network per person and per organisation, for its facilitators; one's own
/// without a network.
public struct AttendanceHours: ClientQuery {
    /// The name on the wire.
    public static let name = "attendance.hours"
    /// What `ok` holds.
    public typealias Reply = AttendanceTotals
    /// Of which network's events.
    public var network: NetworkID?
    /// Only events that begin at that instant or later.
    public var from: Instant?
    /// Only events that begin before that instant.
    public var to: Instant?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.instant("from", &from)
        visitor.instant("to", &to)
    }
}

/// The time that events were attended for.
public struct AttendanceTotals: WireObject {
    /// Per person, the most first, 500 at most.
    public var people: [AttendanceTotal] = []
    /// Per organisation that people acted for, the most first, 500 at most.
    public var organisations: [AttendanceTotal] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("people", &people, count: 0...500)
        visitor.objects("organisations", &organisations, count: 0...500)
    }
}

/// The time of one person or of one organisation's people.
public struct AttendanceTotal: WireObject {
    /// The id of the person or the organisation.
    public var id: Int64 = 0
    /// The name.
    public var name = ""
    /// At how many events.
    public var events: Int64 = 0
    /// Whole minutes.
    public var minutes: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("id", &id)
        visitor.text("name", &name)
        visitor.integer("events", &events)
        visitor.integer("minutes", &minutes)
    }
}

/// The path of `GET /certificates/{id}.pdf` and `GET /registrations/{id}/ticket.svg`.
public struct AttendancePath: WireObject {
    /// Which.
    public var id: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("id", &id, in: 1...largestID) }
}
