/// Prepares an event: the network's facilitators.
///
/// It is a draft, which the members do not know of, until `event.publish`. An event in the past may be created. What
/// another event wants at the same time is told in `warnings`; `override` says why that is right, and is logged.
///
/// Errors: `invalid` with `with.kind` for a kind that the network's type does not allow, with `with.start.local` for a
/// time that does not exist, with `with.end` for an end that is not after the start, with `with.addressed` for what is no
/// comune of the network's city or in a network without sub-bodies.
public struct CreateEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "event.create"
    /// What `ok` holds.
    public typealias Reply = CreatedEvent
    /// Whose event.
    public var network = NetworkID()
    /// What kind.
    public var kind = EventKind.other
    /// The title, 1–300 bytes.
    public var title = ""
    /// When it begins.
    public var start = EventTime()
    /// When it ends.
    public var end = EventTime()
    /// What else there is to say.
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
        visitor.object("start", &start)
        visitor.object("end", &end)
        details.fields(&visitor)
        visitor.object("override", &override)
    }
}

/// The id of an event just made.
public struct CreatedEvent: WireObject {
    /// The event.
    public var id = EventID()
    /// 1.
    public var revision: Int64 = 1
    /// What else is wanted twice at that time.
    public var warnings: [EventClash]?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: EventID, warnings: [EventClash]) {
        self.id = id
        self.warnings = warnings.isEmpty ? nil : warnings
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.objects("warnings", &warnings, count: 0...100)
    }
}

/// Changes an event; facilitators.
///
/// What is left out stays; `null` takes a value away. A new `start` or `end` of an event that the members know of
/// moves it as `event.reschedule` does.
///
/// Errors: `conflict` with `current` when `revision` is no longer the newest (the clock's own changes of state do not
/// count), or the event is cancelled or archived; `invalid` as in `event.create`.
public struct UpdateEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "event.update"
    /// What `ok` holds.
    public typealias Reply = ChangedEvent
    /// Which event.
    public var event = EventID()
    /// The revision that the change was decided on.
    public var revision: Int64 = 1
    /// What kind.
    public var kind: EventKind?
    /// The title.
    public var title: String?
    /// When it begins.
    public var start: EventTime?
    /// When it ends.
    public var end: EventTime?
    /// What else there is to say.
    public var details = EventDetails()
    /// The fields whose value is taken away.
    public var cleared: Set<String> = []
    /// Why a clash is right.
    public var override: ClashOverride?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.choice("kind", &kind)
        visitor.line("title", &title, bytes: 1...300)
        visitor.object("start", &start)
        visitor.object("end", &end)
        details.fields(&visitor)
        visitor.nulls(EventDetails.clearable, &cleared)
        visitor.object("override", &override)
    }
}

/// Where an event stands after a command.
public struct ChangedEvent: WireObject {
    /// Its revision now.
    public var revision: Int64 = 1
    /// Its state now.
    public var state = EventState.draft
    /// What else is wanted twice at that time.
    public var warnings: [EventClash]?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(revision: Int64, state: EventState, warnings: [EventClash] = []) {
        self.revision = revision
        self.state = state
        self.warnings = warnings.isEmpty ? nil : warnings
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.objects("warnings", &warnings, count: 0...100)
    }
}

/// Prepares an event like another, at another time; facilitators of that one's network.
///
/// The copy is a draft of its own: everything that was said of the event goes over, its series, registrations and
/// former times do not. What ends the registration keeps its distance from the start; when it opens is left out.
/// Who speaks there and has left the community since is left out too.
///
/// Errors: `invalid` as in `event.create`.
public struct DuplicateEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "event.duplicate"
    /// What `ok` holds.
    public typealias Reply = CreatedEvent
    /// Which event.
    public var event = EventID()
    /// When the copy begins.
    public var start = EventTime()
    /// When the copy ends.
    public var end = EventTime()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.object("start", &start)
        visitor.object("end", &end)
    }
}

/// Lets the members know of a draft; facilitators.
///
/// Errors: `conflict` with `current` for an event that is no draft, or a `revision` that is no longer the newest.
public struct PublishEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "event.publish"
    /// What `ok` holds.
    public typealias Reply = ChangedEvent
    /// Which event.
    public var event = EventID()
    /// The revision that it was decided on.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Calls an event off; facilitators.
///
/// Errors: `conflict` with `current` for an event that is over or called off already, or a `revision` that is no longer
/// the newest.
public struct CancelEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "event.cancel"
    /// What `ok` holds.
    public typealias Reply = ChangedEvent
    /// Which event.
    public var event = EventID()
    /// The revision that it was decided on.
    public var revision: Int64 = 1
    /// Why, 1–1,000 bytes; those who registered read it.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.line("reason", &reason, bytes: 1...1_000)
    }
}

/// Puts an event off to a time not yet known; facilitators.
///
/// `event.reschedule` brings it back.
///
/// Errors: `conflict` with `current` for an event that is not published, or a `revision` that is no longer the newest.
public struct PostponeEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "event.postpone"
    /// What `ok` holds.
    public typealias Reply = ChangedEvent
    /// Which event.
    public var event = EventID()
    /// The revision that it was decided on.
    public var revision: Int64 = 1
    /// Why, 1–1,000 bytes; those who registered read it.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.line("reason", &reason, bytes: 1...1_000)
    }
}

/// Moves an event to another time; facilitators.
///
/// Registrations stay; the closing of the registration and the deadline for cancelling move with the start, where they
/// were given. A postponed event is published again.
///
/// Errors: `conflict` with `current` for an event that has begun, is over or called off, or a `revision` that is no
/// longer the newest; `invalid` as in `event.create`.
public struct RescheduleEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "event.reschedule"
    /// What `ok` holds.
    public typealias Reply = ChangedEvent
    /// Which event.
    public var event = EventID()
    /// The revision that it was decided on.
    public var revision: Int64 = 1
    /// When it begins.
    public var start = EventTime()
    /// When it ends.
    public var end = EventTime()
    /// Why, 1–1,000 bytes; those who registered read it.
    public var reason: String?
    /// Why a clash is right.
    public var override: ClashOverride?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.object("start", &start)
        visitor.object("end", &end)
        visitor.line("reason", &reason, bytes: 1...1_000)
        visitor.object("override", &override)
    }
}

/// Puts an event that is over away; facilitators.
///
/// Errors: `conflict` with `current` for an event that is not over, or a `revision` that is no longer the newest.
public struct ArchiveEvent: ClientCommand {
    /// The name on the wire.
    public static let name = "event.archive"
    /// What `ok` holds.
    public typealias Reply = ChangedEvent
    /// Which event.
    public var event = EventID()
    /// The revision that it was decided on.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}
