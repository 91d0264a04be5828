import Archiving
import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Kits of solutions", .serialized)
struct KitTests {
    private func fetch(
        _ solution: Int64,
        _ kind: String,
        _ town: SolutionTown,
        as member: Member? = nil
    ) throws
        -> [UInt8]
    {
        let response = try town.c.get(
            "/solutions/{id}/kit.\(kind)",
            ["id": String(solution)],
            as: member ?? town.author
        )
        guard case .bytes(let bytes) = response.body else { throw UnexpectedOutcome("no bytes") }
        return bytes
    }

    /// Brings a kit to the town's network; its id there.
    private func bring(
        _ kit: [UInt8],
        _ town: SolutionTown,
        city: Int64? = nil,
        as member: Member? = nil,
        nonce: String? = nil
    ) throws -> JSON {
        let routes = town.c.community.registry.routes
        let route = try #require(routes.first { $0.method == "PUT" && $0.pattern == "/api/v1/solutions/import" })
        var query = ["network": [String(town.network)]]
        if let city { query["city"] = [String(city)] }
        let response = try route.handle(
            WebRequest(
                parameters: [:],
                query: query,
                headers: [:],
                body: kit,
                bodyFile: nil,
                nonce: nonce,
                actor: member ?? town.facilitator,
                address: nil
            ),
            town.c.community
        )
        guard case .bytes(let bytes) = response.body else { throw UnexpectedOutcome("no bytes") }
        return try JSONParser.parse(bytes, limits: .answers)
    }

    private func written(_ town: SolutionTown) throws -> Int64 {
        let solution = try town.solution("tested", "Sportello unico: è *così* [link](x) 😀")
        let document = try #require(try town.get(solution)["document"]?.int)
        try town.c.ok(
            "document.save",
            ["document": .int(document), "base": 1, "text": "# Il racconto\n\nCosì è andata 😀"],
            as: town.author
        )
        try town.c.ok(
            "solution.change",
            [
                "solution": .int(solution), "revision": town.revision(solution),
                "cost": .members(["once": 12_000, "yearly": 1_234_567]),
            ],
            as: town.author
        )
        try town.c.ok("solution.publish", town.step(solution), as: town.author)
        return solution
    }

    @Test("a kit brought to an empty community is the same solution", arguments: StorageBackend.available)
    func roundTrip(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let solution = try written(town)
        let kit = try fetch(solution, "zip", town)
        #expect(try fetch(solution, "zip", town) == kit)
        let archive = try ZIPArchive(reading: kit)
        let names = archive.entries.map(\.name)
        #expect(names.count == 15 && names.contains("parti/08-costs.md") && names.contains("testo.md"))
        let elsewhere = try SolutionTown(backend)
        let brought = try #require(try bring(kit, elsewhere)["id"]?.int)
        let (there, here) = (try elsewhere.get(brought), try town.get(solution))
        for field in ["title", "area", "licence", "parts", "cost"] { #expect(there[field] == here[field], "\(field)") }
        #expect(there["state"]?.string == "draft" && there["cityName"]?.string == "Bologna")
        #expect(there["experiments"]?.array?.first?["outcome"]?.string == "success")
        #expect(there["experiments"]?.array?.first?["title"] == here["experiments"]?.array?.first?["title"])
        // Its approval does not come along: another city has to say so here too.
        #expect(there["missing"]?.array?.compactMap(\.string) == ["approval"])
        #expect(there["origin"]?["hash"] == here["versions"]?.array?.first?["hash"])
        #expect(there["origin"]?["authors"]?.array?.compactMap(\.string) == ["Anna"])
        // What it says is the same to the byte: published there, it has the same hash.
        try elsewhere.c.ok("solution.submit", elsewhere.step(brought), as: elsewhere.author)
        try elsewhere.c.ok("solution.approve", elsewhere.step(brought), as: elsewhere.reviewer)
        try elsewhere.c.ok("solution.publish", elsewhere.step(brought), as: elsewhere.facilitator)
        #expect(
            try elsewhere.get(brought)["versions"]?.array?.first?["hash"] == here["versions"]?.array?.first?["hash"]
        )
    }

    @Test("the Markdown says who wrote and who reviewed, and names break nothing", arguments: StorageBackend.available)
    func markdown(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let text = String(decoding: try fetch(written(town), "md", town), as: UTF8.self)
        #expect(text.hasPrefix("# Sportello unico: è \\*così\\* \\[link\\](x) 😀\n"))
        for part in [
            "Costi e tempi", "Costo: € 12.000 una tantum, € 1.234.567 l’anno",
            "Luca (Genova): sperimentazione confermata", "CC\\-BY\\-4.0", "Impronta (SHA-256)",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test(
        "who may not read it gets no kit, who does not run the network brings none",
        arguments: StorageBackend.available
    )
    func access(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let solution = try written(town)
        let stranger = try town.c.person("Estraneo")
        let hidden = try #require(throws: WireError.self) { try fetch(solution, "zip", town, as: stranger) }
        #expect(hidden.code == .notFound)
        let kit = try fetch(solution, "zip", town)
        for (member, code) in [(stranger, WireErrorCode.notFound), (town.author, .forbidden)] {
            let refusal = try #require(throws: WireError.self) { try bring(kit, town, as: member) }
            #expect(refusal.code == code)
        }
    }

    @Test("brought twice under one key it is there once", arguments: StorageBackend.available)
    func repeated(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let kit = try fetch(written(town), "zip", town)
        let first = try bring(kit, town, nonce: "una-volta-sola")
        #expect(try bring(kit, town, nonce: "una-volta-sola") == first)
        #expect(try town.c.rows(of: "solution") == 2)
    }

    @Test("what was tampered with is refused and writes nothing", arguments: StorageBackend.available)
    func hostile(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let archive = try ZIPArchive(reading: try fetch(written(town), "zip", town))
        let description = String(decoding: try #require(archive["soluzione.json"]), as: UTF8.self)
        func packed(_ entries: [ZIPArchive.Entry]) throws -> [UInt8] { try ZIPArchive(entries).written(modified: 0) }
        /// The kit with another description and sums that fit it.
        func described(_ text: String) throws -> [UInt8] {
            var entries = archive.entries.filter { !["soluzione.json", "SHA256SUMS"].contains($0.name) }
            entries.append(.init("soluzione.json", Array(text.utf8)))
            let sums = entries.map { "\(Secret.hex(Secret.sha256($0.bytes)))  \($0.name)\n" }.joined()
            return try packed(entries + [.init("SHA256SUMS", Array(sums.utf8))])
        }
        var other = archive.entries
        other[0] = .init(other[0].name, Array("altro".utf8))
        let kits: [(String, [UInt8], WireErrorCode)] = [
            ("no archive", Array("PK".utf8), .invalid),
            ("another archive", try packed([.init("a", [1])]), .invalid),
            ("another text", try packed(other), .invalid),
            ("a further file", try packed(archive.entries + [.init("altro", [1])]), .invalid),
            ("a file that is gone", try packed(archive.entries.filter { $0.name != "testo.md" }), .invalid),
            ("a way out", try packed([.init("../../etc/x", [1])]), .invalid),
            ("a bomb", try packed([.init("a", [UInt8](repeating: 0, count: 40_000_000))]), .tooLarge),
            ("many files", try packed((0..<501).map { .init("f\($0)", []) }), .tooLarge),
            ("another content", try described(description.replacing("Testo di costs", with: "Altro")), .invalid),
            ("no JSON", try described("{"), .invalid),
            ("deep JSON", try described(String(repeating: "[", count: 100_000)), .invalid),
            ("another format", try described(description.replacing("metropoli-solution/1", with: "x/9")), .invalid),
            (
                "an outcome that is none",
                try described(description.replacing("\"m:outcome\":\"success\"", with: "\"m:outcome\":\"x\"")), .invalid
            ),
        ]
        let (rows, head) = (try town.c.rows(of: "solution"), town.c.head)
        for (name, kit, code) in kits {
            let refusal = try #require(throws: WireError.self, "\(name)") { try bring(kit, town) }
            #expect(refusal.code == code, "\(name): \(refusal.message)")
        }
        #expect(try town.c.rows(of: "solution") == rows)
        #expect(town.c.head == head)
    }

    @Test("an edit of its document is an edit of the solution", arguments: StorageBackend.available)
    func documents(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        func save(_ solution: Int64, _ text: String) throws -> Outcome {
            let document = try #require(try town.get(solution)["document"]?.int)
            let read = try c.ok("document.read", ["document": .int(document)], as: town.author)
            return c.outcome(
                "document.save",
                ["document": .int(document), "base": read["revision"] ?? .null, "text": .string(text)],
                as: town.adopter
            )
        }
        let reviewed = try town.solution("in_review")
        let before = try town.revision(reviewed)
        guard case .done = try save(reviewed, "Nuovo") else { throw UnexpectedOutcome("refused") }
        // Nobody approves what was not read.
        let approve: KeyValuePairs<String, JSON> = ["solution": .int(reviewed), "revision": before]
        let stale = try c.refusal("solution.approve", approve, as: town.reviewer)
        #expect(stale.code == .conflict)
        let published = try written(town)
        guard case .done = try save(published, "Più nuovo") else { throw UnexpectedOutcome("refused") }
        let next = try town.get(published)
        #expect(next["state"]?.string == "draft" && next["version"]?.int == 2)
        #expect(next["authors"]?.array?.compactMap { $0["name"]?.string } == ["Anna", "Marta"])
        #expect(try town.get(published, version: 1)["text"]?.string?.contains("Così è andata") == true)
        let withdrawn = try town.solution("withdrawn")
        guard case .refused(let error) = try save(withdrawn, "x") else { throw UnexpectedOutcome("accepted") }
        #expect(error.code == .conflict && error.current?["state"]?.string == "withdrawn")
        let document = try #require(try town.get(published)["document"])
        let away = try c.refusal("document.archive", ["document": document], as: town.facilitator)
        #expect(away.code == .conflict)
    }
}
