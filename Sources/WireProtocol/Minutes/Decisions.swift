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
///
/// Where `text` is asked for, one answer looks through 2,000 decisions at most: `next` tells where to go on, also when
/// it holds none.
public struct ListDecisions: ClientQuery {
    /// The name on the wire.
    public static let name = "decision.list"
    /// What `ok` holds.
    public typealias Reply = DecisionList
    /// Of which network.
    public var network: NetworkID?
    /// Of which event; a network or an event is needed.
    public var event: EventID?
    /// Only those whose text has these words, whatever their case and accents.
    public var text: String?
    /// Only those that no other took the place of, or only the others.
    public var inForce: Bool?
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
        visitor.line("text", &text, bytes: 1...200)
        visitor.flag("inForce", &inForce)
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
    /// Give it back as `before` for the next page; left out at the end.
    public var next: Int64?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(decisions: [DecisionView], next: Int64?) {
        self.decisions = decisions
        self.more = next != nil
        self.next = next
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("decisions", &decisions, count: 0...200)
        visitor.flag("more", &more)
        visitor.integer("next", &next)
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

/// Another decision took the place of one; on `network/N`, after that one's own update.
///
/// Its data are `id`, `revision`, `state`, `supersededBy` and that one's number.
public struct DecisionSuperseded: ServerUpdate {
    /// The name on the wire.
    public static let name = "decision.superseded"
    /// The decision that holds no more.
    public var id = DecisionID()
    /// Its revision now.
    public var revision: Int64 = 1
    /// Where it stands now.
    public var state = DecisionState.superseded
    /// Which decision took its place.
    public var supersededBy = DecisionID()
    /// The number of that one.
    public var supersededByNumber: Int64 = 1

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.id("supersededBy", &supersededBy)
        visitor.integer("supersededByNumber", &supersededByNumber)
    }
}

/// Whether a decision holds.
public enum DecisionState: String, Sendable, CaseIterable {
    /// It does.
    case inForce = "in_force"
    /// Another one took its place.
    case superseded
}

/// A numbered decision.
public struct DecisionView: WireObject {
    /// The decision.
    public var id = DecisionID()
    /// Rises with each change; what was written before it was told bears neither it nor `state` nor `createdBy`.
    public var revision: Int64?
    /// Whether it holds.
    public var state: DecisionState?
    /// Who recorded it.
    public var createdBy: MemberID?
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
    /// The number of the one it takes the place of.
    public var supersedesNumber: Int64?
    /// The number of the one that took its place.
    public var supersededByNumber: Int64?
    /// The event's title.
    public var title: String?
    /// When it was recorded.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.id("network", &network)
        visitor.integer("number", &number)
        visitor.id("event", &event)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.id("supersedes", &supersedes)
        visitor.id("supersededBy", &supersededBy)
        visitor.integer("supersedesNumber", &supersedesNumber)
        visitor.integer("supersededByNumber", &supersededByNumber)
        visitor.text("title", &title)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
    }
}
