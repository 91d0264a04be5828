import CommunityKernel
import Foundation
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Series of events")
struct SeriesTests {
    @Test("rules give what python-dateutil gives, and the last day where one is missing")
    func crossCheck() throws {
        let scene = try EventScene(.sqlite)
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/rrule.json")
        let cases = try JSONParser.parse([UInt8](try Data(contentsOf: file)), limits: .answers).array ?? []
        #expect(cases.count > 60)
        for (number, item) in cases.enumerated() {
            let start = item["start"]?.string ?? ""
            // UTC has every hour.
            let answer = try scene.answer(
                scene.ask(
                    "series.create",
                    [
                        "network": .int(scene.network), "kind": "webinar", "title": .string("Serie \(number)"),
                        "rule": item["rule"] ?? .null, "start": EventScene.at(start, "UTC"),
                        "end": EventScene.at(
                            start.replacingOccurrences(of: ":00:00", with: ":45:00")
                                .replacingOccurrences(of: ":30:00", with: ":45:00"),
                            "UTC"
                        ),
                    ]
                )
            )
            let ids = (answer["events"]?.array ?? []).compactMap(\.int)
            let times = try ids.map { try scene.get($0)["start"]?["local"] ?? .null }
            #expect(.array(times) == item["times"], "\(item["rule"]?.string ?? "") from \(start)")
        }
    }

    private static let cycle: [String: JSON] = [
        "kind": "webinar", "title": "Ciclo", "rule": "FREQ=WEEKLY;COUNT=5", "planned": 15,
        "start": EventScene.at("2027-03-16T10:00"), "end": EventScene.at("2027-03-16T11:30"),
    ]

    private func make(_ scene: EventScene, _ more: [String: JSON] = [:]) -> Outcome {
        var fields = Self.cycle.merging(more) { $1 }
        fields["network"] = .int(scene.network)
        return scene.ask("series.create", fields)
    }

    @Test(
        "occurrences are events of their own, counted, at the same time by the clock on the wall",
        arguments: StorageBackend.available
    )
    func occurrences(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let answer = try scene.answer(make(scene, ["capacity": 50]))
        let series = try scene.c.id(answer)
        let ids = (answer["events"]?.array ?? []).compactMap(\.int)
        #expect(ids.count == 5)
        let events = try ids.map { try scene.get($0) }
        #expect(
            events.map { $0["start"]?["utc"]?.string?.prefix(16) } == [
                "2027-03-16T09:00", "2027-03-23T09:00", "2027-03-30T08:00", "2027-04-06T08:00", "2027-04-13T08:00",
            ]
        )
        #expect(Set(events.compactMap { $0["end"]?["local"]?.string?.suffix(5) }) == ["11:30"])
        #expect(events[2]["series"] == .members(["id": .int(series), "index": 3, "of": 15]))
        #expect(events.allSatisfy { $0["capacity"] == 50 && $0["state"] == "draft" })
        #expect(try scene.c.refusal("series.get", ["series": .int(series)], as: scene.anna).code == .notFound)
        let published = try scene.c.ok("series.publish", ["series": .int(series), "revision": 1], as: scene.giulia)
        #expect(published["revision"] == 2)
        let seen = try scene.c.ok("series.get", ["series": .int(series)], as: scene.anna)
        #expect(seen["events"] == .array(ids.map(JSON.int)))
        #expect(seen["state"] == "published")
        #expect(
            try scene.c.refusal("series.publish", ["series": .int(series), "revision": 2], as: scene.giulia).code
                == .conflict
        )
        #expect(
            try scene.c.ok("event.list", ["series": .int(series)], as: scene.anna)["events"]?.array?.count == 5
        )
    }

    @Test(
        "a committee meets every four months, on the last day where the day is missing",
        arguments: StorageBackend.available
    )
    func committee(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend, type: "Coordination")
        let answer = try scene.answer(
            make(
                scene,
                [
                    "kind": "coordination_meeting", "planned": .null, "rule": "RRULE:FREQ=MONTHLY;INTERVAL=4;COUNT=4",
                    "start": EventScene.day("2026-12-31"), "end": EventScene.day("2026-12-31"),
                ]
            )
        )
        let dates = try (answer["events"]?.array ?? []).compactMap { try scene.get($0.int ?? 0)["start"]?["date"] }
        #expect(dates == ["2026-12-31", "2027-04-30", "2027-08-31", "2027-12-31"])
    }

    @Test("what is wrong with a rule is told, and nothing is written", arguments: StorageBackend.available)
    func invalid(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let head = scene.c.head
        let wrong: [(String, String)] = [
            ("FREQ=DAILY", "endless"), ("FREQ=DAILY;COUNT=101", "too_many"), ("FREQ=DAILY;COUNT=0", "out_of_range"),
            ("FREQ=DAILY;COUNT=3;UNTIL=20280101", "not_allowed"), ("FREQ=DAILY;UNTIL=20300101", "too_many"),
            ("FREQ=HOURLY;COUNT=3", "not_allowed"), ("FREQ=DAILY;COUNT=3;BYHOUR=3,4", "not_allowed"),
            ("FREQ=WEEKLY;BYDAY=2MO;COUNT=3", "not_allowed"), ("FREQ=DAILY;BYDAY=-1MO;COUNT=3", "not_allowed"),
            ("FREQ=MONTHLY;BYDAY=7TU;COUNT=3", "not_allowed"), ("COUNT=3", "not_allowed"), ("FREQ", "not_allowed"),
            ("FREQ=DAILY;COUNT=3;COUNT=4", "not_allowed"), ("FREQ=DAILY;INTERVAL=0;COUNT=2", "out_of_range"),
            ("FREQ=DAILY;UNTIL=2027", "not_a_time"), ("FREQ=DAILY;UNTIL=20271301T000000Z", "not_a_time"),
            ("FREQ=MONTHLY;COUNT=3;SKIP=FORWARD;RSCALE=GREGORIAN", "not_allowed"),
            ("FREQ=DAILY;UNTIL=20200101", "not_allowed"), ("FREQ=DAILY;COUNT=3\r\nDTSTART:20200101", "not_allowed"),
        ]
        for (rule, problem) in wrong {
            let refusal = try scene.refusal(make(scene, ["rule": .string(rule), "planned": .null]))
            #expect(refusal.problems == ["with.rule \(problem)"], "\(rule)")
        }
        // The clocks skip the hour of one of them.
        let skipped = try scene.refusal(
            make(
                scene,
                [
                    "rule": "FREQ=DAILY;COUNT=20", "start": EventScene.at("2027-03-20T02:30"),
                    "end": EventScene.at("2027-03-20T04:30"), "planned": .null,
                ]
            )
        )
        #expect(skipped.problems == ["with.rule does_not_exist"])
        #expect(try scene.refusal(make(scene, ["planned": 4])).problems == ["with.planned out_of_range"])
        #expect(scene.c.head == head)
    }

    @Test(
        "UNTIL in UTC is a moment where the series takes place, and a day is included",
        arguments: StorageBackend.available
    )
    func until(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        func count(_ until: String) throws -> Int? {
            let fields: [String: JSON] = ["rule": .string("FREQ=DAILY;UNTIL=\(until)"), "planned": .null]
            return try scene.answer(make(scene, fields))["events"]?.array?.count
        }
        // The first is on 16 March 2027 at 10:00 in Rome, 09:00 UTC; from 28 March on 08:00 UTC.
        #expect(try count("20270318") == 3)
        #expect(try count("20270318T090000Z") == 3)
        #expect(try count("20270318T085959Z") == 2)
        #expect(try count("20270329T080000Z") == 14)
        #expect(try count("20270318T095959") == 2)
    }

    @Test(
        "a changed series moves what has not begun, adds what is new and calls off what is left",
        arguments: StorageBackend.available
    )
    func update(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let answer = try scene.answer(make(scene, ["planned": .null]))
        let series = try scene.c.id(answer)
        let ids = (answer["events"]?.array ?? []).compactMap(\.int)
        try scene.c.ok("series.publish", ["series": .int(series), "revision": 1], as: scene.giulia)
        // The first has taken place.
        scene.c.clock.set(Instant("2027-03-17T10:00:00Z") ?? scene.c.clock.now)
        try scene.c.settle()
        func update(_ revision: Int64, _ more: [String: JSON]) -> Outcome {
            var fields = more
            fields["series"] = .int(series)
            fields["revision"] = .int(revision)
            return scene.ask("series.update", fields)
        }
        #expect(
            try scene.refusal(update(1, ["title": "Altro"])).current == .members(["revision": 2, "state": "published"])
        )
        let longer = try scene.answer(update(2, ["rule": "FREQ=WEEKLY;COUNT=6", "title": "Ciclo nuovo"]))
        #expect(longer["events"]?.array?.count == 6)
        #expect(try scene.get(ids[0])["title"] == "Ciclo")
        #expect(try scene.get(ids[1])["title"] == "Ciclo nuovo")
        #expect(try scene.get(ids[0])["series"]?["of"] == 6)
        #expect(try scene.get(longer["events"]?.array?.last?.int ?? 0)["state"] == "draft")
        _ = try scene.answer(update(3, ["rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=3"]))
        #expect(try scene.get(ids[0])["start"]?["local"] == "2027-03-16T10:00")
        #expect(try scene.get(ids[1])["start"]?["local"] == "2027-03-30T10:00")
        #expect(try scene.get(ids[1])["sequence"] == 1)
        #expect(try scene.get(ids[2])["state"] == "published")
        #expect(try scene.get(ids[3])["state"] == "cancelled")
        #expect(try scene.get(ids[0])["state"] == "ended")
    }

    @Test("what a rule gives is seen before, with the one that cannot be", arguments: StorageBackend.available)
    func preview(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let head = scene.c.head
        let fresh = try scene.c.ok(
            "series.preview",
            [
                "rule": "FREQ=DAILY;COUNT=10", "start": "2027-03-20T02:30", "end": "2027-03-20T04:30",
                "zone": "Europe/Rome",
            ],
            as: scene.giulia
        )
        let events = fresh["events"]?.array ?? []
        #expect(events.count == 10 && events.allSatisfy { $0["change"] == "new" })
        // On 28 March 2027 the clocks go from 02:00 to 03:00.
        #expect(events.compactMap { $0["problem"] == "does_not_exist" ? $0["index"]?.int : nil } == [9])
        #expect(events[8]["start"]?["local"] == "2027-03-28T02:30" && events[8]["start"]?["utc"] == nil)
        #expect(events[9]["start"]?["utc"] == "2027-03-29T00:30:00.000Z")
        let days = try scene.c.ok(
            "series.preview",
            ["rule": "FREQ=MONTHLY;COUNT=2", "start": "2027-01-31", "end": "2027-01-31"],
            as: scene.giulia
        )
        #expect(days["events"]?.array?.map { $0["start"]?["date"] } == ["2027-01-31", "2027-02-28"])
        let wrong = try scene.c.refusal("series.preview", ["rule": "FREQ=DAILY;COUNT=2"], as: scene.giulia)
        #expect(wrong.problems == ["with.start missing"])
        #expect(scene.c.head == head)

        let answer = try scene.answer(make(scene, ["planned": .null]))
        let series = try scene.c.id(answer)
        try scene.c.ok("series.publish", ["series": .int(series), "revision": 1], as: scene.giulia)
        scene.c.clock.set(Instant("2027-03-17T10:00:00Z") ?? scene.c.clock.now)
        try scene.c.settle()
        func changes(_ rule: String) throws -> [String?] {
            let seen = try scene.c.ok(
                "series.preview",
                ["series": .int(series), "rule": .string(rule)],
                as: scene.giulia
            )
            return seen["events"]?.array?.map { $0["change"]?.string } ?? []
        }
        #expect(try changes("FREQ=WEEKLY;COUNT=6") == ["over", "same", "same", "same", "same", "new"])
        #expect(try changes("FREQ=WEEKLY;INTERVAL=2;COUNT=3") == ["over", "moved", "moved", "cancelled", "cancelled"])
        let same = try scene.c.ok("series.preview", ["series": .int(series)], as: scene.giulia)
        #expect(same["events"]?.array?.map { $0["change"] } == ["over", "same", "same", "same", "same"])
        #expect(
            try scene.c.refusal("series.preview", ["series": .int(series)], as: scene.anna).code == .forbidden
        )
    }

    @Test("a series is called off whole, but for what took place", arguments: StorageBackend.available)
    func cancel(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let answer = try scene.answer(make(scene, ["planned": .null]))
        let series = try scene.c.id(answer)
        let ids = (answer["events"]?.array ?? []).compactMap(\.int)
        try scene.c.ok("series.publish", ["series": .int(series), "revision": 1], as: scene.giulia)
        scene.c.clock.set(Instant("2027-03-17T10:00:00Z") ?? scene.c.clock.now)
        try scene.c.settle()
        func cancel(_ revision: Int64) -> Outcome {
            scene.ask(
                "series.cancel",
                ["series": .int(series), "revision": .int(revision), "reason": "Il ciclo non si tiene"]
            )
        }
        #expect(try scene.refusal(cancel(1)).current == .members(["revision": 2, "state": "published"]))
        let head = scene.c.head
        #expect(try scene.answer(cancel(2))["events"]?.array?.count == 5)
        #expect(
            try ids.map { try scene.get($0)["state"]?.string } == ["ended"] + Array(repeating: "cancelled", count: 4)
        )
        #expect(try scene.get(ids[4])["reason"] == "Il ciclo non si tiene")
        let told = try scene.c.updates(for: scene.anna, after: head).map(\.type)
        #expect(told == Array(repeating: "event.cancelled", count: 4))
        #expect(try scene.refusal(cancel(2)).code == .conflict)
        let byAnna = try scene.c.refusal(
            "series.cancel",
            ["series": .int(series), "revision": 2, "reason": "–"],
            as: scene.anna
        )
        #expect(byAnna.code == .forbidden)
    }
}
