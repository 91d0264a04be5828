import CommunityKernel
import Documents
import Journal
import Messages
import Solutions
import WireProtocol

/// Keeps documents and solutions in the index.
///
/// Who writes makes a revision every second: what changed is noted at once and indexed a little later, once for all that
/// came meanwhile.
struct IndexingTexts: Sendable {
    let documents: DocumentShelf

    /// Texts indexed in one transaction: one may be long.
    private static let piece = 5

    /// Notes that a document or solution is to be written anew, when an update says so.
    static func note(_ update: PastUpdate, _ work: UnitOfWork) throws {
        let kind: SearchKind = update.type.hasPrefix("solution.") ? .solution : .document
        // A change of the text names its document by its stream alone, a comment by a field.
        let stream = update.stream.rawValue.split(separator: "/")
        let named = stream.first == "document" ? stream.last.flatMap { Int64($0) } : update.data["document"]?.int
        guard let id = kind == .document ? named ?? update.data["id"]?.int : update.data["id"]?.int else { return }
        try work.sql.execute(
            "INSERT INTO search_due (id, kind) VALUES (\(id), \(kind.rawValue)) ON CONFLICT (id) DO NOTHING"
        )
    }

    var tick: Tick {
        Tick(
            name: "search.texts",
            seconds: 2,
            isDue: { try $0.sql.exists("SELECT 1 FROM search_due LIMIT 1") },
            run: { work in
                let due = try work.sql.all("SELECT id, kind FROM search_due ORDER BY id LIMIT \(Self.piece)") {
                    ($0.int(0), $0.text(1))
                }
                for (id, kind) in due {
                    try work.sql.execute("DELETE FROM search_due WHERE id = \(id)")
                    if kind == SearchKind.solution.rawValue {
                        try index(SolutionID(id), work)
                    } else {
                        try index(DocumentID(id), work)
                    }
                }
                return due.count == Self.piece
            }
        )
    }

    private func index(_ id: DocumentID, _ work: UnitOfWork) throws {
        try SearchIndex.remove(id.rawValue, work)
        guard let document = try documents.words(of: id, work.sql) else { return }
        try add(
            id.rawValue,
            .document,
            document.network,
            author: document.creator,
            at: document.at,
            title: document.title,
            body: ([document.text] + document.comments).map(Markdown.plain).joined(separator: "\n"),
            work
        )
    }

    private func index(_ id: SolutionID, _ work: UnitOfWork) throws {
        try SearchIndex.remove(id.rawValue, work)
        guard let solution = try SolutionStore.solution(id, work.sql) else { return }
        let parts = try SolutionStore.parts(of: id, work.sql)
        try add(
            id.rawValue,
            .solution,
            solution.network,
            author: solution.creator,
            at: solution.at,
            title: solution.title,
            body: KitPart.allCases.compactMap { parts[$0].map(Markdown.plain) }.joined(separator: "\n"),
            work
        )
    }

    private func add(
        _ id: Int64,
        _ kind: SearchKind,
        _ network: NetworkID,
        author: MemberID,
        at: Instant,
        title: String,
        body: String,
        _ work: UnitOfWork
    ) throws {
        try work.sql.execute(
            """
            INSERT INTO search_item (id, kind, network, listed, author, at)
            VALUES (\(id), \(kind.rawValue), \(network), 1, \(author), \(at))
            """
        )
        try FullText.insert(id, title: title, body: body, work.sql)
    }
}
