/// Asks for one solution whole, as it is being written or as a version said; the network's members.
public struct GetSolution: ClientQuery {
    /// The name on the wire.
    public static let name = "solution.get"
    /// What `ok` holds.
    public typealias Reply = SolutionView
    /// Which solution.
    public var solution = SolutionID()
    /// A published version, or the one being written; left out for that one, or the newest where nothing is being written.
    public var version: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.integer("version", &version, in: 1...largestID)
    }
}

/// Asks for the solutions of the caller's networks, those changed last first.
public struct ListSolutions: ClientQuery {
    /// The name on the wire.
    public static let name = "solution.list"
    /// What `ok` holds.
    public typealias Reply = SolutionList
    /// Only those of this network.
    public var network: NetworkID?
    /// Only those about this.
    public var area: SolutionArea?
    /// Only those of this city.
    public var city: OrganisationID?
    /// Only those in this state; `published` finds and shows what is published, also while its next version is being written.
    public var state: SolutionState?
    /// Only those whose title or summary has all these words.
    public var text: String?
    /// Only those that refer to this event.
    public var event: EventID?
    /// Only those that refer to this decision.
    public var decision: DecisionID?
    /// Only those that this city takes over, or has in use.
    public var adoptedBy: OrganisationID?
    /// Only those known to cost at most this in the first year, euros: once and yearly together.
    public var cost: Int64?
    /// Only those that another city has in use, or only those that none has.
    public var transferred: Bool?
    /// Solutions in one answer, 50 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.choice("area", &area)
        visitor.id("city", &city)
        visitor.choice("state", &state)
        visitor.line("text", &text, bytes: 1...200)
        visitor.id("event", &event)
        visitor.id("decision", &decision)
        visitor.flag("transferred", &transferred)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...64)
        visitor.id("adoptedBy", &adoptedBy)
        visitor.integer("cost", &cost, in: 0...largestCost)
    }
}

/// A page of solutions.
public struct SolutionList: WireObject {
    /// Without their parts.
    public var solutions: [SolutionView] = []
    /// Give it back for the next page; left out at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(solutions: [SolutionView], cursor: String?) {
        self.solutions = solutions
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("solutions", &solutions, count: 0...200)
        visitor.text("cursor", &cursor)
    }
}
