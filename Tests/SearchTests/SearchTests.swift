import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@testable import Search

@Suite("What is typed into the box")
struct SearchTextTests {
    @Test("words, phrases, operators and their negation are told apart")
    func parsed() {
        let text = SearchText(
            "piano \"riassetto urbano\" -bozza da:\"Anna Bianchi\" -in:annunci 10:30 tipo: http://a.it"
        )
        #expect(text.wanted == ["piano", "riassetto urbano", "10:30", "tipo:", "http://a.it"])
        #expect(text.unwanted == ["bozza"])
        #expect(
            text.conditions == [
                .init(field: .author, value: "Anna Bianchi", isNegated: false),
                .init(field: .place, value: "annunci", isNegated: true),
            ]
        )
    }

    @Test("punctuation alone and an open quote do no harm")
    func odd() {
        #expect(SearchText("!!! \" * \"\" ( NEAR").wanted.last?.contains("NEAR") == true)
        #expect(SearchText("\"senza fine").wanted == ["senza fine"])
        #expect(SearchText("---").wanted.isEmpty)
    }

    @Test("an excerpt is escaped, only the words found are marked")
    func excerpt() {
        #expect(Excerpt.html("<b>\u{2}piano\u{3} & \"x\"") == "&lt;b&gt;<mark>piano</mark> &amp; &quot;x&quot;")
    }
}

@Suite("Searching")
struct SearchTests {
    private final class Scene {
        let c: TestCommunity
        let anna: Member
        let bruno: Member
        let carla: Member
        let network: Int64
        let channel: Int64

        init(_ backend: StorageBackend) throws {
            c = try TestCommunity(backend)
            anna = try c.person("Anna Bianchi")
            bruno = try c.person("Bruno Neri")
            carla = try c.person("Carla Verdi")
            network = try c.network()
            channel = try c.channel("generale", in: network)
            try c.join([anna, bruno], network: network, channel: channel)
        }

        @discardableResult
        func post(_ text: String, as member: Member, in channel: Int64? = nil) throws -> Int64 {
            try c.id(
                c.ok("message.post", ["channel": .int(channel ?? self.channel), "text": .string(text)], as: member)
            )
        }

        func find(_ text: String, as member: Member) throws -> [Int64] {
            try c.settle()
            let answer = try c.ok("search", ["text": .string(text)], as: member)
            return (answer["hits"]?.array ?? []).compactMap { $0["id"]?.int }
        }
    }

    @Test("Italian forms, accents and acts are found", arguments: StorageBackend.available)
    func italian(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let plan = try s.post("Il **piano** strategico della città", as: s.anna)
        let law = try s.post("Secondo la L. 56/2014 si può", as: s.anna)
        #expect(try s.find("piani", as: s.bruno) == [plan])
        #expect(try s.find("citta", as: s.bruno) == [plan])
        #expect(try s.find("56/2014", as: s.bruno) == [law])
        #expect(try s.find("\"piano strategico\"", as: s.bruno) == [plan])
        #expect(try s.find("piano -strategico", as: s.bruno).isEmpty)
        let bodies = try s.post("Fusioni di comuni/unioni: perché no?", as: s.anna)
        #expect(try s.find("unione", as: s.bruno) == [bodies])
        #expect(try s.find("comune perche", as: s.bruno) == [bodies])
        #expect(try s.find("2014", as: s.bruno).isEmpty)
    }

    @Test("a hit has kind, snippet, time and link", arguments: StorageBackend.available)
    func hit(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let id = try s.post("Il piano & <il resto>", as: s.anna)
        try s.c.settle()
        let hit = try s.c.ok("search", ["text": "piano"], as: s.bruno)["hits"]?.array?.first
        #expect(hit?["kind"]?.string == "message")
        #expect(hit?["snippet"]?.string == "Il <mark>piano</mark> &amp; &lt;il resto&gt;")
        #expect(hit?["link"]?.string == "/channels/\(s.channel)?message=\(id)")
        #expect(hit?["by"]?.int == s.anna.id.rawValue)
    }

    @Test("only what the reader may read now is found, by no route otherwise", arguments: StorageBackend.available)
    func noLeak(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        try s.c.ok(
            "network.appoint",
            ["network": .int(s.network), "person": .int(s.anna.id.rawValue), "role": "facilitator"]
        )
        let secret = try s.c.id(
            s.c.ok(
                "channel.create",
                ["network": .int(s.network), "slug": "segreto", "name": "Segreto", "kind": "private"],
                as: s.anna
            )
        )
        try s.post("parola tesoro", as: s.anna, in: secret)
        #expect(try s.find("tesoro", as: s.anna).count == 1)
        #expect(try s.find("tesoro", as: s.bruno).isEmpty)
        #expect(try s.find("tesoro", as: s.carla).isEmpty)
        let nowhere = try s.c.ok("search", ["text": "tesoro in:inesistente"], as: s.bruno)
        let hidden = try s.c.ok("search", ["text": "tesoro in:segreto"], as: s.bruno)
        #expect(nowhere == hidden)
        #expect(try s.c.ok("search", ["text": "tesoro", "channel": .int(secret)], as: s.bruno) == nowhere)
        try s.c.ok("channel.add", ["channel": .int(secret), "person": .int(s.bruno.id.rawValue)], as: s.anna)
        #expect(try s.find("tesoro", as: s.bruno).count == 1)
        try s.c.ok("network.leave", ["network": .int(s.network)], as: s.bruno)
        #expect(try s.find("tesoro", as: s.bruno).isEmpty)
    }

    @Test("what was written before joining a from_joining channel is not found", arguments: StorageBackend.available)
    func fromJoining(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        try s.c.ok(
            "network.appoint",
            ["network": .int(s.network), "person": .int(s.anna.id.rawValue), "role": "facilitator"]
        )
        let channel = try s.c.id(
            s.c.ok(
                "channel.create",
                [
                    "network": .int(s.network), "slug": "diario", "name": "Diario", "kind": "private",
                    "history": "from_joining",
                ],
                as: s.anna
            )
        )
        try s.post("vecchia nota", as: s.anna, in: channel)
        try s.c.ok("channel.add", ["channel": .int(channel), "person": .int(s.bruno.id.rawValue)], as: s.anna)
        let later = try s.post("nuova nota", as: s.anna, in: channel)
        #expect(try s.find("nota", as: s.bruno) == [later])
        #expect(try s.find("nota", as: s.anna).count == 2)
    }

    @Test("edited and deleted texts leave the index", arguments: StorageBackend.available)
    func changes(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let id = try s.post("prima versione", as: s.anna)
        #expect(try s.find("versione", as: s.bruno) == [id])
        try s.c.ok("message.edit", ["message": .int(id), "text": "seconda stesura", "revision": 1], as: s.anna)
        #expect(try s.find("versione", as: s.bruno).isEmpty)
        #expect(try s.find("stesura", as: s.bruno) == [id])
        try s.c.ok("message.delete", ["message": .int(id)], as: s.anna)
        #expect(try s.find("stesura", as: s.bruno).isEmpty)
    }

    @Test("operators narrow: from whom, where, what, when", arguments: StorageBackend.available)
    func operators(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let first = try s.post("nota uno", as: s.anna)
        s.c.clock.advance(seconds: 3 * 86_400)
        let second = try s.post("nota due", as: s.bruno)
        #expect(try s.find("nota da:anna", as: s.bruno) == [first])
        #expect(try s.find("nota -da:anna", as: s.bruno) == [second])
        #expect(try s.find("nota from:\"Bruno Neri\"", as: s.anna) == [second])
        #expect(try s.find("nota prima:2026-11-24", as: s.anna) == [first])
        #expect(try s.find("nota dopo:2026-11-24", as: s.anna) == [second])
        #expect(try s.find("nota tipo:persona", as: s.anna).isEmpty)
        #expect(try Set(s.find("nota in:semplificazione/generale", as: s.anna)) == [first, second])
        #expect(try s.find("nota -in:generale", as: s.anna).isEmpty)
        #expect(try s.find("da:bruno tipo:messaggio", as: s.anna) == [second])
    }

    @Test("people are found by those who share a network with them", arguments: StorageBackend.available)
    func people(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        #expect(try s.find("bianchi", as: s.bruno) == [s.anna.id.rawValue])
        #expect(try s.find("verdi", as: s.bruno).isEmpty)
        #expect(try s.find("bianchi", as: s.carla).isEmpty)
        try s.c.ok("person.suspend", ["person": .int(s.anna.id.rawValue)])
        #expect(try s.find("bianchi", as: s.bruno).isEmpty)
    }

    @Test(
        "pages follow each other without a hit twice, and a foreign cursor is refused",
        arguments: StorageBackend.available
    )
    func pages(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        for number in 0..<7 { try s.post("riga \(number)", as: s.anna) }
        try s.c.settle()
        var found: [Int64] = []
        var cursor: JSON = .null
        repeat {
            let page = try s.c.ok("search", ["text": "riga", "limit": 3, "cursor": cursor], as: s.bruno)
            found += (page["hits"]?.array ?? []).compactMap { $0["id"]?.int }
            cursor = page["cursor"] ?? .null
            if found.count == 3 {
                #expect(try s.c.refusal("search", ["text": "altro", "cursor": cursor], as: s.bruno).code == .invalid)
            }
        } while cursor != .null
        #expect(found.count == 7)
        #expect(Set(found).count == 7)
    }

    @Test(
        "no text in the box is an error of the engine",
        arguments: [
            "\"", "*", "a*", "NEAR(", "a OR b AND", "title:x", "-", "--a", "{x}", "a\" OR \"b", "^", "(((",
            "'; DROP TABLE",
        ]
    )
    func hostile(_ text: String) throws {
        let s = try Scene(.sqlite)
        _ = try s.find(text, as: s.anna)
    }

    @Test("an erased person's name leaves the index, also after a suspension", arguments: StorageBackend.available)
    func erased(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let anna = JSON.int(s.anna.id.rawValue)
        let thanks = try s.post("grazie @[Annina Bianchi](\(s.anna.id))", as: s.bruno)
        #expect(try s.find("annina", as: s.bruno) == [thanks])
        try s.c.ok("person.suspend", ["person": anna])
        try s.c.settle()
        try s.c.ok("person.erase", ["person": anna])
        #expect(try s.find("annina", as: s.bruno).isEmpty)
        #expect(try s.find("bianchi", as: s.bruno).isEmpty)
        #expect(try s.find("grazie", as: s.bruno) == [thanks])
    }
}
