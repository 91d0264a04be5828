import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Credentials that end by themselves", .serialized)
struct ExpiryTests {
    @Test("open sockets end within a few seconds of their credential", arguments: StorageBackend.available)
    func expiry(_ backend: StorageBackend) async throws {
        let clock = ManualClock()
        let live = try LiveServer(backend, clock: clock) { $0.session.absoluteDays = 2 }
        let city = try #require(
            try live.ok("organisation.create", ["kind": "citta_metropolitana", "slug": "cm", "name": "Bologna"])["id"]?
                .int
        )
        let network = try #require(
            try live.ok(
                "network.create",
                ["type": "NationalThematic", "slug": "rete", "name": .members(["it": "S", "en": "S"])]
            )["id"]?.int
        )
        let bot = try live.ok(
            "bot.create",
            [
                "owner": .members(["network": .int(network)]), "name": "Avvisi",
                "scopes": .array([.string("read:network/\(network)")]),
                "expires": .string(clock.now.advanced(bySeconds: 3_600).description),
            ]
        )
        let token = try #require(bot["token"]?.string)
        let (_, session) = try await live.person("Anna", city: city)
        let long = try await WireClient.live(live.url, token: session)
        // More than one place on the hub's clock.
        var sockets: [WireClient] = []
        for _ in 0..<8 { sockets.append(try await WireClient.live(live.url, token: token)) }
        clock.advance(seconds: 3_601)
        let moved = ContinuousClock.now
        for socket in sockets { #expect(try await socket.closeCode() == 4401) }
        clock.advance(seconds: 2 * 86_400)
        #expect(try await long.closeCode() == 4401)
        #expect(ContinuousClock.now - moved < .seconds(8))
        try live.stop()
    }
}
