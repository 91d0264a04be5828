/// Asks when an event's room is open and what part the reader has in it; for those who may know of the event.
public struct GetWebinar: ClientQuery {
    /// The name on the wire.
    public static let name = "webinar.get"
    /// What `ok` holds.
    public typealias Reply = WebinarFacts
    /// Which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// What part somebody has in an event's room.
public enum WebinarPart: String, Sendable, CaseIterable {
    /// Runs the event.
    case facilitator
    /// Speaks at it.
    case speaker
    /// Has a seat.
    case participant

    /// Whether the room obeys: moderators mute, admit and end.
    public var moderates: Bool { self != .participant }
}

/// An event's room on the network, without its address.
public struct WebinarFacts: WireObject {
    /// The event.
    public var event = EventID()
    /// Who provides the room; left out where there is none.
    public var provider: EventRoom.Provider?
    /// From when on one may enter; left out where there is no room.
    public var opens: Instant?
    /// Until when.
    public var closes: Instant?
    /// What part the reader has; left out for whom the room is closed.
    public var part: WebinarPart?
    /// For facilitators: whether the server can open the room, or lacks its settings.
    public var ready: Bool?
    /// Its recordings, slides and captions.
    public var materials: [MaterialView] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.choice("provider", &provider)
        visitor.instant("opens", &opens)
        visitor.instant("closes", &closes)
        visitor.choice("part", &part)
        visitor.flag("ready", &ready)
        visitor.objects("materials", &materials, count: 0...200)
    }
}
