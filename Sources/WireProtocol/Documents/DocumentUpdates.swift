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
