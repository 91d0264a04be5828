import CommunityKernel
import Journal
import OperationalTransformation
import WireProtocol

/// `document.open` and `.close`.
struct OpeningDocuments: Sendable {
    let access: DocumentAccess
    let texts: DocumentTexts
    let settings: DocumentSettings

    func open(_ command: OpenDocument, _ work: UnitOfWork) throws -> OpenedDocument {
        let document = try access.readable(command.document, by: work.actor, work.sql)
        let head = try texts.head(of: document, work.sql)
        var opened = OpenedDocument()
        opened.revision = document.revision
        opened.title = document.title
        opened.hash = Secret.hex(document.hash)
        opened.changes = try changes(of: document, since: command.haveRevision, work.sql)
        if opened.changes == nil { opened.text = head.text.string }
        try work.openStream(.document(document.id), within: .network(document.network))
        return opened
    }

    func close(_ command: CloseDocument, _ work: UnitOfWork) throws -> Nothing {
        // Also of one that the member may no longer know of: it says nothing of it.
        work.closeStream(.document(command.document))
        return Nothing()
    }

    /// What was changed since the revision that a client has; nil where it had better take the text.
    private func changes(
        of document: DocumentRecord,
        since revision: Int64?,
        _ sql: any SQLReader
    ) throws
        -> [DocumentChanged]?
    {
        guard let revision, revision <= document.revision, document.revision - revision <= settings.retained else {
            return nil
        }
        var isWhole = true
        let changes = try sql.all(
            """
            SELECT revision, changes, author, op FROM document_revision
            WHERE document = \(document.id) AND revision > \(revision) ORDER BY revision
            """
        ) { row in
            isWhole = isWhole && !row.isNull(1)
            var change = DocumentChanged()
            change.revision = row.int(0)
            change.changes = try JSONParser.parse(Array(row.text(1).utf8), limits: .answers)
            let author: MemberID = row.id(2)
            change.by = author.rawValue == 0 ? nil : author
            change.opId = row.optionalText(3) ?? DocumentChanged.opId(ofSave: change.revision)
            return change
        }
        return isWhole ? changes : nil
    }
}
