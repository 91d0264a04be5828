import CommunityKernel
import Journal
import WireProtocol

/// A question as the store knows one.
struct QuestionRecord: Sendable {
    let id: QuestionID
    let event: EventID
    let person: PersonID
    let text: String
    var votes: Int64
    let isAnswered: Bool
    let answer: String?
    let answeredBy: PersonID?
    let at: Instant

    static let columns: SQLQuery =
        "q.id, q.event, q.person, q.text, q.votes, q.answered, q.answer, q.answered_by, q.asked_at"

    init(_ row: any SQLRow) {
        id = row.id(0)
        event = row.id(1)
        person = row.id(2)
        text = row.text(3)
        votes = row.int(4)
        isAnswered = row.flag(5)
        answer = row.optionalText(6)
        answeredBy = row.optionalID(7)
        at = row.instant(8)
    }
}

/// A place in the order of an event's questions, as a cursor.
struct QuestionPlace {
    let answered: Int64
    let votes: Int64
    let id: Int64

    init(_ question: QuestionRecord) {
        answered = question.isAnswered ? 1 : 0
        votes = question.votes
        id = question.id.rawValue
    }

    /// Reads a cursor; nil for what is none.
    init?(cursor: String) {
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 3, let answered = parts[0], let votes = parts[1], let id = parts[2] else { return nil }
        (self.answered, self.votes, self.id) = (answered, votes, id)
    }

    var cursor: String { "\(answered).\(votes).\(id)" }
}

/// The questions' queries.
enum QuestionStore {
    static func question(_ id: QuestionID, _ sql: any SQLReader) throws -> QuestionRecord? {
        try sql.first(
            "SELECT \(part: QuestionRecord.columns) FROM webinar_question q WHERE q.id = \(id)",
            QuestionRecord.init
        )
    }

    /// Those to be answered first, by votes, then by age.
    static func page(
        of event: EventID,
        after place: QuestionPlace?,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [QuestionRecord] {
        var filter: SQLQuery = "q.event = \(event)"
        if let place {
            filter = """
                \(part: filter) AND (q.answered > \(place.answered)
                    OR (q.answered = \(place.answered) AND q.votes < \(place.votes))
                    OR (q.answered = \(place.answered) AND q.votes = \(place.votes) AND q.id > \(place.id)))
                """
        }
        return try sql.all(
            """
            SELECT \(part: QuestionRecord.columns) FROM webinar_question q WHERE \(part: filter)
            ORDER BY q.answered, q.votes DESC, q.id LIMIT \(limit)
            """,
            QuestionRecord.init
        )
    }

    static func count(of event: EventID, by person: PersonID?, _ sql: any SQLReader) throws -> Int64 {
        guard let person else {
            return try sql.count("SELECT COUNT(*) FROM webinar_question WHERE event = \(event)")
        }
        return try sql.count("SELECT COUNT(*) FROM webinar_question WHERE event = \(event) AND person = \(person)")
    }

    /// Which of the questions a person wants answered.
    static func voted(_ person: PersonID, _ questions: [QuestionID], _ sql: any SQLReader) throws -> Set<QuestionID> {
        guard !questions.isEmpty else { return [] }
        return Set(
            try sql.all(
                "SELECT question FROM webinar_vote WHERE person = \(person) AND question IN (\(list: questions))"
            ) { $0.id(0) }
        )
    }

    // MARK: Writing

    static func insert(_ id: QuestionID, _ event: EventID, _ text: String, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            INSERT INTO webinar_question (id, event, person, text, votes, answered, answer, answered_by, answered_seq,
                asked_at)
            VALUES (\(id), \(event), \(work.actor.id), \(text), 0, 0, NULL, NULL, NULL, \(work.now))
            """
        )
    }

    /// Sets whether a person wants a question answered; whether that changed anything.
    static func vote(_ question: QuestionID, _ person: PersonID, _ isFor: Bool, _ sql: any SQLWriter) throws -> Bool {
        let changed =
            isFor
            ? try sql.execute(
                """
                INSERT INTO webinar_vote (question, person) VALUES (\(question), \(person))
                ON CONFLICT (question, person) DO NOTHING
                """
            ) : try sql.execute("DELETE FROM webinar_vote WHERE question = \(question) AND person = \(person)")
        guard changed > 0 else { return false }
        let step: Int64 = isFor ? 1 : -1
        try sql.execute("UPDATE webinar_question SET votes = votes + \(step) WHERE id = \(question)")
        return true
    }

    static func answer(_ question: QuestionID, _ text: String?, seq: Int64, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            UPDATE webinar_question SET answered = 1, answer = \(text), answered_by = \(work.actor.id),
                answered_seq = \(seq) WHERE id = \(question)
            """
        )
    }

    /// Forgets a question, with its words in the journal.
    static func forget(_ question: QuestionID, _ work: UnitOfWork) throws {
        let answered = try work.sql.first("SELECT answered_seq FROM webinar_question WHERE id = \(question)") {
            $0.optionalInt(0)
        }
        try work.sql.execute("DELETE FROM webinar_vote WHERE question = \(question)")
        try work.sql.execute("DELETE FROM webinar_question WHERE id = \(question)")
        let silent: (JSONObject) -> JSONObject = { data in
            JSONObject(data.members.filter { $0.name != "text" && $0.name != "answer" })
        }
        try work.rewrite(question.rawValue, silent)
        if let answered, let seq = answered { try work.rewrite(seq, silent) }
    }
}
