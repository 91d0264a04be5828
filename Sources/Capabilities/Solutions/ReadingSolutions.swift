import CommunityKernel
import Journal
import People
import WireProtocol

/// `solution.get` and `solution.list`.
struct ReadingSolutions: Sendable {
    let access: SolutionAccess
    let views: SolutionViews

    private static let pageSize: Int64 = 50

    func get(_ query: GetSolution, _ context: QueryContext) throws -> SolutionView {
        let solution = try access.readable(query.solution, by: context.actor, context.sql)
        return try views.whole(solution, version: query.version, context)
    }

    func list(_ query: ListSolutions, _ context: QueryContext) throws -> SolutionList {
        let sql = context.sql
        var filter = try access.condition("s.network", for: context.actor, sql)
        func add(_ condition: SQLQuery) { filter = "\(part: filter) AND \(part: condition)" }
        if let network = query.network {
            guard try access.mayRead(network, context.actor, sql) else { throw WireError.notFound }
            add("s.network = \(network)")
        }
        if let area = query.area { add("s.area = \(area.rawValue)") }
        if let city = query.city { add("s.city = \(city)") }
        if let state = query.state {
            // What is published stays so while its next version is being written.
            add(
                state == .published
                    ? "s.published IS NOT NULL AND s.state NOT IN ('superseded', 'withdrawn')"
                    : "s.state = \(state.rawValue)"
            )
        }
        let found = Columns(asPublished: query.state == .published)
        for word in (query.text ?? "").split(separator: " ").prefix(10) {
            add("\(part: found.words) LIKE \(Folding.pattern(String(word))) ESCAPE '\\'")
        }
        if let event = query.event { add(referring(.event, event.rawValue)) }
        if let decision = query.decision { add(referring(.decision, decision.rawValue)) }
        if let transferred = query.transferred {
            let inUse: SQLQuery = "s.id IN (SELECT solution FROM adoption WHERE state IN ('in_use', 'evaluated'))"
            add(transferred ? inUse : "NOT \(part: inUse)")
        }
        if let city = query.adoptedBy {
            add("s.id IN (SELECT solution FROM adoption WHERE city = \(city) AND state <> 'abandoned')")
        }
        if let cost = query.cost {
            add("(\(part: found.once) IS NOT NULL OR \(part: found.yearly) IS NOT NULL)")
            add("COALESCE(\(part: found.once), 0) + COALESCE(\(part: found.yearly), 0) <= \(cost)")
        }
        if let cursor = query.cursor { add(try ChangedCursor.after(cursor, of: "s")) }
        let size = Int(query.limit ?? Self.pageSize)
        let rows = try SolutionStore.solutions(where: filter, limit: size + 1, sql)
        let page = rows.prefix(size)
        return SolutionList(
            solutions: try page.map { try views.item($0, asPublished: query.state == .published, sql) },
            cursor: rows.count > size ? page.last.map { ChangedCursor.text($0.changed, $0.id.rawValue) } : nil
        )
    }

    /// What a row is found by: by what it shows.
    private struct Columns {
        let words: SQLQuery
        let once: SQLQuery
        let yearly: SQLQuery

        init(asPublished: Bool) {
            func column(_ published: SQLQuery, _ written: SQLQuery) -> SQLQuery {
                guard asPublished else { return written }
                return "CASE WHEN s.published_words IS NULL THEN \(part: written) ELSE \(part: published) END"
            }
            words = column("s.published_words", "s.words")
            once = column("s.published_once", "s.cost_once")
            yearly = column("s.published_yearly", "s.cost_yearly")
        }
    }

    private func referring(_ kind: ReferenceKind, _ target: Int64) -> SQLQuery {
        "s.id IN (SELECT solution FROM solution_reference WHERE kind = \(kind.rawValue) AND target = \(target))"
    }
}
