public import CommunityKernel
public import Journal
public import Networks
import People
public import WireProtocol

/// Who may know of a document and who may change it.
public struct DocumentAccess: Sendable {
    /// The rules of the networks.
    public let rules: NetworkRules

    /// Makes it.
    public init(rules: NetworkRules) { self.rules = rules }

    /// Whether a member may read a network's documents: those who take part in it, bots that read it, administrators.
    public func mayRead(in network: NetworkID, _ member: Member, _ sql: any SQLReader) throws -> Bool {
        switch member.kind {
        case .system: return true
        case .nobody: return false
        case .bot: return try sql.isEntitled(member.id, .network(network))
        case .person:
            return try NetworkStore.role(of: member.id, in: network, sql) != nil
                || PeopleStore.isAdministrator(member, sql)
        }
    }

    func exists(_ network: NetworkID, _ sql: any SQLReader) throws -> Bool {
        try NetworkStore.network(network, sql) != nil
    }

    /// The document, when the member may know of it; else `not_found`.
    public func readable(_ id: DocumentID, by member: Member, _ sql: any SQLReader) throws -> DocumentRecord {
        guard let document = try DocumentStore.document(id, sql), try mayRead(in: document.network, member, sql) else {
            throw WireError.notFound
        }
        return document
    }

    /// Refuses a write to a network that takes none, or that the actor takes no part in: `not_found` or `unavailable`.
    func requireWritable(_ network: NetworkID, _ work: UnitOfWork) throws {
        guard let record = try NetworkStore.network(network, work.sql), try mayRead(in: network, work.actor, work.sql)
        else { throw WireError.notFound }
        try rules.requireWritable(record)
    }

    /// The document, when the actor may change it now: else `not_found`, `unavailable` or, where it is archived,
    /// `conflict`.
    func editable(_ id: DocumentID, _ work: UnitOfWork) throws -> DocumentRecord {
        let document = try readable(id, by: work.actor, work.sql)
        try requireEditable(document, work)
        return document
    }

    func requireEditable(_ document: DocumentRecord, _ work: UnitOfWork) throws {
        try requireWritable(document.network, work)
        guard !document.isArchived else { throw document.refused }
    }

    /// Refuses who neither began the document nor moderates its network.
    func requireKeeper(of document: DocumentRecord, _ work: UnitOfWork) throws {
        try requireWritable(document.network, work)
        guard
            try document.creator == work.actor.id
                || rules.may(.moderate, work.actor, in: document.network, work.sql)
        else { throw WireError.forbidden("for who began it and for the network's facilitators") }
    }
}
