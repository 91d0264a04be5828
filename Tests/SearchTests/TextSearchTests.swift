import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Searching documents and solutions", .serialized)
struct TextSearchTests {
    private func found(_ text: String, _ c: TestCommunity, as member: Member) throws -> [String] {
        let hits = try c.ok("search", ["text": .string(text)], as: member)["hits"]?.array ?? []
        return hits.compactMap { hit in hit["kind"]?.string.map { "\($0) \(hit["title"]?.string ?? "")" } }
    }

    @Test("what a document says now, its comments, and who may read it", arguments: StorageBackend.available)
    func documents(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network("rete")
        let (anna, stranger) = (try c.person("Anna"), try c.person("Estraneo"))
        try c.join([anna], network: network)
        let document = try c.id(
            c.ok(
                "document.create",
                ["network": .int(network), "title": "Linee guida", "text": "I procedimenti **edilizi**"],
                as: anna
            )
        )
        try c.settle()
        #expect(try found("procedimento", c, as: anna) == ["document Linee guida"])
        #expect(try found("tipo:documento linea", c, as: anna) == ["document Linee guida"])
        #expect(try found("procedimento", c, as: stranger).isEmpty)
        try c.ok("document.save", ["document": .int(document), "base": 1, "text": "Le mense"], as: anna)
        try c.ok(
            "document.comment",
            ["document": .int(document), "revision": 2, "from": 0, "to": 2, "text": "Manca il trasporto"],
            as: anna
        )
        try c.settle()
        #expect(try found("procedimento", c, as: anna).isEmpty)
        #expect(try found("mensa", c, as: anna) == ["document Linee guida"])
        #expect(try found("trasporti", c, as: anna) == ["document Linee guida"])
        try c.ok("network.leave", ["network": .int(network)], as: anna)
        #expect(try found("mensa", c, as: anna).isEmpty)
    }

    @Test("the parts of a solution", arguments: StorageBackend.available)
    func solutions(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network("rete")
        let city = try c.city()
        let (anna, stranger) = (try c.person("Anna", city: city), try c.person("Estraneo"))
        try c.join([anna], network: network)
        let solution = try c.id(
            c.ok(
                "solution.create",
                ["network": .int(network), "title": "Ufficio gare", "city": .int(city), "area": "riassetto"],
                as: anna
            )
        )
        try c.ok(
            "solution.write",
            ["solution": .int(solution), "part": "acts", "text": "La convenzione tipo", "revision": 1],
            as: anna
        )
        try c.settle()
        #expect(try found("tipo:soluzione convenzioni", c, as: anna) == ["solution Ufficio gare"])
        #expect(try found("convenzioni", c, as: stranger).isEmpty)
        // Its document is found by its title too.
        #expect(try found("gare", c, as: anna).sorted() == ["document Ufficio gare", "solution Ufficio gare"])
    }
}
