/// Minutes were written; on `network/N/desk` while they are a draft, on `network/N` when they are shared.
///
/// The minutes' id is the `seq` of the first one.
public struct MinutesWritten: ServerUpdate {
    /// The name on the wire.
    public static let name = "minutes.written"
    /// What changed.
    public var minutes = MinutesNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ minutes: MinutesNews) { self.minutes = minutes }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { minutes.fields(&visitor) }
}

/// The members may read minutes from now on; on `network/N`.
public struct MinutesShared: ServerUpdate {
    /// The name on the wire.
    public static let name = "minutes.shared"
    /// What changed.
    public var minutes = MinutesNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ minutes: MinutesNews) { self.minutes = minutes }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { minutes.fields(&visitor) }
}

/// Somebody asks for an amendment; on `network/N`.
public struct MinutesAmended: ServerUpdate {
    /// The name on the wire.
    public static let name = "minutes.amended"
    /// What changed.
    public var minutes = MinutesNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ minutes: MinutesNews) { self.minutes = minutes }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { minutes.fields(&visitor) }
}

/// Minutes are approved; on `network/N`.
public struct MinutesApproved: ServerUpdate {
    /// The name on the wire.
    public static let name = "minutes.approved"
    /// What changed.
    public var minutes = MinutesNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ minutes: MinutesNews) { self.minutes = minutes }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { minutes.fields(&visitor) }
}

/// What is told of minutes: what changed, as `minutes.get` gives it; all of it when they are shared.
public struct MinutesNews: WireObject {
    /// The minutes.
    public var id = MinutesID()
    /// Of which event.
    public var event = EventID()
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Where they stand.
    public var state = MinutesState.draft
    /// The SHA-256 of the text, once approved.
    public var hash: String?
    /// What they say, Markdown.
    public var text: String?
    /// The text as safe HTML.
    public var html: String?
    /// What those who attended ask to be amended, in order.
    public var amendments: [AmendmentView]?
    /// Who approved.
    public var approvedBy: NamedPerson?
    /// When.
    public var approved: Instant?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MinutesID, event: EventID, revision: Int64, state: MinutesState) {
        self.id = id
        self.event = event
        self.revision = revision
        self.state = state
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.text("hash", &hash)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.objects("amendments", &amendments, count: 0...1_000)
        visitor.object("approvedBy", &approvedBy)
        visitor.instant("approved", &approved)
    }
}
