import CommunityKernel
import Documents
import Journal
import WireProtocol

/// What an edit of a solution's document means for the solution.
struct SolutionTexts: DocumentHolder {
    func holds(_ document: DocumentID, _ sql: any SQLReader) throws -> Bool {
        try SolutionStore.solution(of: document, sql) != nil
    }

    func hasPublished(_ pattern: String, in document: DocumentID, _ sql: any SQLReader) throws -> Bool {
        try sql.exists(
            """
            SELECT 1 FROM solution s JOIN solution_version v ON v.solution = s.id
            WHERE s.document = \(document) AND v.content LIKE \(pattern) LIMIT 1
            """
        )
    }

    /// A published solution opens its next version; what is being reviewed or was found tested gets another revision, so
    /// that nobody approves what was not read.
    func edits(_ document: DocumentID, _ work: UnitOfWork) throws {
        guard var solution = try SolutionStore.solution(of: document, work.sql) else { return }
        try solution.require(.draft, .inReview, .tested, .published)
        try SolutionStore.author(of: solution.id, work)
        guard solution.state != .draft else { return }
        try WritingSolutions.reopen(&solution, work)
        try SolutionStore.save(&solution, work)
        try work.append(SolutionWritten(solution.news), to: .network(solution.network))
    }
}
