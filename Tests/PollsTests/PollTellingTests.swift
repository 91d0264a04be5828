import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("What updates of polls tell (protocol 9)", .serialized)
struct PollTellingTests {
    private struct Scene {
        let town: EventTown
        let people: [Member]

        init(_ backend: StorageBackend) throws {
            let town = try EventTown(backend)
            people = try (0..<3).map { try town.c.person("P\($0)", city: town.c.city("Città \($0)")) }
            try town.c.join(people, network: town.network)
            self.town = town
        }

        func create(_ weight: String, deadline: JSON = .null) throws -> Int64 {
            func date(_ day: String) -> JSON {
                func time(_ hour: String) -> JSON {
                    .members(["local": .string("\(day)T\(hour):00"), "zone": "Europe/Rome"])
                }
                return .members(["start": time("10"), "end": time("12")])
            }
            return try town.c.id(
                town.c.ok(
                    "poll.create",
                    [
                        "network": .int(town.network), "kind": "webinar", "title": "Quando",
                        "options": .array(["2027-02-09", "2027-02-10"].map(date)), "weight": .string(weight),
                        "deadline": deadline,
                    ],
                    as: town.facilitator
                )
            )
        }

        func polls() throws -> [JSON] {
            let list = try town.c.ok("poll.list", ["network": .int(town.network)], as: town.facilitator)
            return try (list["polls"]?.array ?? []).map {
                try town.c.ok("poll.get", ["poll": $0["id"] ?? .null], as: town.facilitator)
            }
        }

        func vote(_ poll: Int64, _ person: Int, _ votes: KeyValuePairs<String, JSON>) throws {
            try town.c.ok("poll.vote", ["poll": .int(poll), "votes": .members(votes)], as: people[person])
        }
    }

    @Test(
        "every act on a poll, and its deadline, tells what it changed",
        arguments: StorageBackend.available,
        ["person", "city"]
    )
    func acts(backend: StorageBackend, weight: String) throws {
        let scene = try Scene(backend)
        let c = scene.town.c
        let law = TellingLaw(c, reader: scene.town.facilitator, ignoring: ["me", "clashes"])
        var poll: Int64 = 0
        var broken = try law.broken("create", scene.polls) {
            poll = try scene.create(weight, deadline: .string(c.clock.now.advanced(bySeconds: 3_600).description))
        }
        let acts: [(String, () throws -> Void)] = [
            ("vote", { try scene.vote(poll, 0, ["1": "yes", "2": "no"]) }),
            ("vote too", { try scene.vote(poll, 1, ["1": "ifNeedBe"]) }),
            ("vote otherwise", { try scene.vote(poll, 0, ["2": "yes"]) }),
            ("take back", { try scene.vote(poll, 0, [:]) }),
            (
                "leave",
                { try c.ok("network.leave", ["network": .int(scene.town.network)], as: scene.people[1]) }
            ), ("vote last", { try scene.vote(poll, 2, ["1": "yes"]) }),
            (
                "end",
                {
                    c.clock.advance(seconds: 4_000)
                    try c.settle()
                }
            ),
            ("close", { try c.ok("poll.close", ["poll": .int(poll), "option": 1], as: scene.town.facilitator) }),
        ]
        for (name, act) in acts { broken += try law.broken(name, scene.polls, act) }
        #expect(broken.isEmpty, "\(broken)")
        #expect(try scene.polls().first?["state"]?.string == "closed")
    }

    @Test("who is erased is named no more in what was told of a poll", arguments: StorageBackend.available)
    func erasure(backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.town.c
        let poll = try scene.create("person")
        // More updates than one step of the erasure takes.
        for turn in 0..<45 {
            try scene.vote(poll, turn % 2, [turn % 3 == 0 ? "1" : "2": "yes"])
        }
        func named() throws -> Int {
            try c.updates(for: scene.town.facilitator).filter { $0.type == "poll.voted" }
                .filter { String(decoding: JSON.object($0.data).text, as: UTF8.self).contains("\"P0\"") }.count
        }
        #expect(try named() == 45)
        try c.ok("person.erase", ["person": .int(scene.people[0].id.rawValue)])
        for _ in 0..<8 {
            c.clock.advance(seconds: 2)
            try c.settle()
        }
        #expect(try named() == 0)
        let left = try c.updates(for: scene.town.facilitator).filter { $0.type == "poll.voted" }
        #expect(left.count == 46 && left.allSatisfy { $0.data["options"] != nil })
    }
}
