/// What kind of event it is (domain 5); a network's type says which it allows.
public enum EventKind: String, Sendable, CaseIterable {
    /// A meeting of a national thematic network.
    case nationalNetworkMeeting = "national_network_meeting"
    /// A meeting of a local network.
    case localNetworkMeeting = "local_network_meeting"
    /// A meeting of a coordination body.
    case coordinationMeeting = "coordination_meeting"
    /// A seminar in a room on the network.
    case webinar
    /// A day of training.
    case trainingDay = "training_day"
    /// A visit of one city to another.
    case studyVisit = "study_visit"
    /// The national conference of the programme.
    case nationalConference = "national_conference"
    /// The launch of a network or of an experiment.
    case launch
    /// Anything else.
    case other
}

/// Where an event stands in its life.
public enum EventState: String, Sendable, CaseIterable {
    /// Being prepared; only the network's facilitators know of it.
    case draft
    /// The members know of it.
    case published
    /// It has begun.
    case live
    /// It is over.
    case ended
    /// Its minutes are approved.
    case minuted
    /// Put away.
    case archived
    /// Called off.
    case cancelled
    /// Put off to a time not yet known.
    case postponed
}

/// How far an event reaches.
public enum EventReach: String, Sendable, CaseIterable {
    /// The whole country.
    case national
    /// One metropolitan city.
    case local
}

/// The most seats that an event may have.
public let largestCapacity: Int64 = 100_000

/// The most bytes that an event's text may have.
public let eventTextBytes: Int64 = 16_384
