import Journal
import People
import WireProtocol

/// What becomes of a person's drafts with the person.
struct DraftsNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws { try DraftStore.erase(person, work) }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let drafts = try DraftStore.all(of: person, sql).map { draft in
            JSON.members([
                "channel": .int(draft.channel.rawValue), "thread": draft.thread.map { .int($0.rawValue) } ?? .null,
                "text": .string(draft.text), "at": .string(draft.at.description),
            ])
        }
        return [("drafts", .array(drafts))]
    }
}
