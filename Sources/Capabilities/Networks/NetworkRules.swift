public import CommunityKernel
public import Journal
import People
public import WireProtocol

/// The rules that every command in a network shares.
public struct NetworkRules: Sendable {
    /// The network types installed and enabled.
    public let types: NetworkTypes

    /// Makes them.
    public init(types: NetworkTypes) {
        self.types = types
    }

    /// The type of a network; nil while the network is dormant.
    public func type(of network: NetworkRecord) -> (any NetworkType)? { types[network.type] }

    /// Whether a network's module is left out: it is readable, not writable.
    public func isDormant(_ network: NetworkRecord) -> Bool { types[network.type] == nil }

    /// Refuses a write to a dormant network: `unavailable`, not retryable.
    public func requireWritable(_ network: NetworkRecord) throws {
        guard !isDormant(network) else {
            throw WireError(.unavailable, "the network's module \(network.type) is not enabled", retryable: false)
        }
    }

    /// Whether a member may know of a network: those who joined it, those who may join it, bots with a scope in it,
    /// administrators and the system.
    public func visible(_ network: NetworkRecord, to member: Member, _ sql: any SQLReader, now: Instant) throws -> Bool
    {
        switch member.kind {
        case .system: return true
        case .nobody: return false
        case .bot: return try botNetworks(member.id, sql).contains(network.id)
        case .person:
            if try NetworkStore.role(of: member.id, in: network.id, sql) != nil { return true }
            if try PeopleStore.isAdministrator(member, sql) { return true }
            return try mayJoin(network, member, sql, now: now)
        }
    }

    /// The network, when the member may know of it; else `not_found`.
    public func network(
        _ id: NetworkID,
        for member: Member,
        _ sql: any SQLReader,
        now: Instant
    ) throws
        -> NetworkRecord
    {
        guard let network = try NetworkStore.network(id, sql), try visible(network, to: member, sql, now: now) else {
            throw WireError.notFound
        }
        return network
    }

    /// Whether the actor may do that in a network: by the role that the network's type gives rights, as an administrator
    /// or as the system.
    ///
    /// While the type is left out, the standard roles say what may be read.
    public func may(
        _ act: NetworkAct,
        _ member: Member,
        in network: NetworkID,
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        switch member.kind {
        case .system: true
        case .bot, .nobody: false
        case .person:
            try NetworkStore.place(of: member.id, in: network, sql).map {
                (types[$0.type]?.roles ?? RoleRule.standard).allow(act, to: $0.role)
            } ?? false || PeopleStore.isAdministrator(member, sql)
        }
    }

    /// The network, when the actor may do that in it and it is writable: else `not_found`, `forbidden` or
    /// `unavailable`.
    public func network(_ id: NetworkID, allowing act: NetworkAct, _ work: UnitOfWork) throws -> NetworkRecord {
        let network = try network(id, for: work.actor, work.sql, now: work.now)
        guard try may(act, work.actor, in: id, work.sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        try requireWritable(network)
        return network
    }

    /// Lets the network's type see a message before it is written: it may adjust the text or refuse.
    public func willPost(_ draft: inout MessageDraft, in network: NetworkRecord) throws {
        try requireWritable(network)
        try types[network.type]?.willPost(&draft)
    }

    /// The sub-bodies of a network that something in it is addressed to, without repetitions, in the order given.
    ///
    /// Each is a comune that belongs at that moment to the city whose comuni are the network's sub-bodies; throws
    /// `invalid` for any other, for more than `most`, and for any in a network whose type has no sub-bodies.
    public func addressed(
        _ given: [OrganisationID]?,
        in network: NetworkRecord?,
        most: Int64,
        _ sql: any SQLReader,
        _ now: Instant
    ) throws -> [OrganisationID] {
        guard let given, !given.isEmpty else { return [] }
        let path = "with.addressed"
        guard let network, let city = type(of: network)?.subBodies(of: network.fact) else {
            throw WireError.invalid(path, "not_allowed")
        }
        guard given.count <= most else { throw WireError.invalid(path, "too_many") }
        let bodies = try PeopleStore.municipalities(of: city, among: given, at: now, sql)
        if let index = given.firstIndex(where: { !bodies.contains($0) }) {
            throw WireError.invalid("\(path).\(index)", "not_allowed")
        }
        var seen: Set<OrganisationID> = []
        return given.filter { seen.insert($0).inserted }
    }

    /// Whether a person may join by the type's rule, with the mandates valid now.
    func mayJoin(_ network: NetworkRecord, _ member: Member, _ sql: any SQLReader, now: Instant) throws -> Bool {
        guard let type = types[network.type] else { return false }
        return type.mayJoin(network.fact, with: try PeopleStore.activeMandates(of: member.id, at: now, sql))
    }

    /// The networks that a bot may know of: its owner and those that its scopes name.
    func botNetworks(_ bot: MemberID, _ sql: any SQLReader) throws -> Set<NetworkID> {
        guard let record = try PeopleStore.bot(bot, sql), record.revoked == nil else { return [] }
        var networks: Set<NetworkID> = []
        if case .network(let owner) = record.owner { networks.insert(owner) }
        for scope in try PeopleStore.scopes(of: bot, sql) {
            if case .network(let network) = scope.target { networks.insert(network) }
        }
        return networks
    }
}
