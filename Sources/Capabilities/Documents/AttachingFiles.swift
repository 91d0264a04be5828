import CommunityKernel
import Files
import Journal
import Networks
import WireProtocol

/// `document.attach` and `.detach`.
struct AttachingFiles: Sendable {
    let access: DocumentAccess
    let settings: DocumentSettings
    let holders: [any DocumentHolder]

    func attach(_ command: AttachToDocument, _ work: UnitOfWork) throws -> Nothing {
        let document = try access.editable(command.document, work)
        let known = try FileStore.allAttached(toEntity: document.id.rawValue, work.sql)
        guard known.count < Int(settings.files) else {
            throw WireError(.full, "a document has at most \(settings.files) files")
        }
        _ = try FileStore.attach(command.file, toEntity: document.id.rawValue, by: work.actor, work)
        try work.append(
            DocumentAttached(document: document.id, file: command.file),
            to: .network(document.network)
        )
        return Nothing()
    }

    func detach(_ command: DetachFromDocument, _ work: UnitOfWork) throws -> Nothing {
        let document = try access.editable(command.document, work)
        let entity = document.id.rawValue
        guard let owner = try FileStore.uploader(of: command.file, onEntity: entity, work.sql) else {
            throw WireError.notFound
        }
        guard try owner == work.actor.id || access.rules.may(.moderate, work.actor, in: document.network, work.sql)
        else { throw WireError.forbidden("for who attached it and for the network's facilitators") }
        guard try !isPublished("%](/files/\(command.file))%", in: document.id, work.sql) else {
            throw WireError.conflict(
                "a published version shows the file",
                current: .members([
                    "revision": .int(document.revision), "state": .string(document.state.rawValue),
                ])
            )
        }
        try FileStore.forget(command.file, onEntity: entity, work)
        try work.append(
            DocumentDetached(document: document.id, file: command.file),
            to: .network(document.network)
        )
        return Nothing()
    }

    /// What is published stays as it was read.
    private func isPublished(_ pattern: String, in document: DocumentID, _ sql: any SQLReader) throws -> Bool {
        for holder in holders where try holder.hasPublished(pattern, in: document, sql) { return true }
        return try sql.exists(
            "SELECT 1 FROM document_version WHERE document = \(document) AND text LIKE \(pattern) LIMIT 1"
        )
    }
}

/// Who may read the files of documents: whoever may read the document.
struct DocumentFiles: FileHolder {
    let access: DocumentAccess

    func mayRead(_ entity: Int64, _ member: Member, _ sql: any SQLReader) throws -> Bool? {
        guard let document = try DocumentStore.document(DocumentID(entity), sql) else { return nil }
        return try access.mayRead(in: document.network, member, sql)
    }
}
