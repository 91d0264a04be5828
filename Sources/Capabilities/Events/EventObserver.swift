import CommunityKernel
public import Journal
public import WireProtocol

/// A capability that has to act in the same transaction when an event changes.
///
/// Each call comes after the event's own update was appended.
public protocol EventObserver: Sendable {
    /// The members may know of an event from now on.
    func published(_ event: EventRecord, _ work: UnitOfWork) throws
    /// What was said of an event changed: capacity, windows, approval; `former` is what stood before.
    func changed(_ event: EventRecord, from former: EventRecord, _ work: UnitOfWork) throws
    /// An event moved to another time, or came back from being postponed.
    func rescheduled(_ event: EventRecord, from former: EventRecord, _ work: UnitOfWork) throws
    /// An event was put off.
    func postponed(_ event: EventRecord, _ work: UnitOfWork) throws
    /// An event was called off.
    func cancelled(_ event: EventRecord, _ work: UnitOfWork) throws
    /// An event has begun.
    func started(_ event: EventRecord, _ work: UnitOfWork) throws
    /// An event is over.
    func ended(_ event: EventRecord, _ work: UnitOfWork) throws
}

extension EventObserver {
    /// Nothing, unless a capability says otherwise.
    public func published(_ event: EventRecord, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func changed(_ event: EventRecord, from former: EventRecord, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func rescheduled(_ event: EventRecord, from former: EventRecord, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func postponed(_ event: EventRecord, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func cancelled(_ event: EventRecord, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func started(_ event: EventRecord, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func ended(_ event: EventRecord, _ work: UnitOfWork) throws {}
}

/// Who takes part in events: brought by the capability that keeps registrations.
public protocol EventAttendance: Sendable {
    /// How many take part in each of the events; those that nobody takes part in may be left out.
    func counts(of events: [EventID], _ sql: any SQLReader) throws -> [EventID: EventCounts]
    /// How a person takes part in each of the events; those in which the person has no part are left out.
    func places(of person: PersonID, in events: [EventID], _ sql: any SQLReader) throws -> [EventID: EventPlace]
    /// A selection of the ids of the events that a person has a part in; nil when there is none to select from.
    func events(of person: PersonID) -> SQLQuery?
}

extension EventAttendance {
    /// Nobody, unless a capability says otherwise.
    public func counts(of events: [EventID], _ sql: any SQLReader) throws -> [EventID: EventCounts] { [:] }
    /// None, unless a capability says otherwise.
    public func places(of person: PersonID, in events: [EventID], _ sql: any SQLReader) throws -> [EventID: EventPlace]
    { [:] }
    /// None, unless a capability says otherwise.
    public func events(of person: PersonID) -> SQLQuery? { nil }
}

/// Nobody takes part in anything: what holds while no capability keeps registrations.
public struct NoAttendance: EventAttendance {
    /// Makes it.
    public init() {}
}
