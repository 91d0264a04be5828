import CommunityKernel
import Files
import Journal
import WireProtocol

/// The people whose names updates of solutions, experiments and adoptions bear: with a person, the name goes from there.
enum NamedPeople {
    /// The fields that hold a person as `id` and `name`.
    private static let single: Set<String> = ["by", "referent", "originReferent"]
    /// The fields that hold objects in which people stand.
    private static let lists: Set<String> = ["acts", "versions", "steps"]

    /// Writes down whom the update about to be appended names, and whose files.
    static func note(in news: some WireObject, also people: [PersonID] = [], _ work: UnitOfWork) throws {
        var named = Set(people.map(\.rawValue))
        collect(try JSONParser.parse(news.text, limits: .answers).object ?? JSONObject(), &named)
        for person in named.sorted() where person > 0 {
            try work.sql.execute(
                """
                INSERT INTO solution_named (person, seq) VALUES (\(person), \(work.nextSeq))
                ON CONFLICT (person, seq) DO NOTHING
                """
            )
        }
    }

    private static func collect(_ data: JSONObject, _ named: inout Set<Int64>) {
        for member in data.members {
            switch member.name {
            case _ where single.contains(member.name): if let id = member.value["id"]?.int { named.insert(id) }
            case _ where lists.contains(member.name):
                for item in member.value.array ?? [] { item.object.map { collect($0, &named) } }
            case "authors": for author in member.value.array ?? [] { author["id"]?.int.map { _ = named.insert($0) } }
            case "reviewers":
                for reviewer in member.value.array ?? [] { reviewer["person"]?.int.map { _ = named.insert($0) } }
            default: break
            }
        }
    }

    /// Takes a person out of at most `limit` updates; whether there may be more.
    static func erase(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        let told: [Int64] = try work.sql.all(
            "SELECT seq FROM solution_named WHERE person = \(person) ORDER BY seq LIMIT \(limit)"
        ) { $0.int(0) }
        for seq in told {
            try work.rewrite(seq) { Self.without(person, Self.withoutFiles(of: person, $0, work.sql)) }
            try work.sql.execute("DELETE FROM solution_named WHERE person = \(person) AND seq = \(seq)")
        }
        return told.count == limit
    }

    /// An experiment's update without the person's files, and without those that are there no longer.
    private static func withoutFiles(of person: PersonID, _ data: JSONObject, _ sql: any SQLReader) -> JSONObject {
        guard let entity = data["id"]?.int else { return data }
        return JSONObject(
            data.members.map { member in
                guard member.name == "files" else { return member }
                let others = (member.value.array ?? []).filter { file in
                    guard let id = file["id"]?.int else { return false }
                    let uploader = try? FileStore.uploader(of: FileID(id), onEntity: entity, sql)
                    return uploader != nil && uploader != person
                }
                return .init(name: "files", value: .array(others))
            }
        )
    }

    private static func without(_ person: PersonID, _ data: JSONObject) -> JSONObject {
        let id = person.rawValue
        return JSONObject(
            data.members.compactMap { member in
                let items = member.value.array ?? []
                switch member.name {
                case _ where single.contains(member.name):
                    return member.value["id"]?.int == id ? nil : member
                case _ where lists.contains(member.name):
                    return .init(name: member.name, value: .array(items.map { item(without: person, $0) }))
                case "authors":
                    return .init(name: member.name, value: .array(items.filter { $0["id"]?.int != id }))
                case "reviewers":
                    let reviewers = items.map { reviewer in
                        guard reviewer["person"]?.int == id, let object = reviewer.object else { return reviewer }
                        return JSON.object(JSONObject(object.members.filter { $0.name != "name" }))
                    }
                    return .init(name: member.name, value: .array(reviewers))
                default: return member
                }
            }
        )
    }

    /// A step without who took it, and without that person's files.
    private static func item(without person: PersonID, _ item: JSON) -> JSON {
        guard let object = item.object else { return item }
        let isOwn = object["by"]?["id"]?.int == person.rawValue
        return .object(without(person, isOwn ? JSONObject(object.members.filter { $0.name != "files" }) : object))
    }
}
