import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Events: duplicating")
struct DuplicatingTests {
    private static let spring: [String: JSON] = [
        "start": EventScene.at("2027-03-02T15:00"), "end": EventScene.at("2027-03-02T17:00"),
    ]

    @Test("a copy is a draft of its own, with all that was said of the event", arguments: StorageBackend.available)
    func copy(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let event = try scene.published([
            "capacity": 30, "place": "Palazzo Malvezzi, Bologna", "text": "Portare **un caso**",
            "approval": .bool(true),
            "agenda": .array([.string("Saluti"), .string("Domande")]),
            "speakers": .array([.int(scene.marco.id.rawValue), .string("Una relatrice")]),
            "registration": .members([
                "opens": EventScene.at("2026-11-23T09:00"), "closes": EventScene.at("2026-11-30T10:00"),
            ]),
        ])
        let head = scene.c.head
        let made = try scene.answer(scene.ask("event.duplicate", ["event": .int(event)].merging(Self.spring) { $1 }))
        let id = try scene.c.id(made)
        #expect(id != event)
        #expect(made["revision"] == 1)
        let (former, copy) = (try scene.get(event), try scene.get(id))
        for name in ["title", "kind", "network", "capacity", "place", "text", "approval", "agenda", "speakers"] {
            #expect(copy[name] == former[name], "\(name)")
        }
        #expect(copy["state"] == "draft")
        #expect(copy["start"]?["local"] == "2027-03-02T15:00")
        #expect(copy["end"]?["local"] == "2027-03-02T17:00")
        // A day before, at the same hour as the start, as it was.
        #expect(copy["registration"]?["closes"]?["local"] == "2027-03-01T15:00")
        #expect(copy["registration"]?["opens"] == nil)
        // The event itself is as it was, and the members do not know of the copy.
        #expect(former["state"] == "published")
        #expect(try scene.c.refusal("event.get", ["event": .int(id)], as: scene.anna).code == .notFound)
        #expect(try scene.c.updates(for: scene.anna, after: head).isEmpty)
        #expect(try scene.c.updates(for: scene.giulia, after: head).map(\.type) == ["event.created"])
    }

    @Test("of a series, of one that is over or called off too", arguments: StorageBackend.available)
    func others(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let series = try scene.answer(
            scene.ask(
                "series.create",
                [
                    "network": .int(scene.network), "kind": "webinar", "title": "Ciclo", "rule": "FREQ=WEEKLY;COUNT=2",
                    "start": EventScene.at("2026-12-01T10:00"), "end": EventScene.at("2026-12-01T12:00"),
                ]
            )
        )
        let first = try #require(series["events"]?.array?.first)
        let copy = try scene.answer(scene.ask("event.duplicate", ["event": first].merging(Self.spring) { $1 }))
        #expect(try scene.get(scene.c.id(copy))["series"] == nil)
        let event = try scene.published(["speakers": .array([.int(scene.marco.id.rawValue)])])
        try scene.c.ok("event.cancel", ["event": .int(event), "revision": 2, "reason": "Neve"], as: scene.giulia)
        let again = try scene.answer(scene.ask("event.duplicate", ["event": .int(event)].merging(Self.spring) { $1 }))
        let fresh = try scene.get(scene.c.id(again))
        #expect(fresh["state"] == "draft")
        #expect(fresh["reason"] == nil)
        // What the copy wants twice is told.
        let twice = try scene.answer(scene.ask("event.duplicate", ["event": .int(event)].merging(Self.spring) { $1 }))
        #expect(twice["warnings"]?.array?.first?["kind"] == "speaker")
    }

    @Test("only facilitators, and only at a time that can be", arguments: StorageBackend.available)
    func refused(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let event = try scene.published()
        let body = ["event": .int(event)].merging(Self.spring) { $1 }
        #expect(try scene.refusal(scene.ask("event.duplicate", body, as: scene.anna)).code == .forbidden)
        #expect(try scene.refusal(scene.ask("event.duplicate", body, as: scene.stranger)).code == .notFound)
        let before = try scene.refusal(
            scene.ask("event.duplicate", body.merging(["end": EventScene.at("2027-03-02T14:00")]) { $1 })
        )
        #expect(before.code == .invalid)
        #expect(before.fields?.first?.path == "with.end")
    }
}
