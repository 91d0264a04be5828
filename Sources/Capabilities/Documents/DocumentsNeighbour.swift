import CommunityKernel
import Journal
import Messages
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
                JSONObject(data.members.filter { !["text", "html", "by", "mentions"].contains($0.name) })
            }
            try work.sql.execute("UPDATE document_comment SET author = 0, text = '–', mentions = '' WHERE id = \(id)")
            try work.sql.execute("DELETE FROM document_comment_name WHERE comment = \(id)")
        }
        let naming: [CommentID] = try work.sql.all(
            "SELECT comment FROM document_comment_name WHERE person = \(person) ORDER BY comment LIMIT \(limit)"
        ) { $0.id(0) }
        for comment in naming { try takeName(of: person, outOf: comment, work) }
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
        return comments.count == limit || naming.count == limit || revisions.count == limit
    }

    /// Takes the written name out of what somebody else noted, also in the journal.
    private func takeName(of person: PersonID, outOf id: CommentID, _ work: UnitOfWork) throws {
        if var comment = try CommentStore.comment(id, work.sql) {
            comment.mentions.removeAll { $0 == person }
            comment.text = Markdown.nameless(comment.text, person)
            let mentions = comment.mentions.map(\.description).joined(separator: ",")
            try work.sql.execute(
                "UPDATE document_comment SET text = \(comment.text), mentions = \(mentions) WHERE id = \(id)"
            )
            let html = comment.html
            try work.rewrite(id.rawValue) { data in
                JSONObject(
                    data.members.compactMap { member in
                        switch member.name {
                        case "text": .init(name: "text", value: .string(comment.text))
                        case "html": .init(name: "html", value: .string(html))
                        case "mentions" where comment.mentions.isEmpty: nil
                        case "mentions":
                            .init(name: "mentions", value: .array(comment.mentions.map { .int($0.rawValue) }))
                        default: member
                        }
                    }
                )
            }
        }
        try work.sql.execute("DELETE FROM document_comment_name WHERE person = \(person) AND comment = \(id)")
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
