import ClientKit
import TestKit
import Testing
import WireProtocol

@Suite("A client and a server", .serialized)
struct ClientConversationTests {
    /// A server with a city, a network and its general channel.
    private func community(
        _ backend: StorageBackend,
        _ folder: TemporaryFolder? = nil
    ) throws -> (
        server: LiveServer, city: Int64, network: Int64, channel: Int64
    ) {
        let server = try LiveServer(backend, folder: folder)
        let city = try #require(
            server.ok("organisation.create", ["kind": "citta_metropolitana", "slug": "cm-bologna", "name": "Bologna"])[
                "id"
            ]?.int
        )
        let name: JSON = ["it": "Semplificazione", "en": "Simplification"]
        let network = try #require(
            server.ok("network.create", ["type": "NationalThematic", "slug": "semplificazione", "name": name])["id"]?
                .int
        )
        let channels = try server.ok("channel.list", ["network": .int(network)])["channels"]?.array ?? []
        let channel = try #require(channels.first { $0["slug"]?.string == "generale" }?["id"]?.int)
        return (server, city, network, channel)
    }

    private func client(_ server: LiveServer, _ token: String, outbox: String? = nil) -> CommunityClient {
        var options = CommunityClient.Options(url: server.url, token: token)
        options.backoff = Backoff(first: 0.05, longest: 0.2)
        options.outboxPath = outbox
        return CommunityClient(options)
    }

    private func join(_ client: CommunityClient, _ network: Int64, _ channel: Int64) async throws {
        _ = try await client.command("network.join", ["network": .int(network)])
        _ = try await client.command("channel.join", ["channel": .int(channel)])
    }

    private func texts(_ client: CommunityClient, _ count: Int) async -> [String] {
        var texts: [String] = []
        for await news in client.updates {
            guard case .update(let update) = news, update.type == "message.posted" else { continue }
            texts.append(update.data["text"]?.string ?? "")
            if texts.count == count { break }
        }
        return texts
    }

    @Test("two clients talk; each gets every message once and in order", arguments: StorageBackend.available)
    func conversation(_ backend: StorageBackend) async throws {
        let (server, city, network, channel) = try community(backend)
        let anna = client(server, try await server.person("Anna", city: city).token)
        let bruno = client(server, try await server.person("Bruno", city: city).token)
        for one in [anna, bruno] {
            await one.start()
            try await join(one, network, channel)
        }
        for number in 0..<20 {
            try await anna.enqueue("message.post", ["channel": .int(channel), "text": .string("\(number)")])
        }
        #expect(await texts(bruno, 20) == (0..<20).map(String.init))
        #expect(await texts(anna, 20) == (0..<20).map(String.init))
        await anna.close()
        await bruno.close()
        try server.stop()
    }

    @Test("a token of nobody stops the client with 4401", arguments: StorageBackend.available)
    func wrongToken(_ backend: StorageBackend) async throws {
        let (server, _, _, _) = try community(backend)
        let client = client(server, "mts_wrong")
        await client.start()
        for await _ in client.updates {}
        guard case .stopped(_, let code) = await client.state else {
            Issue.record("still \(await client.state)")
            return
        }
        #expect(code == CloseCode.credentials)
        await #expect(throws: ClientError.self) { try await client.query("person.me") }
        try server.stop()
    }

    @Test("a repeated command is told as repeated", arguments: StorageBackend.available)
    func repeated(_ backend: StorageBackend) async throws {
        let (server, city, network, channel) = try community(backend)
        let anna = client(server, try await server.person("Anna", city: city).token)
        await anna.start()
        try await join(anna, network, channel)
        let body: JSON = ["channel": .int(channel), "text": "una volta"]
        let first = try await anna.command("message.post", body, nonce: "una")
        let second = try await anna.command("message.post", body, nonce: "una")
        #expect(!first.repeated)
        #expect(second.repeated)
        #expect(first.ok == second.ok)
        await anna.close()
        try server.stop()
    }
}
