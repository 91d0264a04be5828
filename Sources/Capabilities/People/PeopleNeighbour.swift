public import CommunityKernel
public import Journal
public import WireProtocol

/// What a change of a person's standing (mandates, suspension) does to the streams of a capability.
public struct StandingEffect: Sendable {
    /// Streams that end.
    public var lost: [StreamName] = []
    /// Streams that come back.
    public var gained: [StreamName] = []

    /// No effect.
    public init() {}
}

/// An export that lies on disk and is no file yet.
public struct PlacedExport: Sendable {
    /// The SHA-256 of its content, lower-case hexadecimal.
    public let sha256: String
    /// Its size, bytes.
    public let bytes: Int64

    /// Makes it.
    public init(sha256: String, bytes: Int64) {
        self.sha256 = sha256
        self.bytes = bytes
    }
}

/// What People needs of the capabilities that build on it.
///
/// Each method has a default that says "nothing"; a capability implements those that concern it and is handed to
/// ``PeopleCapability`` by the composition root.
public protocol PeopleNeighbour: Sendable {
    /// The networks that a member takes part in, with the role, for `person.me`.
    func networks(of member: MemberID, _ sql: any SQLReader) throws -> [(NetworkID, NetworkRole)]
    /// A selection of the ids of those who share a network with `member`, or who are in `network` when given; nil when
    /// this capability knows of none.
    func acquaintances(of member: MemberID?, in network: NetworkID?) -> SQLQuery?
    /// Whether the actor may know of a network; nil when this capability keeps no networks.
    func knows(_ member: Member, network: NetworkID, _ sql: any SQLReader, now: Instant) throws -> Bool?
    /// Whether the actor may do that in a network (administrators may).
    func may(_ act: NetworkAct, _ member: Member, in network: NetworkID, _ sql: any SQLReader) throws -> Bool
    /// Refuses a write to a network that takes none now.
    func requireWritable(_ network: NetworkID, _ sql: any SQLReader) throws
    /// Makes an invited person a member of a network; whether the person is one now. False while the network's type, or
    /// the standing of who invited, does not allow it.
    func letIn(_ person: PersonID, to network: NetworkID, by inviter: MemberID, _ work: UnitOfWork) throws -> Bool
    /// Whether a network is an organisation's own: the local network of a metropolitan city.
    func belongs(_ network: NetworkID, to organisation: OrganisationID, _ sql: any SQLReader) throws -> Bool
    /// The network of a channel that the member may know of; nil for any other channel.
    func network(of channel: ChannelID, knownTo member: Member, _ sql: any SQLReader, now: Instant) throws -> NetworkID?
    /// The streams, beside the network's own, that the scope `read:network/N` opens: its open and announcement channels.
    func streams(readableIn network: NetworkID, _ sql: any SQLReader) throws -> [StreamName]
    /// A person's mandates or state changed: which streams end and which come back. People tells them in one update.
    func standingChanged(_ person: PersonID, _ work: UnitOfWork) throws -> StandingEffect
    /// A person has another name now: tell where the name stands in what others see.
    func renamed(_ person: PersonID, _ work: UnitOfWork) throws
    /// A person is being erased: end what the person takes part in, at once; what is much is for ``eraseMore(_:limit:_:)``.
    func erase(_ person: PersonID, _ work: UnitOfWork) throws
    /// Takes a person who was erased out of at most `limit` more things; whether there may be more.
    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool
    /// What the export of a person contains from this capability, by key.
    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)]
    /// Puts an export where files lie, before the transaction; nil when this capability keeps no files.
    func placeExport(_ content: [UInt8], of person: PersonID, _ context: QueryContext) throws -> PlacedExport?
    /// Makes a placed export a file that only the actor may open, in the place of the actor's former one.
    func keepExport(_ export: PlacedExport, of person: PersonID, _ work: UnitOfWork) throws -> FileID
}

extension PeopleNeighbour {
    /// Nothing, unless a capability says otherwise.
    public func networks(of member: MemberID, _ sql: any SQLReader) throws -> [(NetworkID, NetworkRole)] { [] }
    /// Nothing, unless a capability says otherwise.
    public func acquaintances(of member: MemberID?, in network: NetworkID?) -> SQLQuery? { nil }
    /// Nothing, unless a capability says otherwise.
    public func knows(_ member: Member, network: NetworkID, _ sql: any SQLReader, now: Instant) throws -> Bool? { nil }
    /// Nothing, unless a capability says otherwise.
    public func may(_ act: NetworkAct, _ member: Member, in network: NetworkID, _ sql: any SQLReader) throws -> Bool {
        false
    }
    /// Nothing, unless a capability says otherwise.
    public func requireWritable(_ network: NetworkID, _ sql: any SQLReader) throws {}
    /// Nothing, unless a capability says otherwise.
    public func letIn(
        _ person: PersonID,
        to network: NetworkID,
        by inviter: MemberID,
        _ work: UnitOfWork
    ) throws -> Bool {
        false
    }
    /// Nothing, unless a capability says otherwise.
    public func belongs(_ network: NetworkID, to organisation: OrganisationID, _ sql: any SQLReader) throws -> Bool {
        false
    }
    /// Nothing, unless a capability says otherwise.
    public func network(
        of channel: ChannelID,
        knownTo member: Member,
        _ sql: any SQLReader,
        now: Instant
    ) throws
        -> NetworkID?
    { nil }
    /// Nothing, unless a capability says otherwise.
    public func streams(readableIn network: NetworkID, _ sql: any SQLReader) throws -> [StreamName] { [] }
    /// Nothing, unless a capability says otherwise.
    public func standingChanged(_ person: PersonID, _ work: UnitOfWork) throws -> StandingEffect { StandingEffect() }
    /// Nothing, unless a capability says otherwise.
    public func renamed(_ person: PersonID, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func erase(_ person: PersonID, _ work: UnitOfWork) throws {}
    /// Nothing, unless a capability says otherwise.
    public func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool { false }
    /// Nothing, unless a capability says otherwise.
    public func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] { [] }
    /// Nothing, unless a capability says otherwise.
    public func placeExport(
        _ content: [UInt8],
        of person: PersonID,
        _ context: QueryContext
    ) throws
        -> PlacedExport?
    { nil }
    /// Nothing was placed, unless a capability says otherwise.
    public func keepExport(_ export: PlacedExport, of person: PersonID, _ work: UnitOfWork) throws -> FileID {
        throw WireError.notFound
    }
}

/// All neighbours as one.
struct Neighbours: Sendable {
    let all: [any PeopleNeighbour]

    /// Lets every neighbour judge a person's standing anew and tells what ends and what comes back.
    func standingChanged(_ person: PersonID, _ work: UnitOfWork) throws {
        var lost: [StreamName] = []
        var gained: [StreamName] = []
        for neighbour in all {
            let effect = try neighbour.standingChanged(person, work)
            lost += effect.lost
            gained += effect.gained
        }
        try work.loseAccess(person, lost)
        try work.gainAccess(person, gained)
        try settleInvitations(of: person, work)
    }

    func may(_ act: NetworkAct, _ member: Member, in network: NetworkID, _ sql: any SQLReader) throws -> Bool {
        try PeopleStore.isAdministrator(member, sql)
            || all.contains { try $0.may(act, member, in: network, sql) }
    }

    func knows(_ member: Member, network: NetworkID, _ sql: any SQLReader, now: Instant) throws -> Bool {
        for neighbour in all {
            if let known = try neighbour.knows(member, network: network, sql, now: now) { return known }
        }
        return false
    }

    func network(
        of channel: ChannelID,
        knownTo member: Member,
        _ sql: any SQLReader,
        now: Instant
    ) throws
        -> NetworkID?
    {
        for neighbour in all {
            if let network = try neighbour.network(of: channel, knownTo: member, sql, now: now) { return network }
        }
        return nil
    }

    func acquaintances(of member: MemberID?, in network: NetworkID?) -> SQLQuery? {
        all.lazy.compactMap { $0.acquaintances(of: member, in: network) }.first
    }
}
