/// The largest text of a message, bytes of UTF-8.
public let messageTextBytes: Int64 = 16_384

/// The most sub-bodies of a network that one field may name.
public let mostAddressed: Int64 = 400

extension FieldVisitor {
    /// The sub-bodies of a network that something is addressed to.
    public mutating func addressed(_ value: inout [OrganisationID]?) {
        ids("addressed", &value, count: 0...mostAddressed)
    }

    /// A message's text: 1–16,384 bytes, not of white space alone.
    public mutating func messageText(_ name: String, _ value: inout String) {
        text(name, &value, bytes: 1...messageTextBytes)
        if !value.isEmpty, value.isBlank { reject(name, "empty") }
    }
}

extension String {
    /// Whether nothing of the text can be seen.
    fileprivate var isBlank: Bool {
        unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
                || (0x200B...0x200F).contains(scalar.value) || scalar.value == 0xFEFF || scalar.value == 0x2060
        }
    }
}

/// Writes a message into a channel.
///
/// Errors: `not_found` for a channel, thread root, quoted message or file that the caller may not know of,
/// `forbidden` for who is not a member or may not announce, `invalid` for a reply to a reply or an empty text, and with
/// `with.addressed` for what is no comune of the network's city or in a network without sub-bodies,
/// `too_large` for a longer one, `conflict` in an archived channel, `unavailable` in a dormant network.
public struct PostMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.post"
    /// What `ok` holds.
    public typealias Reply = CreatedMessage
    /// Where.
    public var channel = ChannelID()
    /// The Markdown text, 1–16,384 bytes.
    public var text = ""
    /// The root message of the thread that it replies in.
    public var thread: MessageID?
    /// Messages quoted, at most 20.
    public var quotes: [MessageID]?
    /// Files uploaded by the caller for this channel, at most 20.
    public var files: [FileID]?
    /// The comuni of the network that it is addressed to, at most as many as the server's settings say.
    ///
    /// The channel's members who act for one of them are told. Everybody else reads it as well.
    public var addressed: [OrganisationID]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.messageText("text", &text)
        visitor.id("thread", &thread)
        visitor.ids("quotes", &quotes, count: 0...20)
        visitor.ids("files", &files, count: 0...20)
        visitor.addressed(&addressed)
    }
}

/// The id of a message just written.
public struct CreatedMessage: WireObject {
    /// The message.
    public var id = MessageID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MessageID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Replaces the text of one's own message.
///
/// Errors: `conflict` with `current.revision` when the revision is no longer the newest, `closed` after the edit
/// window, `forbidden` for who is not the author.
public struct EditMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.edit"
    /// What `ok` holds.
    public typealias Reply = MessageRevision
    /// Which message.
    public var message = MessageID()
    /// The new Markdown text, 1–16,384 bytes.
    public var text = ""
    /// The revision that the edit was decided on.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.messageText("text", &text)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// A message's revision.
public struct MessageRevision: WireObject {
    /// The newest revision.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(revision: Int64) { self.revision = revision }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("revision", &revision) }
}

/// Makes a tombstone of a message, in the journal too: the author, or a facilitator or moderator with a reason.
///
/// Deleting twice is `ok` twice.
public struct DeleteMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.delete"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which message.
    public var message = MessageID()
    /// Why, at most 500 bytes; needed by who is not the author.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.text("reason", &reason, bytes: 1...500)
    }
}

/// Reacts to a message with an emoji; once per person and emoji, a repetition changes nothing.
public struct ReactToMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.react"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which message.
    public var message = MessageID()
    /// One emoji, 1–32 bytes.
    public var emoji = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.emoji("emoji", &emoji)
    }
}

/// Takes a reaction back; one that is not there changes nothing.
public struct UnreactToMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.unreact"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which message.
    public var message = MessageID()
    /// The emoji.
    public var emoji = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.emoji("emoji", &emoji)
    }
}

/// Pins a message to its channel; members.
///
/// A repetition changes nothing.
public struct PinMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.pin"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which message.
    public var message = MessageID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("message", &message) }
}

/// Takes a pin off; members.
///
/// A repetition changes nothing.
public struct UnpinMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.unpin"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which message.
    public var message = MessageID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("message", &message) }
}
