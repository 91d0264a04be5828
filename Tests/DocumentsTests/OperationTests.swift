import CommunityKernel
import Journal
import OperationalTransformation
import TestKit
import Testing
import WireProtocol

/// A network with a document and two who write it.
private struct Desk {
    let c: TestCommunity
    let network: Int64
    let document: Int64
    let anna: Member
    let marco: Member

    init(_ backend: StorageBackend, text: String = "") throws {
        c = try TestCommunity(backend)
        network = try c.network("rete")
        (anna, marco) = (try c.person("Anna"), try c.person("Marco"))
        try c.join([anna, marco], network: network)
        document = try c.id(
            c.ok(
                "document.create",
                ["network": .int(network), "title": "Linee guida", "text": .string(text)],
                as: anna
            )
        )
    }

    func body(_ base: Int64, _ changes: [JSON], _ op: String) -> KeyValuePairs<String, JSON> {
        ["document": .int(document), "base": .int(base), "changes": .array(changes), "opId": .string(op)]
    }

    @discardableResult
    func op(_ base: Int64, _ changes: [JSON], _ op: String, as member: Member? = nil) throws -> JSON {
        try c.ok("document.op", body(base, changes, op), as: member ?? anna)
    }

    func refused(_ base: Int64, _ changes: [JSON], _ op: String, as member: Member? = nil) throws -> WireError {
        try c.refusal("document.op", body(base, changes, op), as: member ?? anna)
    }

    func read(_ fields: KeyValuePairs<String, JSON> = [:]) throws -> JSON {
        try c.ok("document.read", fields.isEmpty ? ["document": .int(document)] : fields, as: anna)
    }

    var text: String { get throws { try read()["text"]?.string ?? "" } }
}

/// Inserts at a place of a text of so many units.
private func insertion(_ text: String, at place: Int, of count: Int) -> [JSON] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { JSON.string(String($0)) }
    var parts: [JSON] = place > 0 ? [.int(Int64(place))] : []
    parts.append(.array([.int(0)] + lines))
    if place < count { parts.append(.int(Int64(count - place))) }
    return parts
}

@Suite("Operations on documents", .serialized)
struct OperationTests {
    @Test("two who insert at one place: the lower revision stands first", arguments: StorageBackend.available)
    func order(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "ab")
        let first = try desk.op(1, insertion("1", at: 1, of: 2), "a1")
        // sha256("a1b")
        #expect(first["revision"]?.int == 2)
        #expect(first["hash"]?.string == Secret.hex(Secret.sha256(Array("a1b".utf8))))
        let second = try desk.op(1, insertion("2", at: 1, of: 2), "m1", as: desk.marco)
        #expect(second["revision"]?.int == 3)
        #expect(try desk.text == "a12b")
        #expect(second["hash"] == (try desk.read())["hash"])
    }

    @Test(
        "an operation sent again gets its first answer, with other changes it is refused",
        arguments: StorageBackend.available
    )
    func repeated(backend: StorageBackend) throws {
        let desk = try Desk(backend)
        let first = try desk.op(1, insertion("uno", at: 0, of: 0), "op")
        try desk.op(2, insertion("due", at: 3, of: 3), "op2")
        #expect(try desk.op(1, insertion("uno", at: 0, of: 0), "op") == first)
        #expect(try desk.refused(1, insertion("tre", at: 0, of: 0), "op").code == .nonceReused)
        // Also of its update.
        let again = desk.c.outcome("document.op", desk.body(1, insertion("uno", at: 0, of: 0), "op"), as: desk.anna)
        guard case .done(_, let seq, true) = again else {
            Issue.record("it was not repeated")
            return
        }
        let told = try desk.c.community.read { context in
            try context.sql.first(
                "SELECT seq FROM journal WHERE type = 'document.changed' ORDER BY seq LIMIT 1"
            ) { $0.int(0) }
        }
        #expect(seq != nil && seq == told)
        // An opId is its author's: another one may use the same.
        try desk.op(3, insertion("!", at: 6, of: 6), "op", as: desk.marco)
        #expect(try desk.text == "unodue!")
        #expect(try desk.read()["revision"]?.int == 4)
    }

    @Test(
        "what is decided on an older text is a conflict, where it says on which",
        arguments: StorageBackend.available
    )
    func stale(backend: StorageBackend) throws {
        let desk = try Desk(backend)
        try desk.op(1, insertion("uno", at: 0, of: 0), "op")
        let other = try desk.c.network("altra")
        try desk.c.join([desk.anna], network: other)
        let acts: [(String, [String: JSON])] = [
            ("rename", ["title": "Altro"]), ("move", ["network": .int(other)]), ("archive", [:]), ("unarchive", [:]),
        ]
        for (name, more) in acts {
            func act(_ revision: Int64) -> Outcome {
                let body = ["document": JSON.int(desk.document), "revision": .int(revision)].merging(more) { $1 }
                let members = body.map { JSONObject.Member(name: $0.key, value: $0.value) }
                return desk.c.community.performAndWait(
                    Community.Request(name: "document.\(name)", body: JSONObject(members)),
                    as: desk.anna
                )
            }
            guard case .refused(let error) = act(1), error.code == .conflict else {
                Issue.record("\(name) was not refused")
                continue
            }
            #expect(error.current?["revision"]?.int == 2 && error.current?["state"]?.string != nil)
            guard case .done = act(2) else {
                Issue.record("\(name) was refused")
                continue
            }
        }
    }

    @Test("what does not fit is refused with its path and changes nothing", arguments: StorageBackend.available)
    func bad(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "a😀b")
        let head = desk.c.head
        let wrong: [(String, [JSON])] = [
            ("too short", [.int(3)]), ("too long", [.int(5)]), ("beyond", [.array([.int(9)])]),
            ("inside a pair", [.int(2), .array([.int(0), "x"]), .int(2)]),
            ("half a pair", [.int(1), .array([.int(1)]), .int(2)]),
            ("a zero keep", [.int(0), .int(4)]), ("a negative keep", [.int(-4)]),
            ("a negative deletion", [.int(4), .array([.int(-1)])]),
            ("a line break", [.int(4), .array([.int(0), "a\nb"])]),
            ("a carriage return", [.int(4), .array([.int(0), "a\rb"])]),
            ("a text", [.string("x")]), ("a number in the place of a line", [.int(4), .array([.int(0), .int(1)])]),
            ("nothing to delete", [.int(4), .array([])]),
        ]
        for (name, changes) in wrong {
            let refusal = try desk.refused(1, changes, "x")
            #expect(refusal.code == .invalid, "\(name)")
            #expect(refusal.fields?.first?.path == "with.changes", "\(name): \(refusal.message)")
        }
        #expect(try desk.refused(0, [.int(4)], "x").fields?.first?.path == "with.base")
        let future = try desk.refused(2, [.int(4)], "x")
        #expect(future.code == .conflict && future.current?["revision"]?.int == 1)
        let large = try desk.refused(
            1,
            [.int(4), .array([.int(0), .string(String(repeating: "è", count: 2_000_000))])],
            "x"
        )
        #expect(large.code == .tooLarge)
        let many = [JSON](repeating: .array([.int(0), "x"]), count: 100_000) + [.int(4)]
        #expect(try desk.refused(1, many, "x").fields?.first?.problem == "too_many")
        #expect(try desk.text == "a😀b")
        #expect(desk.c.head == head)
    }

    @Test("random histories: every replica and the server agree", arguments: StorageBackend.available)
    func histories(backend: StorageBackend) throws {
        for seed in 1...8 {
            var dice = SeededGenerator(seed: UInt64(seed))
            let desk = try Desk(backend, text: "Il piano è così 😀\nseconda riga")
            let members = [desk.anna, desk.marco]
            // Each writes on what it saw last; what the other did meanwhile is transformed over.
            var seen: [(revision: Int64, text: String)] = [(1, try desk.text), (1, try desk.text)]
            var texts: [Int64: String] = [:]
            for step in 0..<60 {
                let who = Int.random(in: 0...1, using: &dice)
                let text = ChunkedText(seen[who].text)
                var place = Int.random(in: 0...text.count, using: &dice)
                if text.splitsPair(place..<place) { place += 1 }
                let word = ["è", "😀", "a\nb", "città "].randomElement(using: &dice) ?? "x"
                let answer = try desk.op(
                    seen[who].revision,
                    insertion(word, at: place, of: text.count),
                    "\(who)-\(step)",
                    as: members[who]
                )
                // Now and then somebody catches up with what the server says.
                if Int.random(in: 0...2, using: &dice) == 0 {
                    let read = try desk.read()
                    seen[who] = (read["revision"]?.int ?? 0, read["text"]?.string ?? "")
                    texts[seen[who].revision] = seen[who].text
                    #expect(read["hash"]?.string == Secret.hex(Secret.sha256(Array(seen[who].text.utf8))))
                }
                #expect(answer["revision"]?.int == Int64(step + 2))
            }
            // Each revision is what it was when it was made.
            let whole = try desk.text
            for (revision, text) in texts {
                let former = try desk.read(["document": .int(desk.document), "revision": .int(revision)])
                #expect(former["text"]?.string == text, "revision \(revision)")
            }
            let opened = try desk.c.ok(
                "document.history",
                ["document": .int(desk.document), "limit": 100],
                as: desk.anna
            )
            #expect(opened["revisions"]?.array?.count == 61)
            #expect(try desk.read(["document": .int(desk.document), "revision": 61])["text"]?.string == whole)
        }
    }

    @Test("a whole text is merged line by line, or both are shown", arguments: StorageBackend.available)
    func saved(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "uno\ndue\ntre\nquattro")
        func save(_ base: Int64, _ text: String) -> KeyValuePairs<String, JSON> {
            ["document": .int(desk.document), "base": .int(base), "text": .string(text)]
        }
        try desk.c.ok("document.save", save(1, "UNO\ndue\ntre\nquattro"), as: desk.anna)
        let merged = try desk.c.ok("document.save", save(1, "uno\ndue\ntre\nQUATTRO"), as: desk.marco)
        #expect(merged["text"]?.string == "UNO\ndue\ntre\nQUATTRO" && merged["revision"]?.int == 3)
        let refused = try desk.c.refusal("document.save", save(1, "primo\ndue\ntre\nquattro"), as: desk.marco)
        #expect(refused.code == .conflict)
        #expect(refused.current?["revision"]?.int == 3)
        #expect(refused.current?["text"]?.string == "UNO\ndue\ntre\nQUATTRO")
    }

    @Test("comments move with the text, answered and resolved", arguments: StorageBackend.available)
    func comments(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "Il piano strategico")
        let comment = try desk.c.id(
            desk.c.ok(
                "document.comment",
                ["document": .int(desk.document), "revision": 1, "from": 3, "to": 8, "text": "Quale?"],
                as: desk.marco
            )
        )
        try desk.op(1, insertion("Ecco. ", at: 0, of: 19), "op")
        var shown = try desk.read()["comments"]?.array?.first
        #expect(shown?["from"]?.int == 9 && shown?["to"]?.int == 14 && shown?["resolved"]?.bool == false)
        try desk.c.ok("document.resolve", ["comment": .int(comment)], as: desk.anna)
        shown = try desk.read()["comments"]?.array?.first
        #expect(shown?["resolved"]?.bool == true && shown?["text"]?.string == "Quale?")
        let outside: KeyValuePairs<String, JSON> = [
            "document": .int(desk.document), "revision": 2, "from": 20, "to": 99, "text": "x",
        ]
        #expect(try desk.c.refusal("document.comment", outside, as: desk.anna).code == .invalid)
    }

    @Test("a published version stays as it is", arguments: StorageBackend.available)
    func versions(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "Prima")
        let publish: KeyValuePairs<String, JSON> = ["document": .int(desk.document), "base": 1]
        #expect(try desk.c.ok("document.publish", publish, as: desk.anna)["version"]?.int == 1)
        try desk.op(1, insertion("!", at: 5, of: 5), "op")
        #expect(try desk.c.refusal("document.publish", publish, as: desk.anna).code == .conflict)
        #expect(try desk.read(["document": .int(desk.document), "version": 1])["text"]?.string == "Prima")
        #expect(try desk.text == "Prima!")
    }

    @Test("somebody of another network learns nothing by any route", arguments: StorageBackend.available)
    func hidden(backend: StorageBackend) throws {
        let desk = try Desk(backend, text: "Riservato")
        let stranger = try desk.c.person("Estraneo")
        let id = JSON.int(desk.document)
        let asked: [(String, KeyValuePairs<String, JSON>)] = [
            ("document.read", ["document": id]), ("document.history", ["document": id]),
            ("document.list", ["network": .int(desk.network)]),
            ("document.op", desk.body(1, [.int(9)], "x")),
            ("document.save", ["document": id, "base": 1, "text": "x"]),
            ("document.publish", ["document": id, "base": 1]),
            ("document.rename", ["document": id, "title": "x"]), ("document.archive", ["document": id]),
            ("document.comment", ["document": id, "revision": 1, "from": 0, "to": 1, "text": "x"]),
            ("document.create", ["network": .int(desk.network), "title": "x"]),
        ]
        for (name, body) in asked { #expect(try desk.c.refusal(name, body, as: stranger).code == .notFound, "\(name)") }
        #expect(try desk.c.updates(for: stranger).allSatisfy { !$0.type.hasPrefix("document.") })
        // Changes of the text go to open connections only: nobody reads them in a replay.
        try desk.op(1, insertion("!", at: 9, of: 9), "op")
        #expect(try desk.c.updates(for: desk.marco).allSatisfy { $0.type != "document.changed" })
    }
}
