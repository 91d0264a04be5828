public import CommunityKernel
public import Journal
public import Networks
import People
public import WireProtocol

/// Who may know of an event and who may change it.
public struct EventAccess: Sendable {
    /// The rules of the networks.
    public let rules: NetworkRules

    /// Makes it.
    public init(rules: NetworkRules) { self.rules = rules }

    /// Whether a member may know of an event: those who take part in its network, bots that read it, administrators;
    /// of one that was never published its facilitators.
    public func mayRead(_ event: EventRecord, _ member: Member, _ sql: any SQLReader) throws -> Bool {
        try mayRead(of: event.network, isPublic: event.isPublic, member, sql)
    }

    /// Whether a member may read what a network plans: what is public those who take part, anything its facilitators.
    public func mayRead(
        of network: NetworkID,
        isPublic: Bool,
        _ member: Member,
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        if try rules.may(.manageEvents, member, in: network, sql) { return true }
        guard isPublic else { return false }
        switch member.kind {
        case .system: return true
        case .nobody: return false
        case .bot: return try sql.isEntitled(member.id, .network(network))
        case .person: return try NetworkStore.role(of: member.id, in: network, sql) != nil
        }
    }

    /// The event, when the member may know of it; else `not_found`.
    public func readable(_ id: EventID, by member: Member, _ sql: any SQLReader) throws -> EventRecord {
        guard let event = try EventStore.event(id, sql), try mayRead(event, member, sql) else {
            throw WireError.notFound
        }
        return event
    }

    /// The event, when the actor facilitates its network and that is writable: else `not_found`, `forbidden` or
    /// `unavailable`.
    public func facilitated(_ id: EventID, _ work: UnitOfWork) throws -> EventRecord {
        let event = try readable(id, by: work.actor, work.sql)
        guard try rules.may(.manageEvents, work.actor, in: event.network, work.sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        try requireWritable(event, work.sql)
        return event
    }

    /// Refuses a write to an event of a dormant network.
    public func requireWritable(_ event: EventRecord, _ sql: any SQLReader) throws {
        if let network = try NetworkStore.network(event.network, sql) { try rules.requireWritable(network) }
    }

    /// The networks that a bot reads by its scopes.
    private static func networks(readBy bot: Member, _ sql: any SQLReader) throws -> [NetworkID] {
        try sql.openStreams(of: bot.id).compactMap { stream in
            let parts = stream.rawValue.split(separator: "/")
            return parts.count == 2 && parts[0] == "network" ? Int64(parts[1]).map(NetworkID.init) : nil
        }
    }

    /// What is public in the networks that a member reads, as a condition about a column of networks.
    public func condition(ofNetwork column: SQLQuery, for member: Member, _ sql: any SQLReader) throws -> SQLQuery {
        switch member.kind {
        case .system: return "1 = 1"
        case .nobody: return "1 = 0"
        case .bot: return "\(part: column) IN (\(list: try Self.networks(readBy: member, sql)))"
        case .person:
            if try PeopleStore.isAdministrator(member, sql) { return "1 = 1" }
            return "\(part: column) IN (\(list: try NetworkStore.networks(of: member.id, sql).map(\.0)))"
        }
    }

    /// The events that a member may know of, as a condition about `e`.
    func condition(for member: Member, _ sql: any SQLReader) throws -> SQLQuery {
        switch member.kind {
        case .system: return "1 = 1"
        case .nobody: return "1 = 0"
        case .bot:
            return "(e.public = 1 AND e.network IN (\(list: try Self.networks(readBy: member, sql))))"
        case .person:
            if try PeopleStore.isAdministrator(member, sql) { return "1 = 1" }
            let roles = try NetworkStore.networks(of: member.id, sql)
            let managed = try roles.map(\.0).filter { try rules.may(.manageEvents, member, in: $0, sql) }
            return """
                (e.network IN (\(list: managed))
                    OR (e.public = 1 AND e.network IN (\(list: roles.map(\.0)))))
                """
        }
    }
}
