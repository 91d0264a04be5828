import CommunityKernel
import Journal
import Networks
import OperationalTransformation
import People
import WireProtocol

/// `document.create`, `.rename`, `.move`, `.archive`, `.unarchive`, `.publish`.
struct MakingDocuments: Sendable {
    let access: DocumentAccess
    let revising: Revising

    func create(_ command: CreateDocument, _ work: UnitOfWork) throws -> CreatedDocument {
        try access.requireWritable(command.network, work)
        let known = try work.sql.count("SELECT COUNT(*) FROM document WHERE network = \(command.network)")
        guard known < revising.settings.perNetwork else {
            throw WireError(.full, "a network has at most \(revising.settings.perNetwork) documents")
        }
        var document = DocumentRecord(
            id: work.nextID(),
            network: command.network,
            title: try Self.title(command.title),
            isArchived: false,
            revision: 1,
            hash: [],
            version: nil,
            creator: work.actor.id,
            at: work.now,
            changedAt: work.now
        )
        let text = try text(of: command, work)
        let seq = try work.append(DocumentBegun(document.view), to: .network(document.network))
        try revising.begin(&document, with: ChunkedText(normalising: text), seq: seq, work)
        return CreatedDocument(id: document.id)
    }

    /// What the document says at first: what is given, else the template in the actor's language.
    private func text(of command: CreateDocument, _ work: UnitOfWork) throws -> String {
        guard let name = command.template else { return command.text ?? "" }
        guard command.text == nil, let network = try NetworkStore.network(command.network, work.sql),
            let template = access.rules.type(of: network)?.documentTemplates.first(where: { $0.name == name })
        else { throw WireError.invalid("with.template", "not_allowed") }
        return try PeopleStore.activePerson(work.actor.id, work.sql)?.language == "en"
            ? template.text.en : template.text.it
    }

    /// A title is one line that says something.
    private static func title(_ text: String) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { throw WireError.invalid("with.title", "empty") }
        guard !text.contains(where: \.isNewline) else { throw WireError.invalid("with.title", "not_allowed") }
        return text
    }

    func rename(_ command: RenameDocument, _ work: UnitOfWork) throws -> Nothing {
        var document = try access.editable(command.document, work)
        try Self.requireNewest(command.revision, of: document)
        document.title = try Self.title(command.title)
        try DocumentStore.update(document, work.sql)
        try work.append(DocumentRenamed(document.view), to: .network(document.network))
        return Nothing()
    }

    func move(_ command: MoveDocument, _ work: UnitOfWork) throws -> Nothing {
        var document = try access.readable(command.document, by: work.actor, work.sql)
        try access.requireKeeper(of: document, work)
        guard !document.isArchived else { throw document.refused }
        try Self.requireNewest(command.revision, of: document)
        try requireFree(document, work)
        try access.requireWritable(command.network, work)
        guard command.network != document.network else { return Nothing() }
        let former = document.network
        document.network = command.network
        try DocumentStore.update(document, work.sql)
        // Its former readers learn that it is gone and not where it is.
        var gone = DocumentView()
        gone.id = document.id
        gone.network = former
        gone.title = document.title
        gone.state = .archived
        gone.revision = document.revision
        try work.append(DocumentMoved(gone), to: .network(former))
        try work.append(DocumentMoved(document.view), to: .network(document.network))
        try work.closeStreamForAll(.document(document.id))
        return Nothing()
    }

    func archive(_ command: ArchiveDocument, _ work: UnitOfWork) throws -> Nothing {
        let document = try keep(command.document, command.revision, archived: true, work)
        try work.append(DocumentArchived(document.view), to: .network(document.network))
        return Nothing()
    }

    func unarchive(_ command: UnarchiveDocument, _ work: UnitOfWork) throws -> Nothing {
        let document = try keep(command.document, command.revision, archived: false, work)
        try work.append(DocumentUnarchived(document.view), to: .network(document.network))
        return Nothing()
    }

    /// Refuses what was decided on another text than the newest, where it says on which.
    private static func requireNewest(_ revision: Int64?, of document: DocumentRecord) throws {
        guard revision ?? document.revision == document.revision else { throw document.moved }
    }

    private func keep(
        _ id: DocumentID,
        _ revision: Int64?,
        archived: Bool,
        _ work: UnitOfWork
    ) throws
        -> DocumentRecord
    {
        var document = try access.readable(id, by: work.actor, work.sql)
        try access.requireKeeper(of: document, work)
        guard document.isArchived != archived else { throw document.refused }
        try Self.requireNewest(revision, of: document)
        try requireFree(document, work)
        document.isArchived = archived
        try DocumentStore.update(document, work.sql)
        return document
    }

    /// What another capability's entity is written in goes where that entity goes.
    private func requireFree(_ document: DocumentRecord, _ work: UnitOfWork) throws {
        for holder in revising.holders where try holder.holds(document.id, work.sql) { throw document.refused }
    }

    func publish(_ command: PublishDocument, _ work: UnitOfWork) throws -> PublishedVersion {
        var document = try access.editable(command.document, work)
        guard command.base == document.revision else { throw document.moved }
        if let version = document.version,
            try work.sql.exists(
                """
                SELECT 1 FROM document_version WHERE document = \(document.id) AND version = \(version)
                    AND revision = \(document.revision) AND title = \(document.title)
                """
            )
        {
            work.repeats = true
            return PublishedVersion(version: version)
        }
        let version = (document.version ?? 0) + 1
        let text = try revising.texts.head(of: document, work.sql).text.string
        try work.sql.execute(
            """
            INSERT INTO document_version (document, version, revision, title, text, author, at)
            VALUES (\(document.id), \(version), \(document.revision), \(document.title), \(text), \(work.actor.id),
                \(work.now))
            """
        )
        document.version = version
        try DocumentStore.update(document, work.sql)
        try work.append(DocumentPublished(document.view), to: .network(document.network))
        return PublishedVersion(version: version)
    }
}
