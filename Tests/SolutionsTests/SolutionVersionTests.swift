import CommunityKernel
import Documents
import Journal
import Solutions
import TestKit
import Testing
import WireProtocol

@Suite("Versions of solutions", .serialized)
struct SolutionVersionTests {
    /// A published solution whose next version is called otherwise, costs something and says something else.
    private func withNext(_ town: SolutionTown) throws -> Int64 {
        let solution = try town.solution("published")
        let summary: KeyValuePairs<String, JSON> = [
            "solution": .int(solution), "part": "summary", "text": "Il nuovo", "revision": try town.revision(solution),
        ]
        try town.c.ok("solution.write", summary, as: town.author)
        let change: KeyValuePairs<String, JSON> = [
            "solution": .int(solution), "title": "Sportello nuovo", "cost": .members(["once": 5]),
            "revision": try town.revision(solution),
        ]
        try town.c.ok("solution.change", change, as: town.author)
        return solution
    }

    private func publish(_ solution: Int64, _ town: SolutionTown) throws {
        try town.c.ok("solution.submit", town.step(solution), as: town.author)
        try town.c.ok("solution.approve", town.step(solution), as: town.reviewer)
        try town.c.ok("solution.publish", town.step(solution), as: town.author)
    }

    @Test("each version has its own state, whatever comes after it", arguments: StorageBackend.available)
    func states(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let solution = try withNext(town)
        func stands(_ version: Int64?) throws -> [JSON?] {
            let view = try town.get(solution, version: version)
            return [view["state"], view["version"], view["next"]]
        }
        #expect(try stands(nil) == ["draft", 2, nil])
        #expect(try stands(2) == ["draft", 2, nil])
        #expect(try stands(1) == ["published", 1, 2])
        #expect(try town.get(solution, version: 1)["title"]?.string == "Sportello unico")
        try publish(solution, town)
        #expect(try stands(nil) == ["published", 2, nil])
        #expect(try stands(1) == ["superseded", 1, nil])
        #expect(try town.get(solution, version: 1)["supersededBy"] == nil)
        try town.c.ok("solution.withdraw", town.step(solution), as: town.author)
        #expect(try stands(nil) == ["withdrawn", 2, nil])
        #expect(try stands(2) == ["withdrawn", 2, nil])
        #expect(try stands(1) == ["superseded", 1, nil])
    }

    @Test(
        "what is published is found and shown as such while its next version is written",
        arguments: StorageBackend.available
    )
    func listed(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try withNext(town)
        _ = try town.solution("draft", "Mai pubblicata")
        func rows(_ state: String) throws -> [JSON] {
            try c.ok("solution.list", ["state": .string(state)], as: town.adopter)["solutions"]?.array ?? []
        }
        let published = try rows("published")
        #expect(published.map { $0["id"]?.int } == [solution])
        let row = try #require(published.first)
        #expect(row["state"]?.string == "published" && row["version"]?.int == 1 && row["next"]?.int == 2)
        #expect(row["title"]?.string == "Sportello unico" && row["cost"] == nil)
        #expect(row["summary"]?.string == "Testo di summary")
        let draft = try #require(rows("draft").first { $0["id"]?.int == solution })
        #expect(draft["state"]?.string == "draft" && draft["version"]?.int == 2 && draft["next"] == nil)
        #expect(draft["title"]?.string == "Sportello nuovo" && draft["summary"]?.string == "Il nuovo")
        // Each is found by what its row shows.
        func count(_ state: String, _ name: String, _ value: JSON) throws -> Int? {
            try c.ok("solution.list", ["state": .string(state), name: value], as: town.adopter)["solutions"]?.array?
                .count
        }
        #expect(try count("published", "text", "unico") == 1 && count("draft", "text", "unico") == 0)
        #expect(try count("published", "text", "nuovo") == 0 && count("draft", "text", "nuovo") == 1)
        #expect(try count("published", "cost", 5) == 0 && count("draft", "cost", 5) == 1)
        try c.ok("solution.submit", town.step(solution), as: town.author)
        #expect(try rows("published").count == 1 && rows("in_review").count == 1 && rows("draft").count == 1)
        try c.ok("solution.withdraw", town.step(solution), as: town.author)
        #expect(try rows("published").isEmpty)
    }

    @Test(
        "what was decided on an older revision is a conflict that says the newest",
        arguments: StorageBackend.available
    )
    func stale(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let experiment = try JSON.int(town.experiment(town.create()))
        let adoption = try JSON.int(town.adopt(town.solution("published")))
        func refused(_ command: String, _ body: KeyValuePairs<String, JSON>, _ state: String, _ revision: Int64) throws
        {
            let error = try c.refusal(command, body, as: town.facilitator)
            #expect(error.code == .conflict, "\(command)")
            #expect(
                error.current?["revision"]?.int == revision && error.current?["state"]?.string == state,
                "\(command)"
            )
        }
        try c.ok("experiment.change", ["experiment": experiment, "title": "Altra", "revision": 1], as: town.author)
        try refused("experiment.advance", ["experiment": experiment, "to": "started", "revision": 1], "proposed", 2)
        try refused("experiment.change", ["experiment": experiment, "title": "Terza", "revision": 3], "proposed", 2)
        let started = try c.ok(
            "experiment.advance",
            ["experiment": experiment, "to": "started", "revision": 2],
            as: town.author
        )
        #expect(started["state"]?.string == "started" && started["revision"]?.int == 3)
        let agreed = try c.ok(
            "adoption.advance",
            ["adoption": adoption, "to": "agreed", "revision": 1],
            as: town.author
        )
        #expect(agreed["state"]?.string == "agreed" && agreed["revision"]?.int == 2)
        try refused("adoption.advance", ["adoption": adoption, "to": "kit_delivered", "revision": 1], "agreed", 2)
        let appoint: KeyValuePairs<String, JSON> = [
            "adoption": adoption, "city": .int(town.messina), "person": .int(town.adopter.id.rawValue), "revision": 1,
        ]
        try refused("adoption.appoint", appoint, "agreed", 2)
        // Who says no revision means the newest.
        try c.ok("adoption.advance", ["adoption": adoption, "to": "kit_delivered"], as: town.author)
    }

    @Test("a published version never changes; an edit opens the next one", arguments: StorageBackend.available)
    func versions(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.solution("published")
        let first = try town.get(solution, version: 1)
        try c.ok(
            "solution.write",
            [
                "solution": .int(solution), "part": "costs", "text": "Costa la metà",
                "revision": town.revision(solution),
            ],
            as: town.author
        )
        let next = try town.get(solution)
        #expect(next["state"]?.string == "draft" && next["version"]?.int == 2 && next["published"]?.int == 1)
        #expect(next["parts"]?["costs"]?.string == "Costa la metà")
        let kept = try town.get(solution, version: 1)
        #expect(kept["parts"] == first["parts"] && kept["versions"] == first["versions"])
        #expect(kept["missing"]?.array?.isEmpty == true)
        // Its own number leads to what is being written, a number that there is not leads nowhere.
        #expect(try town.get(solution, version: 2) == next)
        #expect(
            try c.refusal("solution.get", ["solution": .int(solution), "version": 3], as: town.author).code == .notFound
        )
        // The published one can still be adopted, the one being written cannot.
        let draft: KeyValuePairs<String, JSON> = ["solution": .int(solution), "version": 2, "city": .int(town.messina)]
        let early = try c.refusal("adoption.request", draft, as: town.adopter)
        #expect(early.code == .conflict && early.current?["state"]?.string == "draft")
        let adoption = try town.adopt(solution)
        try c.ok("solution.submit", town.step(solution), as: town.author)
        try c.ok("solution.approve", town.step(solution), as: town.reviewer)
        #expect(try c.ok("solution.publish", town.step(solution), as: town.author)["version"]?.int == 2)
        let hashes = try town.get(solution)["versions"]?.array?.compactMap { $0["hash"]?.string }
        #expect(hashes?.count == 2 && Set(hashes ?? []).count == 2)
        let behind = try c.ok("adoption.get", ["adoption": .int(adoption)], as: town.adopter)
        #expect(behind["version"]?.int == 1 && behind["newer"]?.int == 2)
    }

    @Test("a picture that a published version shows stays with its document", arguments: StorageBackend.available)
    func pictures(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.solution("tested")
        let document = try #require(town.get(solution)["document"]?.int)
        func save(_ text: String) throws {
            let revision = try c.ok("document.read", ["document": .int(document)], as: town.author)["revision"] ?? .null
            let body: KeyValuePairs<String, JSON> = [
                "document": .int(document), "base": revision, "text": .string(text),
            ]
            try c.ok("document.save", body, as: town.author)
        }
        func isShown(_ file: Int64) throws -> Bool {
            try c.community.read {
                try SolutionStore.hasPublished("%](/files/\(file))%", in: DocumentID(document), $0.sql)
            }
        }
        try save("![Il percorso](/files/12)")
        #expect(try !isShown(12))
        try c.ok("solution.publish", town.step(solution), as: town.author)
        try save("Senza figura")
        #expect(try isShown(12))
        #expect(try !isShown(1) && !isShown(2))
    }
}
