import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Who may read what in a channel")
struct EntitlementTests {
    private func bot(_ scopes: [String], in scene: ChannelScene) throws -> Member {
        let made = try scene.c.ok(
            "bot.create",
            [
                "owner": .members(["network": .int(scene.network)]), "name": "Avvisi",
                "scopes": .array(scopes.map(JSON.string)),
            ],
            as: scene.giulia
        )
        return Member(id: MemberID(try scene.c.id(made)), kind: .bot, name: "Avvisi")
    }

    @Test("a bot enters a private channel only with a scope to read it", arguments: StorageBackend.available)
    func botInPrivateChannel(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let channel = try scene.make("riservato", "private")
        let announcer = try bot(["announce:network/\(scene.network)"], in: scene)
        let add: KeyValuePairs<String, JSON> = ["channel": .int(channel), "person": scene.person(announcer)]
        #expect(try scene.c.refusal("channel.add", add, as: scene.giulia).code == .forbidden)
        try scene.c.ok("message.post", ["channel": .int(channel), "text": "tra noi"], as: scene.giulia)
        #expect(try scene.c.updates(for: announcer).allSatisfy { $0.stream != .channel(ChannelID(channel)) })
        let reader = try bot(["read:channel/\(channel)"], in: scene)
        try scene.c.ok("channel.add", ["channel": .int(channel), "person": scene.person(reader)], as: scene.giulia)
    }

    @Test(
        "who joined later sees nothing of an older text when it is edited",
        arguments: StorageBackend.available
    )
    func editBeforeJoining(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let channel = try scene.make("cronaca", "private", history: "from_joining")
        let old = try c.id(c.ok("message.post", ["channel": .int(channel), "text": "prima"], as: scene.giulia))
        try c.ok("channel.add", ["channel": .int(channel), "person": scene.person(scene.anna)], as: scene.giulia)
        try c.ok(
            "message.edit",
            ["message": .int(old), "text": "prima, corretto", "revision": 1],
            as: scene.giulia
        )
        let edited = try #require(c.updates(for: scene.anna).last { $0.type == "message.edited" })
        #expect(edited.data["text"] == nil)
        #expect(edited.data["html"] == nil)
        #expect(edited.data["revision"]?.int == 2)
        // The author reads it where everybody who may does.
        let page = try c.ok("message.history", ["channel": .int(channel)], as: scene.giulia)
        #expect(page["messages"]?.array?.first?["text"]?.string == "prima, corretto")
        let new = try c.id(c.ok("message.post", ["channel": .int(channel), "text": "dopo"], as: scene.giulia))
        try c.ok("message.edit", ["message": .int(new), "text": "dopo, bis", "revision": 1], as: scene.giulia)
        #expect(try c.updates(for: scene.anna).last?.data["text"]?.string == "dopo, bis")
    }

    @Test(
        "what was written while no mandate carried a membership stays unread in a channel from joining",
        arguments: StorageBackend.available
    )
    func mandateGap(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let channel = try scene.make("cronaca", "private", history: "from_joining")
        try c.ok("channel.add", ["channel": .int(channel), "person": scene.person(scene.anna)], as: scene.giulia)
        let before = try c.id(c.ok("message.post", ["channel": .int(channel), "text": "prima"], as: scene.giulia))
        let mandate = try #require(try c.ok("person.me", as: scene.anna)["mandates"]?.array?.first)
        try c.ok("mandate.end", ["mandate": mandate["id"] ?? .null])
        let hidden = try c.id(c.ok("message.post", ["channel": .int(channel), "text": "intanto"], as: scene.giulia))
        try c.ok(
            "mandate.grant",
            [
                "person": scene.person(scene.anna), "organisation": mandate["organisation"] ?? .null,
                "role": "employee",
            ]
        )
        let after = try c.id(c.ok("message.post", ["channel": .int(channel), "text": "dopo"], as: scene.giulia))
        let page = try c.ok("message.history", ["channel": .int(channel)], as: scene.anna)
        let ids = page["messages"]?.array?.compactMap { $0["id"]?.int } ?? []
        #expect(!ids.contains(hidden))
        #expect(!ids.contains(before))
        #expect(ids.contains(after))
        #expect(try scene.listed(channel, for: scene.anna)?["unread"]?.int == 1)
    }

    @Test("a new name is told where a conversation bears it", arguments: StorageBackend.available)
    func renamed(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let channel = try #require(
            try c.ok("direct.open", ["people": .array([scene.person(scene.marco)])], as: scene.anna)["channel"]?.int
        )
        try c.ok("person.change", ["person": scene.person(scene.marco), "name": "Marco Polo"])
        let told = try #require(c.updates(for: scene.anna).last { $0.type == "channel.changed" })
        let fresh = try #require(try scene.listed(channel, for: scene.anna))
        #expect(told.data["people"] == fresh["people"])
        #expect(told.data["name"] == fresh["name"])
        #expect(fresh["name"]?.string?.contains("Marco Polo") == true)
    }
}
