/// There is something to be told; on `person/N`.
public struct NotificationAdded: ServerUpdate {
    /// The name on the wire.
    public static let name = "notification.added"
    /// The notification: the `seq` of this update.
    public var id = NotificationID()
    /// Why.
    public var kind = NotificationKind.mention
    /// Who wrote or reported the message, or did what is told; left out for the server.
    public var by: MemberID?
    /// The network of the channel, or of what is told of.
    public var network: NetworkID?
    /// The channel; left out for a report.
    public var channel: ChannelID?
    /// The message.
    public var message: MessageID?
    /// The event, of the kinds `registration`, `event` and `reminder`.
    public var event: EventID?
    /// What is told of the event.
    public var news: EventNews?
    /// The document.
    public var document: DocumentID?
    /// The comment on it, or the answer.
    public var comment: CommentID?
    /// The solution.
    public var solution: SolutionID?
    /// The adoption.
    public var adoption: AdoptionID?
    /// What is told of the document, the solution or the adoption.
    public var told: SolutionNews?
    /// How many are unread now, with this one.
    public var unread: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.choice("kind", &kind)
        visitor.id("by", &by)
        visitor.id("network", &network)
        visitor.id("channel", &channel)
        visitor.id("message", &message)
        visitor.id("event", &event)
        visitor.choice("news", &news)
        visitor.id("document", &document)
        visitor.id("comment", &comment)
        visitor.id("solution", &solution)
        visitor.id("adoption", &adoption)
        visitor.choice("told", &told)
        visitor.integer("unread", &unread)
    }
}

/// Notifications are unread no longer; on `person/N`.
///
/// All up to `upTo`; or those of the messages of a channel up to `channelUpTo`, which the read marker passed; or, with
/// `unread` alone, those whose message was deleted or may no longer be read.
public struct NotificationsRead: ServerUpdate {
    /// The name on the wire.
    public static let name = "notification.read"
    /// All up to this one.
    public var upTo: NotificationID?
    /// Those of this channel.
    public var channel: ChannelID?
    /// Of messages up to this one.
    public var channelUpTo: MessageID?
    /// How many are unread now.
    public var unread: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        upTo: NotificationID? = nil,
        channel: ChannelID? = nil,
        channelUpTo: MessageID? = nil,
        unread: Int64
    ) {
        self.upTo = upTo
        self.channel = channel
        self.channelUpTo = channelUpTo
        self.unread = unread
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("upTo", &upTo)
        visitor.id("channel", &channel)
        visitor.id("channelUpTo", &channelUpTo)
        visitor.integer("unread", &unread)
    }
}
