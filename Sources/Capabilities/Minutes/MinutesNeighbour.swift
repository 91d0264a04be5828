import Journal
import People
import WireProtocol

/// What becomes of a person's part in minutes with the person.
///
/// Minutes and decisions are acts of the network and stay; what the person asked to be amended loses its words and its
/// author, and what the person was to do its owner.
struct MinutesNeighbour: PeopleNeighbour {
    /// What is left of what somebody asked to be amended who is gone.
    static let wordless = "–"

    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute(
            "UPDATE minutes_amendment SET person = 0, text = \(Self.wordless) WHERE person = \(person)"
        )
        try work.sql.execute("UPDATE action_item SET owner = NULL WHERE owner = \(person)")
    }

    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        try MinutesNaming.takeOut(person, limit: limit, work)
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let amendments = try sql.all(
            "SELECT event, text, at FROM minutes_amendment WHERE person = \(person) ORDER BY event, revision"
        ) {
            JSON.members([
                "event": .int($0.int(0)), "text": .string($0.text(1)), "at": .string($0.instant(2).description),
            ])
        }
        let actions = try sql.all(
            "SELECT id, text, due, done FROM action_item WHERE owner = \(person) ORDER BY id"
        ) {
            JSON.members([
                "id": .int($0.int(0)), "text": .string($0.text(1)), "due": .string($0.text(2)),
                "done": .bool($0.flag(3)),
            ])
        }
        return [("minutesAmendments", .array(amendments)), ("actions", .array(actions))]
    }
}
