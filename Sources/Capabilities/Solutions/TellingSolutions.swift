import CommunityKernel
import Journal
import WireProtocol

/// Tells what became of a solution: an update bears all that its query gives otherwise than before.
struct TellingSolutions: Sendable {
    let facts: SolutionFacts

    private static let always: Set<String> = ["id", "revision", "state", "version", "published"]

    /// What stands there now, before something changes.
    func before(_ solution: SolutionRecord, _ work: UnitOfWork) throws -> SolutionView {
        try facts.told(solution, work.sql)
    }

    /// Appends the update of a change that is written down already; `before` is nil for what was begun.
    func tell(
        _ update: (SolutionView) -> some ServerUpdate,
        _ solution: SolutionRecord,
        since before: SolutionView?,
        _ work: UnitOfWork,
        _ more: (inout SolutionView) -> Void = { _ in }
    ) throws {
        var news = try facts.told(solution, work.sql).changes(
            since: before,
            always: Self.always,
            maps: ["parts", "partsHtml"]
        )
        more(&news)
        try NamedPeople.note(in: news, work)
        try work.append(update(news), to: .network(solution.network))
    }
}
