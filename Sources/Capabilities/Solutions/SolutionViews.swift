import CommunityKernel
import Events
import Journal
import Messages
import Networks
import People
import WireProtocol

/// Shows solutions to who reads them.
struct SolutionViews: Sendable {
    let access: SolutionAccess
    let references: SolutionReferences
    let adoptions: AdoptionViews
    let experiments: ExperimentViews

    /// Characters of a summary in lists.
    private static let beginning = 300

    static func city(_ id: OrganisationID, _ sql: any SQLReader) throws -> NamedOrganisation {
        NamedOrganisation(id: id, name: try PeopleStore.organisation(id, sql)?.name ?? "")
    }

    static func people(_ ids: [PersonID], _ sql: any SQLReader) throws -> [PersonID: NamedPerson] {
        try PeopleStore.names(of: Array(Set(ids)), sql).reduce(into: [:]) { found, named in
            found[named.key] = NamedPerson(id: named.key, name: named.value)
        }
    }

    /// What is shown of a solution everywhere.
    private func facts(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> SolutionView {
        var view = solution.news
        view.network = solution.network
        view.document = solution.document
        view.title = solution.title
        view.city = solution.city
        view.cityName = try Self.city(solution.city, sql).name
        view.createdBy = solution.createdBy
        view.area = solution.area
        view.licence = solution.licence
        view.supersededBy = solution.supersededBy
        view.at = solution.at
        view.changed = solution.changed
        view.transferred = try AdoptionStore.isTransferred(solution.id, sql)
        view.adopted = try AdoptionStore.goingOn(solution.id, sql)
        view.cost = solution.cost.map { .on($0) }
        view.adopters = try AdoptionStore.furthest(of: solution.id, sql).map { city, state in
            var adopter = SolutionAdopter()
            adopter.id = city
            adopter.name = try Self.city(city, sql).name
            adopter.state = state
            return adopter
        }
        .sorted { ($0.name, $0.id.rawValue) < ($1.name, $1.id.rawValue) }
        return view
    }

    func item(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> SolutionView {
        var view = try facts(solution, sql)
        let summary: String? = try sql.first(
            "SELECT text FROM solution_part WHERE solution = \(solution.id) AND part = \(KitPart.summary.rawValue)"
        ) { $0.text(0) }
        view.summary = summary.map { String(Markdown.plain($0).prefix(Self.beginning)) }
        return view
    }

    func whole(_ solution: SolutionRecord, version: Int64?, _ context: QueryContext) throws -> SolutionView {
        let sql = context.sql
        var view = try facts(solution, sql)
        let parts: [KitPart: String]
        // Without anything being written, what is shown is the newest version.
        let isAtRest = [.published, .superseded, .withdrawn].contains(solution.state)
        if let number = version ?? (isAtRest ? solution.published : nil) {
            guard let content = try SolutionContent.content(of: solution.id, version: number, sql) else {
                throw WireError.notFound
            }
            view.version = number
            view.title = content.title
            view.licence = content.licence
            view.cost = content.cost.map { .on($0) }
            view.text = content.text
            view.missing = []
            parts = content.parts
        } else {
            parts = try SolutionStore.parts(of: solution.id, sql)
            view.missing = try missing(solution, parts, sql)
            view.approvalsNeeded = try access.approvalsNeeded(in: solution.network, sql)
        }
        view.parts = SolutionContent.json(of: parts)
        view.partsHtml = SolutionContent.json(of: parts.mapValues { Markdown.html($0) })
        view.experiments = try experiments.list(where: "x.solution = \(solution.id)", limit: 100, context)
        view.adoptions = try adoptions.list(where: "a.solution = \(solution.id)", limit: 200, context)
        view.reviewers = try reviewers(solution, version: view.version ?? solution.version, sql)
        view.references = try references.list(of: solution, context)
        view.acts = try acts(solution, sql)
        view.versions = try versions(solution, sql)
        view.authors = try authors(solution, sql)
        view.origin = try sql.first("SELECT origin FROM solution WHERE id = \(solution.id)") { $0.optionalText(0) }
            .flatMap { $0 }.map { try JSONParser.parse(Array($0.utf8), limits: .answers) }
        view.me = try rights(solution, context)
        return view
    }

    private func missing(
        _ solution: SolutionRecord,
        _ parts: [KitPart: String],
        _ sql: any SQLReader
    ) throws
        -> [String]
    {
        var missing = try ReviewingSolutions.missing(solution, parts, access, sql)
        if try !ExperimentStore.isAnyConcluded(of: solution.id, sql) { missing.append("experiments") }
        if [.draft, .inReview].contains(solution.state) { missing.append("approval") }
        return missing
    }

    private func reviewers(
        _ solution: SolutionRecord,
        version: Int64,
        _ sql: any SQLReader
    ) throws
        -> [SolutionReviewer]
    {
        let rows = try sql.all(
            """
            SELECT person, city, state, reason, at FROM solution_review
            WHERE solution = \(solution.id) AND version = \(version) ORDER BY at, person LIMIT 100
            """
        ) { row in
            (
                person: row.id(0) as PersonID, city: row.optionalID(1) as OrganisationID?,
                state: ReviewState(rawValue: row.text(2)) ?? .asked, reason: row.optionalText(3), at: row.instant(4)
            )
        }
        let names = try PeopleStore.names(of: rows.map(\.person), sql)
        return try rows.map { row in
            var reviewer = SolutionReviewer()
            reviewer.person = row.person
            reviewer.name = names[row.person]
            reviewer.city = try row.city.map { try Self.city($0, sql) }
            reviewer.state = row.state
            reviewer.reason = row.reason
            reviewer.at = row.at
            return reviewer
        }
    }

    private func acts(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> [SolutionAct] {
        let rows = try sql.all(
            """
            SELECT act, version, person, reason, at FROM solution_act
            WHERE solution = \(solution.id) ORDER BY seq LIMIT 500
            """
        ) { row in
            var act = SolutionAct()
            act.act = SolutionActKind(rawValue: row.text(0)) ?? .created
            act.version = row.int(1)
            act.reason = row.optionalText(3)
            act.at = row.instant(4)
            return (person: row.id(2) as PersonID, act: act)
        }
        let people = try Self.people(rows.map(\.person), sql)
        return rows.map { row in
            var act = row.act
            act.by = people[row.person]
            return act
        }
    }

    private func versions(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> [SolutionVersion] {
        let rows = try sql.all(
            """
            SELECT version, hash, publisher, at FROM solution_version
            WHERE solution = \(solution.id) ORDER BY version DESC LIMIT 200
            """
        ) { row in
            var version = SolutionVersion()
            version.version = row.int(0)
            version.hash = row.text(1)
            version.at = row.instant(3)
            return (person: row.id(2) as PersonID, version: version)
        }
        let people = try Self.people(rows.map(\.person), sql)
        return rows.reversed().map { row in
            var version = row.version
            version.by = people[row.person]
            return version
        }
    }

    private func authors(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> [NamedPerson] {
        let authors: [PersonID] = try sql.all(
            "SELECT person FROM solution_author WHERE solution = \(solution.id) ORDER BY at, person LIMIT 200"
        ) { $0.id(0) }
        let people = try Self.people(authors, sql)
        return authors.compactMap { people[$0] }
    }

    private func rights(_ solution: SolutionRecord, _ context: QueryContext) throws -> SolutionRights {
        let (sql, member) = (context.sql, context.actor)
        var rights = SolutionRights()
        guard let network = try NetworkStore.network(solution.network, sql), !access.events.rules.isDormant(network),
            try access.takesPart(member, in: solution.network, sql)
        else { return rights }
        let isOpen = ![.superseded, .withdrawn].contains(solution.state)
        let others = try access.reviewing(solution, member, at: context.now, sql)
        let settles = try access.maySettle(solution, member, at: context.now, sql)
        rights.write = isOpen
        rights.submit = solution.state == .draft
        rights.ask = solution.state == .inReview ? true : nil
        rights.returns = solution.state == .inReview && (settles || !others.isEmpty)
        if solution.state == .inReview {
            let approvals = try ReviewingSolutions.approvals(of: solution, sql)
            rights.approve = ReviewingSolutions.city(of: others, spokenForBy: member.id, approvals) != nil
        }
        rights.publish = solution.state == .tested && settles
        rights.withdraw = isOpen && solution.published != nil && settles
        if isOpen, solution.published != nil {
            rights.adopt = try adoptable(solution, others, context)
        }
        return rights
    }

    /// The cities for which somebody may ask to adopt the newest version: those one acts for, for facilitators all.
    private func adoptable(
        _ solution: SolutionRecord,
        _ own: [OrganisationID],
        _ context: QueryContext
    ) throws
        -> [NamedOrganisation]
    {
        let sql = context.sql
        let cities =
            try access.facilitates(solution.network, context.actor, sql)
            ? PeopleStore.metropolitanCities(sql).map(\.id).filter { $0 != solution.city } : own
        let taken = try AdoptionStore.cities(of: solution.id, version: solution.published ?? 0, sql)
        return try cities.filter { !taken.contains($0) }.map { try Self.city($0, sql) }
    }
}
