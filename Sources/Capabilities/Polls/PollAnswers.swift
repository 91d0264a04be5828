import CommunityKernel
import Journal
import People
import WireProtocol

/// What was said to a poll, with the names that it is shown with: in `poll.get` and in each update that it changes in.
struct PollAnswers {
    let ballots: [PollBallotRecord]
    /// Who answered, each once.
    let people: [PersonID]
    private let names: [PersonID: String]

    init(to poll: PollID, _ sql: any SQLReader) throws {
        ballots = try PollStore.ballots(of: poll, sql)
        people = Set(ballots.map(\.person)).sorted()
        names = try PeopleStore.names(of: people, sql)
    }

    /// Puts them into what is shown of a poll.
    func show(in view: inout PollView, of poll: PollRecord, _ sql: any SQLReader) throws {
        view.ballots = ballots.map(\.view)
        view.people = people.map { NamedPerson(id: $0, name: names[$0] ?? PollTelling.nobody) }
        guard poll.weight == .city else { return }
        view.cities = try Set(ballots.compactMap(\.city)).sorted().map {
            NamedOrganisation(id: $0, name: try Self.name(of: $0, sql))
        }
    }

    static func name(of city: OrganisationID, _ sql: any SQLReader) throws -> String {
        try PeopleStore.organisation(city, sql)?.name ?? PollTelling.nobody
    }
}

/// Tells a poll's network of it, and keeps where names of people stand in the journal, for the day on which one of them
/// has to go.
enum PollTelling {
    /// The name of who has none any more.
    static let nobody = "–"

    /// Tells what was said to a poll just now.
    static func voted(_ ballot: PollBallot, in poll: PollRecord, _ work: UnitOfWork) throws {
        var news = poll.news
        news.options = try PollStore.options(of: poll.id, work.sql)
        news.ballot = ballot
        try PollAnswers(to: poll.id, work.sql).show(in: &news, of: poll, work.sql)
        let seq = try work.append(PollVoted(news), to: .network(poll.network))
        try work.sql.execute("INSERT INTO poll_naming (poll, seq) VALUES (\(poll.id), \(seq))")
        try work.sql.execute(
            """
            INSERT INTO poll_voter (person, poll, taken) VALUES (\(ballot.person), \(poll.id), 0)
            ON CONFLICT (person, poll) DO NOTHING
            """
        )
    }

    /// Takes the name of a person out of at most `limit` earlier updates; whether there may be more.
    static func takeName(of person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        // Whoever is named in one of them answered that poll once.
        let next = try work.sql.first(
            "SELECT poll, taken FROM poll_voter WHERE person = \(person) ORDER BY poll LIMIT 1"
        ) { (poll: $0.id(0) as PollID, taken: $0.int(1)) }
        guard let next else { return false }
        let told = try work.sql.all(
            """
            SELECT seq FROM poll_naming WHERE poll = \(next.poll) AND seq > \(next.taken) ORDER BY seq LIMIT \(limit)
            """
        ) { $0.int(0) }
        let left = try PeopleStore.names(of: [person], work.sql)[person] ?? nobody
        for seq in told { try work.rewrite(seq) { naming(person, left, $0) } }
        if told.count == limit, let last = told.last {
            try work.sql.execute(
                "UPDATE poll_voter SET taken = \(last) WHERE person = \(person) AND poll = \(next.poll)"
            )
        } else {
            try work.sql.execute("DELETE FROM poll_voter WHERE person = \(person) AND poll = \(next.poll)")
        }
        return true
    }

    /// What an update tells, with another name of that person.
    private static func naming(_ person: PersonID, _ name: String, _ data: JSONObject) -> JSONObject {
        JSONObject(
            data.members.map { member in
                guard member.name == "people", let people = member.value.array else { return member }
                let named = people.map { one in
                    one["id"]?.int == person.rawValue
                        ? JSON.members(["id": .int(person.rawValue), "name": .string(name)]) : one
                }
                return .init(name: "people", value: .array(named))
            }
        )
    }
}
