import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// Who reads solutions and who acts on them.
struct SolutionAccess: Sendable {
    let events: EventAccess

    private var rules: NetworkRules { events.rules }

    func mayRead(_ network: NetworkID, _ member: Member, _ sql: any SQLReader) throws -> Bool {
        try events.mayRead(of: network, isPublic: true, member, sql)
    }

    /// The solution, when the member takes part in its network; else `not_found`.
    func readable(_ id: SolutionID, by member: Member, _ sql: any SQLReader) throws -> SolutionRecord {
        guard let solution = try SolutionStore.solution(id, sql), try mayRead(solution.network, member, sql) else {
            throw WireError.notFound
        }
        return solution
    }

    /// The solution, when the actor may write in its network: else `not_found`, `forbidden` or `unavailable`.
    func writable(_ id: SolutionID, _ work: UnitOfWork) throws -> SolutionRecord {
        let solution = try readable(id, by: work.actor, work.sql)
        try requireMember(of: solution.network, work)
        return solution
    }

    /// Refuses who takes no part in a network, and a dormant one.
    func requireMember(of network: NetworkID, _ work: UnitOfWork) throws {
        guard try takesPart(work.actor, in: network, work.sql) else {
            throw WireError.forbidden("for the network's members")
        }
        guard let record = try NetworkStore.network(network, work.sql) else { throw WireError.notFound }
        try rules.requireWritable(record)
    }

    /// Refuses to begin a solution, or to try one out, in a network whose type has none written.
    func requireSolutionsWritten(in network: NetworkID, _ sql: any SQLReader) throws {
        guard let record = try NetworkStore.network(network, sql) else { throw WireError.notFound }
        guard rules.type(of: record)?.solutions == .written else {
            throw WireError.invalid("with.network", "not_allowed")
        }
    }

    /// The networks whose solutions a member reads, as a condition about a column.
    func condition(_ column: SQLQuery, for member: Member, _ sql: any SQLReader) throws -> SQLQuery {
        try events.condition(ofNetwork: column, for: member, sql)
    }

    func takesPart(_ member: Member, in network: NetworkID, _ sql: any SQLReader) throws -> Bool {
        if try facilitates(network, member, sql) { return true }
        return try member.kind == .person && NetworkStore.role(of: member.id, in: network, sql) != nil
    }

    func facilitates(_ network: NetworkID, _ member: Member, _ sql: any SQLReader) throws -> Bool {
        try rules.may(.manageEvents, member, in: network, sql)
    }

    /// The metropolitan cities that a person acts for at a moment.
    func cities(of person: PersonID, at now: Instant, _ sql: any SQLReader) throws -> [OrganisationID] {
        var cities: [OrganisationID] = []
        for city in try PeopleStore.activeMandates(of: person, at: now, sql).compactMap(\.city)
        where !cities.contains(city) { cities.append(city) }
        return cities
    }

    /// Refuses who neither runs the network nor acts for the city.
    func requireCity(_ city: OrganisationID, in network: NetworkID, _ work: UnitOfWork) throws {
        try requireMember(of: network, work)
        guard try actsFor(city, in: network, work.actor, at: work.now, work.sql) else {
            throw WireError.forbidden("for that city's members and the network's facilitators")
        }
    }

    func actsFor(
        _ city: OrganisationID,
        in network: NetworkID,
        _ member: Member,
        at now: Instant,
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        if try facilitates(network, member, sql) { return true }
        return try takesPart(member, in: network, sql) && cities(of: member.id, at: now, sql).contains(city)
    }

    /// Whether somebody may publish, withdraw or supersede a solution.
    func maySettle(_ solution: SolutionRecord, _ member: Member, at now: Instant, _ sql: any SQLReader) throws -> Bool {
        if member.id == solution.createdBy, try takesPart(member, in: solution.network, sql) { return true }
        return try actsFor(solution.city, in: solution.network, member, at: now, sql)
    }

    /// The other cities that a member may review a solution for; who started it reviews for none.
    func reviewing(
        _ solution: SolutionRecord,
        _ member: Member,
        at now: Instant,
        _ sql: any SQLReader
    ) throws
        -> [OrganisationID]
    {
        guard member.kind == .person, member.id != solution.createdBy,
            try takesPart(member, in: solution.network, sql)
        else { return [] }
        return try cities(of: member.id, at: now, sql).filter { $0 != solution.city }
    }

    /// Refuses what is no metropolitan city.
    func requireCityExists(_ city: OrganisationID, _ sql: any SQLReader) throws {
        guard let organisation = try PeopleStore.organisation(city, sql) else { throw WireError.notFound }
        guard organisation.kind == .metropolitanCity else { throw WireError.invalid("with.city", "not_a_city") }
    }

    /// Refuses a city whose solutions a network does not hold.
    func requireOrigin(_ city: OrganisationID, in network: NetworkID, _ sql: any SQLReader) throws {
        guard let record = try NetworkStore.network(network, sql),
            let only = rules.type(of: record)?.originCity(of: record.fact), only != city
        else { return }
        throw WireError.invalid("with.city", "not_allowed")
    }

    /// From how many other cities a network wants a solution approved before it counts as tested.
    func approvalsNeeded(in network: NetworkID, _ sql: any SQLReader) throws -> Int64 {
        guard let record = try NetworkStore.network(network, sql), let type = rules.type(of: record) else { return 1 }
        return max(1, type.approvals(in: record.fact))
    }

    /// The parts that a kit must have in a network before it is published.
    func mandatoryParts(in network: NetworkID, _ sql: any SQLReader) throws -> [KitPart] {
        guard let record = try NetworkStore.network(network, sql), let type = rules.type(of: record) else {
            return KitPart.allCases
        }
        return KitPart.allCases.filter { !type.optionalKitParts.contains($0.rawValue) }
    }
}
