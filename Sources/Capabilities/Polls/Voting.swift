import CommunityKernel
import Journal
import Networks
import WireProtocol

/// `poll.vote`, and what becomes of an answer when its person goes.
struct Voting: Sendable {
    let access: PollAccess
    let settings: PollSettings

    func vote(_ command: VoteInPoll, _ work: UnitOfWork) throws -> Nothing {
        let poll = try access.readable(command.poll, by: work.actor, work.sql)
        guard work.actor.kind == .person,
            try NetworkStore.role(of: work.actor.id, in: poll.network, work.sql) != nil
        else { throw WireError.forbidden("for the network's members") }
        try access.requireWritable(poll, work.sql)
        guard poll.state == .open, poll.closes.map({ work.now < $0 }) ?? true else {
            throw WireError(.closed, "the poll is over")
        }
        let options = Set(try PollStore.options(of: poll.id, work.sql).map(\.id))
        let votes = try PollVotes(command.votes, of: options)
        let city = try city(of: poll, work)
        let voter = city?.rawValue ?? work.actor.id.rawValue
        let former = try PollStore.ballot(of: voter, in: poll.id, work.sql)
        if votes.answers.isEmpty {
            if let former { try Self.withdraw(former, from: poll, work) }
            return Nothing()
        }
        if former == nil, try PollStore.ballotCount(of: poll.id, work.sql) >= settings.ballots {
            throw WireError(.full, "at most \(settings.ballots) answers")
        }
        let ballot = PollBallotRecord(voter: voter, person: work.actor.id, city: city, votes: votes, at: work.now)
        try PollStore.replace(former, by: ballot, in: poll.id, work.sql)
        try Self.tell(ballot.view, of: poll, work)
        return Nothing()
    }

    private func city(of poll: PollRecord, _ work: UnitOfWork) throws -> OrganisationID? {
        guard poll.weight == .city else { return nil }
        guard let city = try access.city(of: work.actor.id, at: work.now, work.sql) else {
            throw WireError.forbidden("for those with a mandate in a metropolitan city")
        }
        return city
    }

    /// Takes an answer back.
    static func withdraw(_ ballot: PollBallotRecord, from poll: PollRecord, _ work: UnitOfWork) throws {
        try PollStore.replace(ballot, by: nil, in: poll.id, work.sql)
        try tell(PollBallot(person: ballot.person, city: ballot.city, votes: nil, at: nil), of: poll, work)
    }

    private static func tell(_ ballot: PollBallot, of former: PollRecord, _ work: UnitOfWork) throws {
        var poll = former
        poll.revision += 1
        try PollStore.update(poll, work.sql)
        try PollTelling.voted(ballot, in: poll, work)
    }

    /// Takes back what a person said in polls that are not closed; a city's answer stays the city's.
    static func leave(_ person: PersonID, in network: NetworkID? = nil, _ work: UnitOfWork) throws {
        let scope: SQLQuery = network.map { "p.network = \($0)" } ?? "1 = 1"
        let polls = try PollStore.polls(
            where: """
                p.state <> 'closed' AND p.weight = 'person' AND \(part: scope)
                AND p.id IN (SELECT poll FROM poll_ballot WHERE person = \(person))
                """,
            limit: 1_000,
            work.sql
        )
        for poll in polls {
            guard let ballot = try PollStore.ballot(of: person.rawValue, in: poll.id, work.sql) else { continue }
            try withdraw(ballot, from: poll, work)
        }
    }
}
