public import CommunityKernel
public import Events
public import Journal
import Networks
import People
public import WireProtocol

/// Who has a part in solutions and their adoptions, for those who tell of them.
public struct SolutionPeople: Sendable {
    private let access: SolutionAccess

    /// Makes it.
    public init(access: EventAccess) { self.access = SolutionAccess(events: access) }

    /// The solution, when the reader may know of it.
    public func solution(_ id: SolutionID, for reader: Member, _ sql: any SQLReader) throws -> SolutionRecord? {
        guard let solution = try SolutionStore.solution(id, sql), try access.mayRead(solution.network, reader, sql)
        else {
            return nil
        }
        return solution
    }

    /// The solution that is written in a document.
    public func solution(of document: DocumentID, _ sql: any SQLReader) throws -> SolutionRecord? {
        try SolutionStore.solution(of: document, sql)
    }

    /// Those who started a solution or wrote in it, the newest first, at most `limit`.
    public func writers(of solution: SolutionRecord, limit: Int, _ sql: any SQLReader) throws -> [PersonID] {
        let authors: [PersonID] = try sql.all(
            "SELECT person FROM solution_author WHERE solution = \(solution.id) ORDER BY at DESC, person LIMIT \(limit)"
        ) { $0.id(0) }
        guard let creator = solution.createdBy, !authors.contains(creator) else { return authors }
        return [creator] + authors.prefix(max(0, limit - 1))
    }

    /// Those who were asked to review a version of a solution, or who did, and how each of them stands.
    public func reviewers(
        of solution: SolutionID,
        version: Int64,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [(person: PersonID, state: ReviewState)]
    {
        try sql.all(
            """
            SELECT person, state FROM solution_review WHERE solution = \(solution) AND version = \(version)
            ORDER BY person LIMIT \(limit)
            """
        ) { ($0.id(0), ReviewState(rawValue: $0.text(1)) ?? .asked) }
    }

    /// The updates after one that say that more people were asked to review a solution, at most `limit`.
    public func asks(of solution: SolutionID, after seq: Int64, limit: Int, _ sql: any SQLReader) throws -> [Int64] {
        try sql.all(
            """
            SELECT seq FROM solution_act
            WHERE solution = \(solution) AND seq > \(seq) AND act = \(SolutionActKind.asked.rawValue)
            ORDER BY seq LIMIT \(limit)
            """
        ) { $0.int(0) }
    }

    /// Whether somebody may review a solution: a member of its network who acts for another city, or who runs it.
    public func mayReview(
        _ solution: SolutionRecord,
        _ person: PersonID,
        at now: Instant,
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        let member = Member(id: person, kind: .person, name: "")
        return try access.facilitates(solution.network, member, sql)
            || !access.reviewing(solution, member, at: now, sql).isEmpty
    }

    /// The adoptions of a solution that somebody still follows, of versions up to one, at most `limit`.
    public func adoptions(
        of solution: SolutionID,
        upTo version: Int64,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [FollowedAdoption]
    {
        try AdoptionStore.adoptions(
            where: "a.solution = \(solution) AND a.version <= \(version) AND a.state <> 'abandoned'",
            limit: limit,
            sql
        ).map(FollowedAdoption.init)
    }

    /// Whether a member of a network acts for one of some cities.
    public func actsFor(
        _ cities: Set<OrganisationID>,
        _ person: PersonID,
        at now: Instant,
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        try access.cities(of: person, at: now, sql).contains { cities.contains($0) }
    }

    /// An adoption with its solution, when the reader may know of it.
    public func adoption(_ id: AdoptionID, for reader: Member, _ sql: any SQLReader) throws -> FollowedAdoption? {
        guard let adoption = try AdoptionStore.adoption(id, sql), try access.mayRead(adoption.network, reader, sql)
        else {
            return nil
        }
        return FollowedAdoption(adoption)
    }

    /// Who asked to take a solution over; nil for somebody who is gone.
    public func asker(of adoption: AdoptionID, _ sql: any SQLReader) throws -> PersonID? {
        try AdoptionStore.asker(of: adoption, sql)
    }

    /// What a city is called.
    public func name(of city: OrganisationID, _ sql: any SQLReader) throws -> String {
        try PeopleStore.organisation(city, sql)?.name ?? ""
    }
}

/// An adoption, as far as those know it who tell of it.
public struct FollowedAdoption: Sendable {
    /// The id.
    public let id: AdoptionID
    /// Whose.
    public let network: NetworkID
    /// Of which solution.
    public let solution: SolutionID
    /// Who takes it over.
    public let city: OrganisationID
    /// Who follows it for the adopting city.
    public let referent: PersonID?
    /// Who follows it for the city of origin.
    public let originReferent: PersonID?

    init(_ adoption: AdoptionRecord) {
        id = adoption.id
        network = adoption.network
        solution = adoption.solution
        city = adoption.city
        referent = adoption.referent
        originReferent = adoption.originReferent
    }
}
