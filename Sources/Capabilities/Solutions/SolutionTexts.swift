import CommunityKernel
import Documents
import Journal
import WireProtocol

/// What an edit of a solution's document means for the solution.
struct SolutionTexts: DocumentHolder {
    let telling: TellingSolutions

    func holds(_ document: DocumentID, _ sql: any SQLReader) throws -> Bool {
        try SolutionStore.solution(of: document, sql) != nil
    }

    func hasPublished(_ pattern: String, in document: DocumentID, _ sql: any SQLReader) throws -> Bool {
        try SolutionStore.hasPublished(pattern, in: document, sql)
    }

    /// A published solution opens its next version; what is being reviewed or was found tested gets another revision, so
    /// that nobody approves what was not read.
    func edits(_ document: DocumentID, _ work: UnitOfWork) throws {
        guard var solution = try SolutionStore.solution(of: document, work.sql) else { return }
        try solution.require(.draft, .inReview, .tested, .published)
        let isNew = try SolutionStore.isNewAuthor(of: solution.id, work)
        guard isNew || solution.state == .published else {
            // Each key that is pressed comes here: nothing else is another one by it.
            guard solution.state != .draft else { return }
            try SolutionStore.save(&solution, work)
            var news = solution.news
            news.changed = solution.changed
            try work.append(SolutionWritten(news), to: .network(solution.network))
            return
        }
        let before = try telling.before(solution, work)
        try SolutionStore.author(of: solution.id, work)
        if solution.state != .draft {
            try WritingSolutions.reopen(&solution, work)
            try SolutionStore.save(&solution, work)
        }
        try telling.tell(SolutionWritten.init, solution, since: before, work)
    }
}
