/// A facilitator prepared an event; on `network/N/desk`.
///
/// Its data are the whole event. The event's id is the `seq` of this update.
public struct EventCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.created"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// The members may know of an event from now on; on `network/N`.
///
/// Its data are the whole event.
public struct EventPublished: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.published"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// An event changed; on `network/N`, of a draft on `network/N/desk`.
///
/// Its data are `id`, `revision`, `state` and what changed, as `event.get` gives it; `null` for what is gone.
public struct EventChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.changed"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// An event was moved to another time; on the streams of ``EventChanged`` and with its data.
public struct EventRescheduled: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.rescheduled"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// An event was put off; on `network/N`, with the data of ``EventChanged``.
public struct EventPostponed: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.postponed"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// An event was called off; on the streams of ``EventChanged`` and with its data.
public struct EventCancelled: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.cancelled"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// An event has begun; on `network/N`, with the data of ``EventChanged``.
public struct EventStarted: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.started"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// An event is over; on `network/N`, with the data of ``EventChanged``.
public struct EventEnded: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.ended"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// The minutes of an event are approved; on `network/N`, with the data of ``EventChanged``.
public struct EventMinuted: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.minuted"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// An event was put away; on `network/N`, with the data of ``EventChanged``.
public struct EventArchived: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.archived"
    /// What there is to know.
    public var event = EventView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ event: EventView) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { event.fields(&visitor) }
}

/// How many take part in an event changed; on `network/N`.
///
/// Who waits asks `event.get` for the own position.
public struct EventCounted: ServerUpdate {
    /// The name on the wire.
    public static let name = "event.counted"
    /// The event.
    public var id = EventID()
    /// How many take part now.
    public var counts = EventCounts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: EventID, counts: EventCounts) {
        self.id = id
        self.counts = counts
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.object("counts", &counts)
    }
}
