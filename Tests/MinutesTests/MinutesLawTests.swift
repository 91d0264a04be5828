import CommunityKernel
import Dispatch
import Journal
import Synchronization
import TestKit
import Testing
import WireProtocol

@Suite("The laws of minutes and decisions (domain 5)", .serialized)
struct MinutesLawTests {
    /// Minutes as they must be, kept beside those of the server.
    private struct Model {
        var state: String?
        var revision: Int64 = 0
        var text = ""
        var amendments = 0
        /// What everybody read once they were approved.
        var frozen: JSON?
    }

    private struct Scene {
        let town: EventTown
        let event: Int64
        /// Two who attended and one who did not.
        let people: [Member]

        init(_ backend: StorageBackend) throws {
            town = try EventTown(backend)
            event = try town.event()
            people = try town.people(3)
            let ids = try people.map { try town.c.id(town.register($0, event)) }
            town.c.clock.set(try #require(Instant("2026-12-10T12:00:00Z")))
            try town.c.settle()
            for id in ids.prefix(2) { try town.act("checkIn", id, as: town.facilitator) }
        }
    }

    @Test(
        "each accepted act is the next revision, a stale one is refused, and what is approved never changes",
        arguments: StorageBackend.available
    )
    func interleavings(backend: StorageBackend) throws {
        for seed in 1...8 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let scene = try Scene(backend)
            var model = Model()
            for step in 0..<80 {
                try act(scene, &model, step, &random)
                try check(scene, model, "seed \(seed), step \(step)")
            }
            #expect(model.frozen != nil, "seed \(seed) approved nothing")
            // The journal tells the revisions one by one.
            let told = try scene.town.c.updates(for: scene.town.facilitator).filter { $0.type.hasPrefix("minutes.") }
            #expect(told.map { $0.data["revision"]?.int } == (1...model.revision).map { $0 })
        }
    }

    private func act(_ scene: Scene, _ model: inout Model, _ step: Int, _ random: inout SeededGenerator) throws {
        let isStale = Int.random(in: 0..<4, using: &random) == 0
        let revision = isStale ? Int64.random(in: 0...model.revision + 2, using: &random) : model.revision
        let text = "Testo \(step) – \(random.next())"
        let who = [scene.town.facilitator] + scene.people
        let member = Int.random(in: 0..<3, using: &random) > 0 ? who[0] : who[Int.random(in: 0..<4, using: &random)]
        let runs = member.id == scene.town.facilitator.id
        let name: String
        switch Int.random(in: 0..<12, using: &random) {
        case 0...3: name = "write"
        case 4...6: name = "share"
        case 7...9: name = "amend"
        default: name = step < 30 ? "write" : "approve"
        }
        let writer = name == "amend" ? scene.people[Int.random(in: 0..<3, using: &random)] : member
        var body: [JSONObject.Member] = [
            .init(name: "event", value: .int(scene.event)), .init(name: "revision", value: .int(revision)),
        ]
        if name == "write" || name == "amend" { body.append(.init(name: "text", value: .string(text))) }
        let request = Community.Request(name: "minutes.\(name)", body: JSONObject(body))
        let outcome = scene.town.c.community.performAndWait(request, as: writer)

        let isNewest = revision == model.revision
        let mayBe: Bool
        switch name {
        case "write": mayBe = runs && model.state != "approved" && isNewest
        case "share": mayBe = runs && model.state == "draft" && isNewest
        case "approve": mayBe = runs && model.state == "shared" && isNewest
        default: mayBe = writer.id != scene.people[2].id && model.state == "shared" && isNewest
        }
        guard case .done(let reply, _, _) = outcome else {
            #expect(!mayBe, "step \(step): \(name) at \(revision) was refused")
            return
        }
        #expect(mayBe, "step \(step): \(name) at \(revision) was done")
        model.revision += 1
        switch name {
        case "write":
            model.state = model.state ?? "draft"
            model.text = text
        case "share": model.state = "shared"
        case "approve": model.state = "approved"
        default: model.amendments += 1
        }
        let told = try JSONParser.parse(reply)
        #expect(told["revision"]?.int == model.revision && told["state"]?.string == model.state)
        if name == "approve" { model.frozen = try get(scene) }
    }

    private func get(_ scene: Scene) throws -> JSON {
        try scene.town.c.ok("minutes.get", ["event": .int(scene.event)], as: scene.town.facilitator)
    }

    private func check(_ scene: Scene, _ model: Model, _ place: String) throws {
        guard let state = model.state else { return }
        let read = try get(scene)
        #expect(read["state"]?.string == state && read["revision"]?.int == model.revision, "\(place)")
        #expect(read["text"]?.string == model.text, "\(place)")
        #expect(read["amendments"]?.array?.count == model.amendments, "\(place)")
        if let frozen = model.frozen {
            #expect(read == frozen, "\(place)")
            #expect(read["hash"]?.string == Secret.hex(Secret.sha256(Array(model.text.utf8))), "\(place)")
        } else {
            #expect(read["hash"] == nil, "\(place)")
        }
    }

    @Test(
        "decisions of two networks recorded by many at once are numbered without gaps, each network its own",
        arguments: StorageBackend.available
    )
    func numbers(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event()
        let other = try town.c.network("altra")
        func member(_ network: Int64) throws {
            let body: KeyValuePairs<String, JSON> = [
                "network": .int(network), "person": .int(town.facilitator.id.rawValue),
            ]
            try town.c.ok("network.add", body)
            try town.c.ok(
                "network.appoint",
                ["network": .int(network), "person": .int(town.facilitator.id.rawValue), "role": "facilitator"]
            )
        }
        try member(other)
        func time(_ hour: String) -> JSON {
            .members(["local": .string("2026-12-11T\(hour):00"), "zone": "Europe/Rome"])
        }
        let second = try town.c.id(
            town.c.ok(
                "event.create",
                [
                    "network": .int(other), "kind": "webinar", "title": "Altro", "start": time("10"), "end": time("12"),
                ],
                as: town.facilitator
            )
        )
        try town.c.ok("event.publish", ["event": .int(second), "revision": 1], as: town.facilitator)
        let first = try town.c.ok(
            "decision.record",
            ["event": .int(event), "text": "La prima"],
            as: town.facilitator
        )
        let superseded = try #require(first["id"]?.int)
        let (community, facilitator) = (town.c.community, town.facilitator)
        let taken = Mutex<[Int64: [Int64]]>([event: [1], second: []])
        let successors = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 8) { writer in
            for turn in 0..<30 {
                let target = (writer + turn) % 2 == 0 ? event : second
                var body: [JSONObject.Member] = [
                    .init(name: "event", value: .int(target)),
                    .init(name: "text", value: .string(turn % 7 == 6 ? "" : "Decisione \(writer).\(turn)")),
                ]
                // All want to take the place of the first: one does, and the others lose no number by it.
                let supersedes = turn % 5 == 4
                if supersedes { body.append(.init(name: "supersedes", value: .int(superseded))) }
                let request = Community.Request(
                    name: "decision.record",
                    body: JSONObject(body),
                    nonce: "d\(writer)-\(turn)"
                )
                guard case .done(let reply, _, _) = community.performAndWait(request, as: facilitator),
                    let number = (try? JSONParser.parse(reply))?["number"]?.int
                else { continue }
                taken.withLock { $0[target, default: []].append(number) }
                if supersedes { successors.withLock { $0 += 1 } }
                // The same again is the same decision.
                guard case .done(let again, _, true) = community.performAndWait(request, as: facilitator) else {
                    Issue.record("a repeated nonce was not known")
                    continue
                }
                if (try? JSONParser.parse(again))?["number"]?.int != number { Issue.record("another number") }
            }
        }
        #expect(successors.withLock { $0 } == 1)
        for (target, network) in [(event, town.network), (second, other)] {
            let numbers = taken.withLock { $0[target, default: []].sorted() }
            #expect(numbers.count > 60 && numbers == (1...Int64(numbers.count)).map { $0 })
            var listed: [Int64] = []
            while let page = try? town.c.ok(
                "decision.list",
                ["network": .int(network), "limit": 50, "before": .int(listed.last ?? 1_000_000)],
                as: facilitator
            ) {
                listed += page["decisions"]?.array?.compactMap { $0["number"]?.int } ?? []
                if page["more"]?.bool != true { break }
            }
            #expect(listed == numbers.reversed())
        }
    }
}
