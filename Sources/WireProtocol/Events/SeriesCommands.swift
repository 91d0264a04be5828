/// Prepares events that belong together, such as a webinar cycle or a committee every four months; facilitators.
///
/// Each occurrence is an event of its own, a draft. A day that a month does not have is the month's last.
///
/// Errors: `invalid` with `with.rule` for a rule that does not end (`endless`), gives more than 100 (`too_many`), names
/// a time that does not exist (`does_not_exist`) or is not of the part that is understood (`not_allowed`); else as in
/// `event.create`.
public struct CreateSeries: ClientCommand {
    /// The name on the wire.
    public static let name = "series.create"
    /// What `ok` holds.
    public typealias Reply = SeriesEvents
    /// Whose events.
    public var network = NetworkID()
    /// What kind.
    public var kind = EventKind.other
    /// The title of the series and of its events, 1–300 bytes.
    public var title = ""
    /// RFC 5545 RRULE with COUNT or UNTIL: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, BYDAY, BYMONTHDAY, BYMONTH,
    /// BYSETPOS, WKST.
    public var rule = ""
    /// When the first begins.
    public var start = EventTime()
    /// When the first ends.
    public var end = EventTime()
    /// How many there are to be in all; as many as the rule gives unless told.
    public var planned: Int64?
    /// What else there is to say of each.
    public var details = EventDetails()
    /// Why a clash is right.
    public var override: ClashOverride?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.choice("kind", &kind)
        visitor.line("title", &title, bytes: 1...300)
        visitor.text("rule", &rule, bytes: 1...500)
        visitor.object("start", &start)
        visitor.object("end", &end)
        visitor.integer("planned", &planned, in: 1...1_000)
        details.fields(&visitor)
        visitor.object("override", &override)
    }
}

/// A series and its events.
public struct SeriesEvents: WireObject {
    /// The series.
    public var id = SeriesID()
    /// Its revision now.
    public var revision: Int64 = 1
    /// Its events, in order.
    public var events: [EventID] = []
    /// What else is wanted twice at the time of one of them, at most 100.
    public var warnings: [EventClash]?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: SeriesID, revision: Int64, events: [EventID], warnings: [EventClash] = []) {
        self.id = id
        self.revision = revision
        self.events = events
        self.warnings = warnings.isEmpty ? nil : Array(warnings.prefix(100))
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.ids("events", &events, count: 0...1_000)
        visitor.objects("warnings", &warnings, count: 0...100)
    }
}

/// Changes a series; facilitators.
///
/// What is said of the events goes for those that have not begun. A new rule, start or end moves them in order; where
/// the new rule gives more there are new drafts, where it gives fewer the last ones are called off.
///
/// Errors: `conflict` with `current` when `revision` is no longer the newest; `invalid` as in `series.create`.
public struct UpdateSeries: ClientCommand {
    /// The name on the wire.
    public static let name = "series.update"
    /// What `ok` holds.
    public typealias Reply = SeriesEvents
    /// Which series.
    public var series = SeriesID()
    /// The revision that the change was decided on.
    public var revision: Int64 = 1
    /// What kind.
    public var kind: EventKind?
    /// The title of the series and of its events.
    public var title: String?
    /// The rule.
    public var rule: String?
    /// When the first begins.
    public var start: EventTime?
    /// When the first ends.
    public var end: EventTime?
    /// How many there are to be in all.
    public var planned: Int64?
    /// What else there is to say of each.
    public var details = EventDetails()
    /// The fields whose value is taken away.
    public var cleared: Set<String> = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("series", &series)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.choice("kind", &kind)
        visitor.line("title", &title, bytes: 1...300)
        visitor.text("rule", &rule, bytes: 1...500)
        visitor.object("start", &start)
        visitor.object("end", &end)
        visitor.integer("planned", &planned, in: 1...1_000)
        details.fields(&visitor)
        visitor.nulls(EventDetails.clearable, &cleared)
    }
}

/// Publishes every draft of a series; facilitators.
///
/// Errors: `conflict` with `current` when `revision` is no longer the newest, or nothing is left to publish.
public struct PublishSeries: ClientCommand {
    /// The name on the wire.
    public static let name = "series.publish"
    /// What `ok` holds.
    public typealias Reply = SeriesEvents
    /// Which series.
    public var series = SeriesID()
    /// The revision that it was decided on.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("series", &series)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Calls off every event of a series that has not begun; facilitators.
///
/// Those that took place stay. The members are told of each event that they knew of.
///
/// Errors: `conflict` with `current` when `revision` is no longer the newest, or nothing is left to call off.
public struct CancelSeries: ClientCommand {
    /// The name on the wire.
    public static let name = "series.cancel"
    /// What `ok` holds.
    public typealias Reply = SeriesEvents
    /// Which series.
    public var series = SeriesID()
    /// The revision that it was decided on.
    public var revision: Int64 = 1
    /// Why, 1–1,000 bytes; the members read it.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("series", &series)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.line("reason", &reason, bytes: 1...1_000)
    }
}

/// Where a series stands.
public enum SeriesState: String, Sendable, CaseIterable {
    /// None of its events was published yet.
    case draft
    /// The members know of it.
    case published
}

/// A series as queries give it, and, with what changed alone, as updates do.
public struct SeriesView: WireObject {
    /// The series.
    public var id = SeriesID()
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Where it stands.
    public var state = SeriesState.draft
    /// Whose events.
    public var network: NetworkID?
    /// What kind.
    public var kind: EventKind?
    /// The title.
    public var title: String?
    /// The rule.
    public var rule: String?
    /// When the first begins.
    public var start: EventTime?
    /// When the first ends.
    public var end: EventTime?
    /// How many there are to be in all.
    public var planned: Int64?
    /// The events that the reader may know of, in order.
    public var events: [EventID]?
    /// Who prepared it; left out for the server.
    public var createdBy: MemberID?
    /// When it was prepared.
    public var at: Instant?

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
        visitor.text("rule", &rule)
        visitor.object("start", &start)
        visitor.object("end", &end)
        visitor.integer("planned", &planned)
        visitor.ids("events", &events, count: 0...1_000)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
    }
}

/// Asks for one series; the network's members, of a draft its facilitators.
public struct GetSeries: ClientQuery {
    /// The name on the wire.
    public static let name = "series.get"
    /// What `ok` holds.
    public typealias Reply = SeriesView
    /// Which series.
    public var series = SeriesID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("series", &series) }
}

/// Asks for a network's series, newest first.
public struct ListSeries: ClientQuery {
    /// The name on the wire.
    public static let name = "series.list"
    /// What `ok` holds.
    public typealias Reply = SeriesList
    /// Whose.
    public var network = NetworkID()
    /// Only those older than this one.
    public var before: SeriesID?
    /// Series in one answer, 50 unless told.
    public var limit: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("before", &before)
        visitor.integer("limit", &limit, in: 1...100)
    }
}

/// Series, newest first.
public struct SeriesList: WireObject {
    /// The series.
    public var series: [SeriesView] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(series: [SeriesView]) { self.series = series }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("series", &series, count: 0...100)
    }
}

/// A facilitator prepared a series; on `network/N/desk`, before its events.
///
/// Its data are the whole series, with the ids that its events get. The series' id is the `seq` of this update.
public struct SeriesCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "series.created"
    /// What there is to know.
    public var series = SeriesView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ series: SeriesView) { self.series = series }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { series.fields(&visitor) }
}

/// The members may know of a series from now on; on `network/N`.
///
/// Its data are the whole series, with those of its events that the members may know of now; each of these comes by an
/// update of its own.
public struct SeriesPublished: ServerUpdate {
    /// The name on the wire.
    public static let name = "series.published"
    /// What there is to know.
    public var series = SeriesView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ series: SeriesView) { self.series = series }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { series.fields(&visitor) }
}

/// A series changed; on `network/N`, of a draft on `network/N/desk`, with `id`, `revision`, `state` and what changed.
///
/// New events are drafts: the desk alone is told of `events` then. After `series.publish` the network is.
public struct SeriesChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "series.changed"
    /// What there is to know.
    public var series = SeriesView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ series: SeriesView) { self.series = series }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { series.fields(&visitor) }
}
