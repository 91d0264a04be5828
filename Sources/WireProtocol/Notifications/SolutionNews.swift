/// What is told of a document, a solution or an adoption.
public enum SolutionNews: String, Sendable, CaseIterable {
    /// Something was noted on a passage of a document.
    case commented
    /// A comment was answered.
    case replied
    /// What the person noted is dealt with.
    case resolved
    /// A change of a document was proposed.
    case suggested
    /// The change that the person proposed was made.
    case suggestionAccepted = "suggestion_accepted"
    /// It was not.
    case suggestionRejected = "suggestion_rejected"
    /// The person is asked to review a solution.
    case asked
    /// A solution waits for a review by another city.
    case submitted
    /// A solution was given back.
    case returned
    /// A reviewer of another city said that it was tested.
    case approved
    /// A version was published; of what the person's city took over, a newer one.
    case published
    /// It was taken back.
    case withdrawn
    /// Another solution takes its place.
    case superseded
    /// An experiment of the solution was concluded.
    case concluded
    /// A city asks to take a solution over.
    case requested
    /// The city of origin agreed.
    case agreed
    /// The kit was handed over.
    case kitDelivered = "kit_delivered"
    /// The kit is being adapted.
    case adapting
    /// The solution is in use in the other city: it is transferred.
    case inUse = "in_use"
    /// The use was evaluated.
    case evaluated
    /// The adoption was given up.
    case abandoned
    /// An adoption has another referent.
    case appointed
}

/// In what way one is told of something.
public enum TellingWay: String, Sendable, CaseIterable {
    /// Not at all.
    case off
    /// Among the notifications alone.
    case app
    /// Among the notifications, and in mails, such as they were chosen.
    case mail
}

/// How one is told of documents, solutions and adoptions.
public struct SolutionTelling: WireObject, Equatable {
    /// Of solutions that wait for one's review.
    public var reviews = TellingWay.mail
    /// Of comments, answers, mentions and proposed changes in documents.
    public var comments = TellingWay.mail
    /// Of what becomes of solutions that one writes or reviews.
    public var changes = TellingWay.mail
    /// Of adoptions, and of what becomes of a solution that one's city took over.
    public var adoptions = TellingWay.mail

    /// All of it.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("reviews", &reviews)
        visitor.choice("comments", &comments)
        visitor.choice("changes", &changes)
        visitor.choice("adoptions", &adoptions)
    }
}

/// What one chooses about documents, solutions and adoptions; what is left out stays.
public struct ChosenSolutionTelling: WireObject, Equatable {
    /// Solutions that wait for one's review.
    public var reviews: TellingWay?
    /// Comments, answers, mentions and proposed changes in documents.
    public var comments: TellingWay?
    /// What becomes of solutions that one writes or reviews.
    public var changes: TellingWay?
    /// Adoptions, and what becomes of a solution that one's city took over.
    public var adoptions: TellingWay?

    /// To be read.
    public init() {}

    /// What holds after the choice.
    public func applied(to former: SolutionTelling) -> SolutionTelling {
        var telling = former
        telling.reviews = reviews ?? former.reviews
        telling.comments = comments ?? former.comments
        telling.changes = changes ?? former.changes
        telling.adoptions = adoptions ?? former.adoptions
        return telling
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("reviews", &reviews)
        visitor.choice("comments", &comments)
        visitor.choice("changes", &changes)
        visitor.choice("adoptions", &adoptions)
    }
}
