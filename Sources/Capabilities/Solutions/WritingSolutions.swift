import CommunityKernel
import Documents
import Journal
import WireProtocol

/// `solution.create`, `.change`, `.write` and `.license`.
struct WritingSolutions: Sendable {
    let access: SolutionAccess
    let telling: TellingSolutions
    let documents: DocumentShelf
    let settings: SolutionSettings

    func create(_ command: CreateSolution, _ work: UnitOfWork) throws -> CreatedSolution {
        try create(command, text: "", work)
    }

    /// Starts a solution whose document says something already.
    func create(_ command: CreateSolution, text: String, _ work: UnitOfWork) throws -> CreatedSolution {
        guard try access.mayRead(command.network, work.actor, work.sql) else { throw WireError.notFound }
        try access.requireMember(of: command.network, work)
        try access.requireSolutionsWritten(in: command.network, work.sql)
        try access.requireCityExists(command.city, work.sql)
        try access.requireOrigin(command.city, in: command.network, work.sql)
        let known = try work.sql.count("SELECT COUNT(*) FROM solution WHERE network = \(command.network)")
        guard known < settings.perNetwork else {
            throw WireError(.full, "a network has at most \(settings.perNetwork) solutions")
        }
        let document = try documents.begin(command.title, text: text, in: command.network, work)
        let solution = SolutionRecord(command, id: work.nextID(), document: document, work)
        try SolutionStore.insert(solution, work.sql)
        try SolutionStore.note(.created, solution, seq: work.nextSeq, work)
        try SolutionStore.author(of: solution.id, work)
        try telling.tell(SolutionCreated.init, solution, since: nil, work)
        return CreatedSolution(id: solution.id, document: document)
    }

    func write(_ command: WriteSolution, _ work: UnitOfWork) throws -> SolutionRevision {
        var (solution, before) = try editable(command.solution, command.revision, work)
        try SolutionStore.write(command.text, as: command.part, of: solution, work.sql)
        try SolutionStore.save(&solution, work)
        try SolutionStore.author(of: solution.id, work)
        try telling.tell(SolutionWritten.init, solution, since: before, work) { $0.part = command.part }
        return SolutionRevision(revision: solution.revision)
    }

    func change(_ command: ChangeSolution, _ work: UnitOfWork) throws -> SolutionRevision {
        var (solution, before) = try editable(command.solution, command.revision, work)
        guard command.title != nil || command.cost != nil else { throw WireError.invalid("with.title", "missing") }
        if case .on(let cost)? = command.cost {
            guard !cost.isEmpty else { throw WireError.invalid("with.cost", "empty") }
            solution.cost = cost
        } else if command.cost != nil {
            solution.cost = nil
        }
        if let title = command.title { solution.title = title }
        try SolutionStore.save(&solution, work)
        try SolutionStore.author(of: solution.id, work)
        if command.title != nil {
            try SolutionStore.reword(solution, work.sql)
            try documents.rename(solution.document, to: solution.title, work)
        }
        try telling.tell(SolutionChanged.init, solution, since: before, work)
        return SolutionRevision(revision: solution.revision)
    }

    func license(_ command: LicenseSolution, _ work: UnitOfWork) throws -> SolutionRevision {
        var (solution, before) = try editable(command.solution, command.revision, work)
        guard let licence = SPDXExpression(command.licence) else {
            throw WireError.invalid("with.licence", "not_a_licence")
        }
        solution.licence = licence.text
        try SolutionStore.save(&solution, work)
        try telling.tell(SolutionLicensed.init, solution, since: before, work)
        return SolutionRevision(revision: solution.revision)
    }

    /// The solution about to be written, and what it was before: a published one opens its next version.
    private func editable(
        _ id: SolutionID,
        _ revision: Int64,
        _ work: UnitOfWork
    ) throws
        -> (SolutionRecord, before: SolutionView)
    {
        var solution = try access.writable(id, work)
        try solution.require(.draft, .inReview, .tested, .published)
        try solution.requireNewest(revision)
        let before = try telling.before(solution, work)
        try Self.reopen(&solution, work)
        return (solution, before)
    }

    /// Opens the next version of a published solution; the caller saves and tells it.
    static func reopen(_ solution: inout SolutionRecord, _ work: UnitOfWork) throws {
        guard solution.state == .published else { return }
        solution.state = .draft
        solution.version += 1
        try SolutionStore.note(.reopened, solution, seq: work.nextSeq, work)
    }
}
