import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Tuning channels and networks")
struct TuningTests {
    @Test(
        "what is tuned shows in one's own lists alone, and only what is not the default",
        arguments: StorageBackend.available
    )
    func lists(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let open = try scene.make("aperto")
        let body: KeyValuePairs<String, JSON> = ["channel": .int(open), "favourite": .bool(true), "notify": "none"]
        try c.ok("channel.tune", body, as: scene.anna)
        let mine = try #require(try scene.listed(open, for: scene.anna))
        #expect(mine["favourite"]?.bool == true && mine["notify"]?.string == "none")
        let other = try #require(try scene.listed(open, for: scene.marco))
        #expect(other["favourite"] == nil && other["notify"] == nil)
        let told = try c.updates(for: scene.anna).filter { $0.type == "channel.tuned" }
        #expect(told.map(\.stream) == [.person(scene.anna.id)])
        #expect(told.first?.data["notify"]?.string == "none" && told.first?.data["favourite"]?.bool == true)
        for member in [scene.marco, scene.giulia] {
            #expect(try !c.updates(for: member).contains { $0.type == "channel.tuned" })
        }
        try c.ok("channel.tune", ["channel": .int(open), "notify": "default"], as: scene.anna)
        let later = try #require(try scene.listed(open, for: scene.anna))
        #expect(later["favourite"]?.bool == true && later["notify"] == nil)
        try c.ok("network.tune", ["network": .int(scene.network), "favourite": .bool(true)], as: scene.anna)
        let networks = try c.ok("network.list", as: scene.anna)["networks"]?.array ?? []
        #expect(networks.first { $0["id"]?.int == scene.network }?["favourite"]?.bool == true)
        let whole = try c.ok("network.get", ["network": .int(scene.network)], as: scene.anna)
        #expect(whole["favourite"]?.bool == true && whole["notify"] == nil)
    }

    @Test(
        "what changes nothing writes nothing, and a nonce gives the first answer",
        arguments: StorageBackend.available
    )
    func unchanged(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let open = try scene.make("aperto")
        let head = c.head
        try c.ok("channel.tune", ["channel": .int(open)], as: scene.anna)
        try c.ok(
            "channel.tune",
            ["channel": .int(open), "favourite": .bool(false), "notify": "default"],
            as: scene.anna
        )
        try c.ok("network.tune", ["network": .int(scene.network), "notify": "default"], as: scene.anna)
        #expect(c.head == head)
        let body: KeyValuePairs<String, JSON> = ["channel": .int(open), "notify": "all"]
        try c.ok("channel.tune", body, as: scene.anna, nonce: "una")
        try c.ok("channel.tune", ["channel": .int(open), "notify": "none"], as: scene.anna)
        try c.ok("channel.tune", body, as: scene.anna, nonce: "una")
        #expect(try scene.listed(open, for: scene.anna)?["notify"]?.string == "none")
        let other: KeyValuePairs<String, JSON> = ["channel": .int(open), "notify": "mentions"]
        #expect(try c.refusal("channel.tune", other, as: scene.anna, nonce: "una").code == .nonceReused)
    }

    @Test("what one may not read one does not tune", arguments: StorageBackend.available)
    func access(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let secret = try scene.make("segreto", "private")
        let outsider = try c.person("Eva", role: "guest")
        for member in [scene.anna, outsider] {
            let refusal = try c.refusal("channel.tune", ["channel": .int(secret), "notify": "all"], as: member)
            #expect(refusal.code == .notFound)
        }
        let closed = try c.network("sindaci", type: "Coordination")
        let network: KeyValuePairs<String, JSON> = ["network": .int(closed), "favourite": .bool(true)]
        #expect(try c.refusal("network.tune", network, as: outsider).code == .notFound)
        #expect(try c.refusal("network.tune", network).code == .forbidden)
        let bad: KeyValuePairs<String, JSON> = ["network": .int(scene.network), "notify": "tutto"]
        #expect(try c.refusal("network.tune", bad, as: scene.anna).code == .invalid)
    }

    @Test("what was tuned goes into the export and away with the person", arguments: StorageBackend.available)
    func exportAndErase(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let open = try scene.make("aperto")
        try c.ok("channel.tune", ["channel": .int(open), "notify": "all"], as: scene.anna)
        try c.ok("network.tune", ["network": .int(scene.network), "favourite": .bool(true)], as: scene.anna)
        let export = try c.export(of: scene.anna)
        #expect(export["channelTunings"]?.array?.first?["channel"]?.int == open)
        #expect(export["networkTunings"]?.array?.first?["network"]?.int == scene.network)
        try c.ok("person.erase", ["person": scene.person(scene.anna)])
        for table in ["channel_tuning", "network_tuning"] {
            #expect(try c.rows(of: table) == 0)
        }
    }
}
