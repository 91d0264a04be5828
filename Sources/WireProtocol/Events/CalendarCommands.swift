/// Gives the secret address of one's own calendar, which programs subscribe to; it stays the same until revoked.
///
/// It shows what the person may see at the moment of asking. A repetition by nonce gives no address: ask anew.
public struct OpenCalendarFeed: ClientCommand {
    /// The name on the wire.
    public static let name = "calendar.feed"
    /// What `ok` holds.
    public typealias Reply = CalendarFeedAddress

    /// To be read.
    public init() {}

    /// Nothing to show.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// Where a calendar is read.
public struct CalendarFeedAddress: WireObject {
    /// The address; whoever knows it reads the calendar.
    public var url: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(url: String?) { self.url = url }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("url", &url) }
}

/// Ends the secret address of one's own calendar; the next `calendar.feed` gives another one.
public struct RevokeCalendarFeed: ClientCommand {
    /// The name on the wire.
    public static let name = "calendar.revoke"
    /// What `ok` holds.
    public typealias Reply = Nothing

    /// To be read.
    public init() {}

    /// Nothing to show.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// The path of `GET /events/{id}.ics`.
public struct EventPath: WireObject {
    /// Which event.
    public var id = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// The path of `GET /calendar/{secret}.ics`.
public struct CalendarPath: WireObject {
    /// The secret of the address.
    public var secret = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("secret", &secret) }
}
