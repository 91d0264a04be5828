import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Messages to those who registered", .serialized)
struct AttendeeMessageTests {
    private static let name = "registration.message"

    private static func body(_ event: Int64, _ group: String, _ text: String) -> KeyValuePairs<String, JSON> {
        ["event": .int(event), "to": .string(group), "text": .string(text)]
    }

    @Test("each group is who it says at that moment, and each sees what it got", arguments: StorageBackend.available)
    func groups(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["capacity": 2])
        let people = try town.people(5)
        let ids = try people.prefix(4).map { try c.id(town.register($0, event)) }
        func texts(_ member: Member, mine: Bool = false) throws -> [String] {
            let body: KeyValuePairs<String, JSON> = ["event": .int(event), "mine": .bool(mine)]
            return try c.ok("registration.messages", body, as: member)["messages"]?.array?.compactMap {
                $0["text"]?.string
            } ?? []
        }
        let counts = try c.ok("registration.messages", ["event": .int(event)], as: town.facilitator)["recipients"]
        #expect(counts?["all"]?.int == 4 && counts?["confirmed"]?.int == 2 && counts?["waiting"]?.int == 2)
        let head = c.head
        let sent = try c.ok(Self.name, Self.body(event, "confirmed", "Portate un caso"), as: town.facilitator)
        #expect(sent["recipients"]?.int == 2)
        #expect(try c.updates(for: town.facilitator, after: head).map(\.type) == ["registration.messaged"])
        try c.ok(Self.name, Self.body(event, "waiting", "Altri posti"), as: town.facilitator)
        // Who moves up later did not get what went before.
        try town.act("cancel", ids[0], as: people[0])
        try c.ok(Self.name, Self.body(event, "all", "A tutti"), as: town.facilitator)
        #expect(try texts(people[0]) == ["Portate un caso"])
        #expect(try texts(people[1]) == ["A tutti", "Portate un caso"])
        #expect(try texts(people[2]) == ["A tutti", "Altri posti"])
        #expect(try texts(people[4]).isEmpty)
        #expect(try texts(town.facilitator) == ["A tutti", "Altri posti", "Portate un caso"])
        #expect(try texts(town.facilitator, mine: true).isEmpty)
        let page = try c.ok("registration.messages", ["event": .int(event), "limit": 2], as: town.facilitator)
        #expect(page["more"]?.bool == true && page["messages"]?.array?.map { $0["recipients"]?.int } == [3, 2])

        #expect(try c.refusal(Self.name, Self.body(event, "all", "x"), as: people[1]).code == .forbidden)
        let outsider = try c.person("Fuori")
        #expect(try c.refusal(Self.name, Self.body(event, "all", "x"), as: outsider).code == .notFound)
        #expect(try c.refusal(Self.name, Self.body(event, "all", " \n"), as: town.facilitator).code == .invalid)
        let empty = try town.event()
        let nobody = try c.refusal(Self.name, Self.body(empty, "all", "x"), as: town.facilitator)
        #expect(nobody.fields == [FieldProblem(path: "with.to", problem: "nobody")])
        let entries = try c.ok("audit.list", ["act": .string(Self.name)])["entries"]?.array ?? []
        #expect(entries.count == 3 && entries.allSatisfy { $0["detail"]?.string?.contains("caso") == false })
    }

    @Test("so many a day, and the same nonce sends once", arguments: StorageBackend.available)
    func limited(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event()
        try town.register(try town.people(1)[0], event)
        for number in 1...10 {
            for _ in 1...2 {
                _ = c.outcome(
                    Self.name,
                    Self.body(event, "all", "Avviso \(number)"),
                    as: town.facilitator,
                    nonce: "m\(number)"
                )
            }
        }
        #expect(try c.rows(of: "attendee_message") == 10)
        let refusal = try c.refusal(Self.name, Self.body(event, "all", "Uno di troppo"), as: town.facilitator)
        #expect(refusal.code == .rateLimited && (refusal.retryAfterMs ?? 0) > 0)
        c.clock.advance(seconds: 86_401)
        try c.ok(Self.name, Self.body(event, "all", "Il giorno dopo"), as: town.facilitator)
    }

    @Test(
        "who is erased is in no list of recipients, and what they wrote is empty",
        arguments: StorageBackend.available
    )
    func erased(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event()
        let people = try town.people(2)
        for person in people { try town.register(person, event) }
        try c.ok(Self.name, Self.body(event, "all", "Il mio numero è 06 68009"), as: town.facilitator)
        let export = try c.export(of: people[0])["attendeeMessages"]?.array ?? []
        #expect(export.count == 1 && export[0]["text"]?.string == "Il mio numero è 06 68009")
        try c.ok("person.erase", ["person": .int(people[0].id.rawValue)])
        #expect(try c.rows(of: "attendee_recipient") == 1)
        try c.ok("person.erase", ["person": .int(town.facilitator.id.rawValue)])
        #expect(try c.rows(of: "attendee_message WHERE text <> ''") == 0)
    }
}
