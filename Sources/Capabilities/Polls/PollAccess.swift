import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// Who may know of a poll, answer it and close it.
struct PollAccess: Sendable {
    let events: EventAccess

    /// The poll, when the member takes part in its network; else `not_found`.
    func readable(_ id: PollID, by member: Member, _ sql: any SQLReader) throws -> PollRecord {
        guard let poll = try PollStore.poll(id, sql),
            try events.mayRead(of: poll.network, isPublic: true, member, sql)
        else { throw WireError.notFound }
        return poll
    }

    func runs(_ network: NetworkID, _ member: Member, _ sql: any SQLReader) throws -> Bool {
        try events.rules.may(.manageEvents, member, in: network, sql)
    }

    func requireWritable(_ poll: PollRecord, _ sql: any SQLReader) throws {
        if let network = try NetworkStore.network(poll.network, sql) { try events.rules.requireWritable(network) }
    }

    /// The city that a person answers for: that of the first valid mandate in one.
    func city(of person: PersonID, at now: Instant, _ sql: any SQLReader) throws -> OrganisationID? {
        try PeopleStore.activeMandates(of: person, at: now, sql).lazy.compactMap(\.city).first
    }
}
