import CommunityKernel
public import Journal
public import WireProtocol

/// What is told about persons: to themselves, to those who share a network, in an export.
struct ReadingPersons: Sendable {
    let settings: PeopleSettings
    let neighbours: Neighbours

    // MARK: person.me

    func me(_ query: AskMe, _ context: QueryContext) throws -> Me {
        let person = try own(context)
        guard context.actor.kind == .person else {
            let scopes = try PeopleStore.scopes(of: context.actor.id, context.sql).map(\.description)
            return Me(person: person, mandates: [], networks: [], scopes: scopes)
        }
        let networks = try neighbours.all.flatMap { try $0.networks(of: context.actor.id, context.sql) }
        return Me(
            person: person,
            mandates: try Mandates.facts(of: context.actor.id, all: false, at: context.now, context.sql),
            networks: networks.map { NetworkPlace(id: $0.0, role: $0.1.rawValue) }
        )
    }

    /// Who the caller is, as it also stands in the first snapshot.
    func own(_ context: QueryContext) throws -> OwnPerson {
        switch context.actor.kind {
        case .person:
            guard let person = try PeopleStore.person(context.actor.id, context.sql) else { throw WireError.notFound }
            let roles = try PeopleStore.roles(of: person.id, context.sql)
            return OwnPerson(
                id: person.id,
                name: person.name,
                email: person.email,
                language: person.language,
                zone: person.zone,
                roles: roles.map(\.rawValue)
            )
        case .bot:
            guard let bot = try PeopleStore.bot(context.actor.id, context.sql) else { throw WireError.notFound }
            return OwnPerson(
                id: bot.id,
                name: bot.name,
                email: nil,
                language: settings.language,
                zone: settings.zone,
                roles: []
            )
        case .system, .nobody:
            throw WireError.notFound
        }
    }

    // MARK: person.list

    private static let pageSize: Int64 = 50

    func list(_ query: ListPeople, _ context: QueryContext) throws -> PeoplePage {
        let actor = context.actor
        let isAdministrator = try PeopleStore.isAdministrator(actor, context.sql)
        var filter: SQLQuery = isAdministrator ? "p.state <> 'erased'" : "p.state = 'active'"
        if let network = query.network {
            guard try neighbours.knows(actor, network: network, context.sql, now: context.now) else {
                throw WireError.notFound
            }
            filter = "\(part: filter) AND p.id IN (\(part: acquaintances(of: nil, in: network)))"
        }
        if !isAdministrator {
            filter = "\(part: filter) AND p.id IN (\(part: acquaintances(of: actor.id, in: nil)))"
        }
        if query.state != nil || query.role != nil {
            guard isAdministrator else { throw WireError.forbidden("administrators ask by state and role") }
            if let state = query.state { filter = "\(part: filter) AND p.state = \(state.rawValue)" }
            if let role = query.role {
                filter =
                    "\(part: filter) AND p.id IN (SELECT r.person FROM person_role r WHERE r.role = \(role.rawValue))"
            }
        }
        if let organisation = query.organisation {
            filter = """
                \(part: filter) AND p.id IN (SELECT m.person FROM mandate m WHERE m.organisation = \(organisation)
                    AND \(part: Self.isValid(at: context.now)))
                """
        }
        if let text = query.text {
            filter = "\(part: filter) AND p.name_folded LIKE \(Folding.pattern(text)) ESCAPE '\\'"
        }
        let order = query.sort ?? .name
        if order == .state && !isAdministrator { throw WireError.forbidden("administrators order by state") }
        let place = Self.place(order, at: context.now)
        let isDescending = query.descending == true
        if let cursor = query.cursor {
            guard let last = Int64(cursor) else { throw WireError.invalid("with.cursor", "not_allowed") }
            let beyond: SQLQuery = isDescending ? "<" : ">"
            filter = """
                \(part: filter) AND (\(part: place), p.name_folded, p.id) \(part: beyond)
                    (SELECT \(part: place), p.name_folded, p.id FROM person p WHERE p.id = \(last))
                """
        }
        let limit = Int(query.limit ?? Self.pageSize)
        let way: SQLQuery = isDescending ? "DESC" : "ASC"
        let ids = try context.sql.all(
            """
            SELECT p.id FROM person p WHERE \(part: filter)
            ORDER BY \(part: place) \(part: way), p.name_folded \(part: way), p.id \(part: way) LIMIT \(limit + 1)
            """
        ) { $0.id(0) as PersonID }
        let page = Array(ids.prefix(limit))
        var people = try PeopleStore.listed(page, at: context.now, context.sql)
        if isAdministrator { try PeopleStore.complete(&people, context.sql) }
        return PeoplePage(people: people, cursor: ids.count > limit ? page.last.map { String($0.rawValue) } : nil)
    }

    /// By what a person `p` is put in order.
    private static func place(_ order: PeopleOrder, at now: Instant) -> SQLQuery {
        switch order {
        case .name: "p.name_folded"
        case .state: "p.state"
        case .organisation:
            """
            COALESCE((SELECT o.name_folded FROM mandate m JOIN organisation o ON o.id = m.organisation
                WHERE m.person = p.id AND \(part: isValid(at: now)) ORDER BY m.id LIMIT 1), '')
            """
        }
    }

    // MARK: person.get

    func get(_ query: GetPerson, _ context: QueryContext) throws -> FoundPerson {
        let actor = context.actor
        let isAdministrator = try PeopleStore.isAdministrator(actor, context.sql)
        guard let record = try PeopleStore.person(query.person, context.sql), record.state != .erased,
            try isAdministrator || record.id == actor.id || shares(actor.id, with: record, context.sql)
        else { throw WireError.notFound }
        var people = try PeopleStore.listed([record.id], at: context.now, context.sql)
        if isAdministrator { try PeopleStore.complete(&people, context.sql) }
        guard let person = people.first else { throw WireError.notFound }
        let own = Set(try neighbours.all.flatMap { try $0.networks(of: actor.id, context.sql).map(\.0) })
        let networks = try neighbours.all.flatMap { try $0.networks(of: record.id, context.sql) }
            .filter { isAdministrator || own.contains($0.0) }
        return FoundPerson(person: person, networks: networks.map { NetworkPlace(id: $0.0, role: $0.1.rawValue) })
    }

    private func shares(_ member: MemberID, with person: PersonRecord, _ sql: any SQLReader) throws -> Bool {
        guard person.state == .active else { return false }
        return try sql.exists(
            "SELECT 1 FROM person p WHERE p.id = \(person.id) AND p.id IN (\(part: acquaintances(of: member, in: nil)))"
        )
    }

    private func acquaintances(of member: MemberID?, in network: NetworkID?) -> SQLQuery {
        neighbours.acquaintances(of: member, in: network) ?? "\(member?.rawValue ?? 0)"
    }

    /// The condition that a mandate `m` is valid.
    static func isValid(at now: Instant) -> SQLQuery {
        """
        m.state <> 'ended' AND (m.starts_at IS NULL OR m.starts_at <= \(now))
            AND (m.ends_at IS NULL OR m.ends_at > \(now))
        """
    }

    // MARK: person.export

    /// An export on disk, and who keeps it.
    struct Export: Sendable {
        let keeper: any PeopleNeighbour
        let placed: PlacedExport
    }

    func prepare(_ command: ExportPerson, _ context: QueryContext) throws -> Export {
        if context.actor.kind != .person || command.person != context.actor.id {
            try PeopleStore.requireAdministrator(context.actor, context.sql)
        }
        guard let person = try PeopleStore.person(command.person, context.sql), person.state != .erased else {
            throw WireError.notFound
        }
        var members = try ownData(of: person, context)
        for neighbour in neighbours.all {
            members += try neighbour.export(person.id, context.sql).map { JSONObject.Member(name: $0.0, value: $0.1) }
        }
        let content = JSON.object(JSONObject(members)).text
        for neighbour in neighbours.all {
            if let placed = try neighbour.placeExport(content, of: person.id, context) {
                return Export(keeper: neighbour, placed: placed)
            }
        }
        throw WireError(.unavailable, "this server keeps no files", retryable: false)
    }

    func export(_ command: ExportPerson, _ export: Export, _ work: UnitOfWork) throws -> ExportedPerson {
        // The person may have been erased while the export was made.
        guard let person = try PeopleStore.person(command.person, work.sql), person.state != .erased else {
            throw WireError.notFound
        }
        let file = try export.keeper.keepExport(export.placed, of: person.id, work)
        try work.audit("person.export", subject: person.id.rawValue)
        return ExportedPerson(file: file)
    }

    private func ownData(of person: PersonRecord, _ context: QueryContext) throws -> [JSONObject.Member] {
        let own = OwnPerson(
            id: person.id,
            name: person.name,
            email: person.email,
            language: person.language,
            zone: person.zone,
            roles: try PeopleStore.roles(of: person.id, context.sql).map(\.rawValue)
        )
        let mandates = try Mandates.facts(of: person.id, all: true, at: context.now, context.sql)
        let sessions = try context.sql.all(
            """
            SELECT created_at, last_use, address, client, ended_at FROM session WHERE person = \(person.id)
            ORDER BY id DESC LIMIT 1000
            """
        ) { row in
            JSON.members([
                "at": .string(row.instant(0).description), "lastUse": .string(row.instant(1).description),
                "address": row.optionalText(2).map(JSON.string) ?? .null,
                "client": row.optionalText(3).map(JSON.string) ?? .null,
                "ended": row.optionalInstant(4).map { .string($0.description) } ?? .null,
            ])
        }
        return [
            .init(name: "exportedAt", value: .string(context.now.description)),
            .init(name: "person", value: try JSONParser.parse(own.text)),
            .init(name: "state", value: .string(person.state.rawValue)),
            .init(name: "mandates", value: .array(try mandates.map { try JSONParser.parse($0.text) })),
            .init(name: "sessions", value: .array(sessions)),
        ]
    }
}

extension PeopleStore {
    /// People as others see them, in the order given, each with the organisation and title of the first valid mandate.
    public static func listed(_ ids: [PersonID], at now: Instant, _ sql: any SQLReader) throws -> [ListedPerson] {
        var people: [PersonID: ListedPerson] = [:]
        try sql.forEach("SELECT id, name FROM person WHERE id IN (\(list: ids))") { row in
            people[row.id(0)] = ListedPerson(
                id: row.id(0),
                name: row.text(1),
                organisation: nil,
                organisationName: nil,
                title: nil
            )
        }
        try sql.forEach(
            """
            SELECT m.person, m.organisation, o.name, m.title FROM mandate m JOIN organisation o ON o.id = m.organisation
            WHERE m.person IN (\(list: ids)) AND \(part: ReadingPersons.isValid(at: now)) ORDER BY m.person, m.id
            """
        ) { row in
            guard let known = people[row.id(0)], known.organisation == nil else { return }
            people[row.id(0)]?.organisation = row.id(1)
            people[row.id(0)]?.organisationName = row.text(2)
            people[row.id(0)]?.title = row.optionalText(3)
        }
        return ids.compactMap { people[$0] }
    }

    /// Adds what administrators see.
    static func complete(_ people: inout [ListedPerson], _ sql: any SQLReader) throws {
        var known: [PersonID: (state: String, email: String)] = [:]
        try sql.forEach("SELECT id, state, email FROM person WHERE id IN (\(list: people.map(\.id)))") { row in
            known[row.id(0)] = (row.text(1), row.text(2))
        }
        var roles: [PersonID: [String]] = [:]
        try sql.forEach(
            "SELECT person, role FROM person_role WHERE person IN (\(list: people.map(\.id))) ORDER BY person, role"
        ) { roles[$0.id(0), default: []].append($0.text(1)) }
        for index in people.indices {
            people[index].roles = roles[people[index].id]
            people[index].state = known[people[index].id]?.state
            people[index].email = known[people[index].id]?.email
        }
    }
}
