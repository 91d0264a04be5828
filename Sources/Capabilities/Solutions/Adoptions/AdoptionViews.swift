import CommunityKernel
import Files
import Journal
import Messages
import WireProtocol

/// `adoption.get` and `adoption.list`.
struct AdoptionViews: Sendable {
    let access: SolutionAccess
    let takingOver: TakingOver

    private static let listed = 200

    func get(_ query: GetAdoption, _ context: QueryContext) throws -> AdoptionView {
        let sql = context.sql
        guard var view = try list(where: "a.id = \(query.adoption)", limit: 1, context).first else {
            throw WireError.notFound
        }
        let steps = try sql.all(
            """
            SELECT seq, state, note, person, at FROM adoption_step
            WHERE adoption = \(query.adoption) ORDER BY seq LIMIT 100
            """
        ) { row in
            var step = AdoptionStep()
            step.state = AdoptionState(rawValue: row.text(1)) ?? .abandoned
            step.note = row.optionalText(2)
            step.at = row.instant(4)
            return (seq: row.int(0), person: row.id(3) as PersonID, step: step)
        }
        let files = try FileStore.allAttached(toEntities: steps.map(\.seq), sql)
        let people = try SolutionViews.people(steps.map(\.person), sql)
        view.steps = steps.map { row in
            var step = row.step
            step.html = step.note.map { Markdown.html($0) }
            step.by = people[row.person]
            step.files = files[row.seq]
            return step
        }
        return view
    }

    func list(_ query: ListAdoptions, _ context: QueryContext) throws -> AdoptionList {
        var filter: SQLQuery = "1 = 1"
        if let solution = query.solution {
            _ = try access.readable(solution, by: context.actor, context.sql)
            filter = "a.solution = \(solution)"
        }
        if let network = query.network {
            guard try access.mayRead(network, context.actor, context.sql) else { throw WireError.notFound }
            filter = "\(part: filter) AND a.network = \(network)"
        }
        if let city = query.city { filter = "\(part: filter) AND a.city = \(city)" }
        return AdoptionList(adoptions: try list(where: filter, limit: Self.listed, context))
    }

    /// Adoptions of the reader's networks, without their steps.
    func list(where filter: SQLQuery, limit: Int, _ context: QueryContext) throws -> [AdoptionView] {
        let sql = context.sql
        let reach = try access.condition("a.network", for: context.actor, sql)
        let found = try AdoptionStore.adoptions(where: "\(part: reach) AND \(part: filter)", limit: limit, sql)
        let people = try SolutionViews.people(
            found.flatMap { [$0.referent, $0.originReferent].compactMap { $0 } },
            sql
        )
        let askers = try AdoptionStore.askers(of: found.map(\.id), sql)
        return try found.compactMap { adoption in
            guard let solution = try SolutionStore.solution(adoption.solution, sql) else { return nil }
            var view = adoption.news
            view.network = adoption.network
            view.title = solution.title
            view.version = adoption.version
            view.newer = solution.published.flatMap { $0 > adoption.version ? $0 : nil }
            view.city = adoption.city
            view.cityName = try SolutionViews.city(adoption.city, sql).name
            view.createdBy = askers[adoption.id]
            view.origin = try SolutionViews.city(solution.city, sql)
            view.referent = adoption.referent.flatMap { people[$0] }
            view.originReferent = adoption.originReferent.flatMap { people[$0] }
            view.at = adoption.at
            view.changed = adoption.changed
            view.may = try adoption.next.filter { step in
                try takingOver.mayTake(step, adoption, solution, context.actor, at: context.now, sql)
            }.map(\.rawValue)
            return view
        }
    }
}
