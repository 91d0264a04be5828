import Journal
import People
import WireProtocol

/// What becomes of a person's stays in rooms with the person.
struct WebinarsNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM webinar_stay WHERE person = \(person)")
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
        return [("roomStays", .array(stays))]
    }
}
