/// An event as `event.get` and `event.list` give it, and, with what changed alone, as updates do.
///
/// `null` in an update says that the value is gone.
public struct EventView: WireObject {
    /// The event.
    public var id = EventID()
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Where it stands.
    public var state = EventState.draft
    /// Whose event.
    public var network: NetworkID?
    /// What kind.
    public var kind: EventKind?
    /// The title.
    public var title: String?
    /// When it begins.
    public var start: EventTime?
    /// When it ends.
    public var end: EventTime?
    /// The rest of what its facilitators said.
    public var details = EventDetails()
    /// The text as HTML.
    public var html: String?
    /// Its place in a series.
    public var series: SeriesPlace?
    /// How often its time changed since the members know of it: iCalendar's SEQUENCE.
    public var sequence: Int64?
    /// The times that it was moved from, the latest last.
    public var formerly: [FormerTime]?
    /// Why it was cancelled, postponed or moved.
    public var reason: String?
    /// Who prepared it; left out for the server.
    public var createdBy: MemberID?
    /// When it was prepared.
    public var at: Instant?
    /// How many take part.
    public var counts: EventCounts?
    /// How the reader takes part.
    public var me: EventPlace?
    /// What else is wanted twice at that time; in `event.get`, for facilitators and for the reader's own registrations.
    public var clashes: [EventClash]?
    /// Which values are gone; in updates.
    public var cleared: Set<String> = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.id("network", &network)
        visitor.choice("kind", &kind)
        visitor.text("title", &title)
        visitor.object("start", &start)
        visitor.object("end", &end)
        details.fields(&visitor)
        visitor.text("html", &html)
        visitor.object("series", &series)
        visitor.integer("sequence", &sequence)
        visitor.objects("formerly", &formerly, count: 0...100)
        visitor.text("reason", &reason)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.object("counts", &counts)
        visitor.object("me", &me)
        visitor.objects("clashes", &clashes, count: 0...100)
        visitor.nulls(EventDetails.clearable + ["html", "series", "reason"], &cleared)
    }
}
