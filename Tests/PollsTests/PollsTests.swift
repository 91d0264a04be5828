import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A network with people and a poll.
private struct PollTown {
    let town: EventTown
    let people: [Member]
    var c: TestCommunity { town.c }

    init(_ backend: StorageBackend, people count: Int = 3) throws {
        town = try EventTown(backend)
        people = try town.people(count)
    }

    static func time(_ local: String, zone: String = "Europe/Rome") -> JSON {
        .members(["local": .string(local), "zone": .string(zone)])
    }

    static func date(_ day: String) -> JSON {
        .members(["start": time("\(day)T10:00"), "end": time("\(day)T12:00")])
    }

    static let days = JSON.array([
        date("2026-12-09"), date("2026-12-10"),
        .members(["start": .members(["date": "2026-12-11"]), "end": .members(["date": "2026-12-11"])]),
    ])

    func poll(_ more: KeyValuePairs<String, JSON> = [:]) throws -> Int64 {
        try c.id(ask(more))
    }

    func ask(_ more: KeyValuePairs<String, JSON> = [:]) throws -> JSON {
        switch outcome(more) {
        case .done(let reply, _, _): return try JSONParser.parse(reply)
        case .refused(let error): throw error
        }
    }

    func problem(_ more: KeyValuePairs<String, JSON>) throws -> String? {
        guard case .refused(let error) = outcome(more) else { throw UnexpectedOutcome("it was accepted") }
        return error.fields?.first?.path
    }

    private func outcome(_ more: KeyValuePairs<String, JSON>) -> Outcome {
        var members: [String: JSON] = [
            "network": .int(town.network), "kind": "webinar", "title": "Quando ci vediamo", "options": Self.days,
        ]
        for (name, value) in more { members[name] = value }
        let body = JSONObject(members.map { .init(name: $0.key, value: $0.value) })
        return c.community.performAndWait(.init(name: "poll.create", body: body), as: town.facilitator)
    }

    func vote(_ poll: Int64, _ votes: KeyValuePairs<String, JSON>, as member: Member) throws {
        try c.ok("poll.vote", ["poll": .int(poll), "votes": JSON.members(votes)], as: member)
    }

    func get(_ poll: Int64, as member: Member? = nil) throws -> JSON {
        try c.ok("poll.get", ["poll": .int(poll)], as: member ?? town.facilitator)
    }

    func totals(_ poll: Int64) throws -> [[Int64?]] {
        (try get(poll)["options"]?.array ?? []).map { [$0["yes"]?.int, $0["ifNeedBe"]?.int, $0["no"]?.int] }
    }
}

@Suite("Polls", .serialized)
struct PollsTests {
    @Test(
        "three people answer, and closing makes an event: yes is confirmed, if need be is invited",
        arguments: StorageBackend.available
    )
    func closing(backend: StorageBackend) throws {
        let scene = try PollTown(backend)
        let (c, people) = (scene.c, scene.people)
        let poll = try scene.poll()
        try scene.vote(poll, ["1": "yes", "2": "no", "3": "no"], as: people[0])
        try scene.vote(poll, ["1": "no", "2": "yes"], as: people[0])
        try scene.vote(poll, ["2": "ifNeedBe", "3": "yes"], as: people[1])
        try scene.vote(poll, ["2": "no"], as: people[2])
        #expect(try scene.totals(poll) == [[0, 0, 1], [1, 1, 1], [1, 0, 0]])
        let read = try scene.get(poll, as: people[2])
        #expect(read["ballots"]?.array?.count == 3)
        #expect(read["people"]?.array?.compactMap { $0["name"]?.string } == ["P1", "P2", "P3"])
        #expect(read["me"]?["votes"]?["2"]?.string == "no")
        #expect(read["options"]?.array?.map { $0["id"]?.int } == [1, 2, 3])
        #expect(read["options"]?.array?[2]["start"]?["date"]?.string == "2026-12-11")
        #expect(read["options"]?.array?[0]["start"]?["utc"]?.string == "2026-12-09T09:00:00.000Z")

        let head = c.head
        #expect(
            try c.refusal("poll.close", ["poll": .int(poll), "option": 2], as: people[0]).code == .forbidden
        )
        #expect(
            try c.refusal("poll.close", ["poll": .int(poll), "option": 4], as: scene.town.facilitator).fields?.first?
                .path
                == "with.option"
        )
        let answer = try c.ok("poll.close", ["poll": .int(poll), "option": 2], as: scene.town.facilitator)
        let event = try #require(answer["event"]?.int)
        let told = try c.updates(for: people[2], after: head).map(\.type)
        #expect(told.filter { $0 != "event.counted" } == ["event.published", "poll.closed"])
        let states = try scene.town.states(event)
        #expect(states == [people[0].id.rawValue: "confirmed", people[1].id.rawValue: "invited"])
        let made = try scene.town.get(event)
        #expect(made["title"]?.string == "Quando ci vediamo")
        #expect(made["state"]?.string == "published")
        #expect(made["start"]?["local"]?.string == "2026-12-10T10:00")
        let closed = try scene.get(poll)
        #expect(closed["event"]?.int == event && closed["option"]?.int == 2)
        let again = try c.refusal("poll.close", ["poll": .int(poll), "option": 1], as: scene.town.facilitator)
        #expect(again.code == .conflict && again.current?["state"]?.string == "closed")
        #expect(
            try c.refusal("poll.vote", ["poll": .int(poll), "votes": JSON.members(["1": "yes"])], as: people[0]).code
                == .closed
        )
    }

    @Test("a city has one answer, the last of its people", arguments: StorageBackend.available)
    func cities(backend: StorageBackend) throws {
        let scene = try PollTown(backend)
        let (c, people) = (scene.c, scene.people)
        let other = try c.person("Marco")
        try c.join([other], network: scene.town.network)
        let poll = try scene.poll(["weight": "city"])
        try scene.vote(poll, ["1": "yes"], as: people[0])
        try scene.vote(poll, ["1": "no", "2": "yes"], as: people[1])
        try scene.vote(poll, ["2": "yes"], as: other)
        #expect(try scene.totals(poll) == [[0, 0, 1], [2, 0, 0], [0, 0, 0]])
        let read = try scene.get(poll, as: people[0])
        #expect(read["ballots"]?.array?.compactMap { $0["person"]?.int } == [people[1].id.rawValue, other.id.rawValue])
        #expect(read["cities"]?.array?.compactMap { $0["name"]?.string }.sorted() == ["Bologna", "Città di Marco"])
        // The colleague sees what was said for the city.
        #expect(read["me"]?["votes"]?["2"]?.string == "yes")
        let answer = try c.ok("poll.close", ["poll": .int(poll), "option": 2], as: scene.town.facilitator)
        let states = try scene.town.states(try #require(answer["event"]?.int))
        #expect(states == [people[1].id.rawValue: "confirmed", other.id.rawValue: "confirmed"])
    }

    @Test("two answers of one city at once leave one", arguments: StorageBackend.available)
    func race(backend: StorageBackend) async throws {
        let scene = try PollTown(backend, people: 8)
        let poll = try scene.poll(["weight": "city"])
        let (community, people) = (scene.c.community, scene.people)
        await withTaskGroup(of: Void.self) { group in
            for (index, person) in people.enumerated() {
                let votes = JSON.members([index % 2 == 0 ? "1" : "2": "yes"])
                let body = JSON.members(["poll": .int(poll), "votes": votes]).object ?? JSONObject()
                group.addTask { _ = community.performAndWait(.init(name: "poll.vote", body: body), as: person) }
            }
        }
        #expect(try scene.get(poll)["ballots"]?.array?.count == 1)
        let sums = try scene.totals(poll)
        #expect((sums[0][0] ?? 0) + (sums[1][0] ?? 0) == 1)
        #expect(try scene.get(poll)["revision"]?.int == 9)
    }

    @Test("after the deadline nobody answers, and the clock says so", arguments: StorageBackend.available)
    func deadline(backend: StorageBackend) throws {
        let scene = try PollTown(backend)
        let c = scene.c
        #expect(try scene.problem(["deadline": PollTown.time("2020-01-01T10:00")]) == "with.deadline")
        let poll = try scene.poll(["deadline": .string(c.clock.now.advanced(byMilliseconds: 60_000).description)])
        try scene.vote(poll, ["1": "yes"], as: scene.people[0])
        c.clock.advance(seconds: 60)
        let votes = JSON.members(["1": "no"])
        #expect(
            try c.refusal("poll.vote", ["poll": .int(poll), "votes": votes], as: scene.people[0]).code == .closed
        )
        let head = c.head
        try c.settle()
        #expect(try c.updates(for: scene.people[0], after: head).map(\.type) == ["poll.ended"])
        #expect(try scene.get(poll)["state"]?.string == "ended")
        try c.ok("poll.close", ["poll": .int(poll), "option": 1], as: scene.town.facilitator)
    }

    @Test("what a poll may not be is refused with its path", arguments: StorageBackend.available)
    func refused(backend: StorageBackend) throws {
        let scene = try PollTown(backend)
        let c = scene.c
        let gap = JSON.members(["start": PollTown.time("2027-03-28T02:30"), "end": PollTown.time("2027-03-28T04:00")])
        #expect(
            try scene.problem(["options": .array([PollTown.date("2026-12-09"), gap])]) == "with.options.1.start.local"
        )
        let twice = JSON.array([PollTown.date("2026-12-09"), PollTown.date("2026-12-09")])
        #expect(try scene.problem(["options": twice]) == "with.options.1")
        #expect(try scene.problem(["options": .array([])]) == "with.options")
        #expect(try scene.problem(["kind": "local_network_meeting"]) == "with.kind")
        let many = JSON.array((1...31).map { PollTown.date("2027-01-\($0 < 10 ? "0" : "")\($0)") })
        #expect(try scene.problem(["options": many]) == "with.options")
        let poll = try scene.poll()
        func paths(_ votes: JSON) throws -> [String] {
            try c.refusal("poll.vote", ["poll": .int(poll), "votes": votes], as: scene.people[0]).fields?.map(\.path)
                ?? []
        }
        #expect(try paths(JSON.members(["9": "yes", "1": "maybe"])) == ["with.votes.9", "with.votes.1"])
        #expect(try paths(.array([])) == ["with.votes"])
        // Who takes no part in the network cannot tell the poll from none.
        let stranger = try c.person("Rita")
        for name in ["poll.get", "poll.vote"] {
            #expect(
                try c.refusal(name, ["poll": .int(poll), "votes": JSON.members(["1": "yes"])], as: stranger).code
                    == .notFound
            )
        }
        #expect(try c.refusal("poll.list", ["network": .int(scene.town.network)], as: stranger).code == .notFound)
        let asked = try c.refusal(
            "poll.create",
            ["network": .int(scene.town.network), "kind": "webinar", "title": "x", "options": PollTown.days],
            as: scene.people[0]
        )
        #expect(asked.code == .forbidden)
    }

    @Test(
        "an own event at one of the dates is told; of others' who runs the network",
        arguments: StorageBackend.available
    )
    func clashes(backend: StorageBackend) throws {
        let scene = try PollTown(backend)
        let other = try scene.town.event()
        try scene.town.register(scene.people[0], other)
        let poll = try scene.poll()
        try scene.vote(poll, ["2": "yes"], as: scene.people[0])
        for reader in [scene.people[0], scene.town.facilitator] {
            let clashes = try scene.get(poll, as: reader)["clashes"]?.array ?? []
            #expect(clashes.map { $0["option"]?.int } == [2])
            #expect(clashes.first?["event"]?.int == other)
            #expect(clashes.first?["person"]?.int == scene.people[0].id.rawValue)
        }
        #expect(try scene.get(poll, as: scene.people[1])["clashes"] == nil)
    }

    @Test("who leaves or is erased answers no more; the export bears the answers", arguments: StorageBackend.available)
    func leaving(backend: StorageBackend) throws {
        let scene = try PollTown(backend)
        let (c, people) = (scene.c, scene.people)
        let poll = try scene.poll()
        for person in people { try scene.vote(poll, ["1": "yes"], as: person) }
        #expect(try c.export(of: people[0])["pollAnswers"]?.array?.first?["votes"]?["1"]?.string == "yes")
        try c.ok("network.leave", ["network": .int(scene.town.network)], as: people[0])
        try c.ok("person.erase", ["person": .int(people[1].id.rawValue)])
        try scene.vote(poll, [:], as: people[2])
        #expect(try scene.totals(poll)[0] == [0, 0, 0])
        #expect(try scene.get(poll)["ballots"]?.array?.isEmpty == true)
    }

    @Test("a stale poll and the updates after it are a fresh one", arguments: StorageBackend.available)
    func law(backend: StorageBackend) throws {
        let scene = try PollTown(backend)
        let (c, people) = (scene.c, scene.people)
        var polls: [Int64] = []
        let acts: [() throws -> Void] = [
            { polls.append(try scene.poll()) },
            { try scene.vote(polls[0], ["1": "yes", "2": "no"], as: people[0]) },
            { try scene.vote(polls[0], ["1": "ifNeedBe"], as: people[1]) },
            { try scene.vote(polls[0], ["2": "yes"], as: people[0]) },
            {
                let soon = c.clock.now.advanced(byMilliseconds: 5_000).description
                polls.append(try scene.poll(["deadline": .string(soon), "weight": "city"]))
            },
            { try scene.vote(polls[1], ["3": "yes"], as: people[0]) },
            { try scene.vote(polls[1], ["3": "no"], as: people[1]) },
            { try scene.vote(polls[0], [:], as: people[1]) },
            {
                c.clock.advance(seconds: 5)
                try c.settle()
            },
            { try c.ok("poll.close", ["poll": .int(polls[0]), "option": 2], as: scene.town.facilitator) },
        ]
        var stale: [(PollModel, Int64)] = [(PollModel(), c.head)]
        for act in acts {
            try act()
            stale.append((try PollModel(polls, scene), c.head))
        }
        let fresh = try PollModel(polls, scene)
        for (model, seq) in stale {
            var model = model
            for update in try c.updates(for: people[2], after: seq) { model.apply(update) }
            #expect(model == fresh)
        }
    }
}

/// What a member knows of polls, changed by updates alone.
private struct PollModel: Equatable {
    var polls: [Int64: [String: JSON]] = [:]
    var ballots: [Int64: [Int64: JSON]] = [:]

    init() {}

    init(_ ids: [Int64], _ scene: PollTown) throws {
        for id in ids {
            let poll = try scene.get(id, as: scene.people[2])
            merge(poll.object ?? JSONObject())
            for ballot in poll["ballots"]?.array ?? [] { put(ballot, in: id) }
        }
    }

    private mutating func merge(_ data: JSONObject) {
        guard let id = data["id"]?.int else { return }
        // What is the reader's own, names and answers are told otherwise.
        let others: Set<String> = ["me", "people", "cities", "ballots", "ballot", "clashes"]
        for member in data.members where !others.contains(member.name) {
            polls[id, default: [:]][member.name] = member.value
        }
    }

    private mutating func put(_ ballot: JSON, in poll: Int64) {
        guard let voter = ballot["city"]?.int ?? ballot["person"]?.int else { return }
        ballots[poll, default: [:]][voter] = ballot["votes"] == nil ? nil : ballot
        if ballots[poll]?.isEmpty ?? false { ballots[poll] = nil }
    }

    mutating func apply(_ update: PastUpdate) {
        guard update.type.hasPrefix("poll.") else { return }
        merge(update.data)
        if let ballot = update.data["ballot"], let id = update.data["id"]?.int { put(ballot, in: id) }
    }
}
