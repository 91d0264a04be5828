import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Questions and hands", .serialized)
struct QuestionTests {
    /// A town in the middle of its webinar.
    private static func begun(
        _ backend: StorageBackend,
        configure: (inout Configuration) -> Void = { _ in }
    ) throws -> (WebinarTown, Int64) {
        let town = try WebinarTown(backend, configure: configure)
        let event = try town.event(WebinarTown.link)
        town.clock(minutes: 5)
        return (town, event)
    }

    private static func ask(_ town: WebinarTown, _ event: Int64, _ text: String, as person: Member) throws -> Int64 {
        try town.c.id(town.c.ok("question.ask", ["event": .int(event), "text": .string(text)], as: person))
    }

    private static func list(_ town: WebinarTown, _ event: Int64, as person: Member) throws -> [JSON] {
        try town.c.ok("question.list", ["event": .int(event)], as: person)["questions"]?.array ?? []
    }

    @Test("those in the room ask while it is open, and the network reads", arguments: StorageBackend.available)
    func rights(_ backend: StorageBackend) throws {
        let (town, event) = try Self.begun(backend)
        let body: KeyValuePairs<String, JSON> = ["event": .int(event), "text": "Quando si parte?"]
        for person in [town.anna, town.speaker, town.giulia] { try town.c.ok("question.ask", body, as: person) }
        #expect(try town.c.refusal("question.ask", body, as: town.waiting).code == .forbidden)
        #expect(try town.c.refusal("question.ask", body, as: town.stranger).code == .notFound)
        #expect(try Self.list(town, event, as: town.member).count == 3)
        #expect(try town.c.refusal("question.list", ["event": .int(event)], as: town.stranger).code == .notFound)
        for text in ["", " \n "] {
            let refusal = try town.c.refusal(
                "question.ask",
                ["event": .int(event), "text": .string(text)],
                as: town.anna
            )
            #expect(refusal.code == .invalid && refusal.fields?.first?.path == "with.text")
        }
        let long = JSON.string(String(repeating: "a", count: 1_001))
        let refusal = try town.c.refusal("question.ask", ["event": .int(event), "text": long], as: town.anna)
        #expect(refusal.code == .tooLarge || refusal.code == .invalid)
        town.clock(minutes: -16)
        #expect(try town.c.refusal("question.ask", body, as: town.anna).code == .tooEarly)
        town.clock(minutes: 120)
        #expect(try town.c.refusal("question.ask", body, as: town.anna).code == .closed)
        // In another network's list nothing of it stands, and a stranger gets no update of it.
        #expect(try !town.c.updates(for: town.stranger).contains { $0.type.hasPrefix("question.") })
        #expect(try town.c.updates(for: town.member).filter { $0.type == "question.asked" }.count == 3)
    }

    @Test("one vote per person, however often it is given", arguments: StorageBackend.available)
    func votes(_ backend: StorageBackend) throws {
        let (town, event) = try Self.begun(backend)
        let first = try Self.ask(town, event, "Prima", as: town.anna)
        let second = try Self.ask(town, event, "Seconda", as: town.anna)
        func vote(_ question: Int64, _ value: Bool? = nil, as person: Member) throws -> Int64? {
            let body: KeyValuePairs<String, JSON> =
                value.map { ["question": .int(question), "vote": .bool($0)] } ?? ["question": .int(question)]
            return try town.c.ok("question.vote", body, as: person)["votes"]?.int
        }
        #expect(try vote(second, as: town.giulia) == 1)
        let head = town.c.head
        #expect(try vote(second, true, as: town.giulia) == 1)
        #expect(town.c.head == head)
        #expect(try vote(second, as: town.speaker) == 2)
        #expect(try vote(first, as: town.speaker) == 1)
        let list = try Self.list(town, event, as: town.speaker)
        #expect(list.map { $0["text"]?.string } == ["Seconda", "Prima"])
        #expect(list.map { $0["voted"]?.bool } == [true, true])
        #expect(try Self.list(town, event, as: town.anna).map { $0["voted"]?.bool } == [false, false])
        #expect(try vote(second, false, as: town.giulia) == 1)
        #expect(try vote(second, false, as: town.giulia) == 1)
        let own = try town.c.refusal("question.vote", ["question": .int(first)], as: town.anna)
        #expect(own.code == .forbidden)
        #expect(try town.c.refusal("question.vote", ["question": .int(first)], as: town.waiting).code == .forbidden)
        #expect(try town.c.refusal("question.vote", ["question": .int(first)], as: town.stranger).code == .notFound)
        #expect(try town.c.updates(for: town.member).last?.data["votes"]?.int == 1)
    }

    @Test(
        "speakers and facilitators answer, also afterwards; what is answered goes to the end",
        arguments: StorageBackend.available
    )
    func answers(_ backend: StorageBackend) throws {
        let (town, event) = try Self.begun(backend)
        let first = try Self.ask(town, event, "Prima", as: town.anna)
        let second = try Self.ask(town, event, "Seconda", as: town.anna)
        #expect(try town.c.refusal("question.answer", ["question": .int(first)], as: town.anna).code == .forbidden)
        try town.c.ok("question.answer", ["question": .int(first)], as: town.speaker)
        #expect(try Self.list(town, event, as: town.anna).map { $0["id"]?.int } == [second, first])
        #expect(try town.c.refusal("question.vote", ["question": .int(first)], as: town.giulia).code == .conflict)
        town.clock(minutes: 500)
        try town.c.ok("question.answer", ["question": .int(second), "text": "Dal primo marzo."], as: town.giulia)
        let answered = try Self.list(town, event, as: town.member).first { $0["id"]?.int == second }
        #expect(answered?["answer"]?.string == "Dal primo marzo.")
        #expect(answered?["state"]?.string == "answered")
        #expect(answered?["answeredBy"]?.int == town.giulia.id.rawValue)
    }

    @Test("what is taken back leaves no word behind", arguments: StorageBackend.available)
    func withdrawn(_ backend: StorageBackend) throws {
        let (town, event) = try Self.begun(backend)
        let question = try Self.ask(town, event, "parola-segreta", as: town.anna)
        try town.c.ok("question.answer", ["question": .int(question), "text": "risposta-segreta"], as: town.speaker)
        let body: KeyValuePairs<String, JSON> = ["question": .int(question)]
        #expect(try town.c.refusal("question.withdraw", body, as: town.speaker).code == .forbidden)
        try town.c.ok("question.withdraw", body, as: town.giulia)
        #expect(try Self.list(town, event, as: town.anna).isEmpty)
        #expect(try town.c.refusal("question.withdraw", body, as: town.anna).code == .notFound)
        for update in try town.c.updates(for: town.member) {
            #expect(!String(decoding: JSON.object(update.data).text, as: UTF8.self).contains("segreta"))
        }
        #expect(try town.c.updates(for: town.member).last?.type == "question.withdrawn")
        let own = try Self.ask(town, event, "Altra", as: town.anna)
        try town.c.ok("question.withdraw", ["question": .int(own)], as: town.anna)
    }

    @Test("their number is bounded, and pages follow one another", arguments: StorageBackend.available)
    func bounds(_ backend: StorageBackend) throws {
        let (town, event) = try Self.begun(backend) {
            $0.webinar.questions = 7
            $0.webinar.questionsPerPerson = 4
        }
        for index in 0..<4 { _ = try Self.ask(town, event, "A\(index)", as: town.anna) }
        let body: KeyValuePairs<String, JSON> = ["event": .int(event), "text": "Una di troppo"]
        #expect(try town.c.refusal("question.ask", body, as: town.anna).code == .full)
        for index in 0..<3 { _ = try Self.ask(town, event, "B\(index)", as: town.speaker) }
        #expect(try town.c.refusal("question.ask", body, as: town.giulia).code == .full)
        let ids = try Self.list(town, event, as: town.anna).compactMap { $0["id"]?.int }
        try town.c.ok("question.vote", ["question": .int(ids[5])], as: town.giulia)
        var (found, cursor): ([Int64], JSON?) = ([], nil)
        repeat {
            let page: JSON
            if let cursor {
                page = try town.c.ok(
                    "question.list",
                    ["event": .int(event), "limit": 3, "cursor": cursor],
                    as: town.anna
                )
            } else {
                page = try town.c.ok("question.list", ["event": .int(event), "limit": 3], as: town.anna)
            }
            found += (page["questions"]?.array ?? []).compactMap { $0["id"]?.int }
            cursor = page["cursor"]
        } while cursor != nil
        #expect(found == [ids[5]] + ids.filter { $0 != ids[5] })
        let wrong = try town.c.refusal("question.list", ["event": .int(event), "cursor": "x"], as: town.anna)
        #expect(wrong.code == .invalid)
    }

    @Test(
        "hands stand in their order, are called by facilitators, and fall with the end",
        arguments: StorageBackend.available
    )
    func hands(_ backend: StorageBackend) throws {
        let (town, event) = try Self.begun(backend) { $0.webinar.hands = 2 }
        let body: KeyValuePairs<String, JSON> = ["event": .int(event)]
        func names() throws -> [String?] {
            try town.c.ok("hand.list", body, as: town.member)["hands"]?.array?.map { $0["person"]?["name"]?.string }
                ?? []
        }
        #expect(try town.c.refusal("hand.raise", body, as: town.waiting).code == .forbidden)
        #expect(try town.c.ok("hand.raise", body, as: town.speaker)["position"]?.int == 1)
        #expect(try town.c.ok("hand.raise", body, as: town.anna)["position"]?.int == 2)
        #expect(try town.c.refusal("hand.raise", body, as: town.giulia).code == .full)
        #expect(try names() == ["Paolo", "Anna Bianchi"])
        let anna: KeyValuePairs<String, JSON> = ["event": .int(event), "person": .int(town.anna.id.rawValue)]
        #expect(try town.c.refusal("hand.call", anna, as: town.speaker).code == .forbidden)
        try town.c.ok("hand.call", anna, as: town.giulia)
        let head = town.c.head
        try town.c.ok("hand.call", anna, as: town.giulia)
        #expect(town.c.head == head)
        #expect(try names() == ["Anna Bianchi", "Paolo"])
        #expect(try town.c.refusal("hand.lower", anna, as: town.speaker).code == .forbidden)
        try town.c.ok("hand.lower", anna, as: town.giulia)
        #expect(try town.c.refusal("hand.call", anna, as: town.giulia).code == .conflict)
        try town.c.ok("hand.lower", body, as: town.anna)
        let told = try town.c.updates(for: town.member).map(\.type).filter { $0.hasPrefix("hand.") }
        #expect(told == ["hand.raised", "hand.raised", "hand.called", "hand.lowered"])
        town.clock(minutes: 120)
        try town.c.settle()
        #expect(try names().isEmpty)
        #expect(try town.c.refusal("hand.raise", body, as: town.anna).code == .closed)
    }

    @Test("who leaves takes hand and words along, what was voted stays a number", arguments: StorageBackend.available)
    func leaving(_ backend: StorageBackend) throws {
        let (town, event) = try Self.begun(backend)
        let body: KeyValuePairs<String, JSON> = ["event": .int(event)]
        let question = try Self.ask(town, event, "Resta?", as: town.speaker)
        _ = try Self.ask(town, event, "parola-di-anna", as: town.anna)
        try town.c.ok("question.vote", ["question": .int(question)], as: town.anna)
        for person in [town.anna, town.speaker] { try town.c.ok("hand.raise", body, as: person) }
        let export = try town.c.export(of: town.anna)
        #expect(export["questions"]?.array?.first?["text"]?.string == "parola-di-anna")
        #expect(export["questionVotes"]?.array == [.int(question)])
        try town.c.ok("network.leave", ["network": .int(town.network)], as: town.speaker)
        let hands = try town.c.ok("hand.list", body, as: town.giulia)["hands"]?.array
        #expect(hands?.map { $0["person"]?["name"]?.string } == ["Anna Bianchi"])
        try town.c.ok("person.erase", ["person": .int(town.anna.id.rawValue)])
        try town.c.settle()
        let left = try Self.list(town, event, as: town.giulia)
        #expect(left.map { $0["text"]?.string } == ["Resta?"])
        #expect(left.first?["votes"]?.int == 1)
        for table in ["webinar_hand", "webinar_vote"] { #expect(try town.c.rows(of: table) == 0) }
        for update in try town.c.updates(for: town.giulia) {
            #expect(!String(decoding: JSON.object(update.data).text, as: UTF8.self).contains("parola-di-anna"))
        }
    }
}
