public import Journal
public import WireProtocol

/// Who keeps how long people were at an event: rooms tell it, in the transaction in which they learn that somebody left.
public protocol AttendanceKeeper: Sendable {
    /// A person was in an event's room between two moments.
    ///
    /// Several stays of one person may overlap (two devices), and reach beyond the event's planned times.
    func record(_ event: EventID, _ person: PersonID, joined: Instant, left: Instant, _ work: UnitOfWork) throws
}

/// Nobody keeps attendance: what holds while no capability does.
public struct NoAttendanceKeeper: AttendanceKeeper {
    /// Makes it.
    public init() {}

    /// Forgets it.
    public func record(_ event: EventID, _ person: PersonID, joined: Instant, left: Instant, _ work: UnitOfWork) throws
    {}
}
