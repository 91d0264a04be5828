import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A person's view of a network's events, changed by updates alone.
private struct EventsModel: Equatable {
    var events: [Int64: [String: JSON]] = [:]

    init(_ scene: EventScene, as member: Member) throws {
        for event in try scene.c.ok("event.list", ["network": .int(scene.network)], as: member)["events"]?.array ?? [] {
            merge(event.object ?? JSONObject())
        }
        let series = try scene.c.ok("series.list", ["network": .int(scene.network)], as: member)["series"]?.array
        for one in series ?? [] { merge(one.object ?? JSONObject()) }
    }

    private mutating func merge(_ data: JSONObject) {
        guard let id = data["id"]?.int else { return }
        // A series is told without its events, which come by updates of their own; nobody counts its people.
        let counts = JSON.members(["confirmed": 0, "waiting": 0, "offered": 0, "requested": 0])
        var event = events[id] ?? ["counts": counts]
        for member in data.members where member.name != "events" {
            event[member.name] = member.value == .null ? nil : member.value
        }
        events[id] = event
    }

    /// What differs, by event and field, in words.
    func differences(from other: EventsModel) -> [String] {
        Set(events.keys).union(other.events.keys).sorted().flatMap { id -> [String] in
            let (here, there) = (events[id] ?? [:], other.events[id] ?? [:])
            return Set(here.keys).union(there.keys).sorted().filter { here[$0] != there[$0] }.map { name in
                let texts = [here[name], there[name]].map { String(decoding: ($0 ?? .null).text, as: UTF8.self) }
                return "\(id) \(name): \(texts[0]) for \(texts[1])"
            }
        }
    }

    mutating func apply(_ update: PastUpdate) {
        if update.type.hasPrefix("event.") || update.type.hasPrefix("series.") { merge(update.data) }
    }
}

@Suite("Events: the law")
struct EventsLawTests {
    @Test("a stale state plus the updates after it is a fresh state", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let c = scene.c
        var events: [Int64] = []
        var series: Int64 = 0
        func ask(_ name: String, _ event: Int, _ more: [String: JSON] = [:]) throws {
            var fields = more
            fields["event"] = .int(events[event])
            fields["revision"] = try scene.revision(events[event])
            _ = try scene.answer(scene.ask(name, fields))
        }
        let room = JSON.members(["provider": "link", "url": "https://meet.example.it/a"])
        let other = JSON.members(["provider": "link", "url": "https://meet.example.it/b"])
        let later = ["start": EventScene.at("2026-12-03T10:00"), "end": EventScene.at("2026-12-03T12:00")]
        let marco = JSON.array([.int(scene.marco.id.rawValue), "Ospite"])
        let acts: [() throws -> Void] = [
            { events.append(try scene.draft(["room": room, "speakers": marco, "capacity": 5])) },
            { try ask("event.update", 0, ["title": "Altro titolo", "place": "Roma"]) },
            { try ask("event.publish", 0) },
            { try ask("event.update", 0, ["room": other, "capacity": .null, "agenda": .array(["Saluti"])]) },
            { events.append(try scene.draft()) },
            { try ask("event.cancel", 1, ["reason": "Mai detto a nessuno"]) },
            { try ask("event.reschedule", 0, later) },
            { events.append(try scene.published(["text": "Testo"])) },
            { try ask("event.postpone", 2, ["reason": "Neve"]) },
            { try ask("event.update", 2, ["text": .null, "speakers": .null]) },
            {
                let answer = try scene.answer(
                    scene.ask(
                        "series.create",
                        [
                            "network": .int(scene.network), "kind": "webinar", "title": "Ciclo",
                            "rule": "FREQ=DAILY;COUNT=3", "start": EventScene.at("2026-12-02T10:00"),
                            "end": EventScene.at("2026-12-02T11:00"),
                        ]
                    )
                )
                series = try c.id(answer)
            },
            { try c.ok("series.publish", ["series": .int(series), "revision": 1], as: scene.giulia) },
            {
                try c.ok(
                    "series.update",
                    [
                        "series": .int(series), "revision": 2, "rule": "FREQ=WEEKLY;COUNT=4", "planned": 9,
                        "title": "Ciclo nuovo", "place": "Roma",
                    ],
                    as: scene.giulia
                )
            },
            {
                try c.ok(
                    "person.change",
                    ["person": .int(scene.marco.id.rawValue), "name": "Marco Verdi"]
                )
            },
            {
                c.clock.set(Instant("2026-12-04T10:00:00Z") ?? c.clock.now)
                try c.settle()
            },
            { try ask("event.archive", 0) },
        ]
        for reader in [scene.giulia, scene.anna] {
            events = []
            var stale = [(seq: c.head, model: try EventsModel(scene, as: reader))]
            c.clock.set(Instant("2026-11-22T10:00:00Z") ?? c.clock.now)
            for act in acts {
                try act()
                stale.append((c.head, try EventsModel(scene, as: reader)))
            }
            let fresh = try EventsModel(scene, as: reader)
            for (seq, start) in stale {
                var model = start
                for update in try c.updates(for: reader, after: seq) { model.apply(update) }
                let wrong = model.differences(from: fresh)
                #expect(wrong.isEmpty, "from \(seq) as \(reader.name)")
            }
        }
    }

    @Test("an erased speaker leaves no name behind, in events and in the journal", arguments: StorageBackend.available)
    func erasure(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let marco = JSON.int(scene.marco.id.rawValue)
        let present = try scene.published(["speakers": .array([marco, "Ospite"])])
        let former = try scene.published(["speakers": .array([marco])])
        try scene.c.ok(
            "event.update",
            ["event": .int(former), "revision": 2, "speakers": .null],
            as: scene.giulia
        )
        #expect(try scene.c.export(of: scene.marco)["eventsSpokenAt"]?.array?.count == 1)
        #expect(try scene.c.export(of: scene.giulia)["events"]?.array?.count == 2)
        try scene.c.ok("person.erase", ["person": marco])
        try scene.c.settle()
        let speakers = try scene.get(present, as: scene.anna)["speakers"]?.array ?? []
        #expect(speakers == [.members(["name": "Ospite"])])
        let told = try scene.c.updates(for: scene.giulia).filter { $0.type.hasPrefix("event.") }
        #expect(told.count > 4)
        for update in told {
            #expect(!String(decoding: JSON.object(update.data).text, as: UTF8.self).contains("Marco"))
        }
        #expect(try scene.c.rows(of: "event_speaker") == 0)
    }

    @Test(
        "the search finds published events by their words, for those who may know of them",
        arguments: StorageBackend.available
    )
    func search(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        _ = try scene.draft(["title": "Bozza sui piani"])
        let event = try scene.published(["title": "I piani strategici", "place": "Villa Griffone"])
        try scene.c.settle()
        func hits(_ text: String, as member: Member) throws -> [JSON] {
            try scene.c.ok("search", ["text": .string(text)], as: member)["hits"]?.array ?? []
        }
        let found = try hits("piano tipo:evento", as: scene.anna)
        #expect(found.map { $0["id"] } == [.int(event)])
        #expect(found.first?["link"] == .string("/events/\(event)"))
        #expect(try hits("griffone", as: scene.anna).count == 1)
        #expect(try hits("griffone", as: scene.stranger).isEmpty)
        #expect(try hits("bozza", as: scene.giulia).isEmpty)
        try scene.c.ok(
            "event.update",
            ["event": .int(event), "revision": 2, "place": "Torino"],
            as: scene.giulia
        )
        try scene.c.settle()
        #expect(try hits("griffone", as: scene.anna).isEmpty)
    }

    @Test("lists are by start, paged, and filtered", arguments: StorageBackend.available)
    func list(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        var events: [Int64] = []
        for day in ["03", "01", "02"] {
            events.append(
                try scene.published([
                    "start": EventScene.at("2026-12-\(day)T10:00"), "end": EventScene.at("2026-12-\(day)T12:00"),
                    "kind": day == "02" ? "training_day" : "webinar",
                    "speakers": day == "03" ? .array([.int(scene.anna.id.rawValue)]) : .null,
                ])
            )
        }
        func list(_ fields: [String: JSON]) throws -> (ids: [Int64], cursor: JSON?) {
            let answer = try scene.answer(scene.ask("event.list", fields, as: scene.anna))
            return ((answer["events"]?.array ?? []).compactMap { $0["id"]?.int }, answer["cursor"])
        }
        #expect(try list([:]).ids == [events[1], events[2], events[0]])
        #expect(try list(["newest": .bool(true)]).ids == [events[0], events[2], events[1]])
        let first = try list(["limit": 2])
        #expect(first.ids == [events[1], events[2]])
        #expect(try list(["limit": 2, "cursor": first.cursor ?? .null]).ids == [events[0]])
        #expect(try list(["kind": "training_day"]).ids == [events[2]])
        #expect(try list(["from": "2026-12-02", "to": "2026-12-02"]).ids == [events[2]])
        #expect(try list(["from": "2026-12-01T11:00:00.000Z"]).ids == [events[2], events[0]])
        #expect(try list(["mine": .bool(true)]).ids == [events[0]])
        #expect(try scene.refusal(scene.ask("event.list", ["cursor": "x"])).problems == ["with.cursor not_allowed"])
        #expect(try scene.refusal(scene.ask("event.list", ["network": 999])).code == .notFound)
    }
}
