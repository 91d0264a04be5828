import CommunityKernel
import Foundation
import Journal
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("The race for seats", .serialized)
struct RaceTests {
    @Test("five hundred race for fifty seats over two connections, and the server is killed in the middle")
    func race() async throws {
        let folder = try TemporaryFolder()
        let (event, people) = try Self.prepare(folder)
        var server = try ServerProcess(folder: folder)
        defer { server.end(with: SIGKILL) }
        var answered: [Int64: Int64] = [:]
        var doors = try await Self.doors(server.url)
        // Some are under way at any time, so that the kill comes in the middle of commits.
        for round in 0..<10 {
            for (index, person) in people[round * 10..<round * 10 + 40].enumerated() where round == 0 || index >= 30 {
                try await doors[index % 2].send(Self.request(event, person))
            }
            for _ in 0..<(round == 9 ? 0 : 5) {
                for door in doors {
                    let (person, standing) = try await Self.answer(of: door)
                    answered[person] = try #require(standing["id"]?.int)
                }
            }
        }
        server.end(with: SIGKILL)
        for door in doors {
            while let object = try await door.receive() {
                if let id = object["id"]?.int, let registration = object["ok"]?["id"]?.int {
                    answered[id] = registration
                }
            }
        }
        #expect(answered.count >= 60)

        server = try ServerProcess(folder: folder)
        doors = try await Self.doors(server.url)
        var places: [Int64: JSON] = [:]
        for start in stride(from: 0, to: people.count, by: 50) {
            let part = people[start..<start + 50].enumerated()
            for (index, person) in part { try await doors[index % 2].send(Self.request(event, person)) }
            for (index, _) in part {
                let (person, standing) = try await Self.answer(of: doors[index % 2])
                places[person] = standing
            }
        }
        // What was acknowledged before the kill is what it was.
        for (person, registration) in answered { #expect(places[person]?["id"]?.int == registration) }
        #expect(Set(places.values.compactMap { $0["id"]?.int }).count == 500)

        let list = try await doors[0].ok("registration.list", ["event": .int(event), "limit": 500])
        let all = list["registrations"]?.array ?? []
        let seated = all.filter { $0["state"]?.string == "confirmed" }.compactMap { $0["id"]?.int }
        let waiting = all.filter { $0["state"]?.string == "waitlisted" }
        #expect(seated.count == 50 && waiting.count == 450)
        let queue = waiting.compactMap { $0["id"]?.int }
        #expect(queue == queue.sorted())
        #expect(try #require(seated.max()) < (try #require(queue.first)))
        #expect(waiting.map { $0["position"]?.int } == (1...450).map { Int64($0) })
        #expect(server.end(with: SIGTERM) == 0)
    }

    private static let login = ("giulia@example.it", "password-di-prova")

    /// A network with five hundred people, and an event of fifty seats.
    private static func prepare(_ folder: TemporaryFolder) throws -> (event: Int64, people: [Int64]) {
        let c = try TestCommunity(.sqlite, in: folder)
        let network = try c.network()
        let city = try c.city()
        let mandates = JSON.array([.members(["organisation": .int(city), "role": "employee"])])
        func add(_ fields: KeyValuePairs<String, JSON>) throws -> Int64 {
            let person = try c.id(c.ok("person.create", fields))
            try c.ok("network.add", ["network": .int(network), "person": .int(person)])
            return person
        }
        let facilitator = try add([
            "name": "Giulia", "email": .string(login.0), "password": .string(login.1), "mandates": mandates,
        ])
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(facilitator), "role": "facilitator"]
        )
        let people = try (0..<500).map {
            try add(["name": .string("P\($0)"), "email": .string("p\($0)@example.it"), "mandates": mandates])
        }
        func time(_ local: String) -> JSON { .members(["local": .string(local), "zone": "Europe/Rome"]) }
        let event = try c.id(
            c.ok(
                "event.create",
                [
                    "network": .int(network), "kind": "webinar", "title": "3 di 15", "capacity": 50,
                    "start": time("2099-12-10T10:00"), "end": time("2099-12-10T12:00"),
                ]
            )
        )
        try c.ok("event.publish", ["event": .int(event), "revision": 1])
        try c.stop()
        return (event, people)
    }

    private static func doors(_ url: String) async throws -> [WireClient] {
        let body = JSON.members(["login": .string(login.0), "password": .string(login.1)]).text
        let reply = try await HTTPClient.request(
            "POST",
            "\(url)/api/v1/session.open",
            headers: [("Content-Type", "application/json")],
            body: body
        )
        let token = try #require(try JSONParser.parse(reply.body)["token"]?.string)
        return [try await WireClient.live(url, token: token), try await WireClient.live(url, token: token)]
    }

    /// The next answer: to whose request, and the `ok`.
    private static func answer(of door: WireClient) async throws -> (person: Int64, standing: JSON) {
        while let object = try await door.receive() {
            if let person = object["id"]?.int { return (person, try #require(object["ok"], "\(object)")) }
        }
        throw UnexpectedOutcome("the connection was closed")
    }

    private static func request(_ event: Int64, _ person: Int64) -> String {
        """
        {"id":\(person),"do":"registration.register","with":{"event":\(event),"person":\(person)},"nonce":"r\(person)"}
        """
    }
}
