/// Asks for a review of a draft; the network's members.
///
/// Errors: `conflict` with the newest `revision` and `state` for another revision and where the state does not allow it; `invalid` for a reviewer who is no member or of the solution's own city; `full` where a version has as many reviewers as it may.
public struct SubmitSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.submit"
    /// What `ok` holds.
    public typealias Reply = SolutionStanding
    /// Which solution.
    public var solution = SolutionID()
    /// The revision that was read.
    public var revision: Int64 = 0
    /// Who is asked: members of the network with a mandate in another city.
    public var reviewers: [PersonID]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.ids("reviewers", &reviewers, count: 1...20)
    }
}

/// Asks more people for a review of a solution that is in review already; the network's members.
///
/// The solution's text and revision stay as they are, and so does who was asked or has answered already: nothing new is `repeated`. Errors: `conflict` with `state` and `revision` where it is not in review; `invalid` for a reviewer who is no member or of the solution's own city; `full` where a version has as many reviewers as it may.
public struct AskReview: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.ask"
    /// What `ok` holds.
    public typealias Reply = SolutionStanding
    /// Which solution.
    public var solution = SolutionID()
    /// Who is asked: members of the network with a mandate in another city.
    public var reviewers: [PersonID] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.ids("reviewers", &reviewers, count: 1...20)
    }
}

/// Gives a solution in review back, with a reason; its reviewers, members of other cities, facilitators.
///
/// Errors: `conflict` with the newest `revision` and `state` for another revision and where the state does not allow it.
public struct ReturnSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.return"
    /// What `ok` holds.
    public typealias Reply = SolutionStanding
    /// Which solution.
    public var solution = SolutionID()
    /// The revision that was read.
    public var revision: Int64 = 0
    /// Why.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.text("reason", &reason, bytes: 1...2_000)
    }
}

/// Says that a solution in review was tested (*sperimentata*); a member with a mandate in a city other than its own.
///
/// Errors: `conflict` with the newest `revision` and `state` for another revision and where the state does not allow it; `forbidden` for its own city; `invalid` with `fields` where no experiment of it was concluded.
public struct ApproveSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.approve"
    /// What `ok` holds.
    public typealias Reply = SolutionStanding
    /// Which solution.
    public var solution = SolutionID()
    /// The revision that was read.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Publishes a tested solution as an immutable version; its city's members, who started it, facilitators.
///
/// Errors: `conflict` with the newest `revision` and `state` for another revision and where the state does not allow it; `invalid` with `fields` that name what is missing of the kit, or the licence.
public struct PublishSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.publish"
    /// What `ok` holds.
    public typealias Reply = SolutionStanding
    /// Which solution.
    public var solution = SolutionID()
    /// The revision that was read.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Takes a published solution back; its city's members, who started it, facilitators.
///
/// Errors: `conflict` with the newest `revision` and `state` for another revision and where the state does not allow it.
public struct WithdrawSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.withdraw"
    /// What `ok` holds.
    public typealias Reply = SolutionStanding
    /// Which solution.
    public var solution = SolutionID()
    /// The revision that was read.
    public var revision: Int64 = 0
    /// Why.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.text("reason", &reason, bytes: 1...2_000)
    }
}

/// Says that a newer published solution takes a published one's place; those who may withdraw it.
///
/// Who adopted it is told. Errors: `conflict` with the newest `revision` and `state` for another revision and where the state does not allow it, or where it would come round in a circle.
public struct SupersedeSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.supersede"
    /// What `ok` holds.
    public typealias Reply = SolutionStanding
    /// Which solution.
    public var solution = SolutionID()
    /// The revision that was read.
    public var revision: Int64 = 0
    /// The newer solution.
    public var by = SolutionID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.id("by", &by)
    }
}

/// Where a solution stands after a step.
public struct SolutionStanding: WireObject {
    /// Where it stands.
    public var state = SolutionState.draft
    /// The version that this is about.
    public var version: Int64 = 1
    /// Rises with each change.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(state: SolutionState, version: Int64, revision: Int64) {
        self.state = state
        self.version = version
        self.revision = revision
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("state", &state)
        visitor.integer("version", &version)
        visitor.integer("revision", &revision)
    }
}

/// Links what a solution came from or has to do with, or takes the link away; the network's members.
///
/// Errors: `not_found` for what the caller may not read.
public struct ReferSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.refer"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which solution.
    public var solution = SolutionID()
    /// What kind of thing.
    public var kind = ReferenceKind.event
    /// Its id.
    public var id: Int64 = 0
    /// Whether to take the link away.
    public var remove: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.choice("kind", &kind)
        visitor.integer("id", &id, in: 1...largestID)
        visitor.flag("remove", &remove)
    }
}
