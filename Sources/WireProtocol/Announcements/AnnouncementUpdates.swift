/// An announcement waits for its time; on `person/N` of the author and on `network/N/desk`.
///
/// Its id is the `seq` of the first of the two.
public struct AnnouncementScheduled: ServerUpdate {
    /// The name on the wire.
    public static let name = "announcement.scheduled"
    /// The announcement.
    public var id = AnnouncementID()
    /// Its channel.
    public var channel = ChannelID()
    /// When it will be written.
    public var at = LocalTime()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: AnnouncementID, channel: ChannelID, at: LocalTime) {
        self.id = id
        self.channel = channel
        self.at = at
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("channel", &channel)
        visitor.object("at", &at)
    }
}

/// An announcement was written at its time; on the streams of ``AnnouncementScheduled``.
///
/// Extension of the project.
public struct AnnouncementSent: ServerUpdate {
    /// The name on the wire.
    public static let name = "announcement.sent"
    /// The announcement.
    public var id = AnnouncementID()
    /// Its channel.
    public var channel = ChannelID()
    /// When it was to be written.
    public var at = LocalTime()
    /// The message that it became.
    public var message = MessageID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: AnnouncementID, channel: ChannelID, at: LocalTime, message: MessageID) {
        self.id = id
        self.channel = channel
        self.at = at
        self.message = message
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("channel", &channel)
        visitor.object("at", &at)
        visitor.id("message", &message)
    }
}

/// An announcement was called off; on the streams of ``AnnouncementScheduled``.
public struct AnnouncementCancelled: ServerUpdate {
    /// The name on the wire.
    public static let name = "announcement.cancelled"
    /// The announcement.
    public var id = AnnouncementID()
    /// Its channel.
    public var channel = ChannelID()
    /// When it would have been written.
    public var at = LocalTime()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: AnnouncementID, channel: ChannelID, at: LocalTime) {
        self.id = id
        self.channel = channel
        self.at = at
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("channel", &channel)
        visitor.object("at", &at)
    }
}

/// An announcement could not be written at its time; on the streams of ``AnnouncementScheduled``.
public struct AnnouncementFailed: ServerUpdate {
    /// The name on the wire.
    public static let name = "announcement.failed"
    /// The announcement.
    public var id = AnnouncementID()
    /// Its channel.
    public var channel = ChannelID()
    /// When it should have been written.
    public var at = LocalTime()
    /// Why: `late`, or the code of the refusal (`forbidden`, `conflict`, `unavailable` …).
    public var reason = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: AnnouncementID, channel: ChannelID, at: LocalTime, reason: String) {
        self.id = id
        self.channel = channel
        self.at = at
        self.reason = reason
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("channel", &channel)
        visitor.object("at", &at)
        visitor.text("reason", &reason)
    }
}

/// Somebody has seen an announcement; on `network/N/desk`.
public struct AnnouncementAcknowledged: ServerUpdate {
    /// The name on the wire.
    public static let name = "announcement.acknowledged"
    /// The message.
    public var message = MessageID()
    /// Who.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(message: MessageID, person: PersonID) {
        self.message = message
        self.person = person
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.id("person", &person)
    }
}
