import CommunityKernel
import Journal
import Networks
import People
import WireProtocol

/// What becomes of a person's answers with the person: those to open polls are taken back; what led to an event stays
/// under the number of somebody without a name.
struct PollsNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws { try Voting.leave(person, work) }

    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        try PollTelling.takeName(of: person, limit: limit, work)
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let ballots = try sql.all(
            """
            SELECT b.poll, p.title, b.city, b.votes, b.at FROM poll_ballot b JOIN poll p ON p.id = b.poll
            WHERE b.person = \(person) ORDER BY b.poll
            """
        ) { row in
            JSON.members([
                "poll": .int(row.int(0)), "title": .string(row.text(1)),
                "city": row.optionalInt(2).map { .int($0) } ?? .null,
                "votes": PollVotes(stored: row.text(3)).json, "at": .string(row.instant(4).description),
            ])
        }
        let polls = try sql.all("SELECT id, title FROM poll WHERE creator = \(person) ORDER BY id") {
            JSON.members(["id": .int($0.int(0)), "title": .string($0.text(1))])
        }
        return [("pollAnswers", .array(ballots)), ("polls", .array(polls))]
    }
}

/// Who leaves a network takes back the answers to its open polls.
struct LeavingVoter: NetworkObserver {
    func left(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws -> [StreamName] {
        try Voting.leave(member, in: network.id, work)
        return []
    }
}
