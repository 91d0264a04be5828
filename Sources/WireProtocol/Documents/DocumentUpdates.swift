/// The text of a document was changed; on `document/N`, which those read who have it open.
public struct DocumentChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.changed"
    /// The revision that it makes.
    public var revision: Int64 = 1
    /// The change, of the revision before: a CodeMirror 6 change set.
    public var changes: JSON?
    /// Who wrote; nobody once erased.
    public var by: MemberID?
    /// By which its author knows it; `save.REVISION` for a text that was saved as a whole.
    public var opId: String?

    /// The name of a revision that no operation made.
    public static func opId(ofSave revision: Int64) -> String { "save.\(revision)" }

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
        visitor.json("changes", &changes)
        visitor.id("by", &by)
        visitor.text("opId", &opId)
    }
}

/// A document was begun; on `network/N`.
public struct DocumentBegun: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.created"
    /// The document.
    public var document = DocumentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ document: DocumentView) { self.document = document }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        document.fields(&visitor)
    }
}

/// A document has another title; on `network/N`.
public struct DocumentRenamed: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.renamed"
    /// The document.
    public var document = DocumentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ document: DocumentView) { self.document = document }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        document.fields(&visitor)
    }
}

/// A document belongs to another network now; on `network/N` of both.
public struct DocumentMoved: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.moved"
    /// The document.
    public var document = DocumentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ document: DocumentView) { self.document = document }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        document.fields(&visitor)
    }
}

/// A document was laid aside; on `network/N`.
public struct DocumentArchived: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.archived"
    /// The document.
    public var document = DocumentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ document: DocumentView) { self.document = document }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        document.fields(&visitor)
    }
}

/// A document was taken up again; on `network/N`.
public struct DocumentUnarchived: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.unarchived"
    /// The document.
    public var document = DocumentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ document: DocumentView) { self.document = document }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        document.fields(&visitor)
    }
}

/// The text of a document is what it was at an earlier revision; on `network/N`.
public struct DocumentRestored: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.restored"
    /// The document.
    public var document = DocumentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ document: DocumentView) { self.document = document }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        document.fields(&visitor)
    }
}

/// A version of a document was made; on `network/N`.
public struct DocumentPublished: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.published"
    /// The document.
    public var document = DocumentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ document: DocumentView) { self.document = document }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        document.fields(&visitor)
    }
}

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

/// What is told of a suggestion.
public struct SuggestionNews: WireObject {
    /// The suggestion.
    public var id = SuggestionID()
    /// Of which document.
    public var document = DocumentID()
    /// Where it stands.
    public var state = SuggestionState.open
    /// The revision that accepting it made.
    public var revision: Int64?
    /// Why it was turned down.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("document", &document)
        visitor.choice("state", &state)
        visitor.integer("revision", &revision)
        visitor.text("reason", &reason)
    }
}

/// Where a suggestion stands.
public enum SuggestionState: String, Sendable, CaseIterable {
    /// It waits.
    case open
    /// It was made.
    case accepted
    /// It was turned down.
    case rejected
}

/// A change of a document is proposed; on `network/N`.
public struct ChangeSuggested: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.suggested"
    /// The suggestion.
    public var suggestion = SuggestionNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ suggestion: SuggestionNews) { self.suggestion = suggestion }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        suggestion.fields(&visitor)
    }
}

/// A proposed change was made; on `network/N`.
public struct SuggestionAccepted: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.suggestionAccepted"
    /// The suggestion.
    public var suggestion = SuggestionNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ suggestion: SuggestionNews) { self.suggestion = suggestion }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        suggestion.fields(&visitor)
    }
}

/// A proposed change was turned down; on `network/N`.
public struct SuggestionRejected: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.suggestionRejected"
    /// The suggestion.
    public var suggestion = SuggestionNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ suggestion: SuggestionNews) { self.suggestion = suggestion }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        suggestion.fields(&visitor)
    }
}

/// A file was attached to a document; on `network/N`.
public struct DocumentAttached: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.attached"
    /// The document.
    public var document = DocumentID()
    /// The file.
    public var file = FileID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(document: DocumentID, file: FileID) {
        self.document = document
        self.file = file
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.id("file", &file)
    }
}

/// A file was taken off a document; on `network/N`.
public struct DocumentDetached: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.detached"
    /// The document.
    public var document = DocumentID()
    /// The file.
    public var file = FileID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(document: DocumentID, file: FileID) {
        self.document = document
        self.file = file
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.id("file", &file)
    }
}
