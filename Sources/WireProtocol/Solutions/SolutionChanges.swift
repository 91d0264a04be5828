/// What a solution costs who takes it over, in whole euros.
public struct SolutionCost: WireObject, Equatable {
    /// Once, to begin with.
    public var once: Int64?
    /// Each year.
    public var yearly: Int64?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(once: Int64?, yearly: Int64?) {
        self.once = once
        self.yearly = yearly
    }

    /// Whether it says nothing.
    public var isEmpty: Bool { once == nil && yearly == nil }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("once", &once, in: 0...largestCost)
        visitor.integer("yearly", &yearly, in: 0...largestCost)
    }
}

/// The most euros that a cost may be.
public let largestCost: Int64 = 1_000_000_000

/// Gives a solution another title, or says what it costs; the network's members.
///
/// Of a published solution it opens the next version as a draft; the published one stays as it is.
/// Errors: `invalid` for nothing to change and for a cost that says nothing; `conflict` with the newest `revision` and
/// `state` for another revision and where the state does not allow it.
public struct ChangeSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.change"
    /// What `ok` holds.
    public typealias Reply = SolutionRevision
    /// Which solution.
    public var solution = SolutionID()
    /// What it is called from now on, its document too.
    public var title: String?
    /// What it costs; null when that is no longer known.
    public var cost: Clearable<SolutionCost>?
    /// The revision that was read.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.line("title", &title, bytes: 1...200)
        visitor.clearable("cost", &cost)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// A solution has another title or cost; on `network/N`.
public struct SolutionChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.changed"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A city that takes a solution over.
public struct SolutionAdopter: WireObject, Equatable {
    /// The city.
    public var id = OrganisationID()
    /// Its name.
    public var name = ""
    /// How far it is, of the adoption that is furthest.
    public var state = AdoptionState.requested

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
        visitor.choice("state", &state)
    }
}

/// Asks for at most five solutions like one: those whose words are most alike, sooner those about the same.
///
/// Only what the caller may read, and none that was superseded or withdrawn.
public struct SimilarSolutions: ClientQuery {
    /// The name on the wire.
    public static let name = "solution.similar"
    /// What `ok` holds.
    public typealias Reply = SolutionList
    /// Like which one.
    public var solution = SolutionID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("solution", &solution) }
}
