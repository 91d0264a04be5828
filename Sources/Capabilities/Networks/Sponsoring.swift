import CommunityKernel
import Journal
import People
import WireProtocol

/// Who answers for the guests of a network: they take part only while their sponsor does.
enum Sponsoring {
    /// The sponsor that a person with those mandates is added with; nil when the network's type asks for none.
    ///
    /// Unless another is named it is who adds; the server itself must name one. Throws `invalid` for one who is no member
    /// of the network in his own right.
    static func sponsor(
        _ command: AddToNetwork,
        in network: NetworkRecord,
        of type: any NetworkType,
        with mandates: [MandateFact],
        _ work: UnitOfWork
    ) throws
        -> PersonID?
    {
        guard needed(by: mandates, in: type) else {
            if command.sponsor != nil { throw WireError.invalid("with.sponsor", "not_allowed") }
            return nil
        }
        guard let named = command.sponsor else {
            guard work.actor.kind == .person else { throw WireError.invalid("with.sponsor", "missing") }
            return work.actor.id
        }
        guard named != command.person, try answers(named, in: network.id, work.sql) else {
            throw WireError.invalid("with.sponsor", "not_allowed")
        }
        return named
    }

    /// Whether somebody with those mandates, a guest and no more, needs a sponsor in networks of a type.
    static func needed(by mandates: [MandateFact], in type: any NetworkType) -> Bool {
        type.guestsNeedSponsor && mandates.allSatisfy { $0.role == "guest" }
    }

    /// Whether somebody can answer for guests: a member in his own right, or an administrator.
    static func answers(_ sponsor: PersonID, in network: NetworkID, _ sql: any SQLReader) throws -> Bool {
        if let membership = try NetworkStore.membership(of: sponsor, in: network, sql), !membership.isPaused {
            return membership.sponsor == nil
        }
        return try PeopleStore.isAdministrator(Member(id: sponsor, kind: .person, name: ""), sql)
    }

    /// A guest who is a member already gets another sponsor.
    static func pass(_ guest: PersonID, in network: NetworkID, to sponsor: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            UPDATE network_member SET sponsor = \(sponsor)
            WHERE network = \(network) AND person = \(guest) AND until IS NULL
            """
        )
        try work.append(NetworkSponsored(network: network, person: guest, sponsor: sponsor), to: .network(network))
    }

    /// The guests for whom a person answers in a network, also those whose membership rests.
    static func guests(of sponsor: PersonID, in network: NetworkID, _ sql: any SQLReader) throws -> [PersonID] {
        try sql.all(
            """
            SELECT person FROM network_member
            WHERE network = \(network) AND sponsor = \(sponsor) AND until IS NULL ORDER BY person LIMIT 1000
            """
        ) { $0.id(0) }
    }

    /// The sponsors of those of `people` who have one.
    static func sponsors(
        of people: [PersonID],
        in network: NetworkID,
        _ sql: any SQLReader
    ) throws
        -> [PersonID: NamedPerson]
    {
        let pairs = try sql.all(
            """
            SELECT person, sponsor FROM network_member
            WHERE network = \(network) AND person IN (\(list: people)) AND sponsor IS NOT NULL AND until IS NULL
            """
        ) { ($0.id(0) as PersonID, $0.id(1) as PersonID) }
        let names = try PeopleStore.names(of: pairs.map(\.1), sql)
        return Dictionary(
            pairs.map { ($0, NamedPerson(id: $1, name: names[$1] ?? "")) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
