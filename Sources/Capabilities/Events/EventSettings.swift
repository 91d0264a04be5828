/// The settings of events.
public struct EventSettings: Sendable {
    /// The community's zone: whole days begin in it, and the days of a query.
    public var zone = "Europe/Rome"
    /// The most days that an event may last.
    public var longestDays: Int64 = 366

    /// What holds unless told.
    public init() {}
}
