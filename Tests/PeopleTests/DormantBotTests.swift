import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Bots of a network that is dormant")
struct DormantBotTests {
    @Test("none is made there; those that are can be revoked", arguments: StorageBackend.available)
    func dormant(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let body: KeyValuePairs<String, JSON> = [
            "owner": .members(["network": .int(network)]), "name": "Avvisi",
            "scopes": .array([.string("announce:network/\(network)")]),
        ]
        let bot = try c.id(c.ok("bot.create", body))
        try c.community.write { work in
            _ = try work.sql.execute("UPDATE network SET type = 'Gone' WHERE id = \(network)")
        }
        let refusal = try c.refusal("bot.create", body)
        #expect(refusal.code == .unavailable)
        #expect(!refusal.retryable)
        let elsewhere = try c.refusal(
            "bot.create",
            ["owner": .members(["organisation": .int(try c.city())]), "name": "Avvisi", "scopes": body[2].value]
        )
        #expect(elsewhere.code == .forbidden)
        try c.ok("bot.revoke", ["bot": .int(bot)])
    }
}
