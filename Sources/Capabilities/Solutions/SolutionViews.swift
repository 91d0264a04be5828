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
    let facts: SolutionFacts
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

    /// The cities that take it over, which their adoptions tell.
    private func addAdopters(of solution: SolutionRecord, _ sql: any SQLReader, to view: inout SolutionView) throws {
        view.transferred = try AdoptionStore.isTransferred(solution.id, sql)
        view.adopted = try AdoptionStore.goingOn(solution.id, sql)
        view.adopters = try AdoptionStore.furthest(of: solution.id, sql).map { city, state in
            var adopter = SolutionAdopter()
            adopter.id = city
            adopter.name = try Self.city(city, sql).name
            adopter.state = state
            return adopter
        }
        .sorted { ($0.name, $0.id.rawValue) < ($1.name, $1.id.rawValue) }
    }

    /// A row of a list: what is being written, or the published version of it.
    func item(
        _ solution: SolutionRecord,
        asPublished: Bool = false,
        _ sql: any SQLReader
    ) throws
        -> SolutionView
    {
        var view = try facts.basic(solution, sql)
        try addAdopters(of: solution, sql, to: &view)
        var summary: String?
        if asPublished, !solution.isAtRest, let version = solution.published,
            let content = try SolutionContent.content(of: solution.id, version: version, sql)
        {
            SolutionFacts.show(content, as: version, of: solution, in: &view)
            summary = content.parts[.summary]
        } else {
            summary = try sql.first(
                "SELECT text FROM solution_part WHERE solution = \(solution.id) AND part = \(KitPart.summary.rawValue)"
            ) { $0.text(0) }
        }
        view.summary = summary.map { String(Markdown.plain($0).prefix(Self.beginning)) }
        return view
    }

    func whole(_ solution: SolutionRecord, version: Int64?, _ context: QueryContext) throws -> SolutionView {
        let sql = context.sql
        var view = try facts.told(solution, version: version, sql)
        // It never changes, may be long and names people of elsewhere: updates do not bear it.
        view.origin = try sql.first("SELECT origin FROM solution WHERE id = \(solution.id)") { $0.optionalText(0) }
            .flatMap { $0 }.map { try JSONParser.parse(Array($0.utf8), limits: .answers) }
        try addAdopters(of: solution, sql, to: &view)
        view.experiments = try experiments.list(where: "x.solution = \(solution.id)", limit: 100, context)
        view.adoptions = try adoptions.list(where: "a.solution = \(solution.id)", limit: 200, context)
        view.references = try references.list(of: solution, context)
        view.me = try rights(solution, context)
        return view
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
