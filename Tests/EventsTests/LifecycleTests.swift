import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Events: lifecycle")
struct LifecycleTests {
    @Test("the clock begins and ends a published event", arguments: StorageBackend.available)
    func clock(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let c = scene.c
        let event = try scene.published()
        let draft = try scene.draft()
        c.clock.set(Instant("2026-12-01T08:59:59.999Z") ?? c.clock.now)
        try c.settle()
        #expect(try scene.get(event)["state"] == "published")
        c.clock.set(Instant("2026-12-01T09:00:00Z") ?? c.clock.now)
        try c.settle()
        #expect(try scene.get(event)["state"] == "live")
        #expect(try scene.revision(event) == 3)
        // What was decided before the clock moved on is still decided on the newest facts.
        try c.ok(
            "event.update",
            ["event": .int(event), "revision": 2, "text": "Si comincia"],
            as: scene.giulia
        )
        c.clock.set(Instant("2026-12-01T11:00:00Z") ?? c.clock.now)
        try c.settle()
        #expect(try scene.get(event)["state"] == "ended")
        #expect(try scene.get(draft)["state"] == "draft")
        let types = try c.updates(for: scene.anna).map(\.type).filter { $0.hasPrefix("event.") }
        #expect(types == ["event.published", "event.started", "event.changed", "event.ended"])
        let late = try c.refusal(
            "event.cancel",
            ["event": .int(event), "revision": try scene.revision(event), "reason": "Tardi"],
            as: scene.giulia
        )
        #expect(late.code == .conflict)
        #expect(late.current?["state"] == "ended")
    }

    @Test(
        "rescheduling keeps the event, remembers the former start and moves the windows",
        arguments: StorageBackend.available
    )
    func reschedule(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let event = try scene.published([
            "registration": .members([
                "opens": EventScene.at("2026-11-01T09:00"), "closes": EventScene.at("2026-11-30T10:00"),
            ])
        ])
        let moved = try scene.answer(
            scene.ask(
                "event.reschedule",
                [
                    "event": .int(event), "revision": 2, "start": EventScene.at("2027-04-01T10:00"),
                    "end": EventScene.at("2027-04-01T12:00"), "reason": "Sala occupata",
                ]
            )
        )
        #expect(moved == .members(["revision": 3, "state": "published"]))
        let seen = try scene.get(event, as: scene.anna)
        #expect(seen["sequence"] == 1)
        #expect(seen["formerly"]?.array?.first?["start"]?["local"] == "2026-12-01T10:00")
        #expect(seen["formerly"]?.array?.first?["start"]?["utc"] == "2026-12-01T09:00:00.000Z")
        // By the clock on the wall, across the change of clocks.
        #expect(seen["registration"]?["opens"]?["local"] == "2026-11-01T09:00")
        #expect(seen["registration"]?["closes"]?["local"] == "2027-03-31T10:00")
        #expect(seen["registration"]?["cancelBy"] == seen["start"])
        #expect(seen["reason"] == "Sala occupata")
    }

    @Test("a postponed event comes back with a new date, a cancelled one does not", arguments: StorageBackend.available)
    func postpone(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let event = try scene.published()
        func ask(_ name: String, _ revision: Int64, _ more: [String: JSON]) -> Outcome {
            var fields = more
            fields["event"] = .int(event)
            fields["revision"] = .int(revision)
            return scene.ask(name, fields)
        }
        let times = ["start": EventScene.at("2026-12-10T10:00"), "end": EventScene.at("2026-12-10T12:00")]
        #expect(try scene.answer(ask("event.postpone", 2, ["reason": "Sciopero"]))["state"] == "postponed")
        #expect(try scene.get(event, as: scene.anna)["reason"] == "Sciopero")
        #expect(try scene.refusal(ask("event.postpone", 3, ["reason": "Sciopero"])).code == .conflict)
        // The time that it was put off from passes without it.
        scene.c.clock.set(Instant("2026-12-02T09:00:00Z") ?? scene.c.clock.now)
        try scene.c.settle()
        #expect(try scene.get(event)["state"] == "postponed")
        #expect(try scene.answer(ask("event.reschedule", 3, times))["state"] == "published")
        #expect(try scene.get(event)["reason"] == nil)
        #expect(try scene.answer(ask("event.cancel", 4, ["reason": "Pochi iscritti"]))["state"] == "cancelled")
        #expect(try scene.get(event)["sequence"] == 3)
        for refused in [
            ask("event.reschedule", 5, times), ask("event.update", 5, ["title": "x"]),
            ask("event.cancel", 5, ["reason": "x"]), ask("event.publish", 5, [:]),
            ask("event.postpone", 5, ["reason": "x"]),
        ] {
            let error = try scene.refusal(refused)
            #expect(error.code == .conflict)
            #expect(error.current == .members(["revision": 5, "state": "cancelled"]))
        }
        #expect(try scene.answer(ask("event.archive", 5, [:]))["state"] == "archived")
    }

    @Test("an event of a dormant network is readable, not writable", arguments: StorageBackend.available)
    func dormant(_ backend: StorageBackend) throws {
        let folder = try TemporaryFolder()
        let c = try TestCommunity(backend, in: folder)
        let network = try c.network()
        let body: KeyValuePairs<String, JSON> = [
            "network": .int(network), "kind": "webinar", "title": "Uno",
            "start": EventScene.at("2026-12-01T10:00"), "end": EventScene.at("2026-12-01T12:00"),
        ]
        let event = try c.id(c.ok("event.create", body))
        try c.stop()
        let later = try TestCommunity(backend, in: folder) {
            $0.networkTypes = .members(["NationalThematic": .members(["enabled": .bool(false)])])
        }
        #expect(try later.ok("event.get", ["event": .int(event)])["title"] == "Uno")
        for refusal in [
            try later.refusal("event.create", body),
            try later.refusal("event.publish", ["event": .int(event), "revision": 1]),
        ] {
            #expect(refusal.code == .unavailable)
            #expect(!refusal.retryable)
        }
    }

    @Test("a speaker wanted twice is warned about, and the reason is logged", arguments: StorageBackend.available)
    func clash(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let speakers = JSON.array([.int(scene.marco.id.rawValue)])
        let first = try scene.published(["speakers": speakers])
        let second = try scene.answer(
            scene.create([
                "speakers": speakers, "title": "Un altro", "start": EventScene.at("2026-12-01T11:59"),
                "end": EventScene.at("2026-12-01T13:00"), "override": .members(["reason": "Interviene a distanza"]),
            ])
        )
        let warning = second["warnings"]?.array?.first
        #expect(warning?["kind"] == "speaker")
        #expect(warning?["person"] == .int(scene.marco.id.rawValue))
        #expect(warning?["event"] == .int(first))
        let log = try scene.c.ok("audit.list")["entries"]?.array ?? []
        #expect(log.contains { $0["act"] == "event.override" && $0["detail"] == "Interviene a distanza" })
        // The reason may follow, and changes nothing else.
        let later = try scene.ask(
            "event.update",
            [
                "event": try #require(second["id"]), "revision": try #require(second["revision"]),
                "override": .members(["reason": "Concordato"]),
            ]
        )
        #expect(try scene.answer(later)["revision"] == second["revision"])
        let logged = try scene.c.ok("audit.list")["entries"]?.array ?? []
        #expect(logged.contains { $0["act"] == "event.override" && $0["detail"] == "Concordato" })
        // One that begins as the other ends is no clash.
        let next = try scene.answer(
            scene.create([
                "speakers": speakers, "start": EventScene.at("2026-12-01T09:00"),
                "end": EventScene.at("2026-12-01T10:00"),
            ])
        )
        #expect(next["warnings"] == nil)
        #expect(try scene.get(first)["clashes"]?.array?.count == 1)
        #expect(try scene.get(first, as: scene.anna)["clashes"] == nil)
    }
}
