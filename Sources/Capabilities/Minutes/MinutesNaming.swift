import CommunityKernel
import Journal
import Messages
import People
import WireProtocol

/// Where people are named in what the journal tells of minutes and action items, for the day on which one of them has
/// to go.
enum MinutesNaming {
    /// Keeps that an update names people.
    static func remember(_ people: [PersonID?], in seq: Int64, _ sql: any SQLWriter) throws {
        for person in Set(people.compactMap { $0 }) {
            try sql.execute("INSERT INTO minutes_naming (person, seq) VALUES (\(person), \(seq))")
        }
    }

    /// Takes a person, and the words that were the person's, out of at most `limit` earlier updates; whether there may
    /// be more.
    static func takeOut(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        let told = try work.sql.all(
            "SELECT seq FROM minutes_naming WHERE person = \(person) ORDER BY seq LIMIT \(limit)"
        ) { $0.int(0) }
        let name = try PeopleStore.names(of: [person], work.sql)[person]
        for seq in told {
            try work.rewrite(seq) { without(person, name: name, $0) }
            try work.sql.execute("DELETE FROM minutes_naming WHERE person = \(person) AND seq = \(seq)")
        }
        return told.count == limit
    }

    /// As the queries show it once the person is erased: an approval keeps the name that is left.
    private static func without(_ person: PersonID, name: String?, _ data: JSONObject) -> JSONObject {
        func isGone(_ value: JSON?) -> Bool { value?["id"]?.int == person.rawValue }
        return JSONObject(
            data.members.compactMap { member in
                switch member.name {
                case "owner" where isGone(member.value): return nil
                case "approvedBy" where isGone(member.value):
                    guard let name else { return nil }
                    let left = JSON.members(["id": .int(person.rawValue), "name": .string(name)])
                    return .init(name: member.name, value: left)
                case "amendments":
                    let amendments = (member.value.array ?? []).map { amendment in
                        isGone(amendment["person"]) ? wordless(amendment) : amendment
                    }
                    return .init(name: member.name, value: .array(amendments))
                default: return member
                }
            }
        )
    }

    private static func wordless(_ amendment: JSON) -> JSON {
        .members([
            "text": .string(MinutesNeighbour.wordless), "html": .string(Markdown.html(MinutesNeighbour.wordless)),
            "at": amendment["at"] ?? .null,
        ])
    }
}
