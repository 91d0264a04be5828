/// Writes an announcement now: facilitators, administrators, and bots with the scope `announce`.
///
/// Errors: `invalid` for a channel of another kind, else as in `message.post`.
public struct PostAnnouncement: ClientCommand {
    /// The name on the wire.
    public static let name = "announcement.post"
    /// What `ok` holds.
    public typealias Reply = CreatedMessage
    /// Which announcement channel.
    public var channel = ChannelID()
    /// The Markdown text, 1–16,384 bytes.
    public var text = ""
    /// Whether the readers are asked to say that they have seen it.
    public var acknowledge: Bool?
    /// Files uploaded by the caller for this channel, at most 20.
    public var files: [FileID]?
    /// The comuni of the network that it is addressed to, as in `message.post`.
    public var addressed: [OrganisationID]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.messageText("text", &text)
        visitor.flag("acknowledge", &acknowledge)
        visitor.ids("files", &files, count: 0...20)
        visitor.addressed(&addressed)
    }
}

/// Has an announcement written at a time to come; who may is judged now and then again.
///
/// Errors: `invalid` with `with.at.local` for a time that does not exist or is past, with `with.at.zone` for an
/// unknown zone.
public struct ScheduleAnnouncement: ClientCommand {
    /// The name on the wire.
    public static let name = "announcement.schedule"
    /// What `ok` holds.
    public typealias Reply = CreatedAnnouncement
    /// Which announcement channel.
    public var channel = ChannelID()
    /// The Markdown text, 1–16,384 bytes.
    public var text = ""
    /// When, by the clock on the wall.
    public var at = LocalTime()
    /// Whether the readers are asked to say that they have seen it.
    public var acknowledge: Bool?
    /// The comuni of the network that it is addressed to, as in `message.post`; judged now and then again.
    public var addressed: [OrganisationID]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.messageText("text", &text)
        visitor.object("at", &at)
        visitor.flag("acknowledge", &acknowledge)
        visitor.addressed(&addressed)
    }
}

/// The id of an announcement just scheduled.
public struct CreatedAnnouncement: WireObject {
    /// The announcement.
    public var id = AnnouncementID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: AnnouncementID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Calls off a scheduled announcement: its author and the network's facilitators.
///
/// Errors: `conflict` with `current.state` when it is no longer waiting. Calling it off twice is `ok` twice.
public struct CancelAnnouncement: ClientCommand {
    /// The name on the wire.
    public static let name = "announcement.cancel"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which announcement.
    public var announcement = AnnouncementID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("announcement", &announcement) }
}

/// Says that one has seen an announcement that asks for it; members of its channel.
///
/// A repetition changes nothing.
///
/// Errors: `conflict` for a message that does not ask.
public struct AcknowledgeAnnouncement: ClientCommand {
    /// The name on the wire.
    public static let name = "announcement.acknowledge"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which message.
    public var message = MessageID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("message", &message) }
}
