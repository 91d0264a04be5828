import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("What updates of events and series tell (protocol 9)", .serialized)
struct EventTellingTests {
    /// Checks an act as both the facilitator and a member read it.
    private func broken(
        _ scene: EventScene,
        _ what: String,
        _ entities: (Member) throws -> [JSON],
        _ act: () throws -> Void
    ) throws -> [String] {
        let ignored: Set<String> = ["me", "clashes", "counts"]
        let desk = TellingLaw(scene.c, reader: scene.giulia, ignoring: ignored)
        let member = TellingLaw(scene.c, reader: scene.anna, ignoring: ignored)
        var inner: [String] = []
        func deskReads() throws -> [JSON] { try entities(scene.giulia) }
        func memberReads() throws -> [JSON] { try entities(scene.anna) }
        let outer = try desk.broken(what, deskReads) {
            inner = try member.broken(what, memberReads, act)
        }
        // What is done with drafts is nothing to a member.
        return outer + inner.filter { !$0.hasSuffix("nothing happened") }
    }

    private func events(_ scene: EventScene, _ member: Member) throws -> [JSON] {
        let list = try scene.c.ok("event.list", ["network": .int(scene.network)], as: member)["events"]?.array ?? []
        return try list.map { try scene.c.ok("event.get", ["event": $0["id"] ?? .null], as: member) }
    }

    private func series(_ scene: EventScene, _ member: Member) throws -> [JSON] {
        let list = try scene.c.ok("series.list", ["network": .int(scene.network)], as: member)["series"]?.array ?? []
        return try list.map { try scene.c.ok("series.get", ["series": $0["id"] ?? .null], as: member) }
    }

    /// Changes to try, each after the one before, on a draft and on what the members know of.
    private static func changes(_ organisation: Int64, _ speaker: Member) -> [[String: JSON]] {
        [
            ["title": "Altro titolo", "kind": "training_day"], ["text": "Che *cosa*"], ["text": .null],
            ["place": "Roma", "capacity": 20], ["capacity": .null, "place": .null],
            ["room": .members(["provider": "link", "url": "https://a.example/x"])],
            ["room": .members(["provider": "link", "url": "https://a.example/y", "name": "Aula"])],
            ["room": .members(["provider": "link", "url": "https://a.example/y"])],
            ["room": .members(["provider": "jitsi", "name": "aula"])], ["room": .members(["provider": "jitsi"])],
            ["room": .null],
            ["waitingList": .bool(false), "approval": .bool(true), "offers": .bool(true), "reach": "national"],
            [
                "registration": .members([
                    "opens": EventScene.at("2026-11-01T10:00"), "closes": EventScene.at("2026-11-30T10:00"),
                    "cancelBy": EventScene.at("2026-11-29T10:00"),
                ])
            ], ["registration": .null],
            [
                "speakers": .array([
                    .members(["person": .int(speaker.id.rawValue), "title": "Relatrice"]), .members(["name": "Ugo"]),
                ])
            ], ["speakers": .null], ["organisers": .array([.members(["organisation": .int(organisation)])])],
            ["organisers": .null, "partOf": "FORUM PA"],
            ["partOf": .null, "hostCity": .int(organisation), "guestCity": .int(organisation)],
            ["hostCity": .null, "guestCity": .null], ["start": EventScene.at("2026-12-01T09:00")],
            ["agenda": .array([.members(["title": "Apertura"])])], ["agenda": .null, "reach": .null],
            ["waitingList": .bool(true), "approval": .bool(false), "offers": .bool(false)],
        ]
    }

    @Test("every act on an event tells what it changed, its desk and its members", arguments: StorageBackend.available)
    func events(backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let organisation = try scene.c.city("Torino")
        var id: Int64 = 0
        func check(_ what: String, _ act: () throws -> Void) throws {
            let found = try broken(scene, what, { try events(scene, $0) }, act)
            #expect(found.isEmpty, "\(found)")
        }
        func revision() throws -> JSON { try scene.get(id)["revision"] ?? .null }
        func run(_ name: String, _ more: [String: JSON] = [:]) throws {
            let fields = try ["event": JSON.int(id), "revision": revision()].merging(more) { $1 }
            _ = try scene.answer(scene.ask("event.\(name)", fields))
        }
        try check("create") { id = try scene.c.id(scene.answer(scene.create())) }
        for (index, change) in Self.changes(organisation, scene.anna).enumerated() {
            try check("draft \(index)") { try run("update", change) }
        }
        try check("room") { try run("update", ["room": .members(["provider": "link", "url": "https://a.example/z"])]) }
        try check("publish") { try run("publish") }
        for (index, change) in Self.changes(organisation, scene.anna).enumerated() {
            let again = change.merging(change["title"] == nil ? [:] : ["title": "Ancora un altro", "kind": "webinar"]) {
                $1
            }
            let moved = again.merging(again["start"] == nil ? [:] : ["start": EventScene.at("2026-12-01T08:30")]) { $1 }
            try check("published \(index)") { try run("update", moved) }
        }
        try check("postpone") { try run("postpone", ["reason": "Sciopero"]) }
        let moved: [String: JSON] = [
            "start": EventScene.at("2026-12-03T10:00"), "end": EventScene.at("2026-12-03T12:00"),
        ]
        try check("reschedule") { try run("reschedule", moved) }
        try check("start") {
            scene.c.clock.set(try #require(Instant("2026-12-03T10:00:00Z")))
            try scene.c.settle()
        }
        try check("end") {
            scene.c.clock.set(try #require(Instant("2026-12-03T11:30:00Z")))
            try scene.c.settle()
        }
        for (name, revision) in [("write", JSON.int(0)), ("share", 1)] {
            let text: [String: JSON] = name == "write" ? ["text": "Verbale"] : [:]
            let fields = ["event": JSON.int(id), "revision": revision].merging(text) { $1 }
            _ = try scene.answer(scene.ask("minutes.\(name)", fields))
        }
        try check("minuted") {
            _ = try scene.answer(scene.ask("minutes.approve", ["event": .int(id), "revision": 2]))
        }
        try check("archive") { try run("archive") }
        id = try scene.c.id(
            scene.answer(
                scene.create(["start": EventScene.at("2027-02-01T10:00"), "end": EventScene.at("2027-02-01T12:00")])
            )
        )
        try run("publish")
        try check("cancel") { try run("cancel", ["reason": "Non si fa"]) }
    }

    @Test("every act on a series tells what it changed, with its events", arguments: StorageBackend.available)
    func series(backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        var id: Int64 = 0
        func check(_ what: String, _ act: () throws -> Void) throws {
            func series(_ member: Member) throws -> [JSON] { try self.series(scene, member) }
            func events(_ member: Member) throws -> [JSON] { try self.events(scene, member) }
            let found = try broken(scene, what, series) {
                let inner = try broken(scene, what, events, act)
                #expect(inner.isEmpty, "\(inner)")
            }
            #expect(found.isEmpty, "\(found)")
        }
        func run(_ name: String, _ more: [String: JSON] = [:]) throws {
            let revision = try scene.c.ok("series.get", ["series": .int(id)], as: scene.giulia)["revision"] ?? .null
            let fields = ["series": JSON.int(id), "revision": revision].merging(more) { $1 }
            _ = try scene.answer(scene.ask("series.\(name)", fields))
        }
        try check("create") {
            let answer = try scene.answer(
                scene.ask(
                    "series.create",
                    [
                        "network": .int(scene.network), "kind": "webinar", "title": "Ciclo",
                        "rule": "FREQ=WEEKLY;COUNT=3", "start": EventScene.at("2027-03-16T10:00"),
                        "end": EventScene.at("2027-03-16T11:30"),
                    ]
                )
            )
            id = try scene.c.id(answer)
        }
        try check("draft title") { try run("update", ["title": "Altro ciclo", "kind": "training_day"]) }
        try check("draft more") { try run("update", ["rule": "FREQ=WEEKLY;COUNT=5", "planned": 8]) }
        try check("publish") { try run("publish") }
        #expect(try series(scene, scene.anna).first?["events"]?.array?.count == 5)
        try check("public time") {
            try run(
                "update",
                ["start": EventScene.at("2027-03-17T10:00"), "end": EventScene.at("2027-03-17T11:30")]
            )
        }
        try check("public more") { try run("update", ["rule": "FREQ=WEEKLY;COUNT=7"]) }
        #expect(try series(scene, scene.anna).first?["events"]?.array?.count == 5)
        try check("publish the rest") { try run("publish") }
        #expect(try series(scene, scene.anna).first?["events"]?.array?.count == 7)
        try check("fewer") { try run("update", ["rule": "FREQ=WEEKLY;COUNT=4"]) }
        // The events alone change.
        func events(_ member: Member) throws -> [JSON] { try self.events(scene, member) }
        let cancelled = try broken(scene, "cancel", events) {
            try run("cancel", ["reason": "Non si fa"])
        }
        #expect(cancelled.isEmpty, "\(cancelled)")
    }
}
