import CommunityKernel
public import Journal
import WireProtocol

/// Organisations, persons, mandates, sessions, platform roles and bots.
public struct PeopleCapability: Capability {
    /// The capability's name.
    public let name = "people"
    /// The schema.
    public var migrations: [Migration] { PeopleMigrations.all }
    private let sessions: Sessions
    private let links: PasswordLinks
    private let creating: CreatingPersons
    private let inviting: InvitingPersons
    private let changing: ChangingPersons
    private let reading: ReadingPersons
    private let organisations: Organisations
    private let mandates: Mandates
    private let bots: Bots
    private let importingPersons: ImportingPersons
    private let importingOrganisations: ImportingOrganisations

    /// Makes it.
    ///
    /// The neighbours are the capabilities that build on people, asked in this order.
    ///
    /// Erasures are noted in `erasures`, and applied again from there by ``applyErasures(_:in:)``. Links to choose a
    /// password are handed on by `passwordLinks`.
    public init(
        settings: PeopleSettings = PeopleSettings(),
        neighbours: [any PeopleNeighbour] = [],
        erasures: ErasureList? = nil,
        passwordLinks: (any PasswordLinkObserver)? = nil
    ) {
        let neighbours = Neighbours(all: neighbours)
        let passwords = Passwords(settings.password)
        let throttle = SignInThrottle(settings.login)
        sessions = Sessions(settings: settings.session, passwords: passwords, throttle: throttle)
        links = PasswordLinks(
            settings: settings,
            passwords: passwords,
            throttle: throttle,
            neighbours: neighbours,
            observer: passwordLinks
        )
        mandates = Mandates(zone: settings.zone, links: links, neighbours: neighbours)
        organisations = Organisations(neighbours: neighbours)
        creating = CreatingPersons(
            settings: settings,
            passwords: passwords,
            links: links,
            mandates: mandates,
            neighbours: neighbours
        )
        inviting = InvitingPersons(settings: settings, creating: creating, neighbours: neighbours)
        changing = ChangingPersons(
            passwords: passwords,
            links: links,
            neighbours: neighbours,
            erasures: erasures
        )
        reading = ReadingPersons(settings: settings, neighbours: neighbours)
        bots = Bots(neighbours: neighbours)
        importingPersons = ImportingPersons(
            creating: creating,
            changing: changing,
            mandates: mandates,
            limit: settings.importRows
        )
        importingOrganisations = ImportingOrganisations(organisations: organisations, limit: settings.importRows)
    }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.authenticator(sessions.authenticate)
        registerSessions(in: &registry)
        registerPersons(in: &registry)
        registry.command(CreateOrganisation.self, access: .administrator, organisations.create)
        registry.command(ChangeOrganisation.self, access: .administrator, organisations.change)
        registry.query(ListOrganisations.self, access: .person, bots: true, organisations.list)
        registerTables(in: &registry)
        registry.command(GrantMandate.self, access: .administrator, mandates.grant)
        registry.command(EndMandate.self, access: .administrator, mandates.end)
        registry.query(ListMandates.self, access: .administrator, mandates.list)
        registry.command(CreateBot.self, access: .facilitator, bots.create)
        registry.command(RevokeBot.self, access: .facilitator, bots.revoke)
        registry.query(ListBots.self, access: .facilitator, bots.list)
        registry.snapshot("person") { [reading] context in try reading.own(context).text }
        registry.tick(mandates.tick)
        registry.tick(changing.tick)
    }

    /// Tables of people and organisations: a table is larger than other commands are.
    private func registerTables(in registry: inout Registry) {
        let body = Int(importBytes) * 2 + 65_536
        registry.command(
            ImportPersons.self,
            access: .administrator,
            bodyBytes: body,
            prepare: importingPersons.prepare,
            importingPersons.run
        )
        registry.command(
            ImportOrganisations.self,
            access: .administrator,
            bodyBytes: body,
            prepare: importingOrganisations.prepare,
            importingOrganisations.run
        )
        registry.route(ExportingTables.people)
        registry.route(ExportingTables.organisations)
    }

    private func registerSessions(in registry: inout Registry) {
        registry.command(
            OpenSession.self,
            access: .anyone,
            prepare: sessions.prepare(_:_:),
            sessions.open(_:_:_:)
        )
        registry.command(CloseSession.self, access: .person, sessions.close)
        registry.command(EndSession.self, access: .person, sessions.end(_:_:))
        registry.query(ListSessions.self, access: .person, sessions.list)
        registry.tick(sessions.useTick)
        registry.tick(Sessions.cleaningTick)
    }

    private func registerPersons(in registry: inout Registry) {
        registry.query(AskMe.self, access: .person, bots: true, reading.me)
        registry.query(ListPeople.self, access: .person, reading.list)
        registry.query(GetPerson.self, access: .person, reading.get)
        registry.patientCommand(
            CreatePerson.self,
            access: .administrator,
            prepare: creating.prepare,
            creating.create
        )
        registry.command(InvitePerson.self, access: .facilitator, inviting.invite(_:_:))
        registry.query(ListPendingInvitations.self, access: .facilitator, inviting.pending)
        registry.command(WithdrawInvitation.self, access: .facilitator, inviting.withdraw)
        registry.command(
            AcceptInvitation.self,
            access: .anyone,
            prepare: links.prepare(_:_:),
            links.accept
        )
        registry.query(ListInvitations.self, access: .administrator, links.list)
        registry.command(RevealInvitation.self, access: .facilitator, links.reveal)
        registry.command(ResetPassword.self, access: .anyone, prepare: links.prepare(_:_:), links.reset)
        registry.patientCommand(SetPassword.self, access: .person, prepare: links.prepare(_:_:), links.set)
        registry.command(ChangePerson.self, access: .person, changing.change)
        registry.command(AssignRoles.self, access: .administrator, changing.assignRoles)
        registry.command(SuspendPerson.self, access: .moderator, changing.suspend)
        registry.command(RestorePerson.self, access: .moderator, changing.restore)
        registry.patientCommand(
            ErasePerson.self,
            access: .administrator,
            prepare: changing.prepare,
            changing.erase
        )
        registry.patientCommand(ExportPerson.self, access: .person, prepare: reading.prepare, reading.export)
    }

    /// Erases again, to the end, whom a restore brought back; how many.
    ///
    /// Called before the community is served.
    @discardableResult
    public static func applyErasures(_ erasures: ErasureList, in community: Community) throws -> Int {
        let changing = PeopleCapability(erasures: erasures).changing
        let broughtBack = try community.read { try changing.broughtBack($0.sql) }
        for person in broughtBack {
            let request = Community.Request(
                name: ErasePerson.name,
                body: JSON.members(["person": .int(person.rawValue)]).object ?? JSONObject()
            )
            if case .refused(let error) = community.performAndWait(request, as: .system) { throw error }
        }
        if !broughtBack.isEmpty { try community.finish(ChangingPersons.tickName) }
        return broughtBack.count
    }

    /// Makes an administrator when no person is in the store; whether one was made.
    ///
    /// The password comes from whoever installs the server: it must have the length that anyone's must; an
    /// administrator's is asked for when it changes.
    @discardableResult
    public static func bootstrapAdministrator(
        email: String,
        password: String,
        settings: PeopleSettings = PeopleSettings(),
        in community: Community
    ) throws -> Bool {
        let hasPeople = try community.read { try $0.sql.exists("SELECT 1 FROM person LIMIT 1") }
        guard !hasPeople else { return false }
        let capability = PeopleCapability(settings: settings)
        let passwords = Passwords(settings.password)
        guard password.unicodeScalars.count >= settings.password.minimum else {
            throw WireError.invalid("METROPOLI_ADMIN_PASSWORD", "too_short")
        }
        let hash = try passwords.hash(password)
        let length = password.unicodeScalars.count
        return try community.write { work in
            try capability.creating.createFirst(email, hash, length: length, work)
        }
    }
}

extension Registry {
    /// Adds a command whose preparation's refusal waits for the transaction.
    ///
    /// There a repeated command gets its first answer, also when it would be refused by now: the old password is no
    /// longer the old one.
    fileprivate mutating func patientCommand<Command: ClientCommand, Prepared: Sendable>(
        _ type: Command.Type,
        access: Access,
        prepare: @escaping @Sendable (Command, QueryContext) throws -> Prepared,
        _ run: @escaping @Sendable (Command, Prepared, UnitOfWork) throws -> Command.Reply
    ) {
        let judge: @Sendable (Command, QueryContext) throws -> Result<Prepared, WireError> = { command, context in
            do {
                return .success(try prepare(command, context))
            } catch let refusal as WireError {
                return .failure(refusal)
            }
        }
        self.command(type, access: access, prepare: judge) { command, verdict, work in
            try run(command, verdict.get(), work)
        }
    }
}
