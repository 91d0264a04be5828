import Journal
import OperationalTransformation
import WireProtocol

/// Places in a document that move with its text.
///
/// Each is kept as it was at some revision and followed through the changes since when it is asked for; whenever a text
/// is kept whole, the places are taken along, so that never more than the changes between two such texts are gone through.
enum Anchors {
    /// A place as it is kept.
    struct Place {
        let id: Int64
        let revision: Int64
        let range: Range<Int>
    }

    /// Where places are in the newest text, by id.
    static func present(
        _ places: [Place],
        in document: DocumentRecord,
        _ texts: DocumentTexts,
        _ sql: any SQLReader
    ) throws
        -> [Int64: Range<Int>]
    {
        var rest = places.sorted { $0.revision < $1.revision }[...]
        guard let oldest = rest.first?.revision else { return [:] }
        let count = try texts.head(of: document, sql).text.count
        guard let changes = try texts.changes(of: document, after: oldest, sql) else {
            // Only after the retained changes were made fewer than lie between two texts.
            return Dictionary(places.map { ($0.id, $0.range.clamped(to: 0..<count)) }) { first, _ in first }
        }
        var moving: [(id: Int64, range: Range<Int>)] = []
        for (offset, change) in changes.enumerated() {
            while let next = rest.first, next.revision == oldest + Int64(offset) {
                moving.append((next.id, next.range))
                rest.removeFirst()
            }
            for index in moving.indices { moving[index].range = change.mapRange(moving[index].range) }
        }
        moving += rest.map { ($0.id, $0.range) }
        return Dictionary(moving.map { ($0.id, $0.range) }) { first, _ in first }
    }

    /// Keeps all places of a document as they are in its newest text.
    static func advance(_ document: DocumentRecord, _ texts: DocumentTexts, _ sql: any SQLWriter) throws {
        let comments = try CommentStore.comments(of: document.id, sql)
        let present = try Self.present(comments.compactMap(\.place), in: document, texts, sql)
        for comment in comments {
            guard let range = present[comment.id.rawValue] else { continue }
            try sql.execute(
                """
                UPDATE document_comment SET revision = \(document.revision), begins = \(range.lowerBound),
                    ends = \(range.upperBound) WHERE id = \(comment.id)
                """
            )
        }
        for suggestion in try SuggestionStore.open(on: document.id, sql) {
            guard let change = try SuggestionStore.present(suggestion, in: document, texts, sql) else { continue }
            try sql.execute(
                """
                UPDATE document_suggestion SET revision = \(document.revision),
                    changes = \(String(decoding: ChangeCodec.json(change).text, as: UTF8.self))
                WHERE id = \(suggestion.id)
                """
            )
        }
    }
}
