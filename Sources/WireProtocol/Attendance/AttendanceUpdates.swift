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

/// What is told of a certificate.
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

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        id: CertificateID,
        event: EventID,
        registration: RegistrationID,
        person: PersonID,
        reason: String? = nil
    ) {
        self.id = id
        self.event = event
        self.registration = registration
        self.person = person
        self.reason = reason
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.id("registration", &registration)
        visitor.id("person", &person)
        visitor.text("reason", &reason)
    }
}
