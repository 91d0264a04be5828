public import CommunityKernel

/// The settings of attendance and certificates.
public struct AttendanceSettings: Sendable {
    /// How much of an event one has to be there for, percent of the planned length.
    public var threshold: Int64 = 80
    /// How long after an event's end its registrations are settled, hours.
    public var settleHours: Int64 = 24
    /// Separate intervals of one person at one event at most.
    public var intervals: Int64 = 200
    /// The community's name, which certificates bear.
    public var community = "Metropoli Strategiche"
    /// The community's zone, in which certificates date whole days.
    public var zone = "Europe/Rome"
    /// Where the community is reached.
    public var address = PublicAddress()

    /// What holds unless told.
    public init() {}
}
