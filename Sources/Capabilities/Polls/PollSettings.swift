/// The settings of polls.
public struct PollSettings: Sendable {
    /// Dates that one poll may ask about.
    public var options: Int64 = 30
    /// Answers that one poll may have.
    public var ballots: Int64 = 500
    /// Polls that a network may have open at a time.
    public var open: Int64 = 50

    /// What holds unless told.
    public init() {}
}
