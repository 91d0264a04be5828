/// Asks what a rule gives, before it is used for a new series or, for its facilitators, for one that there is.
///
/// Times are local times `2026-12-01T10:00` in `zone`, or, without one, days. What a series has already may be left
/// out. An event whose time does not exist has a `problem` where `series.create` and `series.update` would be refused.
///
/// Errors: `invalid` as in `series.create`.
public struct PreviewSeries: ClientQuery {
    /// The name on the wire.
    public static let name = "series.preview"
    /// What `ok` holds.
    public typealias Reply = SeriesPreview
    /// Which series would change.
    public var series: SeriesID?
    /// The rule.
    public var rule: String?
    /// When the first begins.
    public var start: String?
    /// When the first ends.
    public var end: String?
    /// The zone of both.
    public var zone: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("series", &series)
        visitor.text("rule", &rule, bytes: 1...500)
        visitor.text("start", &start, bytes: 1...32)
        visitor.text("end", &end, bytes: 1...32)
        visitor.text("zone", &zone, bytes: 1...64)
    }
}

/// What a rule gives.
public struct SeriesPreview: WireObject {
    /// The events, in order.
    public var events: [PreviewedEvent] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(events: [PreviewedEvent]) { self.events = events }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("events", &events, count: 0...1_000)
    }
}

/// What would become of an event of a series.
public enum PreviewedChange: String, Sendable, CaseIterable {
    /// It would be prepared.
    case new
    /// It would stay when it is.
    case same
    /// It would move.
    case moved
    /// It would be called off: the rule gives fewer.
    case cancelled
    /// It has begun or was called off, and stays as it is.
    case over
}

/// An event of a series as a rule would have it.
public struct PreviewedEvent: WireObject {
    /// Its number in the series, from 1.
    public var index: Int64 = 1
    /// When it would begin.
    public var start = EventTime()
    /// When it would end.
    public var end = EventTime()
    /// What would become of it.
    public var change = PreviewedChange.new
    /// The event that there is.
    public var event: EventID?
    /// Why it cannot be: `does_not_exist` for a time that the clocks skip.
    public var problem: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("index", &index)
        visitor.object("start", &start)
        visitor.object("end", &end)
        visitor.choice("change", &change)
        visitor.id("event", &event)
        visitor.text("problem", &problem)
    }
}
