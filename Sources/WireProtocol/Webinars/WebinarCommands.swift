/// Asks for the way into an event's room on the network, for the person who asks alone.
///
/// For those who are confirmed or checked in, the speakers and the facilitators; from some minutes before the start
/// (`too_early` before) to the end (`closed` after it).
public struct JoinWebinar: ClientCommand {
    /// The name on the wire.
    public static let name = "webinar.join"
    /// What `ok` holds.
    public typealias Reply = WebinarLink
    /// Which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// The way into a room; whoever knows it may enter in the person's name.
public struct WebinarLink: WireObject {
    /// The address.
    public var url = ""
    /// Until when it may be used; the room's server may hold it open longer.
    public var expires = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Makes it.
    public init(url: String, expires: Instant) {
        self.url = url
        self.expires = expires
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("url", &url)
        visitor.instant("expires", &expires)
    }
}
