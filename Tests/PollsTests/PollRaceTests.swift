import CommunityKernel
import Journal
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("The race between closing a poll and answering it", .serialized)
struct PollRaceTests {
    /// What one person sent over one connection, in order, and what came back.
    private struct Answered: Sendable {
        let person: Int64
        /// The last answer that was taken, nil for none.
        var taken: String?
        var codes: Set<String> = []
    }

    @Test(
        "over sockets: one of two closings is done, what was taken before it counts, the rest is told closed",
        arguments: StorageBackend.available
    )
    func race(backend: StorageBackend) async throws {
        let live = try LiveServer(backend)
        defer { try? live.stop() }
        let city = try #require(
            try live.ok(
                "organisation.create",
                ["kind": "citta_metropolitana", "slug": "bologna", "name": "Bologna"]
            )["id"]?.int
        )
        let name = JSON.members(["it": "Rete", "en": "Network"])
        let made = try live.ok("network.create", ["type": "NationalThematic", "slug": "rete", "name": name])
        let network = try #require(made["id"]?.int)
        var people: [(id: Int64, token: String)] = []
        for number in 0..<10 {
            let person = try await live.person("P\(number)", city: city)
            try live.ok("network.add", ["network": .int(network), "person": .int(person.id)])
            people.append(person)
        }
        let facilitator = people.removeLast()
        try live.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(facilitator.id), "role": "facilitator"]
        )
        var doors: [WireClient] = []
        for person in people { doors.append(try await WireClient.live(live.url, token: person.token)) }
        let closers = [
            try await WireClient.live(live.url, token: facilitator.token),
            try await WireClient.live(live.url, token: facilitator.token),
        ]
        var tooLate = 0
        for round in 0..<12 {
            let poll = try Self.poll(round, network, live)
            // The later the round, the later the closing comes among the answers.
            let outcome = try await Self.rush(poll, zip(people.map(\.id), doors).map { $0 }, closers, after: round)
            tooLate += outcome.answered.filter { $0.codes.contains("closed") }.count
            let closings = outcome.closings.filter { $0["ok"] != nil }
            #expect(closings.count == 1)
            let refused = outcome.closings.first { $0["error"] != nil }
            #expect(refused?["error"]?["code"]?.string == "conflict")
            #expect(refused?["error"]?["current"]?["state"]?.string == "closed")
            let event = try #require(closings.first?["ok"]?["event"]?.int)

            let read = try live.ok("poll.get", ["poll": .int(poll)])
            #expect(read["state"]?.string == "closed" && read["event"]?.int == event)
            let chosen = try #require(read["option"]?.int)
            var said: [Int64: String] = [:]
            for ballot in read["ballots"]?.array ?? [] {
                let person = try #require(ballot["person"]?.int)
                #expect(said[person] == nil)
                said[person] = ballot["votes"]?["\(chosen)"]?.string
            }
            // What was acknowledged stands, and nothing else.
            for one in outcome.answered {
                #expect(said[one.person] == one.taken, "round \(round)")
                #expect(one.codes.subtracting(["closed"]).isEmpty, "\(one.codes)")
            }
            let list =
                try live.ok("registration.list", ["event": .int(event), "limit": 100])["registrations"]?.array ?? []
            let states = Dictionary(
                uniqueKeysWithValues: list.map { ($0["person"]?.int ?? 0, $0["state"]?.string ?? "") }
            )
            let expected = said.filter { $0.value != "no" }.mapValues { $0 == "yes" ? "confirmed" : "invited" }
            #expect(states == expected, "round \(round)")
        }
        // Both sides of the race were seen.
        #expect(tooLate > 0)
    }

    private static func poll(_ round: Int, _ network: Int64, _ live: LiveServer) throws -> Int64 {
        func date(_ day: String) -> JSON {
            func time(_ hour: String) -> JSON {
                .members(["local": .string("2099-\(day)T\(hour):00"), "zone": "Europe/Rome"])
            }
            return .members(["start": time("10"), "end": time("12")])
        }
        let made = try live.ok(
            "poll.create",
            [
                "network": .int(network), "kind": "webinar", "title": .string("Quando \(round)"),
                "options": .array(["12-09", "12-10"].map(date)),
            ]
        )
        return try #require(made["id"]?.int)
    }

    /// Everybody answers five times as fast as the answers come; two closings come after so many answers.
    private static func rush(
        _ poll: Int64,
        _ people: [(Int64, WireClient)],
        _ closers: [WireClient],
        after round: Int
    ) async throws -> (answered: [Answered], closings: [JSON]) {
        let (started, begin) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup(of: (Answered?, JSON?).self) { group in
            for (index, (person, door)) in people.enumerated() {
                group.addTask {
                    var answered = Answered(person: person)
                    for turn in 0..<5 {
                        let answer = ["yes", "ifNeedBe", "no"][(index + turn + round) % 3]
                        let votes = JSON.members(["1": .string(answer), "2": .string(answer)])
                        let reply = try await door.ask("poll.vote", ["poll": .int(poll), "votes": votes])
                        begin.yield()
                        if reply["ok"] != nil { answered.taken = answer }
                        if let code = reply["error"]?["code"]?.string { answered.codes.insert(code) }
                    }
                    return (answered, nil)
                }
            }
            group.addTask {
                var turns = started.makeAsyncIterator()
                for _ in 0..<(round * 3) { await turns.next() }
                async let first = closers[0].ask("poll.close", ["poll": .int(poll), "option": 1])
                async let second = closers[1].ask("poll.close", ["poll": .int(poll), "option": 2])
                return (nil, .array([try await first, try await second]))
            }
            var answered: [Answered] = []
            var closings: [JSON] = []
            for try await (one, both) in group {
                if let one { answered.append(one) }
                if let both { closings = both.array ?? [] }
            }
            return (answered, closings)
        }
    }
}
