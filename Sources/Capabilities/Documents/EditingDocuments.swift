import CommunityKernel
import Journal
import OperationalTransformation
import WireProtocol

/// `document.op`, `.save`, `.restore`.
struct EditingDocuments: Sendable {
    let access: DocumentAccess
    let revising: Revising

    private var texts: DocumentTexts { revising.texts }

    func change(_ command: ChangeDocument, _ work: UnitOfWork) throws -> ChangedDocument {
        var document = try access.readable(command.document, by: work.actor, work.sql)
        let change = try change(command.changes)
        let digest = Secret.sha256(ChangeCodec.json(change).text)
        if let known = try DocumentStore.operation(command.opId, of: work.actor.id, on: document.id, work.sql) {
            guard known.digest == digest else {
                throw WireError(.nonceReused, "the opId was used with other changes")
            }
            work.repeats = true
            work.repeatedSeq = known.seq
            return ChangedDocument(revision: known.revision, hash: Secret.hex(known.hash))
        }
        try access.requireEditable(document, work)
        let mapped = try transformed(change, base: command.base, of: document, work.sql)
        return try revising.revise(
            &document,
            by: mapped,
            .edited,
            operation: Revising.Operation(id: command.opId, digest: digest),
            work
        )
    }

    /// A change as a client sends it, within its bounds.
    func change(_ json: JSON?) throws -> ChangeSet {
        let change = try ChangeCodec.read(json, revising.settings)
        // Three bytes at most for a unit; what is longer is looked at closely.
        if change.inserted * 3 > Int(revising.settings.changeBytes),
            ChangeCodec.json(change).text.count > Int(revising.settings.changeBytes)
        {
            throw WireError(
                .tooLarge,
                "a change holds at most \(revising.settings.changeBytes) bytes",
                fields: [FieldProblem(path: "with.changes", problem: "too_long")]
            )
        }
        return change
    }

    /// The change of the newest text that does what `change` does to the one at `base`.
    func transformed(
        _ change: ChangeSet,
        base: Int64,
        of document: DocumentRecord,
        _ sql: any SQLReader
    ) throws
        -> ChangeSet
    {
        guard base <= document.revision, let text = try texts.text(of: document, at: base, sql) else {
            throw document.moved
        }
        guard change.fits(text) else { throw WireError.invalid("with.changes", "does_not_fit") }
        guard let since = try texts.changes(of: document, after: base, sql) else { throw document.moved }
        return try since.reduce(change) { mapped, later in try mapped.map(over: later) }
    }

    func save(_ command: SaveDocument, _ work: UnitOfWork) throws -> SavedDocument {
        var document = try access.editable(command.document, work)
        let text = ChunkedText(normalising: command.text)
        try revising.requireSize(text)
        let head = try texts.head(of: document, work.sql)
        guard command.base <= document.revision,
            let base = try texts.text(of: document, at: command.base, work.sql),
            case .merged(let merged) = TextMerge.merge(base: base, head.text, text)
        else {
            throw WireError.conflict(
                "both sides edited the same line, or the base is none that is retained",
                current: .members(["revision": .int(document.revision), "text": .string(head.text.string)])
            )
        }
        let change = TextDiff.change(from: head.text, to: merged)
        let made = try revising.revise(&document, by: change, .saved, work)
        var saved = SavedDocument()
        saved.revision = made.revision
        saved.text = merged.string
        saved.hash = made.hash
        return saved
    }

    func restore(_ command: RestoreDocument, _ work: UnitOfWork) throws -> ChangedDocument {
        var document = try access.editable(command.document, work)
        guard command.base == document.revision else { throw document.moved }
        let former = try DocumentPlace(revision: command.revision, version: command.version)
            .text(of: document, texts, work.sql)
        let head = try texts.head(of: document, work.sql)
        let change = TextDiff.change(from: head.text, to: former.text)
        let made = try revising.revise(&document, by: change, .restored, work)
        try work.append(DocumentRestored(document.view), to: .network(document.network))
        return made
    }
}

/// A text of a document that somebody names: by revision, by version, or the newest.
struct DocumentPlace {
    let revision: Int64?
    let version: Int64?

    init(revision: Int64?, version: Int64?) throws {
        guard revision == nil || version == nil else { throw WireError.invalid("with.version", "not_allowed") }
        self.revision = revision
        self.version = version
    }

    /// The text, with its revision and the title that it had; `not_found` where there is none, or none any more.
    func text(
        of document: DocumentRecord,
        _ texts: DocumentTexts,
        _ sql: any SQLReader
    ) throws
        -> (text: ChunkedText, revision: Int64, title: String)
    {
        if let version {
            let found = try sql.first(
                """
                SELECT revision, title, text FROM document_version
                WHERE document = \(document.id) AND version = \(version)
                """
            ) { (text: ChunkedText($0.text(2)), revision: $0.int(0), title: $0.text(1)) }
            guard let found else { throw WireError.notFound }
            return found
        }
        let revision = revision ?? document.revision
        guard let text = try texts.text(of: document, at: revision, sql) else { throw WireError.notFound }
        return (text, revision, document.title)
    }
}
