import CommunityKernel
import Files
import Journal
import Messages
import Networks
import OperationalTransformation
import WireProtocol

/// `document.list`, `.read`, `.history`, `.diff`.
struct ReadingDocuments: Sendable {
    let access: DocumentAccess
    let texts: DocumentTexts
    let settings: DocumentSettings

    private static let pageSize: Int64 = 50
    private static let context = 3

    func list(_ query: ListDocuments, _ context: QueryContext) throws -> DocumentList {
        guard try access.mayRead(in: query.network, context.actor, context.sql),
            try access.exists(query.network, context.sql)
        else { throw WireError.notFound }
        var filter: SQLQuery = "d.network = \(query.network)"
        switch query.state {
        case nil: filter = "\(part: filter) AND d.archived = 0"
        case .draft: filter = "\(part: filter) AND d.archived = 0 AND d.version IS NULL"
        case .published: filter = "\(part: filter) AND d.archived = 0 AND d.version IS NOT NULL"
        case .archived: filter = "\(part: filter) AND d.archived = 1"
        }
        if let text = query.text {
            let pattern = "%" + text.flatMap { "\\%_".contains($0) ? "\\\($0)" : String($0) } + "%"
            filter = "\(part: filter) AND LOWER(d.title) LIKE LOWER(\(pattern)) ESCAPE '\\'"
        }
        if let cursor = query.cursor {
            let parts = cursor.split(separator: ".").compactMap { Int64($0) }
            guard parts.count == 2 else { throw WireError.invalid("with.cursor", "not_allowed") }
            filter = """
                \(part: filter) AND (d.changed_at < \(parts[0]) OR (d.changed_at = \(parts[0]) AND d.id < \(parts[1])))
                """
        }
        let limit = Int(query.limit ?? Self.pageSize)
        let found = try context.sql.all(
            """
            SELECT \(part: DocumentStore.columns) FROM document d WHERE \(part: filter)
            ORDER BY d.changed_at DESC, d.id DESC LIMIT \(limit + 1)
            """,
            DocumentStore.record
        )
        var list = DocumentList()
        list.documents = found.prefix(limit).map(\.view)
        if found.count > limit, let last = found.prefix(limit).last {
            list.cursor = "\(last.changedAt.milliseconds).\(last.id)"
        }
        return list
    }

    func templates(_ query: ListDocumentTemplates, _ context: QueryContext) throws -> DocumentTemplateList {
        guard try access.mayRead(in: query.network, context.actor, context.sql),
            let network = try NetworkStore.network(query.network, context.sql)
        else { throw WireError.notFound }
        var list = DocumentTemplateList()
        list.templates = (access.rules.type(of: network)?.documentTemplates ?? []).map { template in
            var view = DocumentTemplateView()
            view.name = template.name
            view.title = BilingualName(it: template.title.it, en: template.title.en)
            return view
        }
        return list
    }

    func read(_ query: ReadDocument, _ context: QueryContext) throws -> DocumentText {
        let sql = context.sql
        let document = try access.readable(query.document, by: context.actor, sql)
        let place = try DocumentPlace(revision: query.revision, version: query.version)
        let found = try place.text(of: document, texts, sql)
        var answer = DocumentText()
        answer.document = document.view
        answer.document.title = found.title
        answer.document.revision = found.revision
        if query.revision != nil || query.version != nil {
            answer.document.version = try query.version ?? version(of: document.id, at: found.revision, sql)
        }
        answer.text = found.text.string
        // HTML is longer than its Markdown; a table of many empty cells is how a short text would grow without end.
        let files = try FileStore.owned(byEntity: document.id.rawValue, sql)
        answer.html = Markdown.html(
            answer.text,
            files: files.map(\.file),
            limit: max(Markdown.outputBytes, 4 * found.text.utf8Count)
        )
        answer.hash = Secret.hex(found.text.hash)
        answer.comments = try CommentStore.views(of: document, texts, sql)
        answer.suggestions = try SuggestionStore.views(of: document, texts, sql)
        answer.files = files.map { DocumentFile($0.file, by: $0.by) }
        return answer
    }

    /// The version that was published last of a revision.
    private func version(of document: DocumentID, at revision: Int64, _ sql: any SQLReader) throws -> Int64? {
        try sql.first(
            """
            SELECT version FROM document_version WHERE document = \(document) AND revision = \(revision)
            ORDER BY version DESC LIMIT 1
            """
        ) { $0.int(0) }
    }

    func history(_ query: GetDocumentHistory, _ context: QueryContext) throws -> DocumentHistory {
        let sql = context.sql
        let document = try access.readable(query.document, by: context.actor, sql)
        let limit = Int(query.limit ?? Self.pageSize)
        let before = query.before ?? .max
        let found = try sql.all(
            """
            SELECT revision, author, at, kind, inserted, deleted FROM document_revision
            WHERE document = \(document.id) AND revision < \(before) ORDER BY revision DESC LIMIT \(limit + 1)
            """
        ) { row in
            var view = RevisionView()
            view.revision = row.int(0)
            let author: MemberID = row.id(1)
            view.by = author.rawValue == 0 ? nil : author
            view.at = row.instant(2)
            view.kind = RevisionKind(rawValue: row.text(3)) ?? .edited
            view.summary = "+\(row.int(4)) -\(row.int(5))"
            return view
        }
        var history = DocumentHistory()
        history.revisions = Array(found.prefix(limit))
        history.more = found.count > limit
        if let last = history.revisions.last {
            history.versions = try sql.all(
                """
                SELECT version, revision, author, at FROM document_version
                WHERE document = \(document.id) AND revision >= \(last.revision) AND revision < \(before)
                ORDER BY version DESC LIMIT 200
                """
            ) { row in
                var view = VersionView()
                view.version = row.int(0)
                view.revision = row.int(1)
                let author: MemberID = row.id(2)
                view.by = author.rawValue == 0 ? nil : author
                view.at = row.instant(3)
                return view
            }
        }
        return history
    }

    func diff(_ query: DiffDocument, _ context: QueryContext) throws -> DocumentDiff {
        let sql = context.sql
        let document = try access.readable(query.document, by: context.actor, sql)
        let isFromGiven = query.fromRevision != nil || query.fromVersion != nil
        let old = try DocumentPlace(revision: isFromGiven ? query.fromRevision : 1, version: query.fromVersion)
            .text(of: document, texts, sql)
        let new = try DocumentPlace(revision: query.toRevision, version: query.toVersion).text(of: document, texts, sql)
        var diff = DocumentDiff()
        diff.from = old.revision
        diff.to = new.revision
        diff.changes = ChangeCodec.json(TextDiff.change(from: old.text, to: new.text))
        diff.hunks = TextDiff.hunks(from: old.text, to: new.text, context: Self.context).map { hunk in
            var view = DiffHunk()
            view.from = Int64(hunk.old)
            view.to = Int64(hunk.new)
            view.lines = hunk.lines
            return view
        }
        return diff
    }
}
