/// Issues the certificate (*attestato*) of somebody who attended; facilitators.
///
/// Who has a valid one gets that, with `repeated` beside `ok`. Errors: `conflict` with the state for who was there for
/// less than the threshold or not at all, `too_early` before the event is over.
public struct IssueCertificate: ClientCommand {
    /// The name on the wire.
    public static let name = "certificate.issue"
    /// What `ok` holds.
    public typealias Reply = IssuedCertificate
    /// Of which registration.
    public var registration = RegistrationID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("registration", &registration) }
}

/// A certificate that was issued.
public struct IssuedCertificate: WireObject {
    /// The certificate.
    public var id = CertificateID()
    /// By which anyone can check it.
    public var code = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: CertificateID, code: String) {
        self.id = id
        self.code = code
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("code", &code)
    }
}

/// Issues the certificates of all who attended an event and have none yet; facilitators.
///
/// What was withdrawn stays withdrawn. Errors: those of ``IssueCertificate`` about the event.
public struct IssueCertificates: ClientCommand {
    /// The name on the wire.
    public static let name = "certificate.issueAll"
    /// What `ok` holds.
    public typealias Reply = IssuedCertificates
    /// Of which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// What one ``IssueCertificates`` did.
public struct IssuedCertificates: WireObject {
    /// How many were issued.
    public var issued: Int64 = 0
    /// Whether there are more to be issued by asking again.
    public var more = false

    /// To be read.
    public init() {}

    /// Makes it.
    public init(issued: Int64, more: Bool) {
        self.issued = issued
        self.more = more
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("issued", &issued)
        visitor.flag("more", &more)
    }
}

/// Withdraws a certificate; facilitators.
///
/// Who checks it reads so. Errors: `conflict` for one that was withdrawn already.
public struct WithdrawCertificate: ClientCommand {
    /// The name on the wire.
    public static let name = "certificate.withdraw"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which.
    public var certificate = CertificateID()
    /// Why, 1–500 bytes; the person and the facilitators read it.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("certificate", &certificate)
        visitor.line("reason", &reason, bytes: 1...500)
    }
}

/// Checks a certificate by its code; anyone, without credentials.
///
/// Case, spaces and hyphens in the code do not matter. Errors: `not_found` for a code that was never given.
public struct VerifyCertificate: ClientQuery {
    /// The name on the wire.
    public static let name = "certificate.verify"
    /// What `ok` holds.
    public typealias Reply = VerifiedCertificate
    /// What the certificate says.
    public var code = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("code", &code, bytes: 1...64) }
}

/// What a certificate says.
public struct VerifiedCertificate: WireObject {
    /// Whose it is.
    public var name = ""
    /// The event's title.
    public var event = ""
    /// The event's first day, `2026-11-24`.
    public var date = ""
    /// How long the person was there, hours.
    public var hours: Double?
    /// Whether it holds: false for one that was withdrawn.
    public var valid = true
    /// When it was issued.
    public var issued = Instant(milliseconds: 0)
    /// When it was withdrawn.
    public var withdrawn: Instant?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("name", &name)
        visitor.text("event", &event)
        visitor.text("date", &date)
        visitor.number("hours", &hours, within: 0...1_000_000)
        visitor.flag("valid", &valid)
        visitor.instant("issued", &issued)
        visitor.instant("withdrawn", &withdrawn)
    }
}

/// Asks for one's own certificates, the newest first, 500 at most.
public struct ListCertificates: ClientQuery {
    /// The name on the wire.
    public static let name = "certificate.list"
    /// What `ok` holds.
    public typealias Reply = CertificateList

    /// Asks.
    public init() {}

    /// No fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// One's certificates.
public struct CertificateList: WireObject {
    /// The newest first.
    public var certificates: [CertificateView] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(certificates: [CertificateView]) { self.certificates = certificates }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("certificates", &certificates, count: 0...500)
    }
}

/// Whether a certificate holds.
public enum CertificateState: String, Sendable, CaseIterable {
    /// It does.
    case valid
    /// The organiser withdrew it.
    case withdrawn
}

/// A certificate, for its person and the event's facilitators; its document is at `/certificates/{id}.pdf`.
public struct CertificateView: WireObject {
    /// The certificate.
    public var id = CertificateID()
    /// By which anyone can check it.
    public var code = ""
    /// Of which event.
    public var event = EventID()
    /// The event's title as it was then.
    public var title = ""
    /// Whole minutes.
    public var minutes: Int64 = 0
    /// When it was issued.
    public var issued = Instant(milliseconds: 0)
    /// When it was withdrawn.
    public var withdrawn: Instant?
    /// Why it was withdrawn.
    public var reason: String?
    /// Rises with each change.
    public var revision: Int64?
    /// Whether it holds.
    public var state: CertificateState?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("code", &code)
        visitor.id("event", &event)
        visitor.text("title", &title)
        visitor.integer("minutes", &minutes)
        visitor.instant("issued", &issued)
        visitor.instant("withdrawn", &withdrawn)
        visitor.text("reason", &reason)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
    }
}
