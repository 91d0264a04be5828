import CommunityKernel
import TestKit
import Testing
import WireProtocol

@Suite("Refusals that say what is wrong")
struct RefusalTests {
    @Test(
        "a facilitator who announces in an open channel is told that it is none for announcements",
        arguments: StorageBackend.available
    )
    func openChannel(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let (giulia, anna) = (try c.person("Giulia"), try c.person("Anna"))
        try c.join([giulia, anna], network: network)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
        let open = try c.channel("generale", in: network)
        let at = JSON.members(["local": "2026-12-01T10:00", "zone": "Europe/Rome"])
        for (name, body) in [
            ("announcement.post", ["channel": .int(open), "text": "x"]),
            ("announcement.schedule", ["channel": .int(open), "text": "x", "at": at]),
        ] as [(String, KeyValuePairs<String, JSON>)] {
            let refusal = try c.refusal(name, body, as: giulia)
            #expect(refusal.code == .invalid)
            #expect(
                refusal.fields == [FieldProblem(path: "with.channel", problem: "not_an_announcement_channel")]
            )
            #expect(try c.refusal(name, body, as: anna).code == .forbidden)
        }
        let reserved = try c.id(
            c.ok(
                "channel.create",
                ["network": .int(network), "slug": "riservato", "name": "Riservato", "kind": "private"],
                as: giulia
            )
        )
        #expect(
            try c.refusal("announcement.post", ["channel": .int(reserved), "text": "x"], as: anna).code == .notFound
        )
    }

    @Test("a conflict tells the present state", arguments: StorageBackend.available)
    func current(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let anna = try c.person("Anna")
        let email = try #require(try c.ok("person.me", as: anna)["person"]?["email"]?.string)
        func current(_ name: String, _ body: KeyValuePairs<String, JSON>) throws -> JSON? {
            let refusal = try c.refusal(name, body)
            #expect(refusal.code == .conflict)
            return refusal.current
        }
        let person = try current("person.create", ["name": "Altra", "email": .string(email)])
        #expect(person == .members(["person": .int(anna.id.rawValue), "state": "active"]))
        let city = try c.city()
        let taken = try #require(try c.ok("organisation.list")["organisations"]?.array?.first { $0["id"]?.int == city })
        let organisation = try current(
            "organisation.create",
            ["kind": "citta_metropolitana", "slug": taken["slug"] ?? .null, "name": "Altra"]
        )
        #expect(organisation?["organisation"]?.int == city)
        #expect(organisation?["revision"]?.int == taken["revision"]?.int)
        let slug = try current(
            "network.create",
            ["type": "NationalThematic", "slug": "semplificazione", "name": .members(["it": "a", "en": "b"])]
        )
        #expect(slug == .members(["network": .int(network), "revision": 1]))
        let outsider = try current(
            "network.appoint",
            ["network": .int(network), "person": .int(anna.id.rawValue), "role": "facilitator"]
        )
        #expect(outsider == .members(["state": "not_a_member"]))
        let channel = try current(
            "channel.create",
            ["network": .int(network), "slug": "generale", "name": "Altro", "kind": "open"]
        )
        #expect(channel?["channel"]?.int == (try c.channel("generale", in: network)))
    }
}
