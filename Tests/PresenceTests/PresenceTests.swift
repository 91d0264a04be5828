import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Presence board")
struct PresenceBoardTests {
    @Test("one is there from the first connection to the last, away or not")
    func connections() {
        let board = PresenceBoard()
        let anna = MemberID(1)
        let first = board.arrived(anna)
        let second = board.arrived(anna)
        #expect(first && !second)
        #expect(board.state(of: anna) == .online)
        let said = board.setAway(anna, true)
        let saidAgain = board.setAway(anna, true)
        #expect(said && !saidAgain)
        #expect(board.present(limit: 10).map(\.state) == [.away])
        let stays = board.left(anna)
        let goes = board.left(anna)
        #expect(!stays && goes)
        let unknown = board.setAway(anna, true)
        let gone = board.left(anna)
        #expect(!unknown && !gone)
        #expect(board.state(of: anna) == .offline)
    }
}

@Suite("Presence", .serialized, .timeLimit(.minutes(2)))
struct PresenceTests {
    /// A server with a network of three people, and one outside.
    private struct Scene {
        let live: LiveServer
        let network: Int64
        let anna: (id: Int64, token: String)
        let bruno: (id: Int64, token: String)
        let carla: (id: Int64, token: String)
        let zeno: (id: Int64, token: String)

        init(_ backend: StorageBackend) async throws {
            live = try LiveServer(backend)
            let city = try #require(
                try live.ok("organisation.create", ["kind": "citta_metropolitana", "slug": "bo", "name": "Bologna"])[
                    "id"
                ]?.int
            )
            network = try #require(
                try live.ok(
                    "network.create",
                    ["type": "NationalThematic", "slug": "rete", "name": .members(["it": "Rete", "en": "Rete"])]
                )["id"]?.int
            )
            anna = try await live.person("Anna", city: city)
            bruno = try await live.person("Bruno", city: city)
            carla = try await live.person("Carla", city: city)
            zeno = try await live.person("Zeno", city: city)
            for person in [anna, bruno, carla] {
                try live.ok(
                    "network.join",
                    ["network": .int(network)],
                    as: Member(id: MemberID(person.id), kind: .person, name: "")
                )
            }
        }

        func list(_ client: WireClient) async throws -> [Int64: String] {
            let people = try await client.ok("presence.list", ["network": .int(network)])["people"]?.array ?? []
            return Dictionary(
                people.map { ($0["person"]?.int ?? 0, $0["state"]?.string ?? "") },
                uniquingKeysWith: { first, _ in first }
            )
        }

        /// Reads up to the signal that says so.
        func hear(_ person: Int64, _ state: String, _ client: WireClient) async throws {
            while true {
                let object = try #require(try await client.receive())
                guard object["signal"]?.string == "presence", object["with"]?["person"]?.int == person else { continue }
                if object["with"]?["state"]?.string == state { return }
            }
        }
    }

    @Test("a stale list plus the signals after it is a fresh list", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        var model = try await scene.list(anna)
        #expect(model == [scene.anna.id: "online"])
        let before = await anna.seen.count
        let bruno = try await WireClient.live(scene.live.url, token: scene.bruno.token)
        let carla = try await WireClient.live(scene.live.url, token: scene.carla.token)
        try await scene.hear(scene.carla.id, "online", anna)
        try await bruno.send(#"{"signal":"presence","with":{"state":"away"}}"#)
        try await scene.hear(scene.bruno.id, "away", anna)
        await carla.close()
        try await scene.hear(scene.carla.id, "offline", anna)
        for object in await anna.seen.dropFirst(before) where object["signal"]?.string == "presence" {
            guard let person = object["with"]?["person"]?.int, let state = object["with"]?["state"]?.string else {
                continue
            }
            model[person] = state == "offline" ? nil : state
        }
        let fresh = try await scene.list(anna)
        #expect(model == fresh)
        #expect(fresh == [scene.anna.id: "online", scene.bruno.id: "away"])
        try scene.live.stop()
    }

    @Test("who is connected is told to those of the network alone", arguments: StorageBackend.available)
    func strangers(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let zeno = try await WireClient.live(scene.live.url, token: scene.zeno.token)
        let answer = try await zeno.ask("presence.list", ["network": .int(scene.network)])
        #expect(answer["error"]?["code"]?.string == "not_found")
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let bruno = try await WireClient.live(scene.live.url, token: scene.bruno.token)
        try await scene.hear(scene.bruno.id, "online", anna)
        // Who is connected, and no member, is not listed.
        #expect(try await scene.list(anna) == [scene.anna.id: "online", scene.bruno.id: "online"])
        // The loop has told Anna and Bruno: what Zeno gets now came after.
        _ = try await zeno.ok("network.list")
        #expect(await !zeno.seen.contains { $0["signal"]?.string == "presence" })
        _ = bruno
        try scene.live.stop()
    }
}
