import CommunityKernel
import Journal
import OperationalTransformation
import WireProtocol

/// Makes revisions: the one place where a document's text changes.
struct Revising: Sendable {
    let texts: DocumentTexts
    let settings: DocumentSettings
    let holders: [any DocumentHolder]

    /// What an author sends with an operation.
    struct Operation {
        let id: String
        let digest: [UInt8]
    }

    /// Begins a document's text.
    func begin(_ document: inout DocumentRecord, with text: ChunkedText, seq: Int64, _ work: UnitOfWork) throws {
        try requireSize(text)
        document.hash = text.hash
        try DocumentStore.insert(document, work.sql)
        try insert(document, .created, inserted: text.count, deleted: 0, seq: seq, changes: nil, nil, work)
        try DocumentStore.keepSnapshot(of: document.id, at: document.revision, text.string, work.sql)
    }

    func requireSize(_ text: ChunkedText) throws {
        guard text.utf8Count <= Int(settings.textBytes) else {
            throw WireError(
                .tooLarge,
                "a document holds at most \(settings.textBytes) bytes",
                fields: [FieldProblem(path: "with.text", problem: "too_long")]
            )
        }
    }

    /// Makes the next revision by a change of the newest text.
    func revise(
        _ document: inout DocumentRecord,
        by change: ChangeSet,
        _ kind: RevisionKind,
        operation: Operation? = nil,
        _ work: UnitOfWork
    ) throws -> ChangedDocument {
        for holder in holders { try holder.edits(document.id, work) }
        var head = try texts.head(of: document, work.sql)
        let text = try head.text.applying(change)
        try requireSize(text)
        document.revision += 1
        document.hash = text.hash
        document.changedAt = work.now
        let changes = ChangeCodec.json(change)
        var news = DocumentChanged()
        news.revision = document.revision
        news.changes = changes
        news.by = work.actor.id
        news.opId = operation?.id ?? DocumentChanged.opId(ofSave: document.revision)
        let seq = try work.append(news, to: .document(document.id))
        try insert(
            document,
            kind,
            inserted: change.inserted,
            deleted: change.deleted,
            seq: seq,
            changes: String(decoding: changes.text, as: UTF8.self),
            operation,
            work
        )
        try DocumentStore.update(document, work.sql)
        head.advance(change, to: text, hash: document.hash)
        texts.keep(head, of: document.id)
        if document.revision % settings.snapshotEvery == 0 {
            try DocumentStore.keepSnapshot(of: document.id, at: document.revision, text.string, work.sql)
            try Anchors.advance(document, texts, work.sql)
        }
        return ChangedDocument(revision: document.revision, hash: Secret.hex(document.hash))
    }

    private func insert(
        _ document: DocumentRecord,
        _ kind: RevisionKind,
        inserted: Int,
        deleted: Int,
        seq: Int64,
        changes: String?,
        _ operation: Operation?,
        _ work: UnitOfWork
    ) throws {
        try work.sql.execute(
            """
            INSERT INTO document_revision (document, revision, author, at, kind, inserted, deleted, hash, seq, told,
                changes, op, digest)
            VALUES (\(document.id), \(document.revision), \(work.actor.id), \(work.now), \(kind.rawValue), \(inserted),
                \(deleted), \(document.hash), \(seq), \(changes != nil), \(changes), \(operation?.id),
                \(operation?.digest))
            """
        )
    }
}
