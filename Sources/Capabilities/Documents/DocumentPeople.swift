public import CommunityKernel
public import Journal
public import WireProtocol

/// Who has a part in a document, for those who tell of it.
public struct DocumentPeople: Sendable {
    private let access: DocumentAccess
    /// Newest revisions among whose authors those are sought who wrote.
    private static let looked = 2_000

    /// Makes it.
    public init(access: DocumentAccess) { self.access = access }

    /// Whose it is and what it is called, when the reader may know of it.
    public func document(_ id: DocumentID, for reader: Member, _ sql: any SQLReader) throws -> DocumentRecord? {
        guard let document = try DocumentStore.document(id, sql), try access.mayRead(in: document.network, reader, sql)
        else { return nil }
        return document
    }

    /// Who began a document and those who wrote in it last, at most `limit`.
    public func writers(of id: DocumentID, limit: Int, _ sql: any SQLReader) throws -> [MemberID] {
        guard let document = try DocumentStore.document(id, sql) else { return [] }
        let authors: [MemberID] = try sql.all(
            """
            SELECT r.author FROM (
                SELECT author, revision FROM document_revision WHERE document = \(id)
                ORDER BY revision DESC LIMIT \(Self.looked)) r
            WHERE r.author > 0 GROUP BY r.author ORDER BY MAX(r.revision) DESC LIMIT \(limit)
            """
        ) { $0.id(0) }
        guard document.creator.rawValue > 0, !authors.contains(document.creator) else { return authors }
        return [document.creator] + authors.prefix(max(0, limit - 1))
    }

    /// What was noted on a document; nil for what is not there.
    public func comment(_ id: CommentID, _ sql: any SQLReader) throws -> NotedComment? {
        try CommentStore.comment(id, sql).map { comment in
            NotedComment(
                document: comment.document,
                thread: comment.thread,
                author: comment.author,
                text: comment.text,
                mentions: comment.mentions
            )
        }
    }

    /// Who made a comment or answered it, at most `limit`.
    public func participants(in thread: CommentID, limit: Int, _ sql: any SQLReader) throws -> [MemberID] {
        try sql.all(
            """
            SELECT author FROM document_comment
            WHERE document = (SELECT document FROM document_comment WHERE id = \(thread))
                AND (id = \(thread) OR thread = \(thread)) AND author > 0
            GROUP BY author ORDER BY MAX(id) DESC LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// Who proposed a change; nil for somebody who is gone.
    public func proposer(of suggestion: SuggestionID, _ sql: any SQLReader) throws -> MemberID? {
        try SuggestionStore.suggestion(suggestion, sql).flatMap { $0.author.rawValue == 0 ? nil : $0.author }
    }
}

/// What somebody noted on a document.
public struct NotedComment: Sendable {
    /// On which.
    public let document: DocumentID
    /// The comment that it answers.
    public let thread: CommentID?
    /// Who; 0 for somebody who is gone.
    public let author: MemberID
    /// What, Markdown.
    public let text: String
    /// Whom it mentions of those who may read the document.
    public let mentions: [MemberID]
}
