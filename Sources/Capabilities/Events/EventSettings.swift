public import CommunityKernel

/// The settings of events.
public struct EventSettings: Sendable {
    /// The community's zone: whole days begin in it, and the days of a query.
    public var zone = "Europe/Rome"
    /// The most days that an event may last.
    public var longestDays: Int64 = 366
    /// Sub-bodies of its network that an event may be addressed to at most.
    public var addressed: Int64 = 50

    /// The community's name, which calendars bear.
    public var community = "Metropoli Strategiche"
    /// Where the community is reached.
    public var address = PublicAddress()
    /// Events in one person's calendar at most.
    public var feedEvents: Int64 = 2_000
    /// How long an event that is over stays in a person's calendar, days.
    public var feedPastDays: Int64 = 366

    /// What holds unless told.
    public init() {}
}
