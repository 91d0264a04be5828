import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A local network whose facilitator prepares events for its comuni.
private struct LocalEvents {
    let c: TestCommunity
    let network: Int64
    let imola: Int64
    let budrio: Int64
    let giulia: Member
    let anna: Member

    init(_ backend: StorageBackend) throws {
        c = try TestCommunity(backend)
        let city = try c.city("Bologna")
        imola = try Self.comune("imola", of: city, c)
        budrio = try Self.comune("budrio", of: city, c)
        network = try c.network("bologna", type: "Local", settings: .members(["city": .int(city)]))
        giulia = try c.person("Giulia", city: city)
        anna = try c.person("Anna", city: imola)
        try c.join([giulia, anna], network: network)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    private static func comune(_ slug: String, of city: Int64, _ c: TestCommunity) throws -> Int64 {
        try c.id(
            c.ok(
                "organisation.create",
                ["kind": "comune", "slug": .string(slug), "name": .string(slug), "parent": .int(city)]
            )
        )
    }

    static func list(_ bodies: [Int64]) -> JSON { .array(bodies.map(JSON.int)) }

    func create(_ addressed: JSON, in other: Int64? = nil) -> Outcome {
        c.outcome(
            "event.create",
            [
                "network": .int(other ?? network), "kind": "training_day", "title": "Giornata",
                "start": EventScene.at("2026-12-01T10:00"), "end": EventScene.at("2026-12-01T12:00"),
                "addressed": addressed,
            ],
            as: giulia
        )
    }

    func published(_ addressed: [Int64]) throws -> Int64 {
        guard case .done(let reply, _, _) = create(Self.list(addressed)) else { throw UnexpectedOutcome("refused") }
        let event = try c.id(JSONParser.parse(reply, limits: .answers))
        try c.ok("event.publish", ["event": .int(event), "revision": 1], as: giulia)
        return event
    }

    func found(_ comune: Int64) throws -> [Int64] {
        (try c.ok("event.list", ["addressed": .int(comune)], as: anna)["events"]?.array ?? []).compactMap {
            $0["id"]?.int
        }
    }

    func shown(_ event: Int64) throws -> JSON? { try c.ok("event.get", ["event": .int(event)], as: anna)["addressed"] }

    func leave(_ comune: Int64) throws {
        let other = try c.city("Altrove")
        try c.ok("organisation.change", ["organisation": .int(comune), "parent": .int(other)])
    }
}

@Suite("Events addressed to sub-bodies")
struct AddressedEventTests {
    @Test("an event says whom it is addressed to and is found by it", arguments: StorageBackend.available)
    func shown(_ backend: StorageBackend) throws {
        let scene = try LocalEvents(backend)
        let c = scene.c
        let both = try scene.published([scene.imola, scene.budrio])
        let one = try scene.published([scene.budrio])
        let all = try scene.published([])
        #expect(try scene.shown(both) == LocalEvents.list([scene.imola, scene.budrio]))
        #expect(try scene.shown(all) == nil)
        #expect(try scene.found(scene.imola) == [both] && scene.found(scene.budrio) == [both, one])
        let updates = try c.updates(for: scene.giulia)
        let created = try #require(updates.first { $0.type == "event.created" })
        let published = try #require(updates.first { $0.type == "event.published" })
        for update in [created, published] {
            #expect(update.data["addressed"] == LocalEvents.list([scene.imola, scene.budrio]))
        }

        let head = c.head
        try c.ok(
            "event.update",
            ["event": .int(one), "revision": 2, "addressed": LocalEvents.list([scene.imola])],
            as: scene.giulia
        )
        try c.ok("event.update", ["event": .int(both), "revision": 2, "addressed": .null], as: scene.giulia)
        #expect(try scene.found(scene.imola) == [one] && scene.found(scene.budrio).isEmpty)
        let changes = try c.updates(for: scene.anna, after: head).filter { $0.type == "event.changed" }
        #expect(changes.map { $0.data["addressed"] } == [LocalEvents.list([scene.imola]), .null])
        #expect(try scene.shown(both) == nil)
    }

    @Test("what is no comune of the network's city is refused", arguments: StorageBackend.available)
    func refused(_ backend: StorageBackend) throws {
        let scene = try LocalEvents(backend)
        guard case .refused(let unknown) = scene.create(LocalEvents.list([scene.imola, 999_999])) else {
            throw UnexpectedOutcome("taken")
        }
        #expect(unknown.fields == [FieldProblem(path: "with.addressed.1", problem: "not_allowed")])
        let thematic = try scene.c.network("semplificazione")
        try scene.c.join([scene.giulia], network: thematic)
        try scene.c.ok(
            "network.appoint",
            ["network": .int(thematic), "person": .int(scene.giulia.id.rawValue), "role": "facilitator"]
        )
        guard case .refused(let other) = scene.create(LocalEvents.list([scene.imola]), in: thematic) else {
            throw UnexpectedOutcome("taken")
        }
        #expect(other.fields == [FieldProblem(path: "with.addressed", problem: "not_allowed")])
    }

    @Test(
        "an event whose comune left the city may still be changed; a copy leaves it out",
        arguments: StorageBackend.available
    )
    func left(_ backend: StorageBackend) throws {
        let scene = try LocalEvents(backend)
        let c = scene.c
        let event = try scene.published([scene.imola, scene.budrio])
        try scene.leave(scene.budrio)
        try c.ok("event.update", ["event": .int(event), "revision": 2, "title": "Altro"], as: scene.giulia)
        #expect(try scene.shown(event) == LocalEvents.list([scene.imola, scene.budrio]))
        let error = try c.refusal(
            "event.update",
            ["event": .int(event), "revision": 3, "addressed": LocalEvents.list([scene.budrio])],
            as: scene.giulia
        )
        #expect(error.fields == [FieldProblem(path: "with.addressed.0", problem: "not_allowed")])
        let copy = try c.id(
            c.ok(
                "event.duplicate",
                [
                    "event": .int(event), "start": EventScene.at("2027-01-12T10:00"),
                    "end": EventScene.at("2027-01-12T12:00"),
                ],
                as: scene.giulia
            )
        )
        #expect(
            try c.ok("event.get", ["event": .int(copy)], as: scene.giulia)["addressed"]
                == LocalEvents.list([scene.imola])
        )
    }
}
