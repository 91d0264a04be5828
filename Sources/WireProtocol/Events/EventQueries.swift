/// Asks for one event; the network's members, of a draft its facilitators.
public struct GetEvent: ClientQuery {
    /// The name on the wire.
    public static let name = "event.get"
    /// What `ok` holds.
    public typealias Reply = EventView
    /// Which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// Asks for the events of the caller's networks, by their start.
public struct ListEvents: ClientQuery {
    /// The name on the wire.
    public static let name = "event.list"
    /// What `ok` holds.
    public typealias Reply = EventList
    /// Only those of this network.
    public var network: NetworkID?
    /// Only those that end after this day's beginning or this moment.
    public var from: Moment?
    /// Only those that begin before this day's end or this moment.
    public var to: Moment?
    /// Only those of this kind.
    public var kind: EventKind?
    /// Only those of this series.
    public var series: SeriesID?
    /// Only those in this state.
    public var state: EventState?
    /// Only those that the caller takes part or speaks in.
    public var mine: Bool?
    /// Only those addressed to this comune.
    public var addressed: OrganisationID?
    /// Those that begin last first.
    public var newest: Bool?
    /// Events in one answer, 200 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.moment("from", &from)
        visitor.moment("to", &to)
        visitor.choice("kind", &kind)
        visitor.id("series", &series)
        visitor.choice("state", &state)
        visitor.flag("mine", &mine)
        visitor.id("addressed", &addressed)
        visitor.flag("newest", &newest)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...64)
    }
}

/// A page of events.
public struct EventList: WireObject {
    /// The events, without their clashes.
    public var events: [EventView] = []
    /// Give it back for the next page; left out at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(events: [EventView], cursor: String?) {
        self.events = events
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("events", &events, count: 0...200)
        visitor.text("cursor", &cursor)
    }
}
