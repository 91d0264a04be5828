import CommunityKernel
import Journal
import WireProtocol

/// A certificate as the store knows one: what it said on the day on which it was issued.
struct CertificateRecord: Sendable {
    let id: CertificateID
    let code: String
    let registration: RegistrationID
    let event: EventID
    let person: PersonID
    let name: String
    let title: String
    /// Nil for an event of whole days.
    let minutes: Int64?
    let issued: Instant
    var withdrawn: Instant?
    var reason: String?

    var view: CertificateView {
        var view = CertificateView()
        view.id = id
        view.code = code
        view.event = event
        view.title = title
        view.minutes = minutes ?? 0
        view.issued = issued
        view.withdrawn = withdrawn
        view.reason = reason
        view.revision = revision
        view.state = state
        return view
    }

    /// A certificate changes once: when it is withdrawn.
    var revision: Int64 { withdrawn == nil ? 1 : 2 }
    var state: CertificateState { withdrawn == nil ? .valid : .withdrawn }

    var news: CertificateNews { CertificateNews(view, registration: registration, person: person) }

    /// `conflict`: it was withdrawn.
    var refused: WireError {
        .conflict(
            "it was withdrawn",
            current: .members(["revision": .int(revision), "state": .string(state.rawValue)])
        )
    }
}

/// The certificates' queries.
enum CertificateStore {
    private static let columns: SQLQuery = """
        c.id, c.code, c.registration, c.event, c.person, c.name, c.title, c.minutes, c.issued_at, c.withdrawn_at, c.reason
        """

    private static func record(_ row: any SQLRow) -> CertificateRecord {
        CertificateRecord(
            id: row.id(0),
            code: row.text(1),
            registration: row.id(2),
            event: row.id(3),
            person: row.id(4),
            name: row.text(5),
            title: row.text(6),
            minutes: row.optionalInt(7),
            issued: row.instant(8),
            withdrawn: row.optionalInstant(9),
            reason: row.optionalText(10)
        )
    }

    static func certificate(_ id: CertificateID, _ sql: any SQLReader) throws -> CertificateRecord? {
        try sql.first("SELECT \(part: columns) FROM certificate c WHERE c.id = \(id)", record)
    }

    static func certificate(code: String, _ sql: any SQLReader) throws -> CertificateRecord? {
        try sql.first("SELECT \(part: columns) FROM certificate c WHERE c.code = \(code)", record)
    }

    /// The one valid certificate of a registration.
    static func valid(of registration: RegistrationID, _ sql: any SQLReader) throws -> CertificateRecord? {
        try sql.first(
            "SELECT \(part: columns) FROM certificate c WHERE c.registration = \(registration) AND c.withdrawn_at IS NULL",
            record
        )
    }

    /// Of a person, the newest first.
    static func certificates(of person: PersonID, limit: Int, _ sql: any SQLReader) throws -> [CertificateRecord] {
        try sql.all(
            "SELECT \(part: columns) FROM certificate c WHERE c.person = \(person) ORDER BY c.id DESC LIMIT \(limit)",
            record
        )
    }

    /// The newest of each of the people at an event.
    static func newest(
        at event: EventID,
        of people: [PersonID],
        _ sql: any SQLReader
    ) throws
        -> [PersonID: CertificateRecord]
    {
        let found = try sql.all(
            """
            SELECT \(part: columns) FROM certificate c WHERE c.event = \(event) AND c.person IN (\(list: people))
            ORDER BY c.id
            """,
            record
        )
        return Dictionary(found.map { ($0.person, $0) }, uniquingKeysWith: { $1 })
    }

    static func insert(_ certificate: CertificateRecord, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            INSERT INTO certificate (id, code, registration, event, person, name, title, minutes, issued_by, issued_at)
            VALUES (\(certificate.id), \(certificate.code), \(certificate.registration), \(certificate.event),
                \(certificate.person), \(certificate.name), \(certificate.title), \(certificate.minutes),
                \(work.actor.id), \(certificate.issued))
            """
        )
    }

    static func withdraw(_ certificate: CertificateRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            UPDATE certificate SET withdrawn_at = \(certificate.withdrawn), reason = \(certificate.reason)
            WHERE id = \(certificate.id)
            """
        )
    }
}
