/// Records what an event decided; its facilitators.
///
/// Decisions are numbered without gaps per network. Errors: `conflict` with the `state` for an event that does not take place, and for a decision that another one
/// superseded already; `not_found` for a superseded decision of another network.
public struct RecordDecision: ClientCommand {
    /// The name on the wire.
    public static let name = "decision.record"
    /// What `ok` holds.
    public typealias Reply = RecordedDecision
    /// At which event.
    public var event = EventID()
    /// What was decided, Markdown.
    public var text = ""
    /// Which decision it takes the place of.
    public var supersedes: DecisionID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.text("text", &text, bytes: 1...10_000)
        visitor.id("supersedes", &supersedes)
    }
}

/// A decision that was recorded.
public struct RecordedDecision: WireObject {
    /// The decision.
    public var id = DecisionID()
    /// Its number in the network, from 1.
    public var number: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: DecisionID, number: Int64) {
        self.id = id
        self.number = number
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("number", &number)
    }
}

/// Asks for the decisions of a network or of an event, the newest first.
public struct ListDecisions: ClientQuery {
    /// The name on the wire.
    public static let name = "decision.list"
    /// What `ok` holds.
    public typealias Reply = DecisionList
    /// Of which network.
    public var network: NetworkID?
    /// Of which event; a network or an event is needed.
    public var event: EventID?
    /// Only those with a lower number.
    public var before: Int64?
    /// At most so many, 1–200, 50 unless told.
    public var limit: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("event", &event)
        visitor.integer("before", &before, in: 1...largestID)
        visitor.integer("limit", &limit, in: 1...200)
    }
}

/// Decisions.
public struct DecisionList: WireObject {
    /// The newest first.
    public var decisions: [DecisionView] = []
    /// Whether there are older ones.
    public var more = false

    /// To be read.
    public init() {}

    /// Makes it.
    public init(decisions: [DecisionView], more: Bool) {
        self.decisions = decisions
        self.more = more
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("decisions", &decisions, count: 0...200)
        visitor.flag("more", &more)
    }
}

/// A decision was recorded; on `network/N`.
///
/// Its id is the update's `seq`.
public struct DecisionRecorded: ServerUpdate {
    /// The name on the wire.
    public static let name = "decision.recorded"
    /// What was decided.
    public var decision = DecisionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ decision: DecisionView) { self.decision = decision }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { decision.fields(&visitor) }
}

/// A numbered decision.
public struct DecisionView: WireObject {
    /// The decision.
    public var id = DecisionID()
    /// Whose.
    public var network = NetworkID()
    /// Its number in the network, from 1.
    public var number: Int64 = 1
    /// Of which event.
    public var event = EventID()
    /// What was decided, Markdown.
    public var text = ""
    /// As safe HTML.
    public var html = ""
    /// Which decision it takes the place of.
    public var supersedes: DecisionID?
    /// Which decision took its place.
    public var supersededBy: DecisionID?
    /// When it was recorded.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("network", &network)
        visitor.integer("number", &number)
        visitor.id("event", &event)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.id("supersedes", &supersedes)
        visitor.id("supersededBy", &supersededBy)
        visitor.instant("at", &at)
    }
}
