/// Whose answers count in a poll.
public enum PollWeight: String, Sendable, CaseIterable {
    /// Each person's.
    case person
    /// One per metropolitan city: the last that somebody with a mandate in it gave.
    case city
}

/// Where a poll stands.
public enum PollState: String, Sendable, CaseIterable {
    /// One may answer.
    case open
    /// Its deadline is over; a date is still to be chosen.
    case ended
    /// A date was chosen and the event made.
    case closed
}

/// What somebody says to a date.
public enum PollAnswer: String, Sendable, CaseIterable {
    /// I come.
    case yes
    /// I come if need be.
    case ifNeedBe
    /// I do not come.
    case no
}

/// The most dates that a poll may have, whatever its settings.
public let largestPoll: Int64 = 100

/// The most answers that a poll may have, whatever its settings.
public let mostBallots: Int64 = 2_000
