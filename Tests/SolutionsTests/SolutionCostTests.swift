import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("What solutions cost, what they are called and what is like them", .serialized)
struct SolutionCostTests {
    private func change(
        _ solution: Int64,
        _ town: SolutionTown,
        title: String? = nil,
        cost: JSON? = nil
    ) throws -> KeyValuePairs<String, JSON> {
        let (id, revision) = (JSON.int(solution), try town.revision(solution))
        return switch (title, cost) {
        case (let title?, let cost?):
            ["solution": id, "title": .string(title), "cost": cost, "revision": revision]
        case (let title?, nil): ["solution": id, "title": .string(title), "revision": revision]
        case (nil, let cost?): ["solution": id, "cost": cost, "revision": revision]
        case (nil, nil): ["solution": id, "revision": revision]
        }
    }

    @Test(
        "a draft gets another title, its document too, and a cost that can be taken away",
        arguments: StorageBackend.available
    )
    func changing(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.create("Sportelo unico")
        let head = try c.updates(for: town.author).last?.seq ?? 0
        let cost = JSON.members(["once": 12_000, "yearly": 3_000])
        let done = try c.ok(
            "solution.change",
            change(solution, town, title: "Sportello unico", cost: cost),
            as: town.author
        )
        let now = try town.get(solution)
        #expect(now["title"]?.string == "Sportello unico" && now["cost"] == cost && now["revision"] == done["revision"])
        let document = try c.ok("document.read", ["document": now["document"] ?? .null], as: town.author)
        #expect(document["title"]?.string == "Sportello unico")
        let told = try c.updates(for: town.author, after: head)
        #expect(told.map(\.type) == ["document.renamed", "solution.changed"])
        #expect(told.last?.data["cost"] == cost && told.last?.data["title"]?.string == "Sportello unico")
        func listed(_ text: String) throws -> Int? {
            try c.ok("solution.list", ["text": .string(text)], as: town.author)["solutions"]?.array?.count
        }
        #expect(try listed("sportello") == 1 && listed("sportelo") == 0)
        // Taken away, it is null where it is told and missing where it is asked for.
        try c.ok("solution.change", change(solution, town, cost: .null), as: town.author)
        #expect(try town.get(solution)["cost"] == nil)
        #expect(try c.updates(for: town.author, after: head).last?.data["cost"] == .null)
        for (body, problem) in [
            (try change(solution, town), "missing"), (try change(solution, town, cost: .members([:])), "empty"),
            (try change(solution, town, cost: .members(["once": -1])), "out_of_range"),
            (try change(solution, town, cost: .members(["yearly": 1_000_000_001])), "out_of_range"),
            (try change(solution, town, cost: .members(["once": "12.000"])), "wrong_type"),
            (try change(solution, town, title: ""), "empty"),
        ] {
            let refusal = try c.refusal("solution.change", body, as: town.author)
            #expect(refusal.code == .invalid && refusal.fields?.first?.problem == problem, "\(body)")
        }
        let stranger = try c.person("Estraneo")
        #expect(
            try c.refusal("solution.change", change(solution, town, title: "Altro"), as: stranger).code == .notFound
        )
    }

    @Test(
        "a published version keeps its title and cost, and its hash where there was none",
        arguments: StorageBackend.available
    )
    func published(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.solution("published")
        let first = try town.get(solution)
        // As versions were kept before solutions had costs.
        let parts = SolutionTown.parts.map { "\"\($0)\":\"Testo di \($0)\"" }.joined(separator: ",")
        let kept = "{\"title\":\"Sportello unico\",\"licence\":\"CC-BY-4.0\",\"text\":\"\",\"parts\":{\(parts)}}"
        #expect(
            first["versions"]?.array?.first?["hash"]?.string == Secret.hex(Secret.sha256(Array(kept.utf8)))
        )
        try c.ok(
            "solution.change",
            change(solution, town, title: "Sportello metropolitano", cost: .members(["yearly": 500])),
            as: town.author
        )
        let next = try town.get(solution)
        #expect(next["state"]?.string == "draft" && next["version"]?.int == 2)
        let old = try town.get(solution, version: 1)
        #expect(old["title"]?.string == "Sportello unico" && old["cost"] == nil)
        try c.ok("solution.submit", town.step(solution), as: town.author)
        try c.ok("solution.approve", town.step(solution), as: town.reviewer)
        try c.ok("solution.publish", town.step(solution), as: town.author)
        try c.ok("solution.change", change(solution, town, cost: .null), as: town.author)
        let second = try town.get(solution, version: 2)
        #expect(second["cost"] == .members(["yearly": 500]) && second["title"]?.string == "Sportello metropolitano")
        #expect(second["versions"]?.array?.first?["hash"] == first["versions"]?.array?.first?["hash"])
    }

    @Test("the list is narrowed by the first year's cost and by who takes over", arguments: StorageBackend.available)
    func narrowed(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let dear = try town.solution("published", "Cara")
        let cheap = try town.create("Economica")
        _ = try town.create("Senza costo")
        let adoption = try town.adopt(dear)
        try c.ok(
            "solution.change",
            change(cheap, town, cost: .members(["once": 800, "yearly": 200])),
            as: town.author
        )
        try c.ok("solution.change", change(dear, town, cost: .members(["once": 90_000])), as: town.author)
        func ids(_ body: KeyValuePairs<String, JSON>) throws -> [Int64] {
            try c.ok("solution.list", body, as: town.author)["solutions"]?.array?.compactMap { $0["id"]?.int } ?? []
        }
        #expect(try ids(["cost": 1_000]) == [cheap])
        #expect(try ids(["cost": 999]) == [])
        #expect(try Set(ids(["cost": 90_000])) == [dear, cheap])
        #expect(try ids(["adoptedBy": .int(town.messina)]) == [dear])
        #expect(try ids(["adoptedBy": .int(town.genova)]) == [])
        func adopters() throws -> [JSON] { try town.get(dear)["adopters"]?.array ?? [] }
        #expect(
            try adopters()
                == [.members(["id": .int(town.messina), "name": "Messina", "state": "requested"])]
        )
        for step in ["agreed", "kit_delivered", "adapting", "in_use"] {
            try c.ok(
                "adoption.advance",
                ["adoption": .int(adoption), "to": .string(step)],
                as: town.facilitator
            )
        }
        #expect(try adopters().first?["state"]?.string == "in_use")
        try c.ok(
            "adoption.advance",
            ["adoption": .int(adoption), "to": "abandoned", "note": "Non serve più"],
            as: town.facilitator
        )
        #expect(try adopters().isEmpty && ids(["adoptedBy": .int(town.messina)]).isEmpty)
    }

    @Test(
        "like a solution are those with its words, sooner of its area, and none that is hidden",
        arguments: StorageBackend.available
    )
    func similar(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        func make(_ title: String, area: String, in network: Int64? = nil, as member: Member? = nil) throws -> Int64 {
            try c.id(
                c.ok(
                    "solution.create",
                    [
                        "network": .int(network ?? town.network), "title": .string(title),
                        "city": .int(town.bologna), "area": .string(area),
                    ],
                    as: member ?? town.author
                )
            )
        }
        let one = try make("Sportello unico per i permessi edilizi", area: "edilizia")
        let elsewhere = try make("Sportelli unici e permessi dell’edilizia", area: "riassetto")
        let same = try make("Permessi edilizi allo sportello unico", area: "edilizia")
        _ = try make("Piano della mobilità ciclabile", area: "piani-strategici")
        let gone = try town.solution("withdrawn", "Sportello unico dei permessi edilizi")
        // In a network that the author takes no part in.
        let other = try c.network("altra")
        let stranger = try c.person("Estraneo", city: town.genova)
        try c.join([stranger], network: other)
        let hidden = try make("Sportello unico per i permessi edilizi", area: "edilizia", in: other, as: stranger)
        try c.settle()
        func like(_ solution: Int64, as member: Member? = nil) throws -> [Int64] {
            try c.ok("solution.similar", ["solution": .int(solution)], as: member ?? town.author)["solutions"]?.array?
                .compactMap { $0["id"]?.int } ?? []
        }
        #expect(try like(one) == [same, elsewhere])
        #expect(try !like(one).contains(gone) && !like(one).contains(hidden))
        let refusal = try c.refusal("solution.similar", ["solution": .int(hidden)], as: town.author)
        #expect(refusal.code == .notFound)
        // Who is in both networks sees both.
        try c.join([town.author], network: other)
        #expect(try like(one).contains(hidden))
        // A new title is what counts from then on.
        try c.ok("solution.change", change(same, town, title: "Orti urbani"), as: town.author)
        try c.settle()
        #expect(try like(one).contains(same) == false)
    }

    @Test("where a network's type has none written, none is begun", arguments: StorageBackend.available)
    func types(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        for (type, rule) in [("Coordination", "none"), ("European", "readable")] {
            let network = try c.network(type.lowercased(), type: type)
            try c.ok("network.add", ["network": .int(network), "person": .int(town.author.id.rawValue)])
            let city: (String, JSON) = ("city", .int(town.bologna))
            let bodies: [(String, KeyValuePairs<String, JSON>)] = [
                ("solution.create", ["network": .int(network), "title": "x", city.0: city.1, "area": "edilizia"]),
                ("experiment.create", ["network": .int(network), "title": "x", city.0: city.1, "area": "edilizia"]),
            ]
            for (name, body) in bodies {
                let refusal = try c.refusal(name, body, as: town.author)
                #expect(
                    refusal.code == .invalid
                        && refusal.fields == [FieldProblem(path: "with.network", problem: "not_allowed")],
                    "\(name) in \(type)"
                )
            }
            let listed = try c.ok("network.list", as: town.author)["networks"]?.array ?? []
            #expect(listed.first { $0["id"]?.int == network }?["solutions"]?.string == rule)
            #expect(listed.first { $0["id"]?.int == town.network }?["solutions"] == nil)
            let types = try c.ok("network.types", as: town.author)["types"]?.array ?? []
            #expect(types.first { $0["id"]?.string == type }?["solutions"]?.string == rule)
            #expect(types.first { $0["id"]?.string == "NationalThematic" }?["solutions"]?.string == "written")
        }
    }
}
