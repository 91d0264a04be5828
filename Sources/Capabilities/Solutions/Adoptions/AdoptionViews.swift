import CommunityKernel
import Files
import Journal
import Messages
import WireProtocol

/// `adoption.get` and `adoption.list`.
struct AdoptionViews: Sendable {
    let access: SolutionAccess
    let takingOver: TakingOver

    private static let pageSize: Int64 = 200

    func get(_ query: GetAdoption, _ context: QueryContext) throws -> AdoptionView {
        let sql = context.sql
        guard var view = try list(where: "a.id = \(query.adoption)", limit: 1, context).first else {
            throw WireError.notFound
        }
        view.steps = try Self.steps(of: query.adoption, sql)
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
        if let origin = query.origin {
            filter = "\(part: filter) AND a.solution IN (SELECT id FROM solution WHERE city = \(origin))"
        }
        if let cursor = query.cursor {
            filter = "\(part: filter) AND \(part: try ChangedCursor.after(cursor, of: "a"))"
        }
        let size = Int(query.limit ?? Self.pageSize)
        let found = try records(where: filter, limit: size + 1, context)
        let page = found.prefix(size)
        return AdoptionList(
            adoptions: try shown(Array(page), context),
            cursor: found.count > size ? page.last.map { ChangedCursor.text($0.changed, $0.id.rawValue) } : nil
        )
    }

    /// Adoptions of the reader's networks, without their steps.
    func list(where filter: SQLQuery, limit: Int, _ context: QueryContext) throws -> [AdoptionView] {
        try shown(records(where: filter, limit: limit, context), context)
    }

    private func records(where filter: SQLQuery, limit: Int, _ context: QueryContext) throws -> [AdoptionRecord] {
        let reach = try access.condition("a.network", for: context.actor, context.sql)
        return try AdoptionStore.adoptions(where: "\(part: reach) AND \(part: filter)", limit: limit, context.sql)
    }

    private func shown(_ found: [AdoptionRecord], _ context: QueryContext) throws -> [AdoptionView] {
        let sql = context.sql
        return try found.compactMap { adoption in
            guard let solution = try SolutionStore.solution(adoption.solution, sql) else { return nil }
            var view = try Self.told(adoption, of: solution, sql)
            view.may = try adoption.next.filter { step in
                try takingOver.mayTake(step, adoption, solution, context.actor, at: context.now, sql)
            }.map(\.rawValue)
            return view
        }
    }

    /// What is the same for everybody who reads it: what its updates bear, but for the steps.
    private static func told(
        _ adoption: AdoptionRecord,
        of solution: SolutionRecord,
        _ sql: any SQLReader
    ) throws
        -> AdoptionView
    {
        let people = try SolutionViews.people([adoption.referent, adoption.originReferent].compactMap { $0 }, sql)
        var view = adoption.news
        view.network = adoption.network
        view.title = solution.title
        view.version = adoption.version
        view.newer = solution.published.flatMap { $0 > adoption.version ? $0 : nil }
        view.city = adoption.city
        view.cityName = try SolutionViews.city(adoption.city, sql).name
        view.createdBy = try AdoptionStore.asker(of: adoption.id, sql)
        view.origin = try SolutionViews.city(solution.city, sql)
        view.referent = adoption.referent.flatMap { people[$0] }
        view.originReferent = adoption.originReferent.flatMap { people[$0] }
        view.at = adoption.at
        view.changed = adoption.changed
        return view
    }

    /// The same with the steps, as an adoption stands there now.
    static func whole(
        _ adoption: AdoptionRecord,
        of solution: SolutionRecord,
        _ sql: any SQLReader
    ) throws
        -> AdoptionView
    {
        var view = try told(adoption, of: solution, sql)
        view.steps = try steps(of: adoption.id, sql)
        return view
    }

    /// Appends the update of a change that is written down already; `before` is nil for what was asked for.
    static func tell(
        _ update: (AdoptionView) -> some ServerUpdate,
        _ adoption: AdoptionRecord,
        of solution: SolutionRecord,
        since before: AdoptionView?,
        _ work: UnitOfWork
    ) throws {
        let news = try whole(adoption, of: solution, work.sql).changes(
            since: before,
            always: ["id", "revision", "state", "solution"]
        )
        try NamedPeople.note(in: news, work)
        try work.append(update(news), to: .network(adoption.network))
    }

    private static func steps(of adoption: AdoptionID, _ sql: any SQLReader) throws -> [AdoptionStep] {
        let steps = try sql.all(
            """
            SELECT seq, state, note, person, at FROM adoption_step
            WHERE adoption = \(adoption) ORDER BY seq LIMIT 100
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
        return steps.map { row in
            var step = row.step
            step.html = step.note.map { Markdown.html($0) }
            step.by = people[row.person]
            step.files = files[row.seq]
            return step
        }
    }
}
