/// The caller's drafts in channels that the caller may still read; the same list stands in the first snapshot.
public struct ListDrafts: ClientQuery {
    /// The name on the wire.
    public static let name = "draft.list"
    /// What `ok` holds.
    public typealias Reply = DraftList

    /// Asks.
    public init() {}

    /// No fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// A text that is not sent yet.
public struct DraftView: WireObject, Equatable {
    /// In which channel.
    public var channel = ChannelID()
    /// In which thread.
    public var thread: MessageID?
    /// The text.
    public var text = ""
    /// When it was kept.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Makes it.
    public init(channel: ChannelID, thread: MessageID?, text: String, at: Instant) {
        self.channel = channel
        self.thread = thread
        self.text = text
        self.at = at
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("thread", &thread)
        visitor.text("text", &text)
        visitor.instant("at", &at)
    }
}

/// Drafts, by channel and thread.
public struct DraftList: WireObject {
    /// The drafts.
    public var drafts: [DraftView] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ drafts: [DraftView]) { self.drafts = drafts }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("drafts", &drafts, count: 0...10_000)
    }
}
