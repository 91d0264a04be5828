import CommunityKernel
public import Journal
import OperationalTransformation
public import WireProtocol

/// A capability whose entities are written in documents: it acts in the same transaction when one of them changes.
public protocol DocumentHolder: Sendable {
    /// Whether a document is one of its own: such a one is neither moved to another network nor archived by itself.
    func holds(_ document: DocumentID, _ sql: any SQLReader) throws -> Bool
    /// A document is about to get another revision; throws where its entity does not allow that now.
    func edits(_ document: DocumentID, _ work: UnitOfWork) throws
    /// Whether what was published of a document, and is kept by the holder, has a text that is like `pattern`.
    func hasPublished(_ pattern: String, in document: DocumentID, _ sql: any SQLReader) throws -> Bool
}

/// The documents that other capabilities begin and read.
public struct DocumentShelf: Sendable {
    let making: MakingDocuments
    let texts: DocumentTexts

    /// Files of one document at most.
    public var mostFiles: Int { Int(making.revising.settings.files) }

    /// Begins a document in a network of the actor's.
    public func begin(
        _ title: String,
        text: String,
        in network: NetworkID,
        _ work: UnitOfWork
    ) throws
        -> DocumentID
    {
        var command = CreateDocument()
        command.network = network
        command.title = title
        command.text = text
        return try making.create(command, work).id
    }

    /// Tells that files which were attached to a document's id are its own.
    public func tellAttached(
        _ files: [FileID],
        to document: DocumentID,
        in network: NetworkID,
        _ work: UnitOfWork
    ) throws {
        for file in files {
            try work.append(DocumentAttached(document: document, file: file), to: .network(network))
        }
    }

    /// Calls a document as what it belongs to is called now.
    ///
    /// Who may do so is the caller's to say; a title that is the same already is told to nobody.
    public func rename(_ id: DocumentID, to title: String, _ work: UnitOfWork) throws {
        guard var document = try DocumentStore.document(id, work.sql), document.title != title else { return }
        document.title = title
        try DocumentStore.update(document, work.sql)
        try work.append(DocumentRenamed(document.view), to: .network(document.network))
    }

    /// What a document is found by: nil for one that is not there or is archived.
    public func words(of id: DocumentID, _ sql: any SQLReader) throws -> DocumentWords? {
        guard let document = try DocumentStore.document(id, sql), !document.isArchived else { return nil }
        return DocumentWords(
            network: document.network,
            title: document.title,
            text: try texts.head(of: document, sql).text.string,
            comments: try CommentStore.comments(of: id, sql).map(\.text),
            creator: document.creator,
            at: document.at
        )
    }

    /// What a document says now; empty for one that is not there.
    ///
    /// Who may read it is the caller's to say.
    public func text(of id: DocumentID, _ sql: any SQLReader) throws -> String {
        guard let document = try DocumentStore.document(id, sql) else { return "" }
        return try texts.head(of: document, sql).text.string
    }
}

/// What a document is found by.
public struct DocumentWords: Sendable {
    /// Whose.
    public let network: NetworkID
    /// Its title.
    public let title: String
    /// What it says.
    public let text: String
    /// What is noted on it.
    public let comments: [String]
    /// Who began it.
    public let creator: MemberID
    /// When.
    public let at: Instant
}
