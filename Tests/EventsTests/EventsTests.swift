import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Events")
struct EventsTests {
    @Test("a draft is its facilitators' own until it is published", arguments: StorageBackend.available)
    func draft(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let c = scene.c
        let event = try scene.draft(["capacity": 50, "place": "Palazzo Malvezzi, Bologna"])
        #expect(try scene.get(event)["state"] == "draft")
        for member in [scene.anna, scene.stranger] {
            #expect(try c.refusal("event.get", ["event": .int(event)], as: member).code == .notFound)
            #expect(try c.ok("event.list", as: member)["events"] == .array([]))
            #expect(
                try c.refusal("event.publish", ["event": .int(event), "revision": 1], as: member).code == .notFound
            )
        }
        let told = try c.updates(for: scene.anna).map(\.type)
        #expect(!told.contains { $0.hasPrefix("event.") })
        let published = try c.ok("event.publish", ["event": .int(event), "revision": 1], as: scene.giulia)
        #expect(published == .members(["revision": 2, "state": "published"]))
        let seen = try scene.get(event, as: scene.anna)
        #expect(seen["title"] == "Lo sportello unico")
        #expect(seen["capacity"] == 50)
        #expect(seen["waitingList"] == .bool(true))
        #expect(seen["counts"]?["confirmed"] == 0)
        #expect(try c.refusal("event.get", ["event": .int(event)], as: scene.stranger).code == .notFound)
        #expect(
            try c.refusal("event.publish", ["event": .int(event), "revision": 2], as: scene.anna).code == .forbidden
        )
        let again = try c.refusal("event.publish", ["event": .int(event), "revision": 2], as: scene.giulia)
        #expect(again.code == .conflict)
        #expect(again.current == .members(["revision": 2, "state": "published"]))
    }

    @Test("members do not make events, strangers do not know of the network", arguments: StorageBackend.available)
    func rights(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend, type: "Coordination")
        let meeting: [String: JSON] = ["kind": "coordination_meeting"]
        #expect(try scene.refusal(scene.create(meeting, as: scene.anna)).code == .forbidden)
        #expect(try scene.refusal(scene.create(meeting, as: scene.stranger)).code == .notFound)
        _ = try scene.answer(scene.create(meeting))
    }

    @Test("times stand in answers as they were given, with UTC beside them", arguments: StorageBackend.available)
    func times(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let event = try scene.get(try scene.published())
        #expect(
            event["start"]
                == .members([
                    "local": "2026-12-01T10:00", "zone": "Europe/Rome", "utc": "2026-12-01T09:00:00.000Z",
                ])
        )
        #expect(event["registration"]?["closes"] == event["start"])
        #expect(event["registration"]?["cancelBy"] == event["start"])
        let day = try scene.published([
            "kind": "national_network_meeting", "start": EventScene.day("2019-11-29"),
            "end": EventScene.day("2019-11-29"),
        ])
        #expect(try scene.get(day)["start"] == EventScene.day("2019-11-29"))
        // The hour that exists twice is the first one.
        let twice = try scene.get(
            try scene.draft(["start": EventScene.at("2026-10-25T02:30"), "end": EventScene.at("2026-10-25T04:00")])
        )
        #expect(twice["start"]?["utc"] == "2026-10-25T00:30:00.000Z")
    }

    @Test(
        "what is wrong with an event is told by its path, and nothing is written",
        arguments: StorageBackend.available
    )
    func invalid(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let head = scene.c.head
        func problems(_ more: [String: JSON]) throws -> [String] {
            let refusal = try scene.refusal(scene.create(more))
            #expect(refusal.code == .invalid)
            return refusal.problems
        }
        let at = EventScene.at
        let day = EventScene.day
        #expect(try problems(["kind": "study_visit"]) == ["with.kind not_allowed"])
        #expect(try problems(["kind": "concerto"]) == ["with.kind not_allowed"])
        #expect(try problems(["start": at("2027-03-28T02:30", "Europe/Rome")]) == ["with.start.local does_not_exist"])
        #expect(try problems(["start": at("2026-12-01T25:00", "Europe/Rome")]) == ["with.start.local not_a_time"])
        #expect(try problems(["start": at("2026-12-01T10:00", "Europe/Roma")]) == ["with.start.zone unknown_zone"])
        #expect(try problems(["start": at("1026-12-01T10:00", "Europe/Rome")]) == ["with.start.local out_of_range"])
        #expect(try problems(["start": .members(["local": "2026-12-01T10:00"])]) == ["with.start.zone missing"])
        #expect(try problems(["start": .members([:])]) == ["with.start.local missing"])
        #expect(try problems(["start": day("2026-02-30")]) == ["with.start.date not_a_time"])
        #expect(try problems(["start": day("2026-12-01")]) == ["with.end not_allowed"])
        #expect(try problems(["end": at("2026-12-01T10:00", "Europe/Rome")]) == ["with.end before_start"])
        #expect(try problems(["end": at("2026-12-01T09:00", "Europe/Rome")]) == ["with.end before_start"])
        #expect(try problems(["start": day("2026-12-02"), "end": day("2026-12-01")]) == ["with.end before_start"])
        #expect(try problems(["end": at("2028-12-01T09:00", "Europe/Rome")]) == ["with.end too_long"])
        #expect(try problems(["capacity": -1]) == ["with.capacity out_of_range"])
        #expect(try problems(["capacity": 1_000_000]) == ["with.capacity out_of_range"])
        #expect(try problems(["title": ""]) == ["with.title empty"])
        #expect(try problems(["title": "Due\r\nBEGIN:VEVENT"]) == ["with.title not_allowed"])
        #expect(try problems(["reach": "galattico"]) == ["with.reach not_allowed"])
        #expect(try problems(["speakers": .array([9_999_999])]) == ["with.speakers.0.person unknown"])
        #expect(
            try problems(["speakers": .array([.int(scene.stranger.id.rawValue)])]) == ["with.speakers.0.person unknown"]
        )
        #expect(try problems(["room": .members(["provider": "link"])]) == ["with.room.url missing"])
        #expect(
            try problems(["room": .members(["provider": "link", "url": "javascript:alert(1)"])])
                == ["with.room.url not_an_address"]
        )
        func window(_ name: String, _ value: JSON) -> [String: JSON] {
            ["registration": .object(JSONObject([.init(name: name, value: value)]))]
        }
        #expect(
            try problems(window("closes", at("2026-12-02T10:00", "Europe/Rome"))) == [
                "with.registration.closes after_end"
            ]
        )
        #expect(
            try problems(window("opens", at("2026-12-01T10:00", "Europe/Rome")))
                == ["with.registration.opens after_closes"]
        )
        #expect(
            try problems(window("opens", at("2026-03-29T02:30", "Europe/Rome")))
                == ["with.registration.opens.local does_not_exist"]
        )
        #expect(scene.c.head == head)
        #expect(try scene.c.rows(of: "event") == 0)
    }

    @Test(
        "an update changes what it names, takes away what is null, and needs the newest revision",
        arguments: StorageBackend.available
    )
    func update(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let event = try scene.published(["capacity": 50, "place": "Roma", "text": "**Programma**"])
        func update(_ revision: Int64, _ more: [String: JSON]) -> Outcome {
            var fields = more
            fields["event"] = .int(event)
            fields["revision"] = .int(revision)
            return scene.ask("event.update", fields)
        }
        let stale = try scene.refusal(update(1, ["title": "Altro"]))
        #expect(stale.code == .conflict)
        #expect(stale.current == .members(["revision": 2, "state": "published"]))
        #expect(try scene.answer(update(2, ["capacity": .null]))["revision"] == 3)
        let seen = try scene.get(event, as: scene.anna)
        #expect(seen["capacity"] == nil)
        #expect(seen["place"] == "Roma")
        #expect(seen["html"]?.string?.contains("<strong>Programma</strong>") == true)
        // Nothing changed: nothing is told.
        let head = scene.c.head
        #expect(try scene.answer(update(3, ["place": "Roma"]))["revision"] == 3)
        #expect(scene.c.head == head)
        let news = try scene.c.updates(for: scene.anna).last { $0.type == "event.changed" }
        #expect(
            JSON.object(news?.data ?? JSONObject())
                == .members(["id": .int(event), "revision": 3, "state": "published", "capacity": .null])
        )
        #expect(try scene.refusal(update(3, ["kind": "study_visit"])).problems == ["with.kind not_allowed"])
    }

    @Test("the address of a room is for facilitators alone", arguments: StorageBackend.available)
    func room(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let room = JSON.members(["provider": "link", "url": "https://meet.example.it/segreta"])
        let event = try scene.published(["room": room])
        #expect(try scene.get(event)["room"] == room)
        #expect(try scene.get(event, as: scene.anna)["room"] == .members(["provider": "link"]))
        let told = try scene.c.updates(for: scene.anna).map { JSON.object($0.data).text }
        #expect(!told.contains { String(decoding: $0, as: UTF8.self).contains("segreta") })
    }
}
