/// A solution was started; on `network/N`.
///
/// Its id is the update's `seq`.
public struct SolutionCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.created"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A part of a solution's kit was written, or its document; on `network/N`.
///
/// Like every update of a solution it bears what `solution.get` gives otherwise than before; `parts` and `partsHtml` bear
/// the part that was written, which `part` names.
public struct SolutionWritten: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.written"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A solution has another licence; on `network/N`.
public struct SolutionLicensed: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.licensed"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A review was asked for; on `network/N`.
public struct SolutionSubmitted: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.submitted"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// More people were asked for a review; on `network/N`.
///
/// They are named in `who`; the revision is the one before.
public struct SolutionAsked: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.asked"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A solution was given back with a reason; on `network/N`.
public struct SolutionReturned: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.returned"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A solution was found tested; on `network/N`.
public struct SolutionApproved: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.approved"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A version of a solution was published; on `network/N`.
public struct SolutionPublished: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.published"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A solution was taken back; on `network/N`.
public struct SolutionWithdrawn: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.withdrawn"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A newer solution took a solution's place; on `network/N`.
public struct SolutionSuperseded: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.superseded"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}

/// A solution refers to something else, or no longer does; on `network/N`.
public struct SolutionReferred: ServerUpdate {
    /// The name on the wire.
    public static let name = "solution.referred"
    /// What changed.
    public var solution = SolutionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ solution: SolutionView) { self.solution = solution }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { solution.fields(&visitor) }
}
