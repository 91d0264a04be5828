public import CommunityKernel
public import Journal
public import WireProtocol

/// A capability that has to act in the same transaction when a network or its members change.
public protocol NetworkObserver: Sendable {
    /// A network came into being: its type says what belongs to it.
    func created(_ network: NetworkRecord, by type: any NetworkType, _ work: UnitOfWork) throws
    /// A person joined.
    func joined(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws
    /// A person left: ends what the person takes part in there. The streams lost with it are returned and told in one
    /// `access.lost`; the observer does not revoke them itself.
    func left(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws -> [StreamName]
    /// Does what a type's *did* hook asked for, as the network's own act.
    func hookEffect(_ effect: HookEffect, in network: NetworkRecord, _ work: UnitOfWork) throws
    /// The streams, beside the network's own, that a member's places in the network give. They end when the membership
    /// loses its effect (the mandates end, a suspension) and come back with it; the places themselves stay.
    func streams(of member: MemberID, in network: NetworkRecord, _ sql: any SQLReader) throws -> [StreamName]
    /// The network that a stream belongs to (a channel's); nil when it is not this observer's.
    func network(of stream: StreamName, _ sql: any SQLReader) throws -> NetworkID?
}

extension NetworkObserver {
    /// Nothing, unless a capability says otherwise.
    public func created(_ network: NetworkRecord, by type: any NetworkType, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func joined(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func left(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws -> [StreamName] { [] }
    /// Nothing, unless a capability says otherwise.
    public func hookEffect(_ effect: HookEffect, in network: NetworkRecord, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func streams(of member: MemberID, in network: NetworkRecord, _ sql: any SQLReader) throws -> [StreamName] {
        []
    }
    /// Nothing, unless a capability says otherwise.
    public func network(of stream: StreamName, _ sql: any SQLReader) throws -> NetworkID? { nil }
}
