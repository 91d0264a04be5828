/// The caller's notifications, newest first; those whose subject the caller may no longer read are left out.
public struct ListNotifications: ClientQuery {
    /// The name on the wire.
    public static let name = "notification.list"
    /// What `ok` holds.
    public typealias Reply = NotificationPage
    /// Only those older than this one.
    public var before: NotificationID?
    /// At most so many, 1–100, 50 unless told.
    public var limit: Int64?
    /// Whether to leave out those read.
    public var unread: Bool?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("before", &before)
        visitor.integer("limit", &limit, in: 1...100)
        visitor.flag("unread", &unread)
    }
}

/// One notification.
public struct NotificationView: WireObject, Equatable {
    /// The id.
    public var id = NotificationID()
    /// Why.
    public var kind = NotificationKind.mention
    /// When what it tells of was.
    public var at = Instant(milliseconds: 0)
    /// Who wrote or reported the message, or did what is told; left out for the server.
    public var by: MemberID?
    /// The network of the channel, or of what is told of.
    public var network: NetworkID?
    /// The channel; left out for a report, since moderators see the reported message alone.
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
    /// What the document or the solution is called.
    public var title: String?
    /// The beginning of the message or comment as it is now: plain, at most 200 characters; the title of an event or a
    /// solution; of an adoption the city that takes over.
    public var text: String?
    /// Whether it was read.
    public var read = false

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.choice("kind", &kind)
        visitor.instant("at", &at)
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
        visitor.text("title", &title)
        visitor.text("text", &text)
        visitor.flag("read", &read)
    }
}

/// A page of notifications.
public struct NotificationPage: WireObject {
    /// The notifications, newest first.
    public var notifications: [NotificationView] = []
    /// How many are unread in all.
    public var unread: Int64 = 0
    /// Whether older ones follow.
    public var more = false

    /// To be read.
    public init() {}

    /// Makes it.
    public init(notifications: [NotificationView], unread: Int64, more: Bool) {
        self.notifications = notifications
        self.unread = unread
        self.more = more
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("notifications", &notifications, count: 0...100)
        visitor.integer("unread", &unread)
        visitor.flag("more", &more)
    }
}
