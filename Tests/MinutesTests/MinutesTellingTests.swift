import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("What updates of minutes, decisions and action items tell (protocol 9)", .serialized)
struct MinutesTellingTests {
    private struct Scene {
        let town: EventTown
        let event: Int64
        let anna: Member
        let marco: Member

        init(_ backend: StorageBackend) throws {
            town = try EventTown(backend)
            event = try town.event()
            let people = try town.people(2)
            (anna, marco) = (people[0], people[1])
            let ids = try people.map { try town.c.id(town.register($0, event)) }
            town.c.clock.set(try #require(Instant("2026-12-10T12:00:00Z")))
            try town.c.settle()
            for id in ids { try town.act("checkIn", id, as: town.facilitator) }
        }

        func minutes(_ name: String, _ revision: Int64, _ text: String? = nil, as member: Member? = nil) throws {
            var body: [JSONObject.Member] = [
                .init(name: "event", value: .int(event)), .init(name: "revision", value: .int(revision)),
            ]
            if let text { body.append(.init(name: "text", value: .string(text))) }
            let request = Community.Request(name: "minutes.\(name)", body: JSONObject(body))
            guard case .done = town.c.community.performAndWait(request, as: member ?? town.facilitator) else {
                throw UnexpectedOutcome("minutes.\(name) at \(revision) was refused")
            }
        }

        func read(as member: Member) -> [JSON] {
            guard case .done(let reply, _, _) = town.c.outcome("minutes.get", ["event": .int(event)], as: member),
                let minutes = try? JSONParser.parse(reply, limits: .answers)
            else { return [] }
            return [minutes]
        }
    }

    @Test("every act on minutes tells what it changed, its desk and its members", arguments: StorageBackend.available)
    func minutes(backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let acts: [(String, () throws -> Void)] = [
            ("write", { try scene.minutes("write", 0, "# Verbale") }),
            ("write again", { try scene.minutes("write", 1, "**Verbale**") }),
            ("share", { try scene.minutes("share", 2) }),
            ("amend", { try scene.minutes("amend", 3, "Manca *una* voce", as: scene.anna) }),
            ("amend again", { try scene.minutes("amend", 4, "E un'altra", as: scene.marco) }),
            ("write shared", { try scene.minutes("write", 5, "Verbale con la voce") }),
            ("approve", { try scene.minutes("approve", 6) }),
        ]
        for (name, act) in acts {
            // Both read what the same act changed: the member from the moment on at which it knows of the minutes.
            let member = TellingLaw(scene.town.c, reader: scene.anna, ignoring: ["mayAmend"])
            let desk = TellingLaw(scene.town.c, reader: scene.town.facilitator, ignoring: ["mayAmend"])
            let knows = !["write", "write again"].contains(name)
            var inner: [String] = []
            func read() -> [JSON] { scene.read(as: scene.town.facilitator) }
            func memberReads() -> [JSON] { scene.read(as: scene.anna) }
            let outer = try desk.broken(name, read) {
                if knows {
                    inner = try member.broken(name, memberReads, act)
                } else {
                    try act()
                }
            }
            #expect(outer.isEmpty && inner.isEmpty, "\(outer) \(inner)")
        }
    }

    @Test("decisions tell what they are and what they take the place of", arguments: StorageBackend.available)
    func decisions(backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.town.c
        func list() throws -> [JSON] {
            try c.ok("decision.list", ["network": .int(scene.town.network)], as: scene.anna)["decisions"]?.array ?? []
        }
        let law = TellingLaw(c, reader: scene.anna)
        var first: Int64 = 0
        let recorded = try law.broken("record", list) {
            first = try c.id(
                c.ok(
                    "decision.record",
                    ["event": .int(scene.event), "text": "Si **fa**"],
                    as: scene.town.facilitator
                )
            )
        }
        let superseded = try law.broken("supersede", list) {
            try c.ok(
                "decision.record",
                ["event": .int(scene.event), "text": "Non si fa", "supersedes": .int(first)],
                as: scene.town.facilitator
            )
        }
        #expect(recorded.isEmpty && superseded.isEmpty, "\(recorded) \(superseded)")
        #expect(try list().last?["state"]?.string == "superseded")
    }

    @Test("action items tell all that they are", arguments: StorageBackend.available)
    func actions(backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.town.c
        func list() throws -> [JSON] {
            try c.ok("action.list", ["event": .int(scene.event)], as: scene.anna)["actions"]?.array ?? []
        }
        let law = TellingLaw(c, reader: scene.marco)
        var id: Int64 = 0
        var broken = try law.broken("add", list) {
            id = try c.id(
                c.ok(
                    "action.add",
                    [
                        "event": .int(scene.event), "text": "Scrivere", "owner": .int(scene.anna.id.rawValue),
                        "due": "2026-12-31",
                    ],
                    as: scene.town.facilitator
                )
            )
        }
        let changes: [(String, JSON)] = [
            ("text", "Riscrivere"), ("owner", .int(scene.marco.id.rawValue)), ("due", "2027-01-31"),
            ("done", .bool(true)),
        ]
        for (name, value) in changes {
            broken += try law.broken(name, list) {
                try c.ok("action.change", ["action": .int(id), name: value], as: scene.town.facilitator)
            }
        }
        #expect(broken.isEmpty, "\(broken)")
    }

    @Test(
        "who is erased is named no more in what was told, and the words of amendments are gone",
        arguments: StorageBackend.available
    )
    func erasure(backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.town.c
        try scene.minutes("write", 0, "Verbale")
        try scene.minutes("share", 1)
        try scene.minutes("amend", 2, "Parola segreta", as: scene.anna)
        try scene.minutes("amend", 3, "Parola pubblica", as: scene.marco)
        try c.ok(
            "action.add",
            [
                "event": .int(scene.event), "text": "Scrivere", "owner": .int(scene.anna.id.rawValue),
                "due": "2026-12-31",
            ],
            as: scene.town.facilitator
        )
        try c.ok("person.erase", ["person": .int(scene.anna.id.rawValue)])
        try c.settle()
        let told = try c.updates(for: scene.town.facilitator).filter {
            $0.type.hasPrefix("minutes.") || $0.type.hasPrefix("action.")
        }
        let texts = told.map { String(decoding: JSON.object($0.data).text, as: UTF8.self) }.joined(separator: "\n")
        #expect(!texts.contains("segreta") && texts.contains("Parola pubblica"))
        #expect(told.last?.type == "action.changed" && told.last?.data["owner"] == nil)
        // What is told is what is read.
        let read = try #require(scene.read(as: scene.town.facilitator).first)
        #expect(told.last { $0.type == "minutes.amended" }?.data["amendments"] == read["amendments"])
    }
}
