/// What solutions and experiments are about: the three areas of the programme.
public enum SolutionArea: String, Sendable, CaseIterable {
    /// Administrative simplification of building and economic activities.
    case edilizia
    /// Strategic plans of the metropolitan cities.
    case strategicPlans = "piani-strategici"
    /// Territorial reorganisation and associated management.
    case reorganisation = "riassetto"
}

/// The parts of a solution's kit, in the order in which they are read.
public enum KitPart: String, Sendable, CaseIterable {
    /// The solution in few words.
    case summary
    /// Context and need.
    case context
    /// Organisational model.
    case organisation
    /// Acts and legal models.
    case acts
    /// Technical component, with a link to its `publiccode.yml`.
    case technology
    /// Training.
    case training
    /// Communication.
    case communication
    /// Costs and times.
    case costs
    /// Indicators and results.
    case indicators
    /// Risks and lessons.
    case risks
    /// Contacts.
    case contacts
}

/// The longest text of one part of a kit, bytes.
public let largestKitPart: Int64 = 100_000

/// Bytes of a licence: identifiers, or an expression of several.
public let largestLicence: Int64 = 300

/// Where a solution stands.
public enum SolutionState: String, Sendable, CaseIterable {
    /// It is being written.
    case draft
    /// Other cities look at it.
    case inReview = "in_review"
    /// It was tried, and another city says so.
    case tested
    /// It may be taken over.
    case published
    /// A newer solution took its place.
    case superseded
    /// It was taken back.
    case withdrawn
}

/// What came of a review.
public enum ReviewState: String, Sendable, CaseIterable {
    /// It was asked for.
    case asked
    /// The solution was found tested.
    case approved
    /// It was given back with a reason.
    case returned
}

/// What happens in a solution's life.
public enum SolutionActKind: String, Sendable, CaseIterable {
    /// It was started.
    case created
    /// The next version was opened.
    case reopened
    /// A review was asked for.
    case submitted
    /// More people were asked for one.
    case asked
    /// It was given back.
    case returned
    /// It was found tested.
    case approved
    /// A version was published.
    case published
    /// It was taken back.
    case withdrawn
    /// A newer one took its place.
    case superseded
}

/// What a solution may have to do with.
public enum ReferenceKind: String, Sendable, CaseIterable {
    /// A meeting or another event.
    case event
    /// A numbered decision.
    case decision
    /// A message.
    case message
    /// Another solution.
    case solution
}

/// Where an experiment stands.
public enum ExperimentState: String, Sendable, CaseIterable {
    /// It is planned.
    case proposed
    /// It goes on.
    case started
    /// It is over.
    case concluded
}

/// What came of an experiment.
public enum ExperimentOutcome: String, Sendable, CaseIterable {
    /// It worked.
    case success
    /// Some of it worked.
    case partial
    /// It did not work, which is worth knowing too.
    case failed
}

/// Where an adoption stands.
public enum AdoptionState: String, Sendable, CaseIterable {
    /// A city asks to take the solution over.
    case requested
    /// The city of origin agrees.
    case agreed
    /// The kit was handed over.
    case kitDelivered = "kit_delivered"
    /// It is being fitted to the city.
    case adapting
    /// It is in use: the solution is transferred.
    case inUse = "in_use"
    /// What it brought was judged.
    case evaluated
    /// It was given up.
    case abandoned
}
