import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A poll as it must be, kept beside the one of the server.
private struct PollModel {
    /// What was said, by voter: a person, or a city.
    var ballots: [Int64: (person: Int64, votes: [Int64: String])] = [:]
    /// Who takes part in the network.
    var members: Set<Int64>
    var revision: Int64 = 1
    var state = "open"
    var event: Int64?
}

@Suite("The laws of polls (domain 5)", .serialized)
struct PollLawTests {
    private static let answers = ["yes", "ifNeedBe", "no"]

    /// A network with seven people of three cities, and a poll.
    private struct Scene {
        let town: EventTown
        let people: [(member: Member, city: Int64)]
        let poll: Int64
        let isByCity: Bool

        init(_ backend: StorageBackend, byCity: Bool, hasDeadline: Bool) throws {
            let town = try EventTown(backend)
            let cities = try ["Bari", "Bologna", "Genova"].map { try town.c.city($0) }
            var people: [(Member, Int64)] = []
            for (index, city) in [0, 0, 1, 1, 2, 2, 2].enumerated() {
                people.append((try town.c.person("P\(index)", city: cities[city]), cities[city]))
            }
            try town.c.join(people.map(\.0), network: town.network)
            self.town = town
            self.people = people
            isByCity = byCity
            func date(_ day: String) -> JSON {
                func time(_ hour: String) -> JSON {
                    .members(["local": .string("\(day)T\(hour):00"), "zone": "Europe/Rome"])
                }
                return .members(["start": time("10"), "end": time("12")])
            }
            let options = JSON.array(["2027-02-09", "2027-02-10", "2027-02-11"].map(date))
            let deadline = town.c.clock.now.advanced(bySeconds: 150_000).description
            let usual: KeyValuePairs<String, JSON> = [
                "network": .int(town.network), "kind": "webinar", "title": "Quando", "options": options,
                "weight": byCity ? "city" : "person", "deadline": hasDeadline ? .string(deadline) : .null,
            ]
            poll = try town.c.id(town.c.ok("poll.create", usual, as: town.facilitator))
        }

        var c: TestCommunity { town.c }

        func isDone(_ name: String, _ body: KeyValuePairs<String, JSON>, as member: Member) -> Bool {
            if case .done = c.outcome(name, body, as: member) { return true }
            return false
        }
    }

    @Test(
        "one answer per person or city, sums that are theirs, and one closing, in whatever order things happen",
        arguments: StorageBackend.available,
        [(byCity: false, hasDeadline: false), (true, false), (false, true), (true, true)]
    )
    func interleavings(backend: StorageBackend, mode: (byCity: Bool, hasDeadline: Bool)) throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let scene = try Scene(backend, byCity: mode.byCity, hasDeadline: mode.hasDeadline)
            var model = PollModel(members: Set(scene.people.map(\.member.id.rawValue)))
            for step in 0..<70 {
                try advance(scene, &model, step, &random)
                try check(scene, model, "seed \(seed), step \(step)")
            }
            #expect(model.event != nil, "seed \(seed) closed nothing")
        }
    }

    private func advance(
        _ scene: Scene,
        _ model: inout PollModel,
        _ step: Int,
        _ random: inout SeededGenerator
    ) throws {
        let (member, city) = scene.people[Int.random(in: 0..<scene.people.count, using: &random)]
        let person = member.id.rawValue
        switch step > 55 ? 11 : Int.random(in: 0..<11, using: &random) {
        case 0...6: try vote(scene, &model, member, scene.isByCity ? city : person, &random)
        case 7:
            _ = scene.isDone("network.leave", ["network": .int(scene.town.network)], as: member)
            let left = model.members.remove(person) != nil
            // A city's answer stays the city's.
            if left, !scene.isByCity, model.state != "closed", model.ballots.removeValue(forKey: person) != nil {
                model.revision += 1
            }
        case 8:
            _ = scene.isDone("network.join", ["network": .int(scene.town.network)], as: member)
            model.members.insert(person)
        case 9, 10:
            scene.c.clock.advance(seconds: Int64.random(in: 1...40_000, using: &random))
            try scene.c.settle()
            let state = try get(scene)["state"]?.string
            if state == "ended", model.state == "open" {
                model.state = "ended"
                model.revision += 1
            }
        default: try close(scene, &model, &random)
        }
    }

    private func vote(
        _ scene: Scene,
        _ model: inout PollModel,
        _ member: Member,
        _ voter: Int64,
        _ random: inout SeededGenerator
    ) throws {
        var votes: [Int64: String] = [:]
        for option in 1...3 as ClosedRange<Int64> where Bool.random(using: &random) {
            votes[option] = Self.answers.randomElement(using: &random)
        }
        let members = votes.map { JSONObject.Member(name: String($0.key), value: .string($0.value)) }
        let body: KeyValuePairs<String, JSON> = [
            "poll": .int(scene.poll), "votes": .object(JSONObject(members)),
        ]
        let isTaken = scene.isDone("poll.vote", body, as: member)
        #expect(isTaken == (model.members.contains(member.id.rawValue) && model.state == "open"))
        guard isTaken else { return }
        if votes.isEmpty {
            if model.ballots.removeValue(forKey: voter) != nil { model.revision += 1 }
        } else {
            model.ballots[voter] = (member.id.rawValue, votes)
            model.revision += 1
        }
    }

    private func close(_ scene: Scene, _ model: inout PollModel, _ random: inout SeededGenerator) throws {
        let option = Int64.random(in: 1...3, using: &random)
        let body: KeyValuePairs<String, JSON> = ["poll": .int(scene.poll), "option": .int(option)]
        guard case .done(let reply, _, _) = scene.c.outcome("poll.close", body, as: scene.town.facilitator) else {
            #expect(model.state == "closed")
            return
        }
        #expect(model.state != "closed")
        model.state = "closed"
        model.revision += 1
        let event = try #require(try JSONParser.parse(reply)["event"]?.int)
        model.event = event
        // Who said yes has a seat, who said if need be is asked; of those only who still takes part.
        var expected: [Int64: String] = [:]
        for answer in ["ifNeedBe", "yes"] {
            for ballot in model.ballots.values
            where ballot.votes[option] == answer && model.members.contains(ballot.person) {
                expected[ballot.person] = answer == "yes" ? "confirmed" : "invited"
            }
        }
        #expect(try scene.town.states(event) == expected)
    }

    private func get(_ scene: Scene) throws -> JSON {
        try scene.c.ok("poll.get", ["poll": .int(scene.poll)], as: scene.town.facilitator)
    }

    private func check(_ scene: Scene, _ model: PollModel, _ place: String) throws {
        let poll = try get(scene)
        #expect(poll["state"]?.string == model.state, "\(place)")
        #expect(poll["revision"]?.int == model.revision, "\(place)")
        #expect(poll["event"]?.int == model.event, "\(place)")
        var found: [Int64: [Int64: String]] = [:]
        for ballot in poll["ballots"]?.array ?? [] {
            let voter = try #require((scene.isByCity ? ballot["city"] : ballot["person"])?.int)
            #expect(found[voter] == nil, "\(place): two answers of one voter")
            #expect(ballot["person"]?.int == model.ballots[voter]?.person, "\(place)")
            var votes: [Int64: String] = [:]
            for member in ballot["votes"]?.object?.members ?? [] {
                votes[Int64(member.name) ?? 0] = member.value.string
            }
            found[voter] = votes
        }
        #expect(found == model.ballots.mapValues(\.votes), "\(place)")
        for option in poll["options"]?.array ?? [] {
            let number = option["id"]?.int ?? 0
            for answer in Self.answers {
                let sum = model.ballots.values.filter { $0.votes[number] == answer }.count
                #expect(option[answer]?.int == Int64(sum), "\(place): option \(number), \(answer)")
            }
        }
        let events = try scene.c.ok("event.list", ["network": .int(scene.town.network)], as: scene.town.facilitator)
        #expect(events["events"]?.array?.count == (model.event == nil ? 0 : 1), "\(place)")
    }
}
