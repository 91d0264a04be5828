import CommunityKernel
import Files
import Journal
import WireProtocol

/// `experiment.create`, `.change` and `.advance`.
struct RunningExperiments: Sendable {
    let access: SolutionAccess

    func create(_ command: CreateExperiment, _ work: UnitOfWork) throws -> CreatedExperiment {
        guard try access.mayRead(command.network, work.actor, work.sql) else { throw WireError.notFound }
        try access.requireCity(command.city, in: command.network, work)
        try access.requireSolutionsWritten(in: command.network, work.sql)
        try access.requireCityExists(command.city, work.sql)
        try requireSolution(command.solution, in: command.network, work.sql)
        try Self.requirePeriod(command.from, command.to)
        let experiment = ExperimentRecord(command, work)
        try ExperimentStore.insert(experiment, work.sql)
        try ExperimentViews.tell(ExperimentCreated.init, experiment, since: nil, work)
        return CreatedExperiment(id: experiment.id)
    }

    func change(_ command: ChangeExperiment, _ work: UnitOfWork) throws -> Nothing {
        var experiment = try changeable(command.experiment, work)
        try experiment.requireNewest(command.revision)
        guard experiment.state != .concluded else { throw experiment.refused("the experiment is concluded") }
        try requireSolution(command.solution, in: experiment.network, work.sql)
        let before = try ExperimentViews.told(experiment, work.sql)
        experiment.title = command.title ?? experiment.title
        experiment.text = command.text ?? experiment.text
        experiment.solution = command.solution ?? experiment.solution
        experiment.first = command.from ?? experiment.first
        experiment.last = command.to ?? experiment.last
        try Self.requirePeriod(experiment.first, experiment.last)
        try ExperimentStore.save(&experiment, work.sql)
        try ExperimentViews.tell(ExperimentChanged.init, experiment, since: before, work)
        return Nothing()
    }

    func advance(_ command: AdvanceExperiment, _ work: UnitOfWork) throws -> ExperimentStanding {
        var experiment = try changeable(command.experiment, work)
        try experiment.requireNewest(command.revision)
        let before = try ExperimentViews.told(experiment, work.sql)
        switch (experiment.state, command.to) {
        case (.proposed, .started):
            experiment.started = work.now
        case (.started, .concluded):
            guard command.outcome != nil else { throw WireError.invalid("with.outcome", "missing") }
            experiment.concluded = work.now
        default:
            throw experiment.refused("the experiment is \(experiment.state.rawValue)")
        }
        guard command.to == .concluded || command.outcome == nil else {
            throw WireError.invalid("with.outcome", "not_allowed")
        }
        experiment.state = command.to
        experiment.outcome = command.outcome
        experiment.note = command.note ?? experiment.note
        try ExperimentStore.save(&experiment, work.sql)
        for file in command.files ?? [] {
            _ = try FileStore.attach(file, toEntity: experiment.id.rawValue, by: work.actor, work)
        }
        try ExperimentViews.tell(ExperimentAdvanced.init, experiment, since: before, work)
        return ExperimentStanding(state: experiment.state, revision: experiment.revision)
    }

    private func changeable(_ id: ExperimentID, _ work: UnitOfWork) throws -> ExperimentRecord {
        guard let experiment = try ExperimentStore.experiment(id, work.sql),
            try access.mayRead(experiment.network, work.actor, work.sql)
        else { throw WireError.notFound }
        try access.requireCity(experiment.city, in: experiment.network, work)
        return experiment
    }

    private static func requirePeriod(_ first: String?, _ last: String?) throws {
        for (day, path) in [(first, "with.from"), (last, "with.to")] {
            guard let day else { continue }
            guard case .day? = Moment(day) else { throw WireError.invalid(path, "not_a_time") }
        }
        // Days in this form come in the order of time.
        if let first, let last, last < first { throw WireError.invalid("with.to", "before_start") }
    }

    private func requireSolution(_ id: SolutionID?, in network: NetworkID, _ sql: any SQLReader) throws {
        guard let id else { return }
        guard let solution = try SolutionStore.solution(id, sql), solution.network == network else {
            throw WireError.notFound
        }
    }
}
