import CommunityKernel
import Journal
import WireProtocol

/// Making, changing and listing organisations.
struct Organisations: Sendable {
    let neighbours: Neighbours

    func create(_ command: CreateOrganisation, _ work: UnitOfWork) throws -> CreatedOrganisation {
        try PeopleStore.requireAdministrator(work)
        try requireFree(command.slug, work.sql)
        try requireCity(command.parent, work.sql)
        var facts = OrganisationFacts()
        facts.id = work.nextID()
        facts.slug = command.slug
        facts.kind = command.kind
        facts.name = command.name
        facts.istat = command.istat ?? ""
        facts.region = command.region ?? ""
        facts.parent = command.parent
        facts.lat = command.lat
        facts.lon = command.lon
        facts.municipalities = command.municipalities
        facts.source = command.source
        try work.sql.execute(
            """
            INSERT INTO organisation (id, slug, kind, name, name_folded, istat, region, parent, lat, lon,
                municipalities, source, revision)
            VALUES (\(facts.id), \(facts.slug), \(facts.kind.rawValue), \(facts.name), \(Folding.name(facts.name)),
                \(command.istat), \(command.region), \(facts.parent), \(facts.lat), \(facts.lon),
                \(facts.municipalities), \(facts.source), 1)
            """
        )
        if let parent = command.parent {
            // Where it stood before it was entered is not known: from the beginning.
            try work.sql.execute(
                "INSERT INTO organisation_parent (organisation, parent, since) VALUES (\(facts.id), \(parent), 0)"
            )
        }
        try work.append(OrganisationCreated(facts), to: .community)
        try work.audit("organisation.create", subject: facts.id.rawValue, organisation: facts.id)
        return CreatedOrganisation(id: facts.id)
    }

    func change(_ command: ChangeOrganisation, _ work: UnitOfWork) throws -> CreatedOrganisation {
        try PeopleStore.requireAdministrator(work)
        let old = try found(command, work.sql)
        if let revision = command.revision, revision != old.revision {
            throw WireError.conflict(
                "the organisation changed",
                current: .members(["revision": .int(old.revision)])
            )
        }
        var facts = OrganisationFacts(old)
        if let slug = command.slug, slug != old.slug {
            try requireFree(slug, work.sql)
            facts.slug = slug
        }
        try requireCity(command.parent, work.sql)
        if command.parent == old.id { throw WireError.invalid("with.parent", "not_allowed") }
        facts.kind = command.kind ?? facts.kind
        facts.name = command.name ?? facts.name
        facts.istat = command.istat ?? facts.istat
        facts.region = command.region ?? facts.region
        facts.parent = command.parent ?? facts.parent
        facts.lat = command.lat ?? facts.lat
        facts.lon = command.lon ?? facts.lon
        facts.municipalities = command.municipalities ?? facts.municipalities
        facts.source = command.source ?? facts.source
        facts.revision += 1
        try work.sql.execute(
            """
            UPDATE organisation SET slug = \(facts.slug), kind = \(facts.kind.rawValue), name = \(facts.name),
                name_folded = \(Folding.name(facts.name)), istat = \(facts.istat), region = \(facts.region),
                parent = \(facts.parent), lat = \(facts.lat), lon = \(facts.lon),
                municipalities = \(facts.municipalities), source = \(facts.source), revision = \(facts.revision)
            WHERE id = \(facts.id)
            """
        )
        if facts.parent != old.parent { try move(facts.id, to: facts.parent, work) }
        try work.append(OrganisationChanged(facts), to: .community)
        if facts.parent != old.parent || facts.kind != old.kind { try judgeAnew(facts.id, work) }
        try work.audit("organisation.change", subject: facts.id.rawValue, organisation: facts.id)
        return CreatedOrganisation(id: facts.id)
    }

    func list(_ query: ListOrganisations, _ context: QueryContext) throws -> OrganisationList {
        let limit = Int(query.limit ?? 2_000)
        var filter: SQLQuery = "1 = 1"
        if let kind = query.kind { filter = "\(part: filter) AND o.kind = \(kind.rawValue)" }
        if let region = query.region { filter = "\(part: filter) AND o.region = \(region)" }
        if let city = query.city { filter = "\(part: filter) AND (o.id = \(city) OR o.parent = \(city))" }
        if let text = query.text {
            filter = "\(part: filter) AND o.name_folded LIKE \(Folding.pattern(text)) ESCAPE '\\'"
        }
        if let cursor = query.cursor {
            guard let last = Int64(cursor) else { throw WireError.invalid("with.cursor", "not_allowed") }
            filter = """
                \(part: filter) AND (o.name_folded, o.id) > (SELECT name_folded, id FROM organisation WHERE id = \(last))
                """
        }
        let found = try context.sql.all(
            """
            SELECT \(part: PeopleStore.organisationColumns) FROM organisation o WHERE \(part: filter)
            ORDER BY o.name_folded, o.id LIMIT \(limit + 1)
            """,
            PeopleStore.organisationRecord
        )
        let page = found.prefix(limit).map(OrganisationFacts.init)
        return OrganisationList(
            organisations: page,
            cursor: found.count > limit ? page.last.map { String($0.id.rawValue) } : nil
        )
    }

    private func found(_ command: ChangeOrganisation, _ sql: any SQLReader) throws -> OrganisationRecord {
        let record: OrganisationRecord?
        if let id = command.organisation {
            record = try PeopleStore.organisation(id, sql)
        } else if let slug = command.slug {
            record = try PeopleStore.organisation(slug: slug, sql)
        } else {
            throw WireError.invalid("with.organisation", "missing")
        }
        guard let record else { throw WireError.notFound }
        return record
    }

    /// What the mandates for an organisation give depends on where it belongs.
    private func judgeAnew(_ organisation: OrganisationID, _ work: UnitOfWork) throws {
        let people: [PersonID] = try work.sql.all(
            "SELECT DISTINCT person FROM mandate WHERE organisation = \(organisation) AND state = 'active'"
        ) { $0.id(0) }
        for person in people { try neighbours.standingChanged(person, work) }
    }

    private func requireFree(_ slug: String, _ sql: any SQLReader) throws {
        if let holder = try PeopleStore.organisation(slug: slug, sql) {
            throw WireError.conflict(
                "the slug \(slug) is taken",
                current: .members(["organisation": .int(holder.id.rawValue), "revision": .int(holder.revision)])
            )
        }
    }

    private func requireCity(_ parent: OrganisationID?, _ sql: any SQLReader) throws {
        guard let parent else { return }
        guard try PeopleStore.organisation(parent, sql)?.kind == .metropolitanCity else {
            throw WireError.invalid("with.parent", "not_allowed")
        }
    }

    /// From now on it belongs elsewhere; what was before stays on record.
    private func move(_ organisation: OrganisationID, to parent: OrganisationID?, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            UPDATE organisation_parent SET until = \(work.now)
            WHERE organisation = \(organisation) AND until IS NULL
            """
        )
        guard let parent else { return }
        try work.sql.execute(
            """
            INSERT INTO organisation_parent (organisation, parent, since)
            VALUES (\(organisation), \(parent), \(work.now))
            ON CONFLICT (organisation, since) DO UPDATE SET parent = excluded.parent, until = NULL
            """
        )
    }
}

extension OrganisationFacts {
    /// The facts of a record.
    init(_ record: OrganisationRecord) {
        self.init()
        id = record.id
        slug = record.slug
        kind = record.kind
        name = record.name
        istat = record.istat ?? ""
        region = record.region ?? ""
        parent = record.parent
        lat = record.lat
        lon = record.lon
        municipalities = record.municipalities
        source = record.source
        revision = record.revision
    }
}
