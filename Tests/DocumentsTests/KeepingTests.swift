import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

/// What is kept of documents, for how long, and of whom.
@Suite("What is kept of documents", .serialized)
struct KeepingTests {
    private struct Desk {
        let c: TestCommunity
        let network: Int64
        let document: Int64
        let anna: Member
        let marco: Member

        init(_ backend: StorageBackend, text: String = "") throws {
            c = try TestCommunity(backend) { configuration in
                configuration.document.retained = 20
                configuration.document.snapshotEvery = 10
                configuration.document.oldSnapshotEvery = 1_000
            }
            network = try c.network("rete")
            (anna, marco) = (try c.person("Anna"), try c.person("Marco"))
            try c.join([anna, marco], network: network)
            document = try c.id(
                c.ok(
                    "document.create",
                    ["network": .int(network), "title": "Linee", "text": .string(text)],
                    as: anna
                )
            )
        }

        func append(_ text: String, at base: Int64, of count: Int64, _ op: String) -> KeyValuePairs<String, JSON> {
            let changes: [JSON] = (count > 0 ? [.int(count)] : []) + [.array([.int(0), .string(text)])]
            return [
                "document": .int(document), "base": .int(base), "changes": .array(changes), "opId": .string(op),
            ]
        }

        func read(_ revision: Int64) -> KeyValuePairs<String, JSON> {
            ["document": .int(document), "revision": .int(revision)]
        }

        /// The journal's updates of the document's own stream.
        func told() throws -> [JSON] {
            try c.community.read { context in
                try context.sql.all(
                    "SELECT payload FROM journal WHERE stream = \(StreamName.document(DocumentID(document)))"
                ) { try JSONParser.parse($0.bytes(0), limits: .answers) }
            }
        }
    }

    @Test("old changes go, answers and authors stay, the text is the same", arguments: StorageBackend.available)
    func retention(backend: StorageBackend) throws {
        let desk = try Desk(backend)
        let c = desk.c
        var first: JSON?
        for number in 1...100 {
            let answer = try c.ok(
                "document.op",
                desk.append("x", at: Int64(number), of: Int64(number - 1), "op\(number)"),
                as: desk.anna
            )
            first = first ?? answer
        }
        let comment: KeyValuePairs<String, JSON> = [
            "document": .int(desk.document), "revision": 101, "from": 90, "to": 100, "text": "Qui",
        ]
        try c.ok("document.comment", comment, as: desk.marco)
        c.clock.advance(seconds: 25 * 3_600)
        try c.settle()
        let told = try desk.told()
        #expect(told.count == 100)
        #expect(told.allSatisfy { $0["update"]?["data"]?["changes"] == nil })
        #expect(try c.ok("document.read", desk.read(101), as: desk.anna)["text"]?.string?.utf8.count == 100)
        // All that is retained can be read, the first text too, and nothing between.
        for revision in Int64(81)...101 {
            let text = try c.ok("document.read", desk.read(revision), as: desk.anna)["text"]?.string
            #expect(text?.utf8.count == Int(revision) - 1)
        }
        #expect(try c.ok("document.read", desk.read(1), as: desk.anna)["text"]?.string == "")
        #expect(try c.refusal("document.read", desk.read(25), as: desk.anna).code == .notFound)
        let late = try c.refusal("document.op", desk.append("y", at: 25, of: 24, "late"), as: desk.marco)
        #expect(late.code == .conflict && late.current?["revision"]?.int == 101)
        #expect(try c.ok("document.op", desk.append("x", at: 1, of: 0, "op1"), as: desk.anna) == first)
        let revisions = try c.ok("document.history", ["document": .int(desk.document), "limit": 200], as: desk.marco)
        #expect(revisions["revisions"]?.array?.count == 101)
        #expect(revisions["revisions"]?.array?.first?["summary"]?.string == "+1 -0")
    }

    @Test("another start of the server finds the same text", arguments: StorageBackend.available)
    func restart(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "città 🇮🇹")
        for number in 1...25 {
            try desk.c.ok(
                "document.op",
                desk.append("è", at: Int64(number), of: 9 + Int64(number), "o\(number)"),
                as: desk.anna
            )
        }
        let before = try desk.c.ok("document.read", ["document": .int(desk.document)], as: desk.anna)
        let folder = desk.c.folder
        try desk.c.stop()
        let again = try TestCommunity(backend, in: folder)
        let after = try again.ok("document.read", ["document": .int(desk.document)], as: desk.anna)
        #expect(after["text"] == before["text"] && after["hash"] == before["hash"])
        #expect(after["text"]?.string == "città 🇮🇹" + String(repeating: "è", count: 25))
        try again.stop()
    }

    @Test("a suggestion changes nothing until it is accepted, then once", arguments: StorageBackend.available)
    func suggestions(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "ab")
        let c = desk.c
        func suggest(_ word: String) throws -> Int64 {
            try c.id(
                c.ok(
                    "document.suggest",
                    [
                        "document": .int(desk.document), "base": 1,
                        "changes": .array([.int(2), .array([.int(0), .string(word)])]), "text": "Perché sì",
                    ],
                    as: desk.marco
                )
            )
        }
        let (good, bad) = (try suggest("!"), try suggest("?"))
        try c.ok("document.op", desk.append("c", at: 1, of: 2, "op"), as: desk.anna)
        let shown = try c.ok("document.read", ["document": .int(desk.document)], as: desk.anna)
        #expect(shown["text"]?.string == "abc")
        #expect(shown["suggestions"]?.array?.first?["changes"] == .array([.int(3), .array([.int(0), "!"])]))
        #expect(try c.ok("document.acceptSuggestion", ["suggestion": .int(good)], as: desk.anna)["revision"]?.int == 3)
        let again = try c.refusal("document.acceptSuggestion", ["suggestion": .int(good)], as: desk.anna)
        #expect(again.code == .conflict && again.current?["state"]?.string == "accepted")
        try c.ok("document.rejectSuggestion", ["suggestion": .int(bad), "reason": "No"], as: desk.anna)
        let left = try c.ok("document.read", ["document": .int(desk.document)], as: desk.anna)
        #expect(left["text"]?.string == "abc!" && left["suggestions"]?.array?.isEmpty == true)
    }

    @Test("an erased person's words leave comments and journal; the text stays", arguments: StorageBackend.available)
    func erasure(backend: StorageBackend) throws {
        let desk = try Desk(backend)
        let c = desk.c
        try c.ok("document.op", desk.append("Testo", at: 1, of: 0, "op"), as: desk.marco)
        let comment: KeyValuePairs<String, JSON> = [
            "document": .int(desk.document), "revision": 2, "from": 0, "to": 5, "text": "Parole riservate",
        ]
        let id = try c.id(c.ok("document.comment", comment, as: desk.marco))
        try c.ok("document.reply", ["comment": .int(id), "text": "Risposta riservata"], as: desk.marco)
        let export = try c.export(of: desk.marco)
        #expect(export["documentComments"]?.array?.count == 2)
        #expect(export["documentsWritten"]?.array?.first?["revisions"]?.int == 1)
        try c.ok("person.erase", ["person": .int(desk.marco.id.rawValue)])
        try c.settle()
        let shown = try c.ok("document.read", ["document": .int(desk.document)], as: desk.anna)
        #expect(shown["text"]?.string == "Testo")
        #expect(!String(decoding: shown.text, as: UTF8.self).contains("Marco"))
        #expect(try c.updates(for: desk.anna).allSatisfy { !"\($0.data)".contains("riservat") })
        let history = try c.ok("document.history", ["document": .int(desk.document)], as: desk.anna)
        #expect(history["revisions"]?.array?.first?["by"] == nil)
    }

    @Test("a dormant network's documents are read and not written", arguments: StorageBackend.available)
    func dormant(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "a")
        let network = desk.network
        try desk.c.community.write { work in
            _ = try work.sql.execute("UPDATE network SET type = 'Gone' WHERE id = \(network)")
        }
        let refused = try desk.c.refusal("document.op", desk.append("b", at: 1, of: 1, "op"), as: desk.anna)
        #expect(refused.code == .unavailable && !refused.retryable)
        #expect(try desk.c.ok("document.read", ["document": .int(desk.document)], as: desk.anna)["text"]?.string == "a")
    }

    @Test("archived, it is read and not written; only its keepers lay it aside", arguments: StorageBackend.available)
    func archived(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "a")
        let document: KeyValuePairs<String, JSON> = ["document": .int(desk.document)]
        #expect(try desk.c.refusal("document.archive", document, as: desk.marco).code == .forbidden)
        try desk.c.ok("document.archive", document, as: desk.anna)
        let refused = try desk.c.refusal("document.op", desk.append("b", at: 1, of: 1, "op"), as: desk.anna)
        #expect(refused.code == .conflict && refused.current?["state"]?.string == "archived")
        let listed = try desk.c.ok("document.list", ["network": .int(desk.network)], as: desk.marco)
        #expect(listed["documents"]?.array?.isEmpty == true)
        try desk.c.ok("document.unarchive", document, as: desk.anna)
        try desk.c.ok("document.op", desk.append("b", at: 1, of: 1, "op"), as: desk.anna)
    }

    @Test("a document begins with a template of its network's type, or with none", arguments: StorageBackend.available)
    func templates(backend: StorageBackend) throws {
        let desk = try Desk(backend)
        let network = JSON.int(desk.network)
        let all = try desk.c.ok("document.templates", ["network": network], as: desk.anna)["templates"]?.array ?? []
        #expect(all.compactMap { $0["name"]?.string } == ["guidance", "notes"])
        #expect(all.first?["title"]?["it"]?.string == "Linee guida")
        let made = try desk.c.id(
            desk.c.ok(
                "document.create",
                ["network": network, "title": "Incontro", "template": "notes"],
                as: desk.anna
            )
        )
        let text = try desk.c.ok("document.read", ["document": .int(made)], as: desk.anna)["text"]?.string
        #expect(text?.hasPrefix("## Chi c’era\n") == true)
        let unknown: KeyValuePairs<String, JSON> = ["network": network, "title": "x", "template": "agenda"]
        #expect(try desk.c.refusal("document.create", unknown, as: desk.anna).code == .invalid)
        let stranger = try desk.c.person("Estraneo")
        #expect(try desk.c.refusal("document.templates", ["network": network], as: stranger).code == .notFound)
    }

    @Test("opening is for connections: no other door knows it", arguments: StorageBackend.available)
    func doors(backend: StorageBackend) throws {
        let desk = try Desk(backend)
        let document: KeyValuePairs<String, JSON> = ["document": .int(desk.document)]
        #expect(try desk.c.refusal("document.open", document, as: desk.anna).code == .notFound)
        #expect(try desk.c.refusal("document.close", document, as: desk.anna).code == .notFound)
    }
}
