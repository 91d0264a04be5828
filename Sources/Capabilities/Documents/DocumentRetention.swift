import CommunityKernel
import Journal
import WireProtocol

/// Lets go of changes that nobody can need any more.
///
/// In the journal they stand for connections that fall behind, for a day; in the document for transformation, for the
/// last so many revisions. Texts kept whole thin out below that. Author, time and size of each revision stay, and the
/// answers to its operation.
enum DocumentRetention {
    /// Rows of one run.
    private static let piece = 500

    static func tick(_ settings: DocumentSettings) -> Tick {
        Tick(
            name: "documents",
            seconds: 60,
            isDue: { context in
                try !told(settings, context.now, limit: 1, context.sql).isEmpty
                    || surplus(settings, limit: 1, context.sql).isEmpty == false
            },
            run: { work in
                let told = try told(settings, work.now, limit: piece, work.sql)
                for (document, revision, seq) in told {
                    try work.rewrite(seq) { data in JSONObject(data.members.filter { $0.name != "changes" }) }
                    try work.sql.execute(
                        """
                        UPDATE document_revision SET told = 0
                        WHERE document = \(document) AND revision = \(revision)
                        """
                    )
                }
                let surplus = try surplus(settings, limit: piece, work.sql)
                for (document, revision) in surplus {
                    try work.sql.execute(
                        """
                        UPDATE document_revision SET changes = NULL
                        WHERE document = \(document) AND revision = \(revision)
                        """
                    )
                    try work.sql.execute(
                        """
                        DELETE FROM document_snapshot
                        WHERE document = \(document) AND revision <= \(revision) AND revision > 1
                            AND revision % \(settings.oldSnapshotEvery) <> 0
                        """
                    )
                }
                return told.count == piece || surplus.count == piece
            }
        )
    }

    private static func told(
        _ settings: DocumentSettings,
        _ now: Instant,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [(DocumentID, Int64, Int64)]
    {
        let before = now.advanced(bySeconds: -settings.journalHours * 3_600)
        return try sql.all(
            """
            SELECT document, revision, seq FROM document_revision
            WHERE told = 1 AND at < \(before) ORDER BY at LIMIT \(limit)
            """
        ) { ($0.id(0), $0.int(1), $0.int(2)) }
    }

    /// Revisions whose changes are older than what is retained; of changes still retained there is always a text below.
    private static func surplus(
        _ settings: DocumentSettings,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [(DocumentID, Int64)]
    {
        // A text kept whole must lie below what is retained, so a stretch between two of them more stays.
        let kept = settings.retained + settings.snapshotEvery
        return try sql.all(
            """
            SELECT r.document, r.revision FROM document d
            JOIN document_revision r ON r.document = d.id AND r.revision <= d.revision - \(kept)
            WHERE d.revision > \(kept) AND r.changes IS NOT NULL ORDER BY r.document, r.revision LIMIT \(limit)
            """
        ) { ($0.id(0), $0.int(1)) }
    }
}
