import CommunityKernel
import Journal
import WireProtocol

/// What becomes of persons: changes, roles, suspension, erasure.
struct ChangingPersons: Sendable {
    let passwords: Passwords
    let links: PasswordLinks
    let neighbours: Neighbours
    let erasures: ErasureList?

    func change(_ command: ChangePerson, _ work: UnitOfWork) throws -> Nothing {
        let id = command.person ?? work.actor.id
        if id != work.actor.id || work.actor.kind != .person { try PeopleStore.requireAdministrator(work) }
        guard let person = try PeopleStore.person(id, work.sql) else { throw WireError.notFound }
        guard person.state != .erased else { throw erasedConflict }
        if let zone = command.zone, !LocalTime.isZone(zone) { throw WireError.invalid("with.zone", "unknown_zone") }
        let name = command.name.flatMap { $0 == person.name ? nil : $0 }
        let language = (command.language?.rawValue).flatMap { $0 == person.language ? nil : $0 }
        let zone = command.zone.flatMap { $0 == person.zone ? nil : $0 }
        guard name != nil || language != nil || zone != nil else { return Nothing() }
        try work.sql.execute(
            """
            UPDATE person SET name = \(name ?? person.name), name_folded = \(Folding.name(name ?? person.name)),
                language = \(language ?? person.language), zone = \(zone ?? person.zone) WHERE id = \(id)
            """
        )
        try work.append(PersonChanged(id: id, name: name, language: language, zone: zone), to: .person(id))
        if name != nil { for neighbour in neighbours.all { try neighbour.renamed(id, work) } }
        if id != work.actor.id { try work.audit("person.change", subject: id.rawValue) }
        return Nothing()
    }

    func assignRoles(_ command: AssignRoles, _ work: UnitOfWork) throws -> Nothing {
        try PeopleStore.requireAdministrator(work)
        guard let person = try PeopleStore.person(command.person, work.sql) else { throw WireError.notFound }
        guard person.state != .erased else { throw erasedConflict }
        let before = Set(try PeopleStore.roles(of: person.id, work.sql))
        let after = Set(command.roles.compactMap(PlatformRole.init))
        guard before != after else { return Nothing() }
        let losesAdministration = before.contains(.admin) && !after.contains(.admin)
        if losesAdministration {
            guard try PeopleStore.members(with: .admin, limit: 2, work.sql).count > 1 else {
                throw WireError.conflict(
                    "the last administrator stays",
                    current: .members(["state": .string("last_administrator")])
                )
            }
        }
        if after.contains(.admin), !before.contains(.admin) { try requireStrongPassword(person.id, work.sql) }
        try work.sql.execute("DELETE FROM person_role WHERE person = \(person.id)")
        for role in after {
            try work.sql.execute("INSERT INTO person_role (person, role) VALUES (\(person.id), \(role))")
        }
        try links.renewHandedOut(of: person.id, work)
        let names = after.map(\.rawValue).sorted()
        try work.append(PersonChanged(id: person.id, roles: names), to: .person(person.id))
        // Who gives up the own administration signs in again: what was opened by that right, such as a document of another
        // network, is open no longer.
        let own = person.id == work.actor.id && !losesAdministration ? work.actor.credential : nil
        try Sessions.endAll(of: person.id, except: own, work)
        try work.audit("person.assignRoles", subject: person.id.rawValue, detail: names.joined(separator: ","))
        return Nothing()
    }

    /// Who has chosen a password that is too short for an administrator chooses another one first.
    private func requireStrongPassword(_ person: PersonID, _ sql: any SQLReader) throws {
        let length = try sql.first(
            "SELECT password_length FROM person WHERE id = \(person) AND password IS NOT NULL"
        ) { $0.int(0) }
        guard let length, !passwords.isLongEnoughForAdministrator(length) else { return }
        throw WireError.conflict(
            "an administrator needs a longer password",
            current: .members(["state": .string("short_password")])
        )
    }

    // MARK: Suspension

    func suspend(_ command: SuspendPerson, _ work: UnitOfWork) throws -> Nothing {
        let person = try subject(command.person, work)
        guard person.state == .active else { return Nothing() }
        guard person.id != work.actor.id else { throw WireError.forbidden("nobody suspends themselves") }
        try work.sql.execute(
            "UPDATE person SET state = \(PersonState.suspended.rawValue) WHERE id = \(person.id)"
        )
        try work.append(PersonSuspended(person: person.id), to: .person(person.id))
        try neighbours.standingChanged(person.id, work)
        try Sessions.endAll(of: person.id, work)
        try work.audit("person.suspend", subject: person.id.rawValue, detail: command.reason ?? "")
        return Nothing()
    }

    func restore(_ command: RestorePerson, _ work: UnitOfWork) throws -> Nothing {
        let person = try subject(command.person, work)
        guard person.state == .suspended else { return Nothing() }
        try work.sql.execute("UPDATE person SET state = \(PersonState.active.rawValue) WHERE id = \(person.id)")
        try work.append(PersonRestored(person: person.id), to: .person(person.id))
        try neighbours.standingChanged(person.id, work)
        try work.audit("person.restore", subject: person.id.rawValue)
        return Nothing()
    }

    /// Whom a moderator or administrator acts on; moderators do not act on administrators.
    private func subject(_ id: PersonID, _ work: UnitOfWork) throws -> PersonRecord {
        guard try PeopleStore.isModerator(work.actor, work.sql) else {
            throw WireError.forbidden("for moderators and administrators")
        }
        guard let person = try PeopleStore.person(id, work.sql) else { throw WireError.notFound }
        guard person.state != .erased else { throw erasedConflict }
        if try PeopleStore.roles(of: id, work.sql).contains(.admin) {
            try PeopleStore.requireAdministrator(work)
        }
        return person
    }

    // MARK: Erasure

    /// Writes the erasure down where no restore takes it back, before anything of the person is gone.
    func prepare(_ command: ErasePerson, _ context: QueryContext) throws -> Bool {
        try PeopleStore.requireAdministrator(context.actor, context.sql)
        guard command.person != context.actor.id else { throw WireError.forbidden("nobody erases themselves") }
        let created: Int64? = try context.sql.first(
            "SELECT created_at FROM person WHERE id = \(command.person) AND state <> 'erased'"
        ) { $0.int(0) }
        guard let created else { return false }
        try erasures?.add(ErasureList.Entry(person: command.person, created: created), at: context.now)
        return true
    }

    func erase(_ command: ErasePerson, _ isListed: Bool, _ work: UnitOfWork) throws -> Nothing {
        try PeopleStore.requireAdministrator(work)
        guard let person = try PeopleStore.person(command.person, work.sql) else { throw WireError.notFound }
        guard person.state != .erased else { return Nothing() }
        guard person.id != work.actor.id else { throw WireError.forbidden("nobody erases themselves") }
        try Sessions.endAll(of: person.id, work)
        for neighbour in neighbours.all { try neighbour.erase(person.id, work) }
        try work.sql.execute(
            """
            UPDATE person SET name = \(Self.tombstone), name_folded = '', email = '', email_folded = NULL,
                password = NULL, password_length = 0, state = \(PersonState.erased.rawValue) WHERE id = \(person.id)
            """
        )
        try work.sql.execute("DELETE FROM person_role WHERE person = \(person.id)")
        try work.sql.execute("DELETE FROM invitation WHERE person = \(person.id)")
        try work.sql.execute("DELETE FROM invitation_network WHERE person = \(person.id)")
        try work.sql.execute("UPDATE session SET address = NULL, client = NULL WHERE person = \(person.id)")
        try work.sql.execute("UPDATE mandate SET title = NULL, state = 'ended' WHERE person = \(person.id)")
        try takeWordsOut(of: person.id, work)
        try work.append(PersonErased(person: person.id), to: .person(person.id))
        for stream in try work.sql.openStreams(of: person.id) { try work.revoke(person.id, stream) }
        try work.sql.execute("INSERT INTO erasure (person, at) VALUES (\(person.id), \(work.now))")
        try work.audit("person.erase", subject: person.id.rawValue)
        return Nothing()
    }

    /// Things taken out in one transaction: few, so that nobody's post waits long.
    private static let page = 20

    static let tickName = "people.erasure"

    /// Takes the texts and files of who was erased out, page by page; a stopped server goes on where it was.
    var tick: Tick {
        Tick(
            name: Self.tickName,
            seconds: 1,
            isDue: { try $0.sql.exists("SELECT 1 FROM erasure WHERE finished_at IS NULL LIMIT 1") },
            run: eraseMore
        )
    }

    private func eraseMore(_ work: UnitOfWork) throws -> Bool {
        let next: PersonID? = try work.sql.first(
            "SELECT person FROM erasure WHERE finished_at IS NULL ORDER BY person LIMIT 1"
        ) { $0.id(0) }
        guard let person = next else { return false }
        for neighbour in neighbours.all where try neighbour.eraseMore(person, limit: Self.page, work) { return true }
        try work.sql.execute("UPDATE erasure SET finished_at = \(work.now) WHERE person = \(person)")
        return true
    }

    /// Those of the list who are here, and not erased: a restore brought them back.
    func broughtBack(_ sql: any SQLReader) throws -> [PersonID] {
        try (erasures?.entries() ?? []).filter { entry in
            try sql.exists(
                """
                SELECT 1 FROM person
                WHERE id = \(entry.person) AND created_at = \(entry.created) AND state <> 'erased'
                """
            )
        }.map(\.person)
    }

    /// The name that is left.
    private static let tombstone = "Persona cancellata"

    /// Earlier updates on the person's own stream keep their ids only.
    private func takeWordsOut(of person: PersonID, _ work: UnitOfWork) throws {
        let kept: Set<String> = ["id", "person", "organisation", "role", "from", "to"]
        let updates = try work.sql.all(
            """
            SELECT seq FROM journal WHERE stream = \(StreamName.person(person))
                AND type IN ('person.created', 'person.changed', 'mandate.granted') ORDER BY seq
            """
        ) { $0.int(0) }
        for seq in updates {
            try work.rewrite(seq) { JSONObject($0.members.filter { kept.contains($0.name) }) }
        }
    }
}
