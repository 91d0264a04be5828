public import CommunityKernel
public import Journal
public import WireProtocol

/// A document as the store knows one, without its text.
public struct DocumentRecord: Sendable {
    /// The document.
    public let id: DocumentID
    /// Whose.
    public internal(set) var network: NetworkID
    /// Its title.
    public internal(set) var title: String
    var isArchived: Bool
    /// Rises with each change of the text.
    public internal(set) var revision: Int64
    /// The SHA-256 of its text in UTF-8.
    var hash: [UInt8]
    var version: Int64?
    let creator: MemberID
    let at: Instant
    var changedAt: Instant

    /// Where it stands.
    public var state: DocumentState { isArchived ? .archived : version == nil ? .draft : .published }

    var view: DocumentView {
        var view = DocumentView()
        view.id = id
        view.network = network
        view.title = title
        view.state = state
        view.revision = revision
        view.version = version
        view.createdBy = creator.rawValue == 0 ? nil : creator
        view.at = at
        view.changedAt = changedAt
        return view
    }

    /// `conflict`: the text moved on, or `base` is one that it never had.
    var moved: WireError {
        .conflict(
            "another revision is the newest",
            current: .members(["revision": .int(revision), "state": .string(state.rawValue)])
        )
    }

    /// `conflict`: it is archived, or is not.
    var refused: WireError {
        .conflict(
            "the document is \(state.rawValue)",
            current: .members(["revision": .int(revision), "state": .string(state.rawValue)])
        )
    }
}

/// The documents' queries.
public enum DocumentStore {
    static let columns: SQLQuery = """
        d.id, d.network, d.title, d.archived, d.revision, d.hash, d.version, d.creator, d.at, d.changed_at
        """

    static func record(_ row: any SQLRow) -> DocumentRecord {
        DocumentRecord(
            id: row.id(0),
            network: row.id(1),
            title: row.text(2),
            isArchived: row.flag(3),
            revision: row.int(4),
            hash: row.bytes(5),
            version: row.optionalInt(6),
            creator: row.id(7),
            at: row.instant(8),
            changedAt: row.instant(9)
        )
    }

    /// The document of that id; who may know of it is ``DocumentAccess``' to say.
    public static func document(_ id: DocumentID, _ sql: any SQLReader) throws -> DocumentRecord? {
        try sql.first("SELECT \(part: columns) FROM document d WHERE d.id = \(id)", record)
    }

    static func insert(_ document: DocumentRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO document (id, network, title, archived, revision, hash, version, creator, at, changed_at)
            VALUES (\(document.id), \(document.network), \(document.title), \(document.isArchived),
                \(document.revision), \(document.hash), \(document.version), \(document.creator), \(document.at),
                \(document.changedAt))
            """
        )
    }

    static func update(_ document: DocumentRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            UPDATE document SET network = \(document.network), title = \(document.title),
                archived = \(document.isArchived), revision = \(document.revision), hash = \(document.hash),
                version = \(document.version), changed_at = \(document.changedAt) WHERE id = \(document.id)
            """
        )
    }

    // MARK: Revisions

    /// The answer that an author's operation got.
    static func operation(
        _ op: String,
        of author: MemberID,
        on document: DocumentID,
        _ sql: any SQLReader
    ) throws
        -> (revision: Int64, digest: [UInt8], hash: [UInt8], seq: Int64)?
    {
        try sql.first(
            """
            SELECT revision, digest, hash, seq FROM document_revision
            WHERE document = \(document) AND author = \(author) AND op = \(op)
            """
        ) { ($0.int(0), $0.bytes(1), $0.bytes(2), $0.int(3)) }
    }

    /// The changes that lead from one revision to another, in order, as JSON; nil where some are not retained.
    static func changes(
        of document: DocumentID,
        after base: Int64,
        through revision: Int64,
        _ sql: any SQLReader
    ) throws
        -> [String]?
    {
        guard base < revision else { return [] }
        var isWhole = true
        let found = try sql.all(
            """
            SELECT changes FROM document_revision
            WHERE document = \(document) AND revision > \(base) AND revision <= \(revision) ORDER BY revision
            """
        ) { row in
            isWhole = isWhole && !row.isNull(0)
            return row.text(0)
        }
        return isWhole && found.count == Int(revision - base) ? found : nil
    }

    /// The newest text kept whole that is not newer than a revision.
    static func snapshot(
        of document: DocumentID,
        upTo revision: Int64,
        _ sql: any SQLReader
    ) throws
        -> (revision: Int64, text: String)?
    {
        try sql.first(
            """
            SELECT revision, text FROM document_snapshot
            WHERE document = \(document) AND revision <= \(revision) ORDER BY revision DESC LIMIT 1
            """
        ) { ($0.int(0), $0.text(1)) }
    }

    static func keepSnapshot(
        of document: DocumentID,
        at revision: Int64,
        _ text: String,
        _ sql: any SQLWriter
    ) throws {
        try sql.execute(
            """
            INSERT INTO document_snapshot (document, revision, text) VALUES (\(document), \(revision), \(text))
            ON CONFLICT (document, revision) DO NOTHING
            """
        )
    }
}
