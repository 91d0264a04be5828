/// Keeps a text that is not sent yet, for the same person on another device; one for each channel and thread.
///
/// An empty text deletes it. Only where one may write; nobody else ever sees it.
///
/// Errors: `invalid` with `too_many` above the drafts of one person.
public struct SaveDraft: ClientCommand {
    /// The name on the wire.
    public static let name = "draft.save"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// In which channel.
    public var channel = ChannelID()
    /// The root of the thread that it is to reply in.
    public var thread: MessageID?
    /// The text.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("thread", &thread)
        visitor.text("text", &text, bytes: 0...messageTextBytes)
    }
}

/// A draft was kept, changed or, with an empty text, deleted; on `person/N`.
///
/// Only the newest one of a place bears its text: the former ones lose it in the journal. Who comes back to a channel
/// is told what is kept for it.
public struct DraftSaved: ServerUpdate {
    /// The name on the wire.
    public static let name = "draft.saved"
    /// In which channel.
    public var channel = ChannelID()
    /// In which thread.
    public var thread: MessageID?
    /// The text; empty for none.
    public var text = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(channel: ChannelID, thread: MessageID?, text: String) {
        self.channel = channel
        self.thread = thread
        self.text = text
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("thread", &thread)
        visitor.text("text", &text)
    }
}
