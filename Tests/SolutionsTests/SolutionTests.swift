import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Solutions", .serialized)
struct SolutionTests {
    @Test("every state and every command: what is not allowed is a conflict", arguments: StorageBackend.available)
    func guards(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let newer = try town.solution("published", "La più nuova")
        let allowed: [String: Set<String>] = [
            "write": ["draft", "in_review", "tested", "published"],
            "license": ["draft", "in_review", "tested", "published"],
            "change": ["draft", "in_review", "tested", "published"],
            "submit": ["draft"], "ask": ["in_review"], "return": ["in_review"], "approve": ["in_review"],
            "publish": ["tested"],
            "withdraw": ["published"], "supersede": ["published"], "adopt": ["published"],
        ]
        for state in SolutionTown.states {
            for (command, states) in allowed {
                let solution = try town.solution(state)
                #expect(try town.get(solution)["state"]?.string == state)
                let before = try town.get(solution)
                let name = command == "adopt" ? "adoption.request" : "solution.\(command)"
                let outcome = c.outcome(name, try body(command, solution, newer, town), as: actor(command, town))
                switch outcome {
                case .done:
                    #expect(states.contains(state), "\(command) in \(state) was done")
                case .refused(let error):
                    #expect(!states.contains(state), "\(command) in \(state): \(error.code) \(error.message)")
                    #expect(
                        error.code == .conflict && error.current?["state"]?.string == state,
                        "\(command) in \(state)"
                    )
                    #expect(try town.get(solution) == before, "\(command) in \(state) changed something")
                }
            }
        }
    }

    private func body(
        _ command: String,
        _ solution: Int64,
        _ newer: Int64,
        _ town: SolutionTown
    ) throws
        -> KeyValuePairs<String, JSON>
    {
        let (id, revision) = (JSON.int(solution), try town.revision(solution))
        return switch command {
        case "write": ["solution": id, "part": "costs", "text": "Nuovo", "revision": revision]
        case "change": ["solution": id, "cost": .members(["once": 1]), "revision": revision]
        case "license": ["solution": id, "licence": "EUPL-1.2", "revision": revision]
        case "ask": ["solution": id, "reviewers": .array([.int(town.adopter.id.rawValue)])]
        case "return": ["solution": id, "revision": revision, "reason": "Mancano i tempi"]
        case "supersede": ["solution": id, "revision": revision, "by": .int(newer)]
        case "adopt": ["solution": id, "version": 1, "city": .int(town.messina)]
        default: ["solution": id, "revision": revision]
        }
    }

    private func actor(_ command: String, _ town: SolutionTown) -> Member {
        switch command {
        case "approve", "return": town.reviewer
        case "adopt": town.adopter
        default: town.author
        }
    }

    @Test("a city is a number with its name beside it, and who began is told", arguments: StorageBackend.available)
    func told(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.solution("published")
        let adoption = try town.adopt(solution)
        let whole = try town.get(solution)
        let experiment = try #require(whole["experiments"]?.array?.first?["id"])
        let (author, adopter) = (town.author.id.rawValue, town.adopter.id.rawValue)
        let listed = { (query: String, name: String) in try c.ok(query, [:], as: town.author)[name]?.array?.first }
        let bologna = [
            whole, try listed("solution.list", "solutions"), whole["experiments"]?.array?.first,
            try c.ok("experiment.get", ["experiment": experiment], as: town.author),
            try listed("experiment.list", "experiments"),
        ]
        for view in bologna {
            #expect(view?["city"]?.int == town.bologna && view?["cityName"]?.string == "Bologna")
            #expect(view?["createdBy"]?.int == author)
        }
        let messina = [
            whole["adoptions"]?.array?.first, try listed("adoption.list", "adoptions"),
            try c.ok("adoption.get", ["adoption": .int(adoption)], as: town.author),
        ]
        for view in messina {
            #expect(view?["city"]?.int == town.messina && view?["cityName"]?.string == "Messina")
            #expect(view?["createdBy"]?.int == adopter && view?["origin"]?["name"]?.string == "Bologna")
        }
        let updates = try c.updates(for: town.author)
        for (type, city, person) in [
            ("solution.created", town.bologna, author), ("experiment.created", town.bologna, author),
            ("adoption.requested", town.messina, adopter),
        ] {
            let update = try #require(updates.first { $0.type == type })
            #expect(update.data["city"]?.int == city && update.data["createdBy"]?.int == person, "\(type)")
            #expect(update.data["cityName"]?.string == (city == town.messina ? "Messina" : "Bologna"), "\(type)")
        }
    }

    @Test("a local network holds the solutions of its city", arguments: StorageBackend.available)
    func localOrigin(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let local = try c.network("genova", type: "Local", settings: .members(["city": .int(town.genova)]))
        try c.join([town.reviewer], network: local)
        func create(_ city: Int64) -> KeyValuePairs<String, JSON> {
            ["network": .int(local), "title": "Sportello", "city": .int(city), "area": "edilizia"]
        }
        let refused = try c.refusal("solution.create", create(town.bologna), as: town.reviewer)
        #expect(refused.code == .invalid && refused.fields?.first?.path == "with.city")
        try c.ok("solution.create", create(town.genova), as: town.reviewer)
    }

    @Test("published needs the whole kit and a licence, and says what is missing", arguments: StorageBackend.available)
    func published(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.create()
        try town.conclude(town.experiment(solution))
        try c.ok("solution.submit", town.step(solution), as: town.author)
        try c.ok("solution.approve", town.step(solution), as: town.reviewer)
        let nothing = try c.refusal("solution.publish", town.step(solution), as: town.author)
        #expect(nothing.code == .invalid)
        #expect(nothing.fields?.map(\.path) == SolutionTown.parts.map { "with.parts.\($0)" } + ["with.licence"])
        #expect(
            try town.get(solution)["missing"]?.array?.compactMap(\.string) == SolutionTown.parts + ["licence"]
        )
        try town.fill(solution)
        try c.ok(
            "solution.write",
            ["solution": .int(solution), "part": "risks", "text": " \n", "revision": town.revision(solution)],
            as: town.author
        )
        let blank = try c.refusal("solution.publish", town.step(solution), as: town.author)
        #expect(blank.fields?.map(\.path) == ["with.parts.risks"])
        try town.fill(solution, "Prima")
        #expect(try c.refusal("solution.publish", town.step(solution), as: town.reviewer).code == .forbidden)
        let published = try c.ok("solution.publish", town.step(solution), as: town.author)
        #expect(published["state"]?.string == "published" && published["version"]?.int == 1)
    }

    @Test("superseding goes to a published one and never round in a circle", arguments: StorageBackend.available)
    func superseding(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let (old, new) = (try town.solution("published", "La vecchia"), try town.solution("published", "La nuova"))
        let draft = try town.solution("draft")
        func supersede(_ solution: Int64, by newer: Int64) throws -> WireError {
            try c.refusal(
                "solution.supersede",
                ["solution": .int(solution), "revision": town.revision(solution), "by": .int(newer)],
                as: town.author
            )
        }
        #expect(try supersede(old, by: draft).code == .conflict)
        #expect(try supersede(old, by: old).code == .conflict)
        try c.ok(
            "solution.supersede",
            ["solution": .int(old), "revision": town.revision(old), "by": .int(new)],
            as: town.author
        )
        let circle = try supersede(new, by: old)
        #expect(circle.code == .conflict && circle.current?["state"]?.string == "superseded")
        #expect(try town.get(old)["supersededBy"]?.int == new)
        let back = try town.get(new)["references"]?.array?.first
        #expect(back?["id"]?.int == old && back?["incoming"]?.bool == true && back?["title"]?.string == "La vecchia")
    }

    @Test("somebody of another network learns nothing by any route", arguments: StorageBackend.available)
    func hidden(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.solution("published")
        let adoption = try town.adopt(solution)
        let experiment = try town.experiment(solution)
        let other = try c.network("altra")
        let stranger = try c.person("Estraneo", city: town.genova)
        try c.join([stranger], network: other)
        let head = c.head
        let revision = try town.revision(solution)
        let id = JSON.int(solution)
        let asked: [(String, KeyValuePairs<String, JSON>)] = [
            ("solution.get", ["solution": id]), ("solution.get", ["solution": id, "version": 1]),
            ("solution.list", ["network": .int(town.network)]),
            ("solution.write", ["solution": id, "part": "costs", "text": "x", "revision": revision]),
            ("solution.license", ["solution": id, "licence": "CC0-1.0", "revision": revision]),
            ("solution.submit", ["solution": id, "revision": revision]),
            ("solution.ask", ["solution": id, "reviewers": .array([.int(town.reviewer.id.rawValue)])]),
            ("solution.return", ["solution": id, "revision": revision, "reason": "x"]),
            ("solution.approve", ["solution": id, "revision": revision]),
            ("solution.publish", ["solution": id, "revision": revision]),
            ("solution.withdraw", ["solution": id, "revision": revision]),
            ("solution.supersede", ["solution": id, "revision": revision, "by": id]),
            ("solution.refer", ["solution": id, "kind": "solution", "id": id]),
            ("adoption.get", ["adoption": .int(adoption)]), ("adoption.list", ["solution": id]),
            ("adoption.advance", ["adoption": .int(adoption), "to": "agreed"]),
            ("adoption.request", ["solution": id, "version": 1, "city": .int(town.genova)]),
            ("experiment.get", ["experiment": .int(experiment)]),
            ("experiment.list", ["network": .int(town.network)]),
            ("experiment.advance", ["experiment": .int(experiment), "to": "started"]),
        ]
        for (name, body) in asked {
            #expect(try c.refusal(name, body, as: stranger).code == .notFound, "\(name)")
        }
        for name in ["solution.list", "experiment.list", "adoption.list"] {
            let list = try c.ok(name, as: stranger)
            #expect((list["solutions"] ?? list["experiments"] ?? list["adoptions"])?.array?.isEmpty == true, "\(name)")
        }
        #expect(c.head == head)
        #expect(try c.updates(for: stranger).allSatisfy { !$0.type.hasPrefix("solution.") })
    }

    @Test("what it came from is shown to who may open it", arguments: StorageBackend.available)
    func references(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.create()
        let time = { (local: String) in JSON.members(["local": .string(local), "zone": "Europe/Rome"]) }
        let event = try c.id(
            c.ok(
                "event.create",
                [
                    "network": .int(town.network), "kind": "webinar", "title": "Incontro di avvio",
                    "start": time("2026-12-10T10:00"), "end": time("2026-12-10T12:00"),
                ],
                as: town.facilitator
            )
        )
        func refer(_ remove: Bool? = nil) -> KeyValuePairs<String, JSON> {
            guard let remove else { return ["solution": .int(solution), "kind": "event", "id": .int(event)] }
            return ["solution": .int(solution), "kind": "event", "id": .int(event), "remove": .bool(remove)]
        }
        // A draft is its facilitators' own.
        #expect(try c.refusal("solution.refer", refer(), as: town.author).code == .notFound)
        try c.ok("solution.refer", refer(), as: town.facilitator)
        #expect(try town.get(solution)["references"]?.array?.isEmpty == true)
        try c.ok("event.publish", ["event": .int(event), "revision": 1], as: town.facilitator)
        #expect(try town.get(solution)["references"]?.array?.first?["title"]?.string == "Incontro di avvio")
        let referring = try c.ok("solution.list", ["event": .int(event)], as: town.author)
        #expect(referring["solutions"]?.array?.compactMap { $0["id"]?.int } == [solution])
        try c.ok("solution.refer", refer(true), as: town.author)
        #expect(try town.get(solution)["references"]?.array?.isEmpty == true)
        #expect(try c.refusal("solution.refer", refer(true), as: town.author).code == .notFound)
    }

    @Test("the list is filtered and paged", arguments: StorageBackend.available)
    func listing(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let first = try town.solution("published", "Sportello unico")
        let second = try town.create("Piano strategico dei mobilità")
        _ = try town.adopt(first)
        func ids(_ body: KeyValuePairs<String, JSON>) throws -> [Int64] {
            try c.ok("solution.list", body, as: town.author)["solutions"]?.array?.compactMap { $0["id"]?.int } ?? []
        }
        #expect(try ids([:]) == [second, first])
        #expect(try ids(["state": "published"]) == [first])
        #expect(try ids(["area": "riassetto"]) == [])
        #expect(try ids(["city": .int(town.genova)]) == [])
        #expect(try ids(["text": "MOBILITA piano"]) == [second])
        // The summary counts as the title does; `%` is a letter like others.
        #expect(try ids(["text": "summary"]) == [first])
        #expect(try ids(["text": "%"]) == [])
        #expect(try ids(["transferred": .bool(true)]) == [])
        let page = try c.ok("solution.list", ["limit": 1], as: town.author)
        let cursor = try #require(page["cursor"])
        #expect(try ids(["limit": 1, "cursor": cursor]) == [first])
    }

    @Test("bad input is refused and writes nothing", arguments: StorageBackend.available)
    func bad(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.create()
        let comune = try c.id(
            c.ok("organisation.create", ["kind": "comune", "slug": "imola", "name": "Imola"])
        )
        let wrong = try c.refusal(
            "solution.create",
            ["network": .int(town.network), "title": "x", "city": .int(comune), "area": "edilizia"],
            as: town.author
        )
        #expect(wrong.fields?.first?.problem == "not_a_city")
        let revision = try town.revision(solution)
        let long = JSON.string(String(repeating: "è", count: 60_000))
        let large = try c.refusal(
            "solution.write",
            ["solution": .int(solution), "part": "costs", "text": long, "revision": revision],
            as: town.author
        )
        #expect(large.code == .tooLarge)
        for licence in ["", "CC BY 4.0", "-x", "javascript:alert(1)"] {
            let refused = try c.refusal(
                "solution.license",
                ["solution": .int(solution), "licence": .string(licence), "revision": revision],
                as: town.author
            )
            #expect(refused.fields?.first?.path == "with.licence", "\(licence)")
        }
        #expect(try town.get(solution)["revision"] == revision)
    }
}
