import CommunityKernel
import Events
import Journal
import WireProtocol

/// The polls' queries.
enum PollStore {
    static func poll(_ id: PollID, _ sql: any SQLReader) throws -> PollRecord? {
        try sql.first("SELECT \(part: PollRecord.columns) FROM poll p WHERE p.id = \(id)", PollRecord.init)
    }

    static func polls(where condition: SQLQuery, limit: Int, _ sql: any SQLReader) throws -> [PollRecord] {
        try sql.all(
            """
            SELECT \(part: PollRecord.columns) FROM poll p WHERE \(part: condition) ORDER BY p.id DESC LIMIT \(limit)
            """,
            PollRecord.init
        )
    }

    static func openCount(of network: NetworkID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM poll WHERE network = \(network) AND state <> 'closed'")
    }

    // MARK: Dates

    /// The dates of polls with their totals, in the order given.
    static func options(of polls: [PollID], _ sql: any SQLReader) throws -> [PollID: [PollOption]] {
        var found: [PollID: [PollOption]] = [:]
        let all = try sql.all(
            """
            SELECT poll, number, yes, if_need_be, no, start_local, start_zone, end_local, end_zone, starts, ends
            FROM poll_option WHERE poll IN (\(list: polls)) ORDER BY poll, number
            """
        ) { row -> (PollID, PollOption) in
            let span = EventSpan(row, 5)
            var option = PollOption()
            option.id = row.int(1)
            option.start = span.start
            option.end = span.end
            option.yes = row.int(2)
            option.ifNeedBe = row.int(3)
            option.no = row.int(4)
            return (row.id(0), option)
        }
        for (poll, option) in all { found[poll, default: []].append(option) }
        return found
    }

    static func options(of poll: PollID, _ sql: any SQLReader) throws -> [PollOption] {
        try options(of: [poll], sql)[poll] ?? []
    }

    /// When the dates of a poll are, by their numbers.
    static func spans(of poll: PollID, _ sql: any SQLReader) throws -> [(number: Int64, span: EventSpan)] {
        try sql.all(
            """
            SELECT number, start_local, start_zone, end_local, end_zone, starts, ends FROM poll_option
            WHERE poll = \(poll) ORDER BY number
            """
        ) { ($0.int(0), EventSpan($0, 1)) }
    }

    // MARK: Ballots

    /// Who said what, the latest last.
    static func ballots(of poll: PollID, _ sql: any SQLReader) throws -> [PollBallotRecord] {
        try sql.all(
            "SELECT voter, person, city, votes, at FROM poll_ballot WHERE poll = \(poll) ORDER BY at, voter LIMIT \(mostBallots)",
            PollBallotRecord.init
        )
    }

    static func ballot(of voter: Int64, in poll: PollID, _ sql: any SQLReader) throws -> PollBallotRecord? {
        try sql.first(
            "SELECT voter, person, city, votes, at FROM poll_ballot WHERE poll = \(poll) AND voter = \(voter)",
            PollBallotRecord.init
        )
    }

    static func ballotCount(of poll: PollID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM poll_ballot WHERE poll = \(poll)")
    }

    // MARK: Writing

    static func insert(_ poll: PollRecord, _ spans: [EventSpan], _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO poll (id, network, kind, title, weight, deadline_local, deadline_zone, deadline, state, revision,
                chosen, event, creator, created_at)
            VALUES (\(poll.id), \(poll.network), \(poll.kind.rawValue), \(poll.title), \(poll.weight.rawValue),
                \(poll.deadline?.local), \(poll.deadline?.zone), \(poll.closes), \(poll.state.rawValue),
                \(poll.revision), NULL, NULL, \(poll.creator), \(poll.created))
            """
        )
        for (index, span) in spans.enumerated() {
            try sql.execute(
                """
                INSERT INTO poll_option (poll, number, start_local, start_zone, end_local, end_zone, starts, ends, yes,
                    if_need_be, no)
                VALUES (\(poll.id), \(index + 1), \(span.start.kept), \(span.start.zone), \(span.end.kept),
                    \(span.end.zone), \(span.starts), \(span.ends), 0, 0, 0)
                """
            )
        }
    }

    static func update(_ poll: PollRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            UPDATE poll SET state = \(poll.state.rawValue), revision = \(poll.revision), chosen = \(poll.chosen),
                event = \(poll.event)
            WHERE id = \(poll.id)
            """
        )
    }

    /// Puts a ballot in the place of the voter's former one, and the sums with it; nil takes the former one back.
    static func replace(
        _ former: PollBallotRecord?,
        by ballot: PollBallotRecord?,
        in poll: PollID,
        _ sql: any SQLWriter
    ) throws {
        for (option, answer) in former?.votes.answers ?? [:] { try add(-1, answer, option, poll, sql) }
        for (option, answer) in ballot?.votes.answers ?? [:] { try add(1, answer, option, poll, sql) }
        guard let ballot else {
            guard let former else { return }
            try sql.execute("DELETE FROM poll_ballot WHERE poll = \(poll) AND voter = \(former.voter)")
            return
        }
        try sql.execute(
            """
            INSERT INTO poll_ballot (poll, voter, person, city, votes, at)
            VALUES (\(poll), \(ballot.voter), \(ballot.person), \(ballot.city), \(ballot.votes.stored), \(ballot.at))
            ON CONFLICT (poll, voter) DO UPDATE SET person = excluded.person, city = excluded.city,
                votes = excluded.votes, at = excluded.at
            """
        )
    }

    private static func add(
        _ change: Int64,
        _ answer: PollAnswer,
        _ option: Int64,
        _ poll: PollID,
        _ sql: any SQLWriter
    ) throws {
        let column: SQLQuery
        switch answer {
        case .yes: column = "yes = yes + \(change)"
        case .ifNeedBe: column = "if_need_be = if_need_be + \(change)"
        case .no: column = "no = no + \(change)"
        }
        try sql.execute("UPDATE poll_option SET \(part: column) WHERE poll = \(poll) AND number = \(option)")
    }
}
