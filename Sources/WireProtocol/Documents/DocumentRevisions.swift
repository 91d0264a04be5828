/// Who changed a document when, newest first; members.
public struct GetDocumentHistory: ClientQuery {
    /// The name on the wire.
    public static let name = "document.history"
    /// What `ok` holds.
    public typealias Reply = DocumentHistory
    /// Which document.
    public var document = DocumentID()
    /// Only revisions below this one.
    public var before: Int64?
    /// How many at most, 50 by default.
    public var limit: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("before", &before, in: 1...largestID)
        visitor.integer("limit", &limit, in: 1...200)
    }
}

/// Revisions.
public struct DocumentHistory: WireObject {
    /// The revisions, newest first.
    public var revisions: [RevisionView] = []
    /// The published versions among them, newest first.
    public var versions: [VersionView] = []
    /// Whether there are older ones.
    public var more = false

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("revisions", &revisions, count: 0...200)
        visitor.objects("versions", &versions, count: 0...200)
        visitor.flag("more", &more)
    }
}

/// How a revision came about.
public enum RevisionKind: String, Sendable, CaseIterable {
    /// The document was begun.
    case created
    /// Somebody wrote.
    case edited
    /// A whole text was saved.
    case saved
    /// An earlier text was taken up again.
    case restored
    /// A proposed change was accepted.
    case accepted
}

/// A revision without its text.
public struct RevisionView: WireObject {
    /// Its number.
    public var revision: Int64 = 1
    /// Whose; nobody's once erased.
    public var by: MemberID?
    /// When.
    public var at = Instant(milliseconds: 0)
    /// How much it adds and takes away, UTF-16 units: `+12 -3`.
    public var summary = ""
    /// How it came about.
    public var kind = RevisionKind.edited

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
        visitor.id("by", &by)
        visitor.instant("at", &at)
        visitor.text("summary", &summary)
        visitor.choice("kind", &kind)
    }
}

/// A published version without its text.
public struct VersionView: WireObject {
    /// Its number.
    public var version: Int64 = 1
    /// Of which revision.
    public var revision: Int64 = 1
    /// Who published it; nobody once erased.
    public var by: MemberID?
    /// When.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("version", &version)
        visitor.integer("revision", &revision)
        visitor.id("by", &by)
        visitor.instant("at", &at)
    }
}

/// What lies between two revisions or versions of a document; members.
///
/// Errors: `not_found` for a revision that is not retained.
public struct DiffDocument: ClientQuery {
    /// The name on the wire.
    public static let name = "document.diff"
    /// What `ok` holds.
    public typealias Reply = DocumentDiff
    /// Which document.
    public var document = DocumentID()
    /// From which revision; the first by default.
    public var fromRevision: Int64?
    /// From which version instead.
    public var fromVersion: Int64?
    /// To which revision; the newest by default.
    public var toRevision: Int64?
    /// To which version instead.
    public var toVersion: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("fromRevision", &fromRevision, in: 1...largestID)
        visitor.integer("fromVersion", &fromVersion, in: 1...largestID)
        visitor.integer("toRevision", &toRevision, in: 1...largestID)
        visitor.integer("toVersion", &toVersion, in: 1...largestID)
    }
}

/// What lies between two texts.
public struct DocumentDiff: WireObject {
    /// The revision of the one.
    public var from: Int64 = 1
    /// The revision of the other.
    public var to: Int64 = 1
    /// A change set that makes the other of the one.
    public var changes: JSON?
    /// The lines that differ, with three around them.
    public var hunks: [DiffHunk] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("from", &from)
        visitor.integer("to", &to)
        visitor.json("changes", &changes)
        visitor.objects("hunks", &hunks, count: 0...1_000_000)
    }
}

/// Lines that differ, with those around them.
public struct DiffHunk: WireObject {
    /// The number of the first line in the one text.
    public var from: Int64 = 1
    /// The number of the first line in the other.
    public var to: Int64 = 1
    /// The lines, each after a space where both have it, `-` where only the one, `+` where only the other has.
    public var lines: [String] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("from", &from)
        visitor.integer("to", &to)
        visitor.texts("lines", &lines, count: 0...1_000_000)
    }
}
