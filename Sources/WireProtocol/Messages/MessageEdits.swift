/// Asks for the former texts of a message: its author, the network's facilitators in the channels that they read, and
/// moderators where they read.
///
/// Errors: `not_found` for a message that the caller may not know of, `forbidden` for other readers.
public struct MessageEdits: ClientQuery {
    /// The name on the wire.
    public static let name = "message.edits"
    /// What `ok` holds.
    public typealias Reply = MessageEditList
    /// Which message.
    public var message = MessageID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("message", &message) }
}

/// A text that a message had.
public struct FormerText: WireObject {
    /// Its revision.
    public var revision: Int64 = 1
    /// When it was replaced.
    public var until = Instant(milliseconds: 0)
    /// The Markdown text.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
        visitor.instant("until", &until)
        visitor.text("text", &text)
    }
}

/// The former texts of a message, oldest first; none for a tombstone.
public struct MessageEditList: WireObject {
    /// The texts.
    public var edits: [FormerText] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(edits: [FormerText]) { self.edits = edits }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("edits", &edits, count: 0...200)
    }
}

/// Asks which messages refer to an entity by `#id`; each reader gets those that the reader may read.
public struct MessageReferences: ClientQuery {
    /// The name on the wire.
    public static let name = "message.references"
    /// What `ok` holds.
    public typealias Reply = MessagePage
    /// The id of a message or of any other entity.
    public var target: Int64 = 0
    /// Only messages before this one.
    public var before: MessageID?
    /// How many at most, 1–100, default 50.
    public var limit: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("target", &target, in: 1...Int64.max)
        visitor.id("before", &before)
        visitor.integer("limit", &limit, in: 1...100)
    }
}
