import CommunityKernel
import Journal
import People
import WireProtocol

/// What becomes of a person's part in documents with the person.
///
/// A text is its network's and stays, without saying who wrote what; comments and suggestions lose their words.
struct DocumentsNeighbour: PeopleNeighbour {
    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        let comments: [Int64] = try work.sql.all(
            "SELECT id FROM document_comment WHERE author = \(person) ORDER BY id LIMIT \(limit)"
        ) { $0.int(0) }
        for id in comments {
            try work.rewrite(id) { data in
                JSONObject(data.members.filter { !["text", "html", "by"].contains($0.name) })
            }
            try work.sql.execute("UPDATE document_comment SET author = 0, text = '–' WHERE id = \(id)")
        }
        try work.sql.execute(
            """
            UPDATE document_suggestion SET author = 0, text = NULL, changes = NULL,
                state = CASE WHEN state = \(SuggestionState.open.rawValue)
                    THEN \(SuggestionState.rejected.rawValue) ELSE state END
            WHERE author = \(person)
            """
        )
        try work.sql.execute("UPDATE document_version SET author = 0 WHERE author = \(person)")
        let revisions = try work.sql.all(
            """
            SELECT document, revision, seq FROM document_revision WHERE author = \(person)
            ORDER BY document, revision LIMIT \(limit)
            """
        ) { (document: $0.id(0) as DocumentID, revision: $0.int(1), seq: $0.int(2)) }
        for (document, revision, seq) in revisions {
            try work.rewrite(seq) { data in
                JSONObject(data.members.filter { !["by", "opId", "createdBy"].contains($0.name) })
            }
            try work.sql.execute(
                """
                UPDATE document_revision SET author = 0, op = NULL, digest = NULL
                WHERE document = \(document) AND revision = \(revision)
                """
            )
        }
        try work.sql.execute("UPDATE document SET creator = 0 WHERE creator = \(person)")
        return comments.count == limit || revisions.count == limit
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let comments = try sql.all(
            "SELECT id, document, at, text FROM document_comment WHERE author = \(person) ORDER BY id"
        ) { row in
            JSON.members([
                "id": .int(row.int(0)), "document": .int(row.int(1)), "at": .string(row.instant(2).description),
                "text": .string(row.text(3)),
            ])
        }
        let suggestions = try sql.all(
            "SELECT id, document, at, text, state FROM document_suggestion WHERE author = \(person) ORDER BY id"
        ) { row in
            JSON.members([
                "id": .int(row.int(0)), "document": .int(row.int(1)), "at": .string(row.instant(2).description),
                "text": row.optionalText(3).map(JSON.string) ?? .null, "state": .string(row.text(4)),
            ])
        }
        let written = try sql.all(
            """
            SELECT r.document, d.title, COUNT(*), MIN(r.at), MAX(r.at), SUM(r.inserted) FROM document_revision r
            JOIN document d ON d.id = r.document WHERE r.author = \(person)
            GROUP BY r.document, d.title ORDER BY r.document
            """
        ) { row in
            JSON.members([
                "document": .int(row.int(0)), "title": .string(row.text(1)), "revisions": .int(row.int(2)),
                "first": .string(row.instant(3).description), "last": .string(row.instant(4).description),
                "units": .int(row.int(5)),
            ])
        }
        return [
            ("documentComments", .array(comments)), ("documentSuggestions", .array(suggestions)),
            ("documentsWritten", .array(written)),
        ]
    }
}
