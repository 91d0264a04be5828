import CommunityKernel
public import Events
public import Journal
public import Networks
public import People
public import WireProtocol

/// Who comes to events: registration, seats and the queue for them.
public struct RegistrationsCapability: Capability {
    /// The capability's name.
    public let name = "registrations"
    /// Its schema.
    public let migrations = RegistrationMigrations.all
    private let registering: Registering
    private let deciding: DecidingRegistrations
    private let moving: MovingInQueue
    private let importing: ImportingRegistrations
    private let writing: WritingToAttendees
    private let table: RegistrationTableRoute
    private let listing: ListingRegistrations

    /// Makes it.
    public init(access: EventAccess, settings: RegistrationSettings = RegistrationSettings()) {
        registering = Registering(access: access)
        deciding = DecidingRegistrations(registering: registering)
        moving = MovingInQueue(registering: registering)
        importing = ImportingRegistrations(
            registering: registering,
            deciding: deciding,
            limit: Int(settings.importRows)
        )
        writing = WritingToAttendees(access: access, settings: settings)
        table = RegistrationTableRoute(access: access)
        listing = ListingRegistrations(access: access)
    }

    /// What events show of those who take part in them.
    public static let attendance: any EventAttendance = AttendanceFacts()
    /// Gives the seats that a change of an event makes free.
    public static let observer: any EventObserver = SeatsObserver()
    /// Frees the seats of who leaves a network.
    public static let membership: any NetworkObserver = LeavingObserver()
    /// Erasure and export of a person's registrations.
    public static let neighbour: any PeopleNeighbour = RegistrationsNeighbour()

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(Register.self, access: .networkMember, registering.register)
        registry.command(InviteToEvent.self, access: .facilitator, registering.invite)
        registry.command(CancelRegistration.self, access: .person, registering.cancel)
        registry.command(AcceptRegistration.self, access: .person, registering.accept)
        registry.command(DeclineRegistration.self, access: .person, registering.decline)
        registry.command(ApproveRegistration.self, access: .facilitator, deciding.approve)
        registry.command(RejectRegistration.self, access: .facilitator, deciding.reject)
        registry.command(CheckInRegistration.self, access: .facilitator, deciding.checkIn)
        registry.command(UndoRegistration.self, access: .facilitator, deciding.undo)
        registry.command(PrioritiseRegistration.self, access: .facilitator, moving.prioritise)
        registry.command(
            ImportRegistrations.self,
            access: .facilitator,
            bodyBytes: Int(importBytes) * 2 + 65_536,
            prepare: importing.prepare,
            importing.run
        )
        registry.route(table.route)
        registry.command(WriteToAttendees.self, access: .facilitator, writing.write)
        registry.query(ListAttendeeMessages.self, access: .networkMember, writing.list)
        registry.query(ListRegistrations.self, access: .networkMember, listing.list)
        registry.query(GetRegistrationForm.self, access: .networkMember, listing.form)
        registry.tick(RegistrationClock.offers)
        registry.tick(RegistrationClock.closing)
        registry.tick(RegistrationClock.promotion)
    }
}

// What is remembered for ever of an import holds nobody's name.
extension ImportedRegistrations: SecretBearing {
    /// The counts alone.
    public var withoutSecrets: ImportedRegistrations {
        var counted = ImportedRegistrations()
        counted.counts = counts
        return counted
    }
}
