/// What is told of a comment.
public struct CommentNews: WireObject {
    /// The comment, or the answer.
    public var id = CommentID()
    /// On which document.
    public var document = DocumentID()
    /// The comment that an answer belongs to.
    public var comment: CommentID?
    /// The revision that the place is counted in.
    public var revision: Int64?
    /// Where the place begins, UTF-16 units.
    public var from: Int64?
    /// Where it ends.
    public var to: Int64?
    /// What is noted, Markdown.
    public var text: String?
    /// The same as HTML.
    public var html: String?
    /// Who noted it.
    public var by: MemberID?
    /// Whom it mentions of those who may read the document.
    public var mentions: [MemberID]?
    /// Whether it is dealt with.
    public var resolved: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("document", &document)
        visitor.id("comment", &comment)
        visitor.integer("revision", &revision)
        visitor.integer("from", &from)
        visitor.integer("to", &to)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.id("by", &by)
        visitor.ids("mentions", &mentions, count: 0...100)
        visitor.flag("resolved", &resolved)
    }
}

/// Something was noted on a place of a document; on `network/N`.
public struct DocumentCommented: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.commented"
    /// The comment.
    public var comment = CommentNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ comment: CommentNews) { self.comment = comment }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        comment.fields(&visitor)
    }
}

/// A comment was answered; on `network/N`.
public struct CommentReplied: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.replied"
    /// The answer.
    public var comment = CommentNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ comment: CommentNews) { self.comment = comment }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        comment.fields(&visitor)
    }
}

/// A comment is dealt with; on `network/N`.
public struct CommentResolved: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.resolved"
    /// The comment.
    public var comment = CommentNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ comment: CommentNews) { self.comment = comment }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        comment.fields(&visitor)
    }
}

/// A comment is not dealt with after all; on `network/N`.
public struct CommentReopened: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.reopened"
    /// The comment.
    public var comment = CommentNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ comment: CommentNews) { self.comment = comment }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        comment.fields(&visitor)
    }
}
