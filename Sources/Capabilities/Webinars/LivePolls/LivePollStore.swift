import CommunityKernel
import Journal
import WireProtocol

/// A poll at an event as the store knows one.
struct LivePollRecord: Sendable {
    let id: LivePollID
    let event: EventID
    let question: String
    let choice: LivePollChoice
    let results: LivePollResults
    let state: LivePollState
    let answered: Int64
    let creator: PersonID?
    let openedSeq: Int64?
    let created: Instant

    static let columns: SQLQuery =
        "p.id, p.event, p.question, p.choice, p.results, p.state, p.answered, p.creator, p.opened_seq, p.created_at"

    init(_ row: any SQLRow) {
        id = row.id(0)
        event = row.id(1)
        question = row.text(2)
        choice = LivePollChoice(rawValue: row.text(3)) ?? .single
        results = LivePollResults(rawValue: row.text(4)) ?? .afterwards
        state = LivePollState(rank: row.int(5))
        answered = row.int(6)
        creator = row.optionalID(7)
        openedSeq = row.optionalInt(8)
        created = row.instant(9)
    }

    /// Where it stands, for refusals.
    var current: JSON { .members(["state": .string(state.rawValue)]) }
}

extension LivePollState {
    /// The place of the state in the order of an event's polls; what the store keeps.
    var rank: Int64 {
        switch self {
        case .open: 0
        case .prepared: 1
        case .closed: 2
        }
    }

    /// The state of a rank.
    init(rank: Int64) {
        self = Self.allCases.first { $0.rank == rank } ?? .closed
    }
}

/// A place in the order of an event's polls, as a cursor.
struct LivePollPlace {
    let rank: Int64
    let id: Int64

    init(_ poll: LivePollRecord) {
        rank = poll.state.rank
        id = poll.id.rawValue
    }

    /// Reads a cursor; nil for what is none.
    init?(cursor: String) {
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let rank = parts[0], let id = parts[1] else { return nil }
        (self.rank, self.id) = (rank, id)
    }

    var cursor: String { "\(rank).\(id)" }
}

/// One option of a poll, and how many chose it.
struct LivePollOption: Sendable {
    let poll: LivePollID
    let text: String
    let votes: Int64
}

/// The options that one person chose, a bit for each: one row per person, so that nobody answers twice.
struct ChosenOptions: Equatable, Sendable {
    let bits: Int64

    init(bits: Int64) { self.bits = bits }

    init(_ numbers: [Int64]) { bits = numbers.reduce(0) { $0 | 1 << $1 } }

    /// Their numbers, rising.
    var numbers: [Int64] { (0..<63).filter { bits & 1 << $0 != 0 } }

    var isEmpty: Bool { bits == 0 }

    /// Those that `other` has not.
    func without(_ other: ChosenOptions) -> [Int64] { ChosenOptions(bits: bits & ~other.bits).numbers }
}

/// The queries of polls at events.
enum LivePollStore {
    static func poll(_ id: LivePollID, _ sql: any SQLReader) throws -> LivePollRecord? {
        try sql.first(
            "SELECT \(part: LivePollRecord.columns) FROM webinar_poll p WHERE p.id = \(id)",
            LivePollRecord.init
        )
    }

    /// Open, prepared (where they may be seen), closed; each newest first.
    static func page(
        of event: EventID,
        withPrepared: Bool,
        after place: LivePollPlace?,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [LivePollRecord] {
        var filter: SQLQuery = "p.event = \(event)"
        if !withPrepared { filter = "\(part: filter) AND p.state <> \(LivePollState.prepared.rank)" }
        if let place {
            filter = """
                \(part: filter) AND (p.state > \(place.rank) OR (p.state = \(place.rank) AND p.id < \(place.id)))
                """
        }
        return try sql.all(
            """
            SELECT \(part: LivePollRecord.columns) FROM webinar_poll p WHERE \(part: filter)
            ORDER BY p.state, p.id DESC LIMIT \(limit)
            """,
            LivePollRecord.init
        )
    }

    static func count(of event: EventID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM webinar_poll WHERE event = \(event)")
    }

    /// Those of an event that are open; a setting bounds its polls.
    static func open(at event: EventID, _ sql: any SQLReader) throws -> [LivePollRecord] {
        try sql.all(
            """
            SELECT \(part: LivePollRecord.columns) FROM webinar_poll p
            WHERE p.event = \(event) AND p.state = \(LivePollState.open.rank) ORDER BY p.id
            """,
            LivePollRecord.init
        )
    }

    /// The options of polls, in their order.
    static func options(of polls: [LivePollID], _ sql: any SQLReader) throws -> [LivePollID: [LivePollOption]] {
        guard !polls.isEmpty else { return [:] }
        let options = try sql.all(
            """
            SELECT poll, text, votes FROM webinar_poll_option WHERE poll IN (\(list: polls)) ORDER BY poll, number
            """
        ) { LivePollOption(poll: $0.id(0), text: $0.text(1), votes: $0.int(2)) }
        return Dictionary(grouping: options, by: \.poll)
    }

    /// What a person chose in polls.
    static func chosen(
        by person: PersonID,
        in polls: [LivePollID],
        _ sql: any SQLReader
    ) throws -> [LivePollID: ChosenOptions] {
        guard !polls.isEmpty else { return [:] }
        let answers = try sql.all(
            "SELECT poll, chosen FROM webinar_poll_answer WHERE person = \(person) AND poll IN (\(list: polls))"
        ) { (poll: LivePollID($0.int(0)), chosen: ChosenOptions(bits: $0.int(1))) }
        return Dictionary(answers.map { ($0.poll, $0.chosen) }) { first, _ in first }
    }

    // MARK: Writing

    static func insert(_ id: LivePollID, _ command: CreateLivePoll, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            INSERT INTO webinar_poll (id, event, question, choice, results, state, answered, creator, opened_seq,
                created_at)
            VALUES (\(id), \(command.event), \(command.question), \(command.choice.rawValue),
                \((command.results ?? .afterwards).rawValue), \(LivePollState.prepared.rank), 0, \(work.actor.id), NULL,
                \(work.now))
            """
        )
        for (number, text) in command.options.enumerated() {
            try work.sql.execute(
                """
                INSERT INTO webinar_poll_option (poll, number, text, votes) VALUES (\(id), \(number), \(text), 0)
                """
            )
        }
    }

    static func opened(_ poll: LivePollID, seq: Int64, _ sql: any SQLWriter) throws {
        try sql.execute(
            "UPDATE webinar_poll SET state = \(LivePollState.open.rank), opened_seq = \(seq) WHERE id = \(poll)"
        )
    }

    static func closed(_ poll: LivePollID, _ sql: any SQLWriter) throws {
        try sql.execute("UPDATE webinar_poll SET state = \(LivePollState.closed.rank) WHERE id = \(poll)")
    }

    /// Puts an answer in the place of the one before; how many more people have answered now.
    static func answer(
        _ poll: LivePollID,
        _ chosen: ChosenOptions,
        before: ChosenOptions?,
        _ work: UnitOfWork
    ) throws -> Int64 {
        let before = before ?? ChosenOptions(bits: 0)
        if chosen.isEmpty {
            try work.sql.execute(
                "DELETE FROM webinar_poll_answer WHERE poll = \(poll) AND person = \(work.actor.id)"
            )
        } else {
            try work.sql.execute(
                """
                INSERT INTO webinar_poll_answer (poll, person, chosen, answered_at)
                VALUES (\(poll), \(work.actor.id), \(chosen.bits), \(work.now))
                ON CONFLICT (poll, person) DO UPDATE SET chosen = excluded.chosen, answered_at = excluded.answered_at
                """
            )
        }
        let more: Int64 = (chosen.isEmpty ? 0 : 1) - (before.isEmpty ? 0 : 1)
        for (numbers, step) in [(chosen.without(before), Int64(1)), (before.without(chosen), -1)] where !numbers.isEmpty
        {
            try work.sql.execute(
                """
                UPDATE webinar_poll_option SET votes = votes + \(step)
                WHERE poll = \(poll) AND number IN (\(list: numbers))
                """
            )
        }
        if more != 0 {
            try work.sql.execute("UPDATE webinar_poll SET answered = answered + \(more) WHERE id = \(poll)")
        }
        return more
    }

    /// Forgets a poll, with its words in the journal.
    static func forget(_ poll: LivePollRecord, _ work: UnitOfWork) throws {
        for table: SQLQuery in ["webinar_poll_answer", "webinar_poll_option"] {
            try work.sql.execute("DELETE FROM \(part: table) WHERE poll = \(poll.id)")
        }
        try work.sql.execute("DELETE FROM webinar_poll WHERE id = \(poll.id)")
        guard let opened = poll.openedSeq else { return }
        try work.rewrite(opened) { data in
            JSONObject(data.members.filter { $0.name != "question" && $0.name != "options" })
        }
    }

    /// Takes a person out of the polls: what was answered counts on, without whose it was.
    static func forget(_ person: PersonID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM webinar_poll_answer WHERE person = \(person)")
        try sql.execute("UPDATE webinar_poll SET creator = NULL WHERE creator = \(person)")
    }

    /// What a person answered, and what the person asked, in a form to hand out.
    static func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let answers = try sql.all(
            """
            SELECT a.poll, p.question, a.chosen, a.answered_at FROM webinar_poll_answer a JOIN webinar_poll p ON p.id = a.poll
            WHERE a.person = \(person) ORDER BY a.poll
            """
        ) {
            (
                poll: LivePollID($0.int(0)), question: $0.text(1), chosen: ChosenOptions(bits: $0.int(2)),
                at: $0.instant(3)
            )
        }
        let answered = try answers.map { answer in
            let options = try options(of: [answer.poll], sql)[answer.poll] ?? []
            let texts = answer.chosen.numbers.filter { $0 < options.count }.map { options[Int($0)].text }
            return JSON.members([
                "poll": .int(answer.poll.rawValue), "question": .string(answer.question),
                "answers": .array(texts.map { .string($0) }), "at": .string(answer.at.description),
            ])
        }
        let asked = try sql.all(
            "SELECT id, event, question, created_at FROM webinar_poll WHERE creator = \(person) ORDER BY id"
        ) { row in
            JSON.members([
                "id": .int(row.int(0)), "event": .int(row.int(1)), "question": .string(row.text(2)),
                "at": .string(row.instant(3).description),
            ])
        }
        return [("livePollAnswers", .array(answered)), ("livePolls", .array(asked))]
    }
}
