/// Marks notifications as read: all up to one, or those that tell of an event, a document, a solution or an adoption; one
/// of them is given.
public struct ReadNotifications: ClientCommand {
    /// The name on the wire.
    public static let name = "notification.read"
    /// What `ok` holds.
    public typealias Reply = NotificationsReadUpTo
    /// The newest one read.
    public var upTo: NotificationID?
    /// The event.
    public var event: EventID?
    /// The document.
    public var document: DocumentID?
    /// The solution.
    public var solution: SolutionID?
    /// The adoption.
    public var adoption: AdoptionID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("upTo", &upTo)
        visitor.id("event", &event)
        visitor.id("document", &document)
        visitor.id("solution", &solution)
        visitor.id("adoption", &adoption)
    }
}

/// Up to where notifications are read: the higher of what was stored and what was given.
public struct NotificationsReadUpTo: WireObject {
    /// The id, 0 for none.
    public var upTo: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(upTo: Int64) { self.upTo = upTo }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("upTo", &upTo) }
}
