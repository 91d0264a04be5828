import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// The law of protocol section 9: the update of a changed entity bears every field that changed, as its query gives it.
@Suite("Updates bear what changed", .serialized)
struct ChangedFieldsTests {
    /// What differs from reader to reader, and what updates of other entities tell.
    private static let others: Set<String> = [
        "me", "may", "mayChange", "references", "experiments", "adoptions", "adopters", "adopted", "transferred",
    ]
    /// Of these an update bears the names that changed.
    private static let maps: Set<String> = ["parts", "partsHtml"]

    private let town: SolutionTown
    private var c: TestCommunity { town.c }

    init() throws { town = try SolutionTown(try #require(StorageBackend.available.first)) }

    /// Runs a command, and compares what the query gives after it with what it gave before and what was told.
    @discardableResult
    private func run(
        _ command: String,
        _ body: JSONObject,
        as member: Member,
        changes kind: String,
        _ id: Int64,
        also fields: Set<String> = []
    ) throws -> JSON {
        func ask() throws -> JSON { try c.ok("\(kind).get", [kind: .int(id)], as: town.facilitator) }
        let before = try ask()
        let head = c.head
        let reply = try ok(command, body, as: member)
        let after = try ask()
        let told = try c.updates(for: town.facilitator, after: head).filter {
            $0.type.hasPrefix("\(kind).") && $0.data["id"]?.int == id
        }
        #expect(!told.isEmpty, "\(command) tells nothing")
        var all: [String: JSON] = [:]
        for update in told {
            for field in ["id", "revision", "state"] { #expect(update.data[field] != nil, "\(update.type) \(field)") }
            for member in update.data.members { all[member.name] = member.value }
        }
        let names = Set((before.object?.members ?? []).map(\.name) + (after.object?.members ?? []).map(\.name))
        var changed: Set<String> = []
        for name in names.subtracting(Self.others).sorted() where before[name] != after[name] {
            changed.insert(name)
            if Self.maps.contains(name) {
                for (part, text) in Self.differences(before[name], after[name]) {
                    #expect(all[name]?[part] == text, "\(command): \(name).\(part)")
                }
                let unchanged = (all[name]?.object?.members ?? []).filter { before[name]?[$0.name] == $0.value }
                #expect(unchanged.isEmpty, "\(command): \(name) bears what is the same")
            } else {
                #expect(all[name] == after[name] ?? .null, "\(command): \(name)")
            }
        }
        #expect(fields.isSubset(of: changed), "\(command) changes \(changed.sorted())")
        // What the update says besides is what the query says too.
        for (name, value) in all where names.contains(name) && !Self.maps.contains(name) {
            #expect(value == after[name] ?? .null, "\(command): \(name) is told otherwise")
        }
        return reply
    }

    private func ok(_ command: String, _ body: JSONObject, as member: Member) throws -> JSON {
        let request = Community.Request(name: command, body: body, nonce: nil)
        switch c.community.performAndWait(request, as: member) {
        case .done(let reply, _, _): return try JSONParser.parse(reply, limits: .answers)
        case .refused(let error): throw UnexpectedOutcome("\(command): \(error.message)")
        }
    }

    private static func body(_ own: KeyValuePairs<String, JSON>, _ more: KeyValuePairs<String, JSON>) -> JSONObject {
        JSONObject((Array(own) + Array(more)).map { JSONObject.Member(name: $0.key, value: $0.value) })
    }

    private static func differences(_ before: JSON?, _ after: JSON?) -> [(String, JSON)] {
        let names = Set(((before?.object?.members ?? []) + (after?.object?.members ?? [])).map(\.name))
        return names.filter { before?[$0] != after?[$0] }.map { ($0, after?[$0] ?? .null) }
    }

    /// A step of a solution on its newest revision.
    @discardableResult
    private func step(
        _ command: String,
        _ solution: Int64,
        as member: Member? = nil,
        _ more: KeyValuePairs<String, JSON> = [:],
        also fields: Set<String> = []
    ) throws -> JSON {
        let own: KeyValuePairs<String, JSON> = ["solution": .int(solution), "revision": try town.revision(solution)]
        let body = Self.body(own, more)
        return try run(command, body, as: member ?? town.author, changes: "solution", solution, also: fields)
    }

    @Test("of a solution, from its first part to its second version")
    func solutions() throws {
        let solution = try town.create()
        try step(
            "solution.write",
            solution,
            as: town.adopter,
            ["part": "risks", "text": "*Pochi*"],
            also: ["parts", "missing", "authors"]
        )
        try step("solution.license", solution, ["licence": "CC-BY-4.0"], also: ["licence", "missing"])
        try step(
            "solution.change",
            solution,
            ["title": "Un altro", "cost": .members(["once": 5])],
            also: ["title", "cost"]
        )
        try step("solution.change", solution, ["cost": .null], also: ["cost"])
        try town.fill(solution)
        try town.conclude(town.experiment(solution))
        let asked: KeyValuePairs<String, JSON> = ["reviewers": .array([.int(town.reviewer.id.rawValue)])]
        try step("solution.submit", solution, asked, also: ["state", "reviewers", "acts"])
        let more: KeyValuePairs<String, JSON> = [
            "solution": .int(solution), "reviewers": .array([.int(town.adopter.id.rawValue)]),
        ]
        try run(
            "solution.ask",
            Self.body(more, [:]),
            as: town.author,
            changes: "solution",
            solution,
            also: ["reviewers", "acts"]
        )
        try step(
            "solution.return",
            solution,
            as: town.reviewer,
            ["reason": "Mancano i tempi"],
            also: ["state", "reviewers"]
        )
        try step("solution.submit", solution, also: ["state"])
        try step("solution.approve", solution, as: town.reviewer, also: ["state", "reviewers", "missing"])
        try step("solution.publish", solution, also: ["state", "published", "versions", "text"])
        // The next version: opened by a part, and by its document.
        try step(
            "solution.write",
            solution,
            ["part": "costs", "text": "Meno"],
            also: ["version", "parts", "text", "missing"]
        )
        try step("solution.submit", solution)
        try step("solution.approve", solution, as: town.reviewer)
        try step("solution.publish", solution, also: ["published", "versions"])
        let document = try town.get(solution)["document"] ?? .null
        for (text, member, state) in [
            ("Primo", town.author, "draft"), ("Secondo", town.facilitator, "draft"),
            ("Terzo", town.author, "in_review"),
        ] {
            if state == "in_review" { try step("solution.submit", solution) }
            let base = try c.ok("document.read", ["document": document], as: town.author)["revision"] ?? .null
            let body: KeyValuePairs<String, JSON> = ["document": document, "base": base, "text": .string(text)]
            try run("document.save", Self.body(body, [:]), as: member, changes: "solution", solution)
            #expect(try town.get(solution)["state"]?.string == state)
        }
    }

    @Test("of a solution that goes while its next version is being written", arguments: ["withdraw", "supersede"])
    func goes(step act: String) throws {
        let (solution, newer) = (try town.solution("published"), try town.solution("published", "La nuova"))
        try step("solution.write", solution, ["part": "costs", "text": "Meno"], also: ["version", "state"])
        let state = act == "withdraw" ? "withdrawn" : "superseded"
        let more: KeyValuePairs<String, JSON> = act == "withdraw" ? ["reason": "Superata"] : ["by": .int(newer)]
        let also: Set<String> = act == "withdraw" ? ["state", "parts"] : ["state", "parts", "supersededBy"]
        let reply = try step("solution.\(act)", solution, more, also: also)
        let now = try town.get(solution)
        #expect(now["state"]?.string == state && now["version"]?.int == 1)
        #expect(reply["state"] == now["state"] && reply["version"] == now["version"])
        #expect(reply["revision"] == now["revision"] && now["acts"]?.array?.last?["version"]?.int == 1)
    }

    @Test("of an experiment")
    func experiments() throws {
        let solution = try town.create()
        let experiment = try town.experiment(solution)
        func step(_ command: String, _ more: KeyValuePairs<String, JSON>, also: Set<String>) throws {
            let body = Self.body(["experiment": .int(experiment)], more)
            try run(command, body, as: town.author, changes: "experiment", experiment, also: also)
        }
        try step(
            "experiment.change",
            ["title": "Altra", "text": "*Come*", "to": "2027-01-31"],
            also: ["title", "text", "html", "to"]
        )
        try step(
            "experiment.advance",
            ["to": "started", "files": .array([.int(try file())])],
            also: ["state", "started", "files"]
        )
        try step(
            "experiment.advance",
            ["to": "concluded", "outcome": "partial", "note": "Bene"],
            also: ["state", "concluded", "outcome", "note", "noteHtml"]
        )
    }

    @Test("of an adoption")
    func adoptions() throws {
        let adoption = try town.adopt(town.solution("published"))
        let colleague = try c.person("Collega", city: town.messina)
        try c.join([colleague], network: town.network)
        func step(
            _ command: String,
            _ more: KeyValuePairs<String, JSON>,
            as member: Member,
            also: Set<String>
        ) throws {
            let body = Self.body(["adoption": .int(adoption)], more)
            try run(command, body, as: member, changes: "adoption", adoption, also: also)
        }
        try step(
            "adoption.advance",
            ["to": "agreed", "note": "Con *piacere*", "files": .array([.int(try file())])],
            as: town.author,
            also: ["state", "steps", "originReferent"]
        )
        let steps = try c.ok("adoption.get", ["adoption": .int(adoption)], as: town.author)["steps"]?.array
        #expect(steps?.last?["files"]?.array?.count == 1)
        try step(
            "adoption.appoint",
            ["city": .int(town.messina), "person": .int(colleague.id.rawValue)],
            as: town.adopter,
            also: ["referent"]
        )
        try step("adoption.advance", ["to": "abandoned"], as: town.adopter, also: ["state", "steps"])
    }

    @Test("what begins is told whole")
    func begun() throws {
        let adoption = try town.adopt(town.solution("published"))
        let updates = try c.updates(for: town.facilitator)
        for (type, kind) in [
            ("solution.created", "solution"), ("experiment.created", "experiment"), ("adoption.requested", "adoption"),
        ] {
            let update = try #require(updates.first { $0.type == type })
            let id = try #require(update.data["id"])
            let query = try c.ok("\(kind).get", [kind: id], as: town.facilitator)
            for name in ["network", "city", "cityName", "createdBy", "at", "title"] {
                #expect(update.data[name] != nil && update.data[name] == query[name], "\(type) \(name)")
            }
        }
        let asked = try c.ok("adoption.get", ["adoption": .int(adoption)], as: town.facilitator)
        let told = updates.last { $0.type == "adoption.requested" }?.data
        for name in ["steps", "referent", "origin", "version"] { #expect(told?[name] == asked[name], "\(name)") }
    }

    @Test("nobody who is erased stays named in what was told")
    func erased() throws {
        let solution = try town.solution("published")
        let adoption = try town.adopt(solution)
        let body: KeyValuePairs<String, JSON> = [
            "adoption": .int(adoption), "to": "agreed", "files": .array([.int(try file())]),
        ]
        try c.ok("adoption.advance", body, as: town.author)
        // Two people's files stand in one update; each goes with who uploaded it.
        let experiment = try JSON.int(town.experiment(solution))
        let own = try file()
        try c.ok(
            "experiment.advance",
            ["experiment": experiment, "to": "started", "files": .array([.int(own)])],
            as: town.author
        )
        let other = try file("altra.txt", of: town.facilitator)
        let concluded: KeyValuePairs<String, JSON> = [
            "experiment": experiment, "to": "concluded", "outcome": "success", "files": .array([.int(other)]),
        ]
        try c.ok("experiment.advance", concluded, as: town.facilitator)
        func told() throws -> String {
            try c.updates(for: town.facilitator).filter {
                ["solution", "experiment", "adoption"].contains($0.type.split(separator: ".").first.map(String.init))
            }
            .map { String(decoding: JSON.object($0.data).text, as: UTF8.self) }.joined(separator: "\n")
        }
        let names = ["Anna", "Luca", "Marta", "prova.txt"]
        for name in names { #expect(try told().contains(name), "\(name)") }
        for person in [town.author, town.reviewer, town.adopter] {
            try c.ok("person.erase", ["person": .int(person.id.rawValue)])
        }
        try c.settle()
        let left = try told()
        for name in names { #expect(!left.contains(name), "\(name)") }
        #expect(left.contains("Testo di risks") && left.contains("Genova") && left.contains("altra.txt"))
        let others = try c.community.read {
            try $0.sql.count("SELECT COUNT(*) FROM solution_named WHERE person <> \(town.facilitator.id)")
        }
        #expect(others == 0)
    }

    /// A file that somebody uploaded, the author unless told.
    private func file(_ name: String = "prova.txt", of member: Member? = nil) throws -> Int64 {
        try c.community.write(as: member ?? town.author) { work in
            let id = work.nextSeq
            let file = UploadedFile(id: FileID(id), name: name, type: "text/plain", bytes: 3, sha256: "00")
            try work.append(FileUploaded(file, channel: ChannelID(1)), to: .person(work.actor.id))
            try work.sql.execute(
                """
                INSERT INTO file (id, sha256, name, type, bytes, uploader, at, channel, place)
                VALUES (\(id), '00', \(name), 'text/plain', 3, \(work.actor.id), \(work.now), 1, 0)
                """
            )
            return id
        }
    }
}
