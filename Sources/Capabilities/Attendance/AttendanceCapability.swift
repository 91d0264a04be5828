public import CommunityKernel
public import Events
public import Journal
import Networks
public import People
import Registrations
public import WireProtocol

/// Who was at events, for how long, and the certificates that say so.
public struct AttendanceCapability: Capability {
    /// The capability's name.
    public let name = "attendance"
    /// Its schema.
    public let migrations = AttendanceMigrations.all
    private let recording: RecordingAttendance
    private let listing: ListingAttendance
    private let issuing: IssuingCertificates
    private let routes: AttendanceRoutes

    /// Makes it.
    public init(access: EventAccess, settings: AttendanceSettings = AttendanceSettings()) {
        recording = RecordingAttendance(access: access, settings: settings)
        listing = ListingAttendance(access: access, settings: settings)
        issuing = IssuingCertificates(access: access, recording: recording, settings: settings)
        routes = AttendanceRoutes(access: access, settings: settings)
    }

    /// Notes the events that are over, to settle them.
    public static func observer(_ settings: AttendanceSettings) -> any EventObserver {
        AttendanceObserver(settings: settings)
    }

    /// Erasure and export of a person's presence and certificates.
    public static let neighbour: any PeopleNeighbour = AttendanceNeighbour()

    /// Records when somebody was at an event, for a room that reports it; the minutes in all.
    ///
    /// Throws what `attendance.record` answers.
    @discardableResult
    public func record(
        _ person: PersonID,
        at event: EventRecord,
        joined: Instant,
        left: Instant,
        _ work: UnitOfWork
    ) throws
        -> Int64
    {
        try recording.record(person, at: event, AttendanceInterval(joined: joined, left: left), work)
    }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(RecordAttendance.self, access: .facilitator, recording.record)
        registry.command(ClearAttendance.self, access: .facilitator, recording.clear)
        registry.command(AdmitByTicket.self, access: .facilitator, recording.admit)
        registry.command(SettleAttendance.self, access: .facilitator, recording.settle)
        registry.query(ListAttendance.self, access: .networkMember, listing.list)
        registry.query(AttendanceHours.self, access: .person, listing.hours)
        registry.command(IssueCertificate.self, access: .facilitator, issuing.issue)
        registry.command(IssueCertificates.self, access: .facilitator, issuing.issueAll)
        registry.command(WithdrawCertificate.self, access: .facilitator, issuing.withdraw)
        registry.query(VerifyCertificate.self, access: .anyone, issuing.verify)
        registry.query(ListCertificates.self, access: .person, issuing.list)
        registry.route(routes.certificate)
        registry.route(routes.ticket)
        registry.opening(Ticket.makeKey)
        registry.tick(recording.clock)
    }
}
