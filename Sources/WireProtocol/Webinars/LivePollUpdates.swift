/// A poll was prepared at an event; on `network/N/desk`, and on `person/N` of its speakers.
///
/// What it asks `livePoll.list` tells.
public struct LivePollPrepared: ServerUpdate {
    /// The name on the wire.
    public static let name = "livePoll.prepared"
    /// The poll.
    public var poll = LivePollNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ poll: LivePollNews) { self.poll = poll }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { poll.fields(&visitor) }
}

/// Which poll, at which event.
public struct LivePollNews: WireObject {
    /// The poll.
    public var id = LivePollID()
    /// At which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: LivePollID, event: EventID) {
        self.id = id
        self.event = event
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
    }
}

/// A poll was opened at an event; on `network/N`.
public struct LivePollOpened: ServerUpdate {
    /// The name on the wire.
    public static let name = "livePoll.opened"
    /// The poll.
    public var id = LivePollID()
    /// At which event.
    public var event = EventID()
    /// What is asked; gone when it was removed.
    public var question: String?
    /// The answers to choose from; gone when it was removed.
    public var options: [String]?
    /// Whether one answer is chosen or several.
    public var choice = LivePollChoice.single
    /// When everybody sees how many chose what.
    public var results = LivePollResults.afterwards

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.text("question", &question)
        visitor.texts("options", &options, count: 0...mostLivePollOptions)
        visitor.choice("choice", &choice)
        visitor.choice("results", &results)
    }
}

/// Somebody answered a poll, answered otherwise or took the answer back; on `network/N`.
public struct LivePollAnswered: ServerUpdate {
    /// The name on the wire.
    public static let name = "livePoll.answered"
    /// The poll, and how many answered.
    public var poll = LivePollCounts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ poll: LivePollCounts) { self.poll = poll }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { poll.fields(&visitor) }
}

/// A poll was closed; on `network/N`.
public struct LivePollClosed: ServerUpdate {
    /// The name on the wire.
    public static let name = "livePoll.closed"
    /// The poll, and its results.
    public var poll = LivePollCounts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ poll: LivePollCounts) { self.poll = poll }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { poll.fields(&visitor) }
}

/// How many answered a poll, and what, where that is for all to see.
public struct LivePollCounts: WireObject {
    /// The poll.
    public var id = LivePollID()
    /// At which event.
    public var event = EventID()
    /// How many people answered.
    public var answered: Int64 = 0
    /// How many chose each option, in their order; left out while that is not yet to be seen.
    public var counts: [Int64]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.integer("answered", &answered)
        visitor.integers("counts", &counts, FieldRule(required: false, bounds: 0...mostLivePollOptions))
    }
}

/// A poll was removed; on `network/N`, of one that was never opened where it was prepared.
public struct LivePollRemoved: ServerUpdate {
    /// The name on the wire.
    public static let name = "livePoll.removed"
    /// The poll.
    public var poll = LivePollNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ poll: LivePollNews) { self.poll = poll }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { poll.fields(&visitor) }
}
