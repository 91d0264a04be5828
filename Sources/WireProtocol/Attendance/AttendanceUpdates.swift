/// How long somebody was at an event changed; on `person/N` of that person and on `network/N/desk`.
public struct AttendanceRecorded: ServerUpdate {
    /// The name on the wire.
    public static let name = "attendance.recorded"
    /// At which event.
    public var event = EventID()
    /// Who.
    public var person = PersonID()
    /// Whole minutes in all.
    public var minutes: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(event: EventID, person: PersonID, minutes: Int64) {
        self.event = event
        self.person = person
        self.minutes = minutes
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.id("person", &person)
        visitor.integer("minutes", &minutes)
    }
}

/// A certificate was issued; on `person/N` of its person and on `network/N/desk`.
///
/// The certificate's id is the `seq` of the first of the two.
public struct CertificateIssued: ServerUpdate {
    /// The name on the wire.
    public static let name = "certificate.issued"
    /// What happened.
    public var certificate = CertificateNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ certificate: CertificateNews) { self.certificate = certificate }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { certificate.fields(&visitor) }
}

/// A certificate was withdrawn; on the streams of ``CertificateIssued``.
public struct CertificateWithdrawn: ServerUpdate {
    /// The name on the wire.
    public static let name = "certificate.withdrawn"
    /// What happened.
    public var certificate = CertificateNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ certificate: CertificateNews) { self.certificate = certificate }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { certificate.fields(&visitor) }
}

/// What is told of a certificate: what changed, as `certificate.list` gives it; all of it when it is issued.
public struct CertificateNews: WireObject {
    /// The certificate.
    public var id = CertificateID()
    /// Of which event.
    public var event = EventID()
    /// Of which registration.
    public var registration = RegistrationID()
    /// Whose.
    public var person = PersonID()
    /// Why it was withdrawn.
    public var reason: String?
    /// Rises with each change.
    public var revision: Int64?
    /// Whether it holds.
    public var state: CertificateState?
    /// By which anyone can check it.
    public var code: String?
    /// The event's title as it was then.
    public var title: String?
    /// Whole minutes.
    public var minutes: Int64?
    /// When it was issued.
    public var issued: Instant?
    /// When it was withdrawn.
    public var withdrawn: Instant?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ certificate: CertificateView, registration: RegistrationID, person: PersonID) {
        id = certificate.id
        event = certificate.event
        self.registration = registration
        self.person = person
        reason = certificate.reason
        revision = certificate.revision
        state = certificate.state
        code = certificate.code
        title = certificate.title
        minutes = certificate.minutes
        issued = certificate.issued
        withdrawn = certificate.withdrawn
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.id("registration", &registration)
        visitor.id("person", &person)
        visitor.text("reason", &reason)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.text("code", &code)
        visitor.text("title", &title)
        visitor.integer("minutes", &minutes)
        visitor.instant("issued", &issued)
        visitor.instant("withdrawn", &withdrawn)
    }
}
