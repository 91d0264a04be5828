/// Asks for messages of a channel, oldest first: the newest, those before or after a message, or those around one or
/// around a moment.
///
/// Errors: `not_found` for a channel or thread that the caller may not know of, `invalid` when more than one of
/// `before`, `after`, `around`, `at` is given.
public struct MessageHistory: ClientQuery {
    /// The name on the wire.
    public static let name = "message.history"
    /// What `ok` holds.
    public typealias Reply = MessagePage
    /// Which channel.
    public var channel = ChannelID()
    /// Only the root of this thread and its replies; without it every message of the channel comes.
    public var thread: MessageID?
    /// Only messages older than this one.
    public var before: MessageID?
    /// Only messages newer than this one.
    public var after: MessageID?
    /// This message, with as many older as newer ones.
    public var around: MessageID?
    /// The first message of this moment or later, with as many older as newer ones; the newest when there is none so late.
    public var at: Instant?
    /// Messages in one answer, 1–200, 50 unless told.
    public var limit: Int64?
    /// True for pinned messages only.
    public var pinned: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("thread", &thread)
        visitor.id("before", &before)
        // 0 is before every message: the history from its beginning.
        var edge = after?.rawValue
        visitor.integer("after", &edge, in: 0...largestID)
        after = edge.map { MessageID($0) }
        visitor.id("around", &around)
        visitor.instant("at", &at)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.flag("pinned", &pinned)
        let given = [("before", before != nil), ("after", after != nil), ("around", around != nil), ("at", at != nil)]
            .filter(\.1)
        if given.count > 1 { visitor.reject(given[1].0, "not_allowed") }
    }
}

/// Who reacted to a message with one emoji.
public struct Reaction: WireObject, Equatable {
    /// The emoji.
    public var emoji = ""
    /// The people, in the order of their reacting.
    public var people: [MemberID] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(emoji: String, people: [MemberID]) {
        self.emoji = emoji
        self.people = people
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("emoji", &emoji)
        visitor.ids("people", &people, count: 0...100_000)
    }
}

/// A message as an answer shows it: the fields of `message.posted`, who wrote it, when, and what came of it.
///
/// A deleted one has no text, HTML or files.
public struct MessageView: WireObject {
    /// The message.
    public var id = MessageID()
    /// Where.
    public var channel = ChannelID()
    /// The root of the thread that it replies in.
    public var thread: MessageID?
    /// Who wrote it; left out for the server.
    public var by: MemberID?
    /// When.
    public var at = Instant(milliseconds: 0)
    /// The Markdown text.
    public var text: String?
    /// The text as HTML.
    public var html: String?
    /// The files attached.
    public var files: [AttachedFile]?
    /// The people mentioned.
    public var mentions: [MemberID] = []
    /// The groups mentioned.
    public var groups: [String]?
    /// The messages quoted.
    public var quotes: [MessageID] = []
    /// True when the readers are asked to say that they have seen it.
    public var acknowledge: Bool?
    /// True when the caller has said so.
    public var acknowledged: Bool?
    /// The comuni of the network that it is addressed to.
    public var addressed: [OrganisationID]?
    /// 1; each edit adds 1.
    public var revision: Int64 = 1
    /// The reactions, in the order of their first appearance.
    public var reactions: [Reaction] = []
    /// Replies in its thread, tombstones included, since they stay in the thread.
    public var replies: Int64 = 0
    /// True for a pinned message.
    public var pinned: Bool?
    /// True for a tombstone.
    public var deleted: Bool?
    /// Why it was removed by somebody else than its author.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("channel", &channel)
        visitor.id("thread", &thread)
        visitor.id("by", &by)
        visitor.instant("at", &at)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.objects("files", &files, count: 0...20)
        visitor.ids("mentions", &mentions, count: 0...1_000)
        visitor.texts("groups", &groups, count: 0...2)
        visitor.ids("quotes", &quotes, count: 0...20)
        visitor.flag("acknowledge", &acknowledge)
        visitor.flag("acknowledged", &acknowledged)
        visitor.addressed(&addressed)
        visitor.integer("revision", &revision)
        visitor.objects("reactions", &reactions, count: 0...1_000)
        visitor.integer("replies", &replies)
        visitor.flag("pinned", &pinned)
        visitor.flag("deleted", &deleted)
        visitor.text("reason", &reason)
    }
}

/// Whether there are messages on either side of a page.
public struct MoreMessages: WireObject, Equatable {
    /// Older ones.
    public var before = false
    /// Newer ones.
    public var after = false

    /// To be read.
    public init() {}

    /// Makes it.
    public init(before: Bool, after: Bool) {
        self.before = before
        self.after = after
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.flag("before", &before)
        visitor.flag("after", &after)
    }
}

/// A page of a channel's messages, oldest first.
public struct MessagePage: WireObject {
    /// The messages.
    public var messages: [MessageView] = []
    /// What lies on either side.
    public var more = MoreMessages()
    /// The names of who wrote them: bots, and people who are gone, stand in no other list that a reader may ask for.
    public var people: [NamedPerson] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(messages: [MessageView], more: MoreMessages, people: [NamedPerson]) {
        self.messages = messages
        self.more = more
        self.people = people
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("messages", &messages, count: 0...200)
        visitor.object("more", &more)
        visitor.objects("people", &people, count: 0...200)
    }
}

/// Asks how a text would look as a message.
public struct PreviewMessage: ClientQuery {
    /// The name on the wire.
    public static let name = "message.preview"
    /// What `ok` holds.
    public typealias Reply = RenderedText
    /// The Markdown text, 1–16,384 bytes.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.messageText("text", &text) }
}

/// A text as HTML.
public struct RenderedText: WireObject {
    /// The HTML, of a fixed set of elements.
    public var html = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(html: String) { self.html = html }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("html", &html) }
}
