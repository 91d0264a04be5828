import CommunityKernel
import Files
import Journal
import Messages
import WireProtocol

/// `experiment.get` and `experiment.list`.
struct ExperimentViews: Sendable {
    let access: SolutionAccess

    private static let pageSize: Int64 = 200

    func get(_ query: GetExperiment, _ context: QueryContext) throws -> ExperimentView {
        let found = try list(where: "x.id = \(query.experiment)", limit: 1, context)
        guard let experiment = found.first else { throw WireError.notFound }
        return experiment
    }

    func list(_ query: ListExperiments, _ context: QueryContext) throws -> ExperimentList {
        var filter: SQLQuery = "1 = 1"
        if let network = query.network {
            guard try access.mayRead(network, context.actor, context.sql) else { throw WireError.notFound }
            filter = "x.network = \(network)"
        }
        if let city = query.city { filter = "\(part: filter) AND x.city = \(city)" }
        if let state = query.state { filter = "\(part: filter) AND x.state = \(state.rawValue)" }
        if let solution = query.solution { filter = "\(part: filter) AND x.solution = \(solution)" }
        if let cursor = query.cursor {
            guard let last = Int64(cursor) else { throw WireError.invalid("with.cursor", "not_allowed") }
            filter = "\(part: filter) AND x.id < \(last)"
        }
        let size = Int(query.limit ?? Self.pageSize)
        let found = try list(where: filter, limit: size + 1, context)
        let page = Array(found.prefix(size))
        return ExperimentList(experiments: page, cursor: found.count > size ? page.last?.id.description : nil)
    }

    /// Experiments of the reader's networks.
    func list(where filter: SQLQuery, limit: Int, _ context: QueryContext) throws -> [ExperimentView] {
        let sql = context.sql
        let reach = try access.condition("x.network", for: context.actor, sql)
        let found = try ExperimentStore.experiments(
            where: "\(part: reach) AND \(part: filter)",
            limit: limit,
            sql
        )
        let files = try FileStore.allAttached(toEntities: found.map(\.id.rawValue), sql)
        return try found.map { experiment in
            var view = try Self.told(experiment, files[experiment.id.rawValue], sql)
            view.mayChange = try access.actsFor(
                experiment.city,
                in: experiment.network,
                context.actor,
                at: context.now,
                sql
            )
            return view
        }
    }

    /// What is the same for everybody who reads it: what its updates bear.
    static func told(
        _ experiment: ExperimentRecord,
        _ files: [AttachedFile]?,
        _ sql: any SQLReader
    ) throws
        -> ExperimentView
    {
        var view = experiment.news
        view.network = experiment.network
        view.city = experiment.city
        view.cityName = try SolutionViews.city(experiment.city, sql).name
        view.createdBy = experiment.createdBy
        view.area = experiment.area
        view.title = experiment.title
        view.text = experiment.text
        view.html = experiment.text.map { Markdown.html($0) }
        view.outcome = experiment.outcome
        view.note = experiment.note
        view.noteHtml = experiment.note.map { Markdown.html($0) }
        view.files = files
        view.from = experiment.first
        view.to = experiment.last
        view.started = experiment.started
        view.concluded = experiment.concluded
        view.at = experiment.at
        return view
    }

    /// The same of one experiment as it stands there now.
    static func told(_ experiment: ExperimentRecord, _ sql: any SQLReader) throws -> ExperimentView {
        let id = experiment.id.rawValue
        return try told(experiment, FileStore.allAttached(toEntities: [id], sql)[id], sql)
    }

    /// Appends the update of a change that is written down already; `before` is nil for what was begun.
    static func tell(
        _ update: (ExperimentView) -> some ServerUpdate,
        _ experiment: ExperimentRecord,
        since before: ExperimentView?,
        _ work: UnitOfWork
    ) throws {
        // The solution stays: who follows one is told of what it is tried in.
        let news = try told(experiment, work.sql).changes(
            since: before,
            always: ["id", "revision", "state", "solution"]
        )
        // Files are told by their names, which go with whoever uploaded them.
        let owners = try news.files == nil ? [] : FileStore.owned(byEntity: experiment.id.rawValue, work.sql).map(\.by)
        try NamedPeople.note(in: news, also: owners, work)
        try work.append(update(news), to: .network(experiment.network))
    }
}
