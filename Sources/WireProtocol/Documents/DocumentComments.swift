/// Notes something on a place of a document; members.
///
/// The place moves with the text. Errors: `invalid` for a place that is not in the text at `revision`; `conflict` with
/// the newest `revision` for one above it or before what is retained; `full` for more comments than a document has.
public struct CommentDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.comment"
    /// What `ok` holds.
    public typealias Reply = CommentedDocument
    /// Which document.
    public var document = DocumentID()
    /// The revision that the place is counted in.
    public var revision: Int64 = 0
    /// Where the place begins, UTF-16 units.
    public var from: Int64 = 0
    /// Where it ends.
    public var to: Int64 = 0
    /// What is noted, Markdown.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.integer("from", &from, in: 0...largestID)
        visitor.integer("to", &to, in: 0...largestID)
        visitor.text("text", &text, bytes: 1...16_384)
    }
}

/// A comment that was made.
public struct CommentedDocument: WireObject {
    /// Its id.
    public var id = CommentID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: CommentID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
    }
}

/// Answers a comment; members.
///
/// Errors: `full` for more comments than a document has.
public struct ReplyToComment: ClientCommand {
    /// The name on the wire.
    public static let name = "document.reply"
    /// What `ok` holds.
    public typealias Reply = CommentedDocument
    /// Which comment.
    public var comment = CommentID()
    /// The answer, Markdown.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("comment", &comment)
        visitor.text("text", &text, bytes: 1...16_384)
    }
}

/// Says that a comment is dealt with; members.
public struct ResolveComment: ClientCommand {
    /// The name on the wire.
    public static let name = "document.resolve"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which comment.
    public var comment = CommentID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("comment", &comment)
    }
}

/// Says that a comment is not dealt with after all; members.
public struct ReopenComment: ClientCommand {
    /// The name on the wire.
    public static let name = "document.reopen"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which comment.
    public var comment = CommentID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("comment", &comment)
    }
}

/// Proposes a change without making it; members.
///
/// Errors as with `document.op`; `full` for more suggestions than a document has open.
public struct SuggestChange: ClientCommand {
    /// The name on the wire.
    public static let name = "document.suggest"
    /// What `ok` holds.
    public typealias Reply = SuggestedChange
    /// Which document.
    public var document = DocumentID()
    /// The revision that it was made on.
    public var base: Int64 = 0
    /// What changes: a CodeMirror 6 change set.
    public var changes: JSON?
    /// Why, Markdown.
    public var text: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("base", &base, in: 1...largestID)
        visitor.json("changes", &changes, FieldRule(required: true))
        visitor.text("text", &text, bytes: 1...16_384)
    }
}

/// A change that was proposed.
public struct SuggestedChange: WireObject {
    /// Its id.
    public var id = SuggestionID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: SuggestionID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
    }
}

/// Makes a proposed change, transformed over what came since; members.
///
/// Errors: `conflict` with the `state` where it was accepted or rejected.
public struct AcceptSuggestion: ClientCommand {
    /// The name on the wire.
    public static let name = "document.acceptSuggestion"
    /// What `ok` holds.
    public typealias Reply = ChangedDocument
    /// Which one.
    public var suggestion = SuggestionID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("suggestion", &suggestion)
    }
}

/// Does without a proposed change; members.
///
/// Errors: `conflict` with the `state` where it was accepted or rejected.
public struct RejectSuggestion: ClientCommand {
    /// The name on the wire.
    public static let name = "document.rejectSuggestion"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which one.
    public var suggestion = SuggestionID()
    /// Why.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("suggestion", &suggestion)
        visitor.text("reason", &reason, bytes: 1...2_000)
    }
}
