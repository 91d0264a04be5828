import CommunityKernel
import Journal
import WireProtocol

/// An experiment as the store knows one.
struct ExperimentRecord: Sendable {
    let id: ExperimentID
    let network: NetworkID
    let city: OrganisationID
    let area: SolutionArea
    var title: String
    var solution: SolutionID?
    var text: String?
    var state: ExperimentState
    var outcome: ExperimentOutcome?
    var note: String?
    /// Its days, which may be other ones than those on which it was written down here.
    var first: String?
    var last: String?
    var revision: Int64
    let creator: MemberID
    let at: Instant
    var started: Instant?
    var concluded: Instant?

    static let columns: SQLQuery = """
        x.id, x.network, x.city, x.area, x.title, x.solution, x.text, x.state, x.outcome, x.note, x.revision, \
        x.creator, x.at, x.started_at, x.concluded_at, x.first_day, x.last_day
        """

    init(_ row: any SQLRow) {
        id = row.id(0)
        network = row.id(1)
        city = row.id(2)
        area = SolutionArea(rawValue: row.text(3)) ?? .edilizia
        title = row.text(4)
        solution = row.optionalID(5)
        text = row.optionalText(6)
        state = ExperimentState(rawValue: row.text(7)) ?? .concluded
        outcome = row.optionalText(8).flatMap(ExperimentOutcome.init(rawValue:))
        note = row.optionalText(9)
        revision = row.int(10)
        creator = row.id(11)
        at = row.instant(12)
        started = row.optionalInstant(13)
        concluded = row.optionalInstant(14)
        first = row.optionalText(15)
        last = row.optionalText(16)
    }

    init(_ command: CreateExperiment, _ work: UnitOfWork) {
        id = work.nextID()
        network = command.network
        city = command.city
        area = command.area
        title = command.title
        solution = command.solution
        text = command.text
        first = command.from
        last = command.to
        state = .proposed
        revision = 1
        creator = work.actor.id
        at = work.now
    }

    /// Who planned it, as far as somebody did.
    var createdBy: MemberID? { creator.rawValue == 0 ? nil : creator }

    /// What an update says of each change.
    var news: ExperimentView {
        var view = ExperimentView()
        view.id = id
        view.revision = revision
        view.state = state
        view.solution = solution
        return view
    }

    /// Refuses what was decided on another revision, where the command says on which.
    func requireNewest(_ read: Int64?) throws {
        guard read == nil || read == revision else { throw refused("there is a newer revision") }
    }

    func refused(_ message: String) -> WireError {
        .conflict(message, current: .members(["state": .string(state.rawValue), "revision": .int(revision)]))
    }
}

/// The experiments' queries.
enum ExperimentStore {
    static func experiment(_ id: ExperimentID, _ sql: any SQLReader) throws -> ExperimentRecord? {
        try sql.first(
            "SELECT \(part: ExperimentRecord.columns) FROM experiment x WHERE x.id = \(id)",
            ExperimentRecord.init
        )
    }

    static func experiments(where filter: SQLQuery, limit: Int, _ sql: any SQLReader) throws -> [ExperimentRecord] {
        try sql.all(
            """
            SELECT \(part: ExperimentRecord.columns) FROM experiment x WHERE \(part: filter)
            ORDER BY x.id DESC LIMIT \(limit)
            """,
            ExperimentRecord.init
        )
    }

    static func isAnyConcluded(of solution: SolutionID, _ sql: any SQLReader) throws -> Bool {
        try sql.exists("SELECT 1 FROM experiment WHERE solution = \(solution) AND state = 'concluded' LIMIT 1")
    }

    static func insert(_ experiment: ExperimentRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO experiment (id, network, city, area, title, solution, text, state, revision, creator, at,
                first_day, last_day)
            VALUES (\(experiment.id), \(experiment.network), \(experiment.city), \(experiment.area.rawValue),
                \(experiment.title), \(experiment.solution), \(experiment.text), \(experiment.state.rawValue),
                \(experiment.revision), \(experiment.creator), \(experiment.at), \(experiment.first),
                \(experiment.last))
            """
        )
    }

    static func save(_ experiment: inout ExperimentRecord, _ sql: any SQLWriter) throws {
        experiment.revision += 1
        try sql.execute(
            """
            UPDATE experiment SET title = \(experiment.title), solution = \(experiment.solution),
                text = \(experiment.text), first_day = \(experiment.first), last_day = \(experiment.last), state = \(experiment.state.rawValue),
                outcome = \(experiment.outcome?.rawValue), note = \(experiment.note),
                revision = \(experiment.revision), started_at = \(experiment.started),
                concluded_at = \(experiment.concluded)
            WHERE id = \(experiment.id)
            """
        )
    }
}
