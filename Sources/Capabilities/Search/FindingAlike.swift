import CommunityKernel
import Events
import Journal
import Messages
import Solutions
import WireProtocol

/// The query `solution.similar`.
struct FindingAlike: Sendable {
    let solutions: SolutionShelf

    /// Solutions in an answer.
    private static let most = 5
    /// Rows of the index looked at.
    private static let scanned = 60
    /// Words of a solution that others are sought by.
    private static let words = 40
    /// How alike one must be at least, as a part of how alike it is to itself: less is chance.
    private static let least = 0.2
    /// What the same area counts more.
    private static let sameArea = 1.5

    func answer(_ query: SimilarSolutions, _ context: QueryContext) throws -> SolutionList {
        let sql = context.sql
        let solution = try solutions.readable(query.solution, by: context.actor, sql)
        let summary = try SolutionStore.parts(of: solution.id, sql)[.summary].map(Markdown.plain) ?? ""
        let words = Self.words(of: solution.title + " " + summary)
        guard !words.isEmpty else { return SolutionList(solutions: [], cursor: nil) }
        let scores = try FullText.nearest(
            words,
            kind: SearchKind.solution.rawValue,
            // What the reader may not read takes no place of what may be read.
            where: solutions.condition("i.network", for: context.actor, sql),
            limit: Self.scanned,
            sql
        )
        // The solution itself is what its own words fit best; before it is indexed, the best there is.
        let own = scores.first { $0.id == solution.id.rawValue }?.score ?? scores.map(\.score).max() ?? 0
        var found: [(solution: SolutionRecord, score: Double)] = []
        for (id, score) in scores where id != solution.id.rawValue && score >= own * Self.least {
            // By what is true now: the index follows a moment later.
            guard let other = try SolutionStore.solution(SolutionID(id), sql),
                ![.superseded, .withdrawn].contains(other.state),
                try solutions.mayRead(other, context.actor, sql)
            else { continue }
            found.append((other, other.area == solution.area ? score * Self.sameArea : score))
        }
        found.sort { ($0.score, $0.solution.id.rawValue) > ($1.score, $1.solution.id.rawValue) }
        return SolutionList(
            solutions: try found.prefix(Self.most).map { try solutions.item($0.solution, sql) },
            cursor: nil
        )
    }

    /// The words that say something, each once: those of three letters and less mostly do not.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            guard word.count > 3, words.count < Self.words, !words.contains(String(word)) else { continue }
            words.append(String(word))
        }
        return words
    }
}
