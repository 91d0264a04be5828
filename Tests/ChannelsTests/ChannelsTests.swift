import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

/// A network with a facilitator and two members, none of them in a channel yet.
struct ChannelScene {
    let c: TestCommunity
    let network: Int64
    let giulia: Member
    let anna: Member
    let marco: Member

    init(_ backend: StorageBackend) throws {
        c = try TestCommunity(backend)
        network = try c.network()
        giulia = try c.person("Giulia")
        anna = try c.person("Anna")
        marco = try c.person("Marco")
        try c.join([giulia, anna, marco], network: network)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    func make(
        _ slug: String,
        _ kind: String = "open",
        history: String = "shared",
        as member: Member? = nil
    ) throws -> Int64 {
        try c.id(
            c.ok(
                "channel.create",
                [
                    "network": .int(network), "slug": .string(slug), "name": .string(slug), "kind": .string(kind),
                    "history": .string(history),
                ],
                as: member ?? giulia
            )
        )
    }

    func listed(_ channel: Int64, for member: Member) throws -> JSON? {
        try c.ok("channel.list", as: member)["channels"]?.array?.first { $0["id"]?.int == channel }
    }

    func person(_ member: Member) -> JSON { .int(member.id.rawValue) }
}

@Suite("Channels")
struct ChannelsTests {
    @Test("a network is born with its type's channels, and nobody is in them", arguments: StorageBackend.available)
    func defaults(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let channels = try scene.c.ok("channel.list", as: scene.anna)["channels"]?.array ?? []
        #expect(channels.compactMap { $0["slug"]?.string } == ["generale", "annunci", "soluzioni", "webinar"])
        #expect(channels.allSatisfy { $0["member"]?.bool == false && $0["unread"]?.int == 0 })
        #expect(channels.first { $0["slug"]?.string == "annunci" }?["kind"]?.string == "announcement")
    }

    @Test("the European network's channels have English names", arguments: StorageBackend.available)
    func english(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network("europa", type: "European")
        let channels = try c.ok("channel.list", ["network": .int(network)])["channels"]?.array ?? []
        #expect(channels.first { $0["slug"]?.string == "general" }?["name"]?.string == "General")
    }

    @Test(
        "joining begins the stream with one's own channel.joined, leaving ends it with channel.left",
        arguments: StorageBackend.available
    )
    func joinAndLeave(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let channel = try c.channel("generale", in: scene.network)
        try c.ok("channel.join", ["channel": .int(channel)], as: scene.anna)
        let before = c.head
        try c.ok("channel.join", ["channel": .int(channel)], as: scene.anna)
        #expect(c.head == before)
        try c.ok("channel.join", ["channel": .int(channel)], as: scene.marco)
        try c.ok("channel.leave", ["channel": .int(channel)], as: scene.marco)
        try c.ok("channel.leave", ["channel": .int(channel)], as: scene.marco)
        try c.ok("message.post", ["channel": .int(channel), "text": "dopo"], as: scene.anna)
        let marco = try c.updates(for: scene.marco).filter { $0.stream == .channel(ChannelID(channel)) }
        #expect(marco.map(\.type) == ["channel.joined", "channel.left"])
        let anna = try c.updates(for: scene.anna).filter { $0.stream == .channel(ChannelID(channel)) }
        #expect(anna.map(\.type) == ["channel.joined", "channel.joined", "channel.left", "message.posted"])
    }

    @Test(
        "a default channel has its name in both languages until it is named by hand",
        arguments: StorageBackend.available
    )
    func names(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let general = try scene.c.channel("generale", in: scene.network)
        let both: JSON = .members(["it": "Generale", "en": "General"])
        #expect(try scene.listed(general, for: scene.anna)?["name"] == "Generale")
        #expect(try scene.listed(general, for: scene.anna)?["names"] == both)
        #expect(try scene.listed(try scene.make("uno"), for: scene.anna)?["names"] == nil)
        // Who reads it in English and changes the slug alone has not named it.
        let head = scene.c.head
        let slug: KeyValuePairs<String, JSON> = ["channel": .int(general), "slug": "piazza", "name": "General"]
        try scene.c.ok("channel.change", slug, as: scene.giulia)
        #expect(try scene.listed(general, for: scene.anna)?["names"] == both)
        try scene.c.ok("channel.change", ["channel": .int(general), "name": "Piazza"], as: scene.giulia)
        let told = try scene.c.updates(for: scene.anna, after: head).filter { $0.type == "channel.changed" }
        #expect(told.map { $0.data["name"] } == ["Generale", "Piazza"])
        #expect(told.map { $0.data["names"]?["en"] } == ["General", "Piazza"])
        let listed = try #require(try scene.listed(general, for: scene.anna))
        #expect(listed["name"] == "Piazza" && listed["names"] == told.last?.data["names"])
    }

    @Test("facilitators make channels, others do not; a taken slug is a conflict", arguments: StorageBackend.available)
    func create(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let open = try scene.make("bilancio")
        #expect(try scene.listed(open, for: scene.giulia)?["member"]?.bool == true)
        #expect(try scene.listed(open, for: scene.anna)?["member"]?.bool == false)
        let body: KeyValuePairs<String, JSON> = [
            "network": .int(scene.network), "slug": "bilancio", "name": "B", "kind": "announcement",
        ]
        #expect(try scene.c.refusal("channel.create", body, as: scene.giulia).code == .conflict)
        #expect(try scene.c.refusal("channel.create", body, as: scene.anna).code == .forbidden)
        let outsider = Member(id: try scene.c.person("Eva", role: "guest").id, kind: .person, name: "Eva")
        #expect(try scene.c.refusal("channel.join", ["channel": .int(open)], as: outsider).code == .notFound)
    }

    @Test("a slug of another form is invalid", arguments: StorageBackend.available)
    func slugs(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        for slug in ["", "A", "a b", "à", "../x", String(repeating: "a", count: 65)] {
            let refusal = try scene.c.refusal(
                "channel.create",
                ["network": .int(scene.network), "slug": .string(slug), "name": "N", "kind": "open"],
                as: scene.giulia
            )
            #expect(refusal.code == .invalid)
            #expect(refusal.fields?.first?.path == "with.slug")
        }
    }

    @Test(
        "the slug of a private channel is free for others, so that it tells nobody",
        arguments: StorageBackend.available
    )
    func privateSlug(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        _ = try scene.make("riservato", "private")
        _ = try scene.make("riservato", "open")
        _ = try scene.make("riservato", "private")
    }

    @Test("a private channel does not exist for others, by any route", arguments: StorageBackend.available)
    func hidden(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let secret = try scene.make("giunta", "private")
        let message = try c.id(c.ok("message.post", ["channel": .int(secret), "text": "x"], as: scene.giulia))
        try c.ok(
            "network.appoint",
            ["network": .int(scene.network), "person": scene.person(scene.marco), "role": "facilitator"]
        )
        let channel: KeyValuePairs<String, JSON> = ["channel": .int(secret)]
        let routes: [(String, KeyValuePairs<String, JSON>)] = [
            ("channel.join", channel), ("channel.leave", channel), ("channel.members", channel),
            ("channel.archive", channel), ("message.history", channel),
            ("channel.change", ["channel": .int(secret), "name": "n"]),
            ("channel.add", ["channel": .int(secret), "person": scene.person(scene.marco)]),
            ("channel.remove", ["channel": .int(secret), "person": scene.person(scene.giulia)]),
            ("channel.mark", ["channel": .int(secret), "upTo": .int(message)]),
            ("message.post", ["channel": .int(secret), "text": "y"]),
            ("message.react", ["message": .int(message), "emoji": "👍"]),
            ("message.edit", ["message": .int(message), "text": "z", "revision": 1]),
            ("message.delete", ["message": .int(message)]), ("message.pin", ["message": .int(message)]),
            ("message.report", ["message": .int(message), "reason": "r"]),
            ("message.remove", ["message": .int(message), "reason": "r"]),
            ("announcement.post", ["channel": .int(secret), "text": "y"]),
        ]
        for who in [scene.anna, scene.marco, .system] {
            for (name, body) in routes where who.kind == .person || name != "message.remove" {
                let refusal = try c.refusal(name, body, as: who)
                #expect(refusal.code == .notFound, "\(name) by \(who.name)")
                #expect(refusal.message == WireError.notFound.message)
            }
            let list = try c.ok("channel.list", as: who)["channels"]?.array ?? []
            #expect(!list.contains { $0["id"]?.int == secret })
        }
    }

    @Test(
        "a member of a private channel adds others of the network, and only those",
        arguments: StorageBackend.available
    )
    func add(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let secret = try scene.make("giunta", "private", history: "from_joining")
        try c.ok("message.post", ["channel": .int(secret), "text": "prima"], as: scene.giulia)
        try c.ok("channel.add", ["channel": .int(secret), "person": scene.person(scene.anna)], as: scene.giulia)
        try c.ok("channel.add", ["channel": .int(secret), "person": scene.person(scene.marco)], as: scene.anna)
        let stranger = try c.person("Eva")
        let refusal = try c.refusal(
            "channel.add",
            ["channel": .int(secret), "person": scene.person(stranger)],
            as: scene.anna
        )
        #expect(refusal.code == .invalid)
        #expect(
            try c.refusal("channel.add", ["channel": .int(secret), "person": 999_999], as: scene.anna).fields
                == refusal.fields
        )
        let first = try c.updates(for: scene.anna).first { $0.stream == .channel(ChannelID(secret)) }
        #expect(first?.type == "channel.joined")
        #expect(first?.data["about"]?["slug"]?.string == "giunta")
        #expect(try scene.listed(secret, for: scene.anna)?["unread"]?.int == 0)
        let history = try c.ok("message.history", ["channel": .int(secret)], as: scene.anna)["messages"]?.array
        #expect(history?.isEmpty == true)
        try c.ok("channel.remove", ["channel": .int(secret), "person": scene.person(scene.anna)], as: scene.giulia)
        #expect(try c.refusal("message.history", ["channel": .int(secret)], as: scene.anna).code == .notFound)
        #expect(
            try c.refusal(
                "channel.remove",
                ["channel": .int(secret), "person": scene.person(scene.giulia)],
                as: scene.marco
            ).code == .forbidden
        )
    }

    @Test("leaving the network leaves its channels in one access.lost", arguments: StorageBackend.available)
    func leavingNetwork(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let secret = try scene.make("giunta", "private")
        try c.ok("channel.add", ["channel": .int(secret), "person": scene.person(scene.anna)], as: scene.giulia)
        let open = try c.channel("generale", in: scene.network)
        try c.ok("channel.join", ["channel": .int(open)], as: scene.anna)
        let before = c.head
        try c.ok("network.leave", ["network": .int(scene.network)], as: scene.anna)
        let told = try c.updates(for: scene.anna, after: before)
        #expect(told.map(\.type) == ["network.left", "access.lost"])
        let streams = told.last?.data["streams"]?.array?.compactMap(\.string).sorted()
        #expect(streams == ["channel/\(secret)", "channel/\(open)"].sorted())
        #expect(try c.refusal("message.history", ["channel": .int(secret)], as: scene.anna).code == .notFound)
        try c.ok("message.post", ["channel": .int(secret), "text": "y"], as: scene.giulia)
        #expect(try c.updates(for: scene.anna, after: told.last?.seq ?? 0).isEmpty)
        try c.ok("network.join", ["network": .int(scene.network)], as: scene.anna)
        #expect(try scene.listed(open, for: scene.anna)?["member"]?.bool == false)
    }

    @Test("the same people always get the same conversation", arguments: StorageBackend.available)
    func direct(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let one = try c.ok("direct.open", ["people": .array([scene.person(scene.marco)])], as: scene.anna)
        let two = try c.ok(
            "direct.open",
            ["people": .array([scene.person(scene.anna), scene.person(scene.marco)])],
            as: scene.marco
        )
        #expect(one["channel"]?.int != nil && one["channel"] == two["channel"])
        let channel = one["channel"]?.int ?? 0
        let marco = try c.updates(for: scene.marco).filter { $0.stream == .channel(ChannelID(channel)) }
        #expect(marco.map(\.type) == ["channel.created", "channel.joined", "channel.joined"])
        let item = try scene.listed(channel, for: scene.marco)
        #expect(item?["kind"]?.string == "direct")
        #expect(item?["network"] == nil)
        #expect(item?["people"]?.array?.compactMap { $0["name"]?.string } == ["Anna", "Marco"])
        #expect(try c.refusal("message.history", ["channel": .int(channel)], as: scene.giulia).code == .notFound)
        #expect(try c.refusal("message.history", ["channel": .int(channel)]).code == .notFound)
        #expect(
            try c.refusal(
                "channel.add",
                ["channel": .int(channel), "person": scene.person(scene.giulia)],
                as: scene.anna
            ).code == .forbidden
        )
        let eva = try c.person("Eva")
        #expect(try c.refusal("direct.open", ["people": .array([scene.person(eva)])], as: scene.anna).code == .notFound)
        #expect(
            try c.refusal("direct.open", ["people": .array([scene.person(scene.anna)])], as: scene.anna).code
                == .invalid
        )
        #expect(try c.refusal("direct.open", ["people": .array([])], as: scene.anna).code == .invalid)
    }

    @Test("the marker only rises, and no higher than the last message", arguments: StorageBackend.available)
    func mark(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let channel = try c.channel("generale", in: scene.network)
        for member in [scene.anna, scene.marco] { try c.ok("channel.join", ["channel": .int(channel)], as: member) }
        let ids = try (1...3).map { number in
            try c.id(c.ok("message.post", ["channel": .int(channel), "text": .string("\(number)")], as: scene.anna))
        }
        #expect(try scene.listed(channel, for: scene.marco)?["unread"]?.int == 3)
        #expect(try scene.listed(channel, for: scene.anna)?["unread"]?.int == 0)
        let mark: (Int64) throws -> Int64? = { upTo in
            try c.ok("channel.mark", ["channel": .int(channel), "upTo": .int(upTo)], as: scene.marco)["upTo"]?.int
        }
        #expect(try mark(ids[1]) == ids[1])
        #expect(try scene.listed(channel, for: scene.marco)?["unread"]?.int == 1)
        let before = c.head
        #expect(try mark(ids[0]) == ids[1])
        #expect(c.head == before)
        #expect(try mark(ids[2] + 1_000) == ids[2])
        let told = try c.updates(for: scene.marco, after: before)
        #expect(told.map(\.type) == ["channel.marked"])
        #expect(told.first?.data["unread"]?.int == 0)
        #expect(
            try c.refusal("channel.mark", ["channel": .int(channel), "upTo": 1], as: scene.giulia).code == .forbidden
        )
    }

    @Test("an archived channel is read, not written", arguments: StorageBackend.available)
    func archive(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let channel = try scene.make("chiuso")
        let message = try c.id(c.ok("message.post", ["channel": .int(channel), "text": "x"], as: scene.giulia))
        #expect(try c.refusal("channel.archive", ["channel": .int(channel)], as: scene.anna).code == .forbidden)
        try c.ok("channel.archive", ["channel": .int(channel)], as: scene.giulia)
        let refusal = try c.refusal("message.post", ["channel": .int(channel), "text": "y"], as: scene.giulia)
        #expect(refusal.code == .conflict)
        #expect(refusal.current?["state"]?.string == "archived")
        #expect(
            try c.refusal("message.react", ["message": .int(message), "emoji": "👍"], as: scene.giulia).code == .conflict
        )
        #expect(try c.ok("message.history", ["channel": .int(channel)], as: scene.anna)["messages"]?.array?.count == 1)
    }
}
