/// A message was written; on `channel/N`.
public struct MessagePosted: ServerUpdate {
    /// The name on the wire.
    public static let name = "message.posted"
    /// The message: the `seq` of this update.
    public var id = MessageID()
    /// Where.
    public var channel = ChannelID()
    /// The root of the thread that it replies in.
    public var thread: MessageID?
    /// The Markdown text.
    public var text = ""
    /// The text as HTML, of a fixed set of elements.
    public var html = ""
    /// The files attached.
    public var files: [AttachedFile] = []
    /// The people mentioned, by name or by a group: members of the channel only.
    public var mentions: [MemberID] = []
    /// The groups mentioned, `facilitators` or `channel`; left out when there are none.
    ///
    /// In a channel of more than 256 members, `mentions` does not list the people of `channel`.
    public var groups: [String]?
    /// The messages quoted.
    public var quotes: [MessageID] = []
    /// True when the readers are asked to say that they have seen it.
    public var acknowledge: Bool?
    /// The comuni of the network that it is addressed to; left out when there are none.
    public var addressed: [OrganisationID]?
    /// 1; each edit adds 1.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        id: MessageID,
        channel: ChannelID,
        thread: MessageID?,
        text: String,
        html: String,
        files: [AttachedFile],
        mentions: [MemberID],
        groups: [String]?,
        quotes: [MessageID],
        acknowledge: Bool?,
        addressed: [OrganisationID]? = nil
    ) {
        self.id = id
        self.channel = channel
        self.thread = thread
        self.text = text
        self.html = html
        self.files = files
        self.mentions = mentions
        self.groups = groups
        self.quotes = quotes
        self.acknowledge = acknowledge
        self.addressed = addressed
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("channel", &channel)
        visitor.id("thread", &thread)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.objects("files", &files, count: 0...20)
        visitor.ids("mentions", &mentions, count: 0...1_000)
        visitor.texts("groups", &groups, count: 0...2)
        visitor.ids("quotes", &quotes, count: 0...20)
        visitor.flag("acknowledge", &acknowledge)
        visitor.addressed(&addressed)
        visitor.integer("revision", &revision)
    }
}

/// A message's text was changed by its author; on `channel/N`.
public struct MessageEdited: ServerUpdate {
    /// The name on the wire.
    public static let name = "message.edited"
    /// The message.
    public var id = MessageID()
    /// Where.
    public var channel = ChannelID()
    /// The new Markdown text.
    ///
    /// Left out, with `html`, while the channel has members who joined after the message and may not read back: those
    /// who may ask `message.history`.
    public var text: String?
    /// The new text as HTML.
    public var html: String?
    /// The people mentioned now.
    public var mentions: [MemberID] = []
    /// The groups mentioned now.
    public var groups: [String]?
    /// The message's new revision.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        id: MessageID,
        channel: ChannelID,
        text: String,
        html: String,
        mentions: [MemberID],
        groups: [String]?,
        revision: Int64
    ) {
        self.id = id
        self.channel = channel
        self.text = text
        self.html = html
        self.mentions = mentions
        self.groups = groups
        self.revision = revision
    }

    /// The same, for readers some of whom may not read what the message says.
    public var withoutWords: MessageEdited {
        var copy = self
        (copy.text, copy.html, copy.mentions, copy.groups) = (nil, nil, [], nil)
        return copy
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("channel", &channel)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.ids("mentions", &mentions, count: 0...1_000)
        visitor.texts("groups", &groups, count: 0...2)
        visitor.integer("revision", &revision)
    }
}

/// A message became a tombstone; on `channel/N`.
///
/// The earlier updates of that message lose their text in the journal.
public struct MessageDeleted: ServerUpdate {
    /// The name on the wire.
    public static let name = "message.deleted"
    /// The message.
    public var id = MessageID()
    /// Where.
    public var channel = ChannelID()
    /// Why, when somebody else than the author removed it.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MessageID, channel: ChannelID, reason: String?) {
        self.id = id
        self.channel = channel
        self.reason = reason
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("channel", &channel)
        visitor.text("reason", &reason)
    }
}

/// Somebody reacted to a message; on `channel/N`.
public struct MessageReacted: ServerUpdate {
    /// The name on the wire.
    public static let name = "message.reacted"
    /// The message.
    public var message = MessageID()
    /// Where.
    public var channel = ChannelID()
    /// With what.
    public var emoji = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(message: MessageID, channel: ChannelID, emoji: String) {
        self.message = message
        self.channel = channel
        self.emoji = emoji
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.id("channel", &channel)
        visitor.text("emoji", &emoji)
    }
}

/// Somebody took a reaction back; on `channel/N`.
public struct MessageUnreacted: ServerUpdate {
    /// The name on the wire.
    public static let name = "message.unreacted"
    /// The message.
    public var message = MessageID()
    /// Where.
    public var channel = ChannelID()
    /// What.
    public var emoji = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(message: MessageID, channel: ChannelID, emoji: String) {
        self.message = message
        self.channel = channel
        self.emoji = emoji
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.id("channel", &channel)
        visitor.text("emoji", &emoji)
    }
}

/// A message was pinned to its channel; on `channel/N`.
public struct MessagePinned: ServerUpdate {
    /// The name on the wire.
    public static let name = "message.pinned"
    /// The message.
    public var message = MessageID()
    /// Where.
    public var channel = ChannelID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(message: MessageID, channel: ChannelID) {
        self.message = message
        self.channel = channel
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.id("channel", &channel)
    }
}

/// A message is no longer pinned; on `channel/N`.
public struct MessageUnpinned: ServerUpdate {
    /// The name on the wire.
    public static let name = "message.unpinned"
    /// The message.
    public var message = MessageID()
    /// Where.
    public var channel = ChannelID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(message: MessageID, channel: ChannelID) {
        self.message = message
        self.channel = channel
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.id("channel", &channel)
    }
}

/// A message was reported to the moderators; on `person/N` of who reported it.
public struct MessageReported: ServerUpdate {
    /// The name on the wire.
    public static let name = "message.reported"
    /// The report: the `seq` of this update.
    public var id = ReportID()
    /// The message.
    public var message = MessageID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: ReportID, message: MessageID) {
        self.id = id
        self.message = message
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("message", &message)
    }
}
