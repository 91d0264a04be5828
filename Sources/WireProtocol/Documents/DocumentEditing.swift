/// Opens a document on this connection, which from then on reads `document/ID`; members.
///
/// Socket only, and its nonce is not remembered. Who still has a revision within the retained ones gets what was
/// changed since, anybody else the text. What is opened again begins anew. Errors: `rate_limited` for more documents
/// than one connection opens.
public struct OpenDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.open"
    /// What `ok` holds.
    public typealias Reply = OpenedDocument
    /// Which document.
    public var document = DocumentID()
    /// The revision that is at hand.
    public var haveRevision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("haveRevision", &haveRevision, in: 1...largestID)
    }
}

/// A document as it stands when it is opened.
public struct OpenedDocument: WireObject {
    /// Its newest revision.
    public var revision: Int64 = 1
    /// Its text, unless `changes` lead to it.
    public var text: String?
    /// What was changed since the revision at hand.
    public var changes: [DocumentChanged]?
    /// Its title.
    public var title = ""
    /// The SHA-256 of its text in UTF-8, lower-case hexadecimal.
    public var hash = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
        visitor.text("text", &text)
        visitor.objects("changes", &changes, count: 0...1_000_000)
        visitor.text("title", &title)
        visitor.text("hash", &hash)
    }
}

/// Closes a document on this connection.
///
/// Socket only.
public struct CloseDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.close"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which document.
    public var document = DocumentID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
    }
}

/// Changes a document; members.
///
/// The changes are transformed over what came since `base`. The same `opId` of the same author with the same changes
/// gets its first answer. Errors: `invalid` with path `with.changes` for changes that do not fit the text at `base` or
/// would split a surrogate pair; `conflict` with the newest `revision` for a base above it or before what is retained,
/// with the `state` for an archived document; `nonce_reused` for an `opId` with other changes; `too_large` for a text
/// that would be over its limit.
public struct ChangeDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.op"
    /// What `ok` holds.
    public typealias Reply = ChangedDocument
    /// Which document.
    public var document = DocumentID()
    /// The revision that it was made on.
    public var base: Int64 = 0
    /// What changes: a CodeMirror 6 change set.
    public var changes: JSON?
    /// What makes it safe to send again: unique for the document and the author, for ever.
    public var opId = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("base", &base, in: 1...largestID)
        visitor.json("changes", &changes, FieldRule(required: true))
        visitor.text("opId", &opId, bytes: 1...128)
    }
}

/// Where a document stands after a change.
public struct ChangedDocument: WireObject {
    /// The change's revision.
    public var revision: Int64 = 1
    /// The SHA-256 of the text after it in UTF-8, lower-case hexadecimal.
    public var hash = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(revision: Int64, hash: String) {
        self.revision = revision
        self.hash = hash
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
        visitor.text("hash", &hash)
    }
}

/// Saves a whole text, merged line by line with what came since `base`; members.
///
/// Edits with an untouched line between them go together. Errors: `conflict` with the newest `revision` and `text`
/// where both sides edited the same line, for a base above the newest or before what is retained; `too_large` for a
/// text over its limit.
public struct SaveDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.save"
    /// What `ok` holds.
    public typealias Reply = SavedDocument
    /// Which document.
    public var document = DocumentID()
    /// The revision that it was made on.
    public var base: Int64 = 0
    /// The text, Markdown.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("base", &base, in: 1...largestID)
        visitor.text("text", &text)
    }
}

/// What came of saving.
public struct SavedDocument: WireObject {
    /// The revision that it made.
    public var revision: Int64 = 1
    /// The merged text.
    public var text = ""
    /// The SHA-256 of the text in UTF-8, lower-case hexadecimal.
    public var hash = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
        visitor.text("text", &text)
        visitor.text("hash", &hash)
    }
}

/// Makes the text what it was at an earlier revision or version; members.
///
/// Errors: `conflict` with the newest `revision` for another base; `not_found` for a revision that is not retained.
public struct RestoreDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.restore"
    /// What `ok` holds.
    public typealias Reply = ChangedDocument
    /// Which document.
    public var document = DocumentID()
    /// The revision that it was made on.
    public var base: Int64 = 0
    /// The revision to go back to, unless a version is given.
    public var revision: Int64?
    /// The version to go back to.
    public var version: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("base", &base, in: 1...largestID)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.integer("version", &version, in: 1...largestID)
    }
}
