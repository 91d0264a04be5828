import CommunityKernel
public import Journal
import Messages
import People
public import WireProtocol

/// The solutions' queries.
public enum SolutionStore {
    /// A solution by its id.
    public static func solution(_ id: SolutionID, _ sql: any SQLReader) throws -> SolutionRecord? {
        try sql.first("SELECT \(part: SolutionRecord.columns) FROM solution s WHERE s.id = \(id)", SolutionRecord.init)
    }

    static func solution(of document: DocumentID, _ sql: any SQLReader) throws -> SolutionRecord? {
        try sql.first(
            "SELECT \(part: SolutionRecord.columns) FROM solution s WHERE s.document = \(document)",
            SolutionRecord.init
        )
    }

    static func solutions(
        where condition: SQLQuery,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [SolutionRecord]
    {
        try sql.all(
            """
            SELECT \(part: SolutionRecord.columns) FROM solution s WHERE \(part: condition)
            ORDER BY s.changed_at DESC, s.id DESC LIMIT \(limit)
            """,
            SolutionRecord.init
        )
    }

    static func insert(_ solution: SolutionRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO solution (id, network, document, title, words, city, area, state, version, revision, creator,
                at, changed_at)
            VALUES (\(solution.id), \(solution.network), \(solution.document), \(solution.title),
                \(Folding.name(solution.title)), \(solution.city), \(solution.area.rawValue),
                \(solution.state.rawValue), \(solution.version), \(solution.revision), \(solution.creator),
                \(solution.at), \(solution.changed))
            """
        )
    }

    /// Writes down what changed: the revision rises by one.
    static func save(_ solution: inout SolutionRecord, _ work: UnitOfWork) throws {
        solution.revision += 1
        solution.changed = work.now
        try work.sql.execute(
            """
            UPDATE solution SET title = \(solution.title), state = \(solution.state.rawValue),
                version = \(solution.version), published = \(solution.published), revision = \(solution.revision),
                licence = \(solution.licence), cost_once = \(solution.cost?.once),
                cost_yearly = \(solution.cost?.yearly), superseded_by = \(solution.supersededBy),
                changed_at = \(solution.changed)
            WHERE id = \(solution.id)
            """
        )
    }

    // MARK: Parts

    /// The parts of a kit that say something.
    public static func parts(of solution: SolutionID, _ sql: any SQLReader) throws -> [KitPart: String] {
        let all = try sql.all("SELECT part, text FROM solution_part WHERE solution = \(solution)") {
            ($0.text(0), $0.text(1))
        }
        return Dictionary(
            all.compactMap { name, text in KitPart(rawValue: name).map { ($0, text) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    static func write(_ text: String, as part: KitPart, of solution: SolutionRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO solution_part (solution, part, text) VALUES (\(solution.id), \(part.rawValue), \(text))
            ON CONFLICT (solution, part) DO UPDATE SET text = \(text)
            """
        )
        if part == .summary { try reword(solution, sql) }
    }

    /// Keeps the words that a list is narrowed by: of the title and the summary.
    static func reword(_ solution: SolutionRecord, _ sql: any SQLWriter) throws {
        let summary = try parts(of: solution.id, sql)[.summary].map(Markdown.plain) ?? ""
        let words = Folding.name(solution.title + "\n" + summary)
        try sql.execute("UPDATE solution SET words = \(words) WHERE id = \(solution.id)")
    }

    /// Keeps what a list of what is published is narrowed by, whatever is written from now on.
    static func keepPublished(_ solution: SolutionID, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            UPDATE solution SET published_words = words, published_once = cost_once, published_yearly = cost_yearly
            WHERE id = \(solution)
            """
        )
    }

    // MARK: What happened

    static func note(
        _ act: SolutionActKind,
        _ solution: SolutionRecord,
        reason: String? = nil,
        seq: Int64,
        _ work: UnitOfWork
    ) throws {
        try work.sql.execute(
            """
            INSERT INTO solution_act (seq, solution, act, version, person, reason, at)
            VALUES (\(seq), \(solution.id), \(act.rawValue), \(solution.shown), \(work.actor.id), \(reason),
                \(work.now))
            """
        )
    }

    /// Whether what somebody writes adds an author.
    static func isNewAuthor(of solution: SolutionID, _ work: UnitOfWork) throws -> Bool {
        guard work.actor.kind == .person else { return false }
        return try !work.sql.exists(
            "SELECT 1 FROM solution_author WHERE solution = \(solution) AND person = \(work.actor.id)"
        )
    }

    /// Whether a version that was published has a text like `pattern` of a document.
    public static func hasPublished(
        _ pattern: String,
        in document: DocumentID,
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        try sql.exists(
            """
            SELECT 1 FROM solution s JOIN solution_version v ON v.solution = s.id
            WHERE s.document = \(document) AND v.content LIKE \(pattern) LIMIT 1
            """
        )
    }

    /// Who writes is one of the authors from then on.
    static func author(of solution: SolutionID, _ work: UnitOfWork) throws {
        guard work.actor.kind == .person else { return }
        try work.sql.execute(
            """
            INSERT INTO solution_author (solution, person, at) VALUES (\(solution), \(work.actor.id), \(work.now))
            ON CONFLICT (solution, person) DO NOTHING
            """
        )
    }
}
