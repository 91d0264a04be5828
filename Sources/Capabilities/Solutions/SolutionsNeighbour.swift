import Journal
import People
import WireProtocol

/// What becomes of a person's part in solutions with the person.
///
/// Solutions, reviews and adoptions are acts of the cities and stay; the person's name goes from them, a review that
/// was only asked for goes whole, and a referent's place becomes free.
struct SolutionsNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM solution_review WHERE person = \(person) AND state = 'asked'")
        try work.sql.execute("UPDATE adoption SET referent = NULL WHERE referent = \(person)")
        try work.sql.execute("UPDATE adoption SET origin_referent = NULL WHERE origin_referent = \(person)")
    }

    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        var isMore = try NamedPeople.erase(person, limit: limit, work)
        for table: SQLQuery in ["solution", "experiment"] {
            let begun: [Int64] = try work.sql.all(
                "SELECT id FROM \(part: table) WHERE creator = \(person) ORDER BY id LIMIT \(limit)"
            ) { $0.int(0) }
            for id in begun {
                try Self.takeCreator(outOf: id, work)
                try work.sql.execute("UPDATE \(part: table) SET creator = 0 WHERE id = \(id)")
            }
            isMore = isMore || begun.count == limit
        }
        // Who asked for an adoption is who took its first step.
        let steps: [Int64] = try work.sql.all(
            "SELECT seq FROM adoption_step WHERE person = \(person) ORDER BY seq LIMIT \(limit)"
        ) { $0.int(0) }
        for seq in steps {
            try Self.takeCreator(outOf: seq, work)
            try work.sql.execute("UPDATE adoption_step SET person = 0 WHERE seq = \(seq)")
        }
        return isMore || steps.count == limit
    }

    private static func takeCreator(outOf seq: Int64, _ work: UnitOfWork) throws {
        try work.rewrite(seq) { data in JSONObject(data.members.filter { $0.name != "createdBy" }) }
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let written = try sql.all(
            """
            SELECT s.id, s.title, a.at FROM solution_author a JOIN solution s ON s.id = a.solution
            WHERE a.person = \(person) ORDER BY s.id
            """
        ) {
            JSON.members([
                "id": .int($0.int(0)), "title": .string($0.text(1)), "at": .string($0.instant(2).description),
            ])
        }
        let reviews = try sql.all(
            "SELECT solution, state, reason, at FROM solution_review WHERE person = \(person) ORDER BY at, solution"
        ) {
            JSON.members([
                "solution": .int($0.int(0)), "state": .string($0.text(1)),
                "reason": $0.optionalText(2).map { .string($0) } ?? .null,
                "at": .string($0.instant(3).description),
            ])
        }
        let steps = try sql.all(
            "SELECT adoption, state, note, at FROM adoption_step WHERE person = \(person) ORDER BY seq"
        ) {
            JSON.members([
                "adoption": .int($0.int(0)), "state": .string($0.text(1)),
                "note": $0.optionalText(2).map { .string($0) } ?? .null,
                "at": .string($0.instant(3).description),
            ])
        }
        return [
            ("solutions", .array(written)), ("solutionReviews", .array(reviews)), ("adoptionSteps", .array(steps)),
        ]
    }
}
