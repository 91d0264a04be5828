/// Asks for an event's polls: the open ones, then the prepared, then the closed, each newest first; for those who may know
/// of the event, the prepared ones for speakers and facilitators.
public struct ListLivePolls: ClientQuery {
    /// The name on the wire.
    public static let name = "livePoll.list"
    /// What `ok` holds.
    public typealias Reply = LivePollList
    /// Of which event.
    public var event = EventID()
    /// At most so many, 1–100, 50 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("limit", &limit, in: 1...100)
        visitor.text("cursor", &cursor, bytes: 1...64)
    }
}

/// A page of an event's polls.
public struct LivePollList: WireObject {
    /// The polls.
    public var polls: [LivePollView] = []
    /// How the next page is asked for; left out on the last.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(polls: [LivePollView], cursor: String?) {
        self.polls = polls
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("polls", &polls, count: 0...100)
        visitor.text("cursor", &cursor)
    }
}

/// Where a poll at an event stands.
public enum LivePollState: String, Sendable, CaseIterable {
    /// Known to speakers and facilitators alone.
    case prepared
    /// Is answered.
    case open
    /// Was closed, or its room was.
    case closed
}

/// One poll at an event.
public struct LivePollView: WireObject {
    /// The poll.
    public var id = LivePollID()
    /// At which event.
    public var event = EventID()
    /// What is asked.
    public var question = ""
    /// The answers to choose from, in their order.
    public var options: [String] = []
    /// Whether one answer is chosen or several.
    public var choice = LivePollChoice.single
    /// When everybody sees how many chose what.
    public var results = LivePollResults.afterwards
    /// Where it stands.
    public var state = LivePollState.prepared
    /// How many people answered.
    public var answered: Int64 = 0
    /// How many chose each option, in their order; left out for whom that is not yet to be seen.
    public var counts: [Int64]?
    /// What the reader chose.
    public var mine: [Int64] = []
    /// When it was prepared.
    public var at = Instant(milliseconds: 0)

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
        visitor.choice("state", &state)
        visitor.integer("answered", &answered)
        visitor.integers("counts", &counts, FieldRule(required: false, bounds: 0...mostLivePollOptions))
        var chosen: [Int64]? = mine
        visitor.integers("mine", &chosen, FieldRule(required: true, bounds: 0...mostLivePollOptions))
        mine = chosen ?? []
        visitor.instant("at", &at)
    }
}
