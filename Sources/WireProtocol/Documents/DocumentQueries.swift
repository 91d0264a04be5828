/// Where a document stands.
public enum DocumentState: String, Sendable, CaseIterable {
    /// No version was published yet.
    case draft
    /// Versions were published.
    case published
    /// Laid aside.
    case archived
}

/// A document without its text.
public struct DocumentView: WireObject {
    /// The document.
    public var id = DocumentID()
    /// Whose.
    public var network = NetworkID()
    /// Its title.
    public var title = ""
    /// Where it stands.
    public var state = DocumentState.draft
    /// Rises with each change of the text.
    public var revision: Int64 = 1
    /// The newest published version.
    public var version: Int64?
    /// Who began it.
    public var createdBy: MemberID?
    /// When.
    public var at: Instant?
    /// When its text was changed last.
    public var changedAt: Instant?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("network", &network)
        visitor.text("title", &title)
        visitor.choice("state", &state)
        visitor.integer("revision", &revision)
        visitor.integer("version", &version)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.instant("changedAt", &changedAt)
    }
}

/// The documents of a network, the one changed last first; members.
///
/// Archived ones are shown when they are asked for.
public struct ListDocuments: ClientQuery {
    /// The name on the wire.
    public static let name = "document.list"
    /// What `ok` holds.
    public typealias Reply = DocumentList
    /// Whose.
    public var network = NetworkID()
    /// Only those whose title holds this.
    public var text: String?
    /// Only those that stand so.
    public var state: DocumentState?
    /// How many at most, 50 by default.
    public var limit: Int64?
    /// The `cursor` of the page before.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.text("text", &text, bytes: 1...200)
        visitor.choice("state", &state)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...64)
    }
}

/// Documents.
public struct DocumentList: WireObject {
    /// The documents.
    public var documents: [DocumentView] = []
    /// Where the next page begins.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("documents", &documents, count: 0...200)
        visitor.text("cursor", &cursor)
    }
}

/// A document with its text and its comments; members.
///
/// Errors: `not_found` for a revision that is not retained.
public struct ReadDocument: ClientQuery {
    /// The name on the wire.
    public static let name = "document.read"
    /// What `ok` holds.
    public typealias Reply = DocumentText
    /// Which document.
    public var document = DocumentID()
    /// At which revision; the newest by default.
    public var revision: Int64?
    /// At which version instead.
    public var version: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.integer("version", &version, in: 1...largestID)
    }
}

/// A document with its text.
public struct DocumentText: WireObject {
    /// The document; `revision` and `version` are those of the text.
    public var document = DocumentView()
    /// The text, Markdown.
    public var text = ""
    /// The text as HTML.
    public var html = ""
    /// The SHA-256 of the text in UTF-8, lower-case hexadecimal.
    public var hash = ""
    /// What is noted on it, at its present places.
    public var comments: [CommentView] = []
    /// What is proposed, as changes of the newest text.
    public var suggestions: [SuggestionView] = []
    /// The files attached to it, which the text may show and lead to as `/files/N`.
    public var files: [DocumentFile] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        document.fields(&visitor)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.text("hash", &hash)
        visitor.objects("comments", &comments, count: 0...1_000_000)
        visitor.objects("suggestions", &suggestions, count: 0...1_000_000)
        visitor.objects("files", &files, count: 0...1_000)
    }
}

/// A file of a document.
public struct DocumentFile: WireObject {
    /// The file.
    public var file = AttachedFile()
    /// Who attached it.
    public var by: MemberID?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ file: AttachedFile, by: MemberID) {
        self.file = file
        self.by = by
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        file.fields(&visitor)
        visitor.id("by", &by)
    }
}

/// A comment with its answers.
public struct CommentView: WireObject {
    /// The comment.
    public var id = CommentID()
    /// Where its place begins now, UTF-16 units.
    public var from: Int64 = 0
    /// Where it ends.
    public var to: Int64 = 0
    /// What is noted, Markdown.
    public var text = ""
    /// The same as HTML.
    public var html = ""
    /// Who noted it; nobody once erased.
    public var by: MemberID?
    /// When.
    public var at = Instant(milliseconds: 0)
    /// Whether it is dealt with.
    public var resolved = false
    /// The answers, oldest first.
    public var replies: [CommentReply] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("from", &from)
        visitor.integer("to", &to)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.id("by", &by)
        visitor.instant("at", &at)
        visitor.flag("resolved", &resolved)
        visitor.objects("replies", &replies, count: 0...1_000_000)
    }
}

/// An answer to a comment.
public struct CommentReply: WireObject {
    /// The answer.
    public var id = CommentID()
    /// What it says, Markdown.
    public var text = ""
    /// The same as HTML.
    public var html = ""
    /// Who answered; nobody once erased.
    public var by: MemberID?
    /// When.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.id("by", &by)
        visitor.instant("at", &at)
    }
}

/// A change that is proposed.
public struct SuggestionView: WireObject {
    /// The suggestion.
    public var id = SuggestionID()
    /// The change, of the newest text; nothing where its place is no longer retained.
    public var changes: JSON?
    /// Why, Markdown.
    public var text: String?
    /// Who proposes it; nobody once erased.
    public var by: MemberID?
    /// When.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.json("changes", &changes)
        visitor.text("text", &text)
        visitor.id("by", &by)
        visitor.instant("at", &at)
    }
}
