import CommunityKernel
import Events
import Journal
import People
import WireProtocol

/// What becomes of a person's stays, questions, votes, answers and hands with the person.
struct WebinarsNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM webinar_stay WHERE person = \(person)")
        try work.sql.execute("DELETE FROM webinar_hand WHERE person = \(person)")
        let questions = try work.sql.all(
            "SELECT \(part: QuestionRecord.columns) FROM webinar_question q WHERE q.person = \(person) ORDER BY q.id",
            QuestionRecord.init
        )
        for question in questions {
            guard let event = try EventStore.event(question.event, work.sql) else { continue }
            try AskingQuestions.withdraw(question, of: event, work)
        }
        // What the person uploaded goes; addresses that the person attached are the network's.
        for (material, id) in try MaterialStore.files(of: person, work.sql) {
            guard let event = try EventStore.event(id, work.sql) else { continue }
            try MaterialStore.forget(material, of: event, work)
        }
        // Votes count on, without whose they were.
        try work.sql.execute("DELETE FROM webinar_vote WHERE person = \(person)")
        try work.sql.execute("UPDATE webinar_question SET answered_by = NULL WHERE answered_by = \(person)")
        try LivePollStore.forget(person, work.sql)
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let stays = try sql.all(
            "SELECT event, joined_at, left_at FROM webinar_stay WHERE person = \(person) ORDER BY joined_at, session"
        ) { row in
            JSON.members([
                "event": .int(row.int(0)), "joined": .string(row.instant(1).description),
                "left": row.optionalInt(2).map { .string(Instant(milliseconds: $0).description) } ?? .null,
            ])
        }
        let questions = try sql.all(
            "SELECT \(part: QuestionRecord.columns) FROM webinar_question q WHERE q.person = \(person) ORDER BY q.id",
            QuestionRecord.init
        )
        let votes = try sql.all("SELECT question FROM webinar_vote WHERE person = \(person) ORDER BY question") {
            JSON.int($0.int(0))
        }
        return [
            ("roomStays", .array(stays)),
            (
                "questions",
                .array(
                    questions.map { question in
                        .members([
                            "id": .int(question.id.rawValue), "event": .int(question.event.rawValue),
                            "text": .string(question.text), "at": .string(question.at.description),
                        ])
                    }
                )
            ),
            ("questionVotes", .array(votes)),
            (
                "materials",
                .array(
                    try sql.all(
                        "SELECT id, event, title FROM webinar_material WHERE creator = \(person) ORDER BY id"
                    ) { .members(["id": .int($0.int(0)), "event": .int($0.int(1)), "title": .string($0.text(2))]) }
                )
            ),
        ] + (try LivePollStore.export(person, sql))
    }
}
