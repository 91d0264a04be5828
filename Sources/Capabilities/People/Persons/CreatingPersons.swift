import CommunityKernel
import Journal
import WireProtocol

/// How persons come into being: made by an administrator, or invited.
struct CreatingPersons: Sendable {
    let settings: PeopleSettings
    let passwords: Passwords
    let links: PasswordLinks
    let mandates: Mandates
    let neighbours: Neighbours

    // MARK: person.create

    /// The hash of the first password; nil when an invitation is made instead.
    func prepare(_ command: CreatePerson, _ context: QueryContext) throws -> String? {
        try PeopleStore.requireAdministrator(context.actor, context.sql)
        if let zone = command.zone, !LocalTime.isZone(zone) { throw WireError.invalid("with.zone", "unknown_zone") }
        guard let password = command.password else { return nil }
        try passwords.check(password, words: [command.name, command.email], path: "with.password")
        return try passwords.hash(password)
    }

    func create(_ command: CreatePerson, _ hash: String?, _ work: UnitOfWork) throws -> CreatedPerson {
        try PeopleStore.requireAdministrator(work)
        var person = NewPerson(name: command.name, email: command.email)
        person.hash = hash
        person.passwordLength = command.password?.unicodeScalars.count ?? 0
        person.language = command.language?.rawValue
        person.zone = command.zone
        let id = try write(person, work)
        for (index, mandate) in (command.mandates ?? []).enumerated() {
            _ = try mandates.grant(mandate, to: id, path: "with.mandates.\(index)", work)
        }
        if hash == nil { try links.invite(id, work) }
        try work.audit("person.create", subject: id.rawValue)
        return CreatedPerson(id: id)
    }

    // MARK: The first administrator

    /// Makes the first administrator when there is no person; whether one was made.
    func createFirst(_ email: String, _ hash: String, length: Int, _ work: UnitOfWork) throws -> Bool {
        guard try !work.sql.exists("SELECT 1 FROM person LIMIT 1") else { return false }
        var person = NewPerson(name: String(email.prefix { $0 != "@" }), email: email)
        person.hash = hash
        person.passwordLength = length
        person.roles = [.admin]
        let id = try write(person, work)
        try work.audit("person.create", subject: id.rawValue, detail: "first administrator")
        return true
    }

    // MARK: Writing

    struct NewPerson {
        let name: String
        let email: String
        var hash: String?
        var passwordLength = 0
        var language: String?
        var zone: String?
        var roles: [PlatformRole] = []
    }

    func write(_ person: NewPerson, _ work: UnitOfWork) throws -> PersonID {
        let folded = Folding.email(person.email)
        let holder = try work.sql.first("SELECT id, state FROM person WHERE email_folded = \(folded)") {
            JSON.members(["person": .int($0.int(0)), "state": .string($0.text(1))])
        }
        if let holder { throw WireError.conflict("the address is taken", current: holder) }
        let id = work.nextID(EntityKind.Member.self)
        let own = OwnPerson(
            id: id,
            name: person.name,
            email: person.email,
            language: person.language ?? settings.language,
            zone: person.zone ?? settings.zone,
            roles: person.roles.map(\.rawValue)
        )
        try work.sql.execute(
            """
            INSERT INTO person (id, name, name_folded, email, email_folded, password, password_length, state, language,
                zone, created_at)
            VALUES (\(id), \(own.name), \(Folding.name(own.name)), \(person.email), \(folded), \(person.hash),
                \(person.passwordLength), \(PersonState.active.rawValue), \(own.language), \(own.zone), \(work.now))
            """
        )
        for role in person.roles {
            try work.sql.execute("INSERT INTO person_role (person, role) VALUES (\(id), \(role))")
        }
        try work.grant(id, .community)
        try work.grant(id, .person(id))
        try work.append(PersonCreated(own), to: .person(id))
        return id
    }
}
