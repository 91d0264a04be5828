import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Notifications")
struct NotificationsTests {
    @Test("who is mentioned is told, once, and nobody else", arguments: StorageBackend.available)
    func mention(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let id = try scene.post("Ciao \(scene.mention(scene.marco)), **guarda**", as: scene.anna)
        let written = scene.c.clock.now
        scene.c.clock.advance(seconds: 60)
        try scene.post("e basta", as: scene.anna)
        #expect(try scene.kinds(scene.marco) == ["mention"])
        #expect(try scene.kinds(scene.marco) == ["mention"])
        #expect(try scene.kinds(scene.giulia).isEmpty && scene.kinds(scene.anna).isEmpty)
        let one = try #require(try scene.list(scene.marco).first)
        #expect(one["text"]?.string == "Ciao @Marco, guarda")
        #expect(one["by"]?.int == scene.anna.id.rawValue && one["message"]?.int == id)
        #expect(one["channel"]?.int == scene.channel && one["network"]?.int == scene.network)
        #expect(one["read"]?.bool == false && one["at"]?.string == written.description)
        let told = try scene.told(scene.marco)
        #expect(told.map(\.type) == ["notification.added"] && told.first?.stream == .person(scene.marco.id))
        #expect(told.first?.seq == one["id"]?.int && told.first?.data["unread"]?.int == 1)
        #expect(told.first?.data["text"] == nil)
        for other in [scene.anna, scene.giulia] { #expect(try scene.told(other).isEmpty) }
    }

    @Test("groups are mentioned as their people", arguments: StorageBackend.available)
    func groups(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        try scene.post("@[facilitators] guardate", as: scene.anna)
        #expect(try scene.kinds(scene.giulia) == ["mention"] && scene.kinds(scene.marco).isEmpty)
        try scene.post("@[channel] tutti", as: scene.anna)
        #expect(try scene.kinds(scene.giulia) == ["mention", "mention"] && scene.kinds(scene.marco) == ["mention"])
        #expect(try scene.kinds(scene.anna).isEmpty)
    }

    @Test("who began a thread or wrote in it is told of replies", arguments: StorageBackend.available)
    func replies(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let root = try scene.post("domanda", as: scene.anna)
        try scene.post("risposta", as: scene.marco, thread: root)
        #expect(try scene.kinds(scene.anna) == ["reply"] && scene.kinds(scene.marco).isEmpty)
        try scene.post("grazie", as: scene.anna, thread: root)
        try scene.post("anch'io", as: scene.giulia, thread: root)
        #expect(try scene.kinds(scene.marco) == ["reply", "reply"])
        #expect(try scene.kinds(scene.anna) == ["reply", "reply"] && scene.kinds(scene.giulia).isEmpty)
    }

    @Test(
        "a channel tells what it was tuned to, else what its network was, and direct conversations everything",
        arguments: StorageBackend.available
    )
    func tuned(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let c = scene.c
        try scene.tune("all", as: scene.marco)
        try scene.post("uno", as: scene.anna)
        #expect(try scene.kinds(scene.marco) == ["message"] && scene.kinds(scene.giulia).isEmpty)
        try scene.tune("none", as: scene.marco)
        try scene.post(scene.mention(scene.marco), as: scene.anna)
        #expect(try scene.kinds(scene.marco) == ["message"])
        try scene.tune("default", as: scene.marco)
        try c.ok("network.tune", ["network": .int(scene.network), "notify": "all"], as: scene.marco)
        try c.ok("network.tune", ["network": .int(scene.network), "notify": "all"], as: scene.giulia)
        try scene.tune("mentions", as: scene.giulia)
        try scene.post("due", as: scene.anna)
        #expect(try scene.kinds(scene.marco) == ["message", "message"] && scene.kinds(scene.giulia).isEmpty)
        try c.ok("network.tune", ["network": .int(scene.network), "notify": "none"], as: scene.marco)
        try scene.post(scene.mention(scene.marco), as: scene.anna)
        #expect(try scene.kinds(scene.marco) == ["message", "message"])
        let people = JSON.array([.int(scene.giulia.id.rawValue)])
        let direct = try #require(try c.ok("direct.open", ["people": people], as: scene.anna)["channel"]?.int)
        try scene.post("fra noi", as: scene.anna, in: direct)
        #expect(try scene.kinds(scene.giulia) == ["message"])
        #expect(try scene.list(scene.giulia).first?["network"] == nil)
        try c.ok("channel.tune", ["channel": .int(direct), "notify": "none"], as: scene.giulia)
        try scene.post("ancora", as: scene.anna, in: direct)
        #expect(try scene.kinds(scene.giulia) == ["message"])
    }

    @Test(
        "an announcement that asks for acknowledgement tells every member but its author",
        arguments: StorageBackend.available
    )
    func acknowledge(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let c = scene.c
        let channel = try c.channel("annunci", in: scene.network)
        for member in [scene.anna, scene.marco, scene.giulia] {
            try c.ok("channel.join", ["channel": .int(channel)], as: member)
        }
        let body: KeyValuePairs<String, JSON> = [
            "channel": .int(channel), "text": "Leggete", "acknowledge": .bool(true),
        ]
        try c.ok("announcement.post", body, as: scene.giulia)
        try c.ok("announcement.post", ["channel": .int(channel), "text": "Solo un avviso"], as: scene.giulia)
        #expect(try scene.kinds(scene.anna) == ["acknowledge"] && scene.kinds(scene.marco) == ["acknowledge"])
        #expect(try scene.kinds(scene.giulia).isEmpty)
    }

    @Test("moderators are told of a report and see the reported message alone", arguments: StorageBackend.available)
    func reports(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let c = scene.c
        let chief = try c.person("Capo")
        let roles: KeyValuePairs<String, JSON> = ["person": .int(chief.id.rawValue), "roles": .array(["moderator"])]
        try c.ok("person.assignRoles", roles)
        let people = JSON.array([.int(scene.giulia.id.rawValue)])
        let direct = try #require(try c.ok("direct.open", ["people": people], as: scene.anna)["channel"]?.int)
        let bad = try scene.post("offesa", as: scene.anna, in: direct)
        try c.ok("notification.set", ["browser": .bool(true)], as: scene.giulia)
        let report = try c.id(c.ok("message.report", ["message": .int(bad), "reason": "offende"], as: scene.giulia))
        #expect(try scene.kinds(chief) == ["report"])
        let one = try #require(try scene.list(chief).first)
        #expect(one["text"]?.string == "offesa" && one["by"]?.int == scene.giulia.id.rawValue)
        #expect(one["channel"] == nil && one["network"] == nil && one["message"]?.int == bad)
        #expect(report > 0)
        #expect(try scene.kinds(scene.anna).isEmpty)
        try c.ok("person.assignRoles", ["person": .int(chief.id.rawValue), "roles": .array([])])
        #expect(try scene.kinds(chief).isEmpty && scene.unread(chief) == 0)
    }

    @Test(
        "a message at or below the read marker tells nothing, and marking a channel reads what it told",
        arguments: StorageBackend.available
    )
    func marker(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let c = scene.c
        let first = try scene.post(scene.mention(scene.marco), as: scene.anna)
        try c.ok("channel.mark", ["channel": .int(scene.channel), "upTo": .int(first)], as: scene.marco)
        #expect(try scene.kinds(scene.marco).isEmpty)
        let second = try scene.post(scene.mention(scene.marco), as: scene.anna)
        try scene.post(scene.mention(scene.marco), as: scene.anna)
        #expect(try scene.unread(scene.marco) == 2)
        try c.ok("channel.mark", ["channel": .int(scene.channel), "upTo": .int(second)], as: scene.marco)
        #expect(try scene.unread(scene.marco) == 1)
        let last = try #require(try scene.told(scene.marco).last)
        #expect(last.type == "notification.read" && last.data["channel"]?.int == scene.channel)
        #expect(last.data["channelUpTo"]?.int == second && last.data["unread"]?.int == 1 && last.data["upTo"] == nil)
        #expect(try scene.list(scene.marco).map { $0["read"]?.bool } == [false, true])
        let told = try scene.told(scene.marco).count
        try scene.post("altro", as: scene.anna)
        let unrelated = try scene.post("altro ancora", as: scene.anna)
        try c.ok("channel.mark", ["channel": .int(scene.channel), "upTo": .int(unrelated)], as: scene.marco)
        try c.ok("channel.mark", ["channel": .int(scene.channel), "upTo": .int(unrelated)], as: scene.marco)
        try c.settle()
        #expect(try scene.told(scene.marco).count == told + 1)
    }

    @Test("reading marks all up to one, and never goes back", arguments: StorageBackend.available)
    func read(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let c = scene.c
        for _ in 1...3 { try scene.post(scene.mention(scene.marco), as: scene.anna) }
        try c.settle()
        let ids = try scene.list(scene.marco).compactMap { $0["id"]?.int }
        let read: (Int64) throws -> Int64? = { id in
            try c.ok("notification.read", ["upTo": .int(id)], as: scene.marco)["upTo"]?.int
        }
        #expect(try read(ids[1]) == ids[1])
        #expect(try scene.unread(scene.marco) == 1)
        let head = c.head
        #expect(try read(ids[2]) == ids[1])
        #expect(c.head == head)
        #expect(
            try c.ok("notification.list", ["unread": .bool(true)], as: scene.marco)["notifications"]?.array?.count == 1
        )
        // What comes later is not read beforehand.
        _ = try read(1 << 50)
        try scene.post(scene.mention(scene.marco), as: scene.anna)
        #expect(try scene.unread(scene.marco) == 1)
        let body: KeyValuePairs<String, JSON> = ["upTo": .int(ids[0])]
        let once = try c.ok("notification.read", body, as: scene.marco, nonce: "una")
        #expect(try c.ok("notification.read", body, as: scene.marco, nonce: "una") == once)
        #expect(try c.refusal("notification.read", ["upTo": 1], as: scene.marco, nonce: "una").code == .nonceReused)
        #expect(try c.refusal("notification.read", ["upTo": 0], as: scene.marco).code == .invalid)
    }

    @Test("pages follow each other without holes", arguments: StorageBackend.available)
    func pages(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        for _ in 1...5 { try scene.post(scene.mention(scene.marco), as: scene.anna) }
        try scene.c.settle()
        let all = try scene.list(scene.marco).compactMap { $0["id"]?.int }
        var found: [Int64] = []
        var more = true
        while more {
            let before = JSON.int(found.last ?? 1 << 50)
            let page = try scene.c.ok("notification.list", ["before": before, "limit": 2], as: scene.marco)
            found += (page["notifications"]?.array ?? []).compactMap { $0["id"]?.int }
            more = page["more"]?.bool ?? false
        }
        #expect(found == all && found == found.sorted(by: >) && found.count == 5)
    }

    @Test("who may no longer read it is not told, nor shown what was told before", arguments: StorageBackend.available)
    func lostAccess(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let c = scene.c
        let secret = try c.id(
            c.ok(
                "channel.create",
                ["network": .int(scene.network), "slug": "segreto", "name": "Segreto", "kind": "private"],
                as: scene.giulia
            )
        )
        let marco: KeyValuePairs<String, JSON> = ["channel": .int(secret), "person": .int(scene.marco.id.rawValue)]
        try c.ok("channel.add", marco, as: scene.giulia)
        try scene.post(scene.mention(scene.marco), as: scene.giulia, in: secret)
        #expect(try scene.unread(scene.marco) == 1)
        try scene.post(scene.mention(scene.marco), as: scene.giulia, in: secret)
        try c.ok("channel.remove", marco, as: scene.giulia)
        #expect(try scene.kinds(scene.marco).isEmpty && scene.unread(scene.marco) == 0)
        #expect(try scene.told(scene.marco).last?.data["unread"]?.int == 0)
        // Leaving a network loses its channels in one `access.lost`.
        try scene.post(scene.mention(scene.marco), as: scene.anna)
        #expect(try scene.unread(scene.marco) == 1)
        try c.ok("network.leave", ["network": .int(scene.network)], as: scene.marco)
        #expect(try scene.unread(scene.marco) == 0)
    }

    @Test("a deleted message tells nothing any more", arguments: StorageBackend.available)
    func deleted(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let id = try scene.post(scene.mention(scene.marco), as: scene.anna)
        #expect(try scene.unread(scene.marco) == 1)
        try scene.c.ok("message.delete", ["message": .int(id)], as: scene.anna)
        #expect(try scene.list(scene.marco).isEmpty)
        #expect(try scene.unread(scene.marco) == 0)
        #expect(try scene.c.rows(of: "notification") == 0)
        let gone = try scene.post(scene.mention(scene.marco), as: scene.anna)
        try scene.c.ok("message.delete", ["message": .int(gone)], as: scene.anna)
        #expect(try scene.unread(scene.marco) == 0)
    }

    @Test(
        "an edit tells those whom it newly mentions, and shows the text as it is now",
        arguments: StorageBackend.available
    )
    func edited(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let id = try scene.post("\(scene.mention(scene.marco)) prima", as: scene.anna)
        try scene.c.settle()
        let text = JSON.string("\(scene.mention(scene.marco)) \(scene.mention(scene.giulia)) dopo")
        try scene.c.ok("message.edit", ["message": .int(id), "text": text, "revision": 1], as: scene.anna)
        #expect(try scene.kinds(scene.marco) == ["mention"] && scene.kinds(scene.giulia) == ["mention"])
        #expect(try scene.list(scene.marco).first?["text"]?.string == "@Marco @Giulia dopo")
    }

    @Test("an excerpt has at most 200 characters", arguments: StorageBackend.available)
    func excerpt(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let long = String(repeating: "à🇮🇹 ", count: 300)
        try scene.post("\(scene.mention(scene.marco)) \(long)", as: scene.anna)
        try scene.c.settle()
        let text = try #require(try scene.list(scene.marco).first?["text"]?.string)
        #expect(text.count == 200 && text.hasSuffix("…"))
    }

    @Test("the oldest go when a person has too many", arguments: StorageBackend.available)
    func kept(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend) { $0.notification.kept = 10 }
        for _ in 1...13 { try scene.post(scene.mention(scene.marco), as: scene.anna) }
        #expect(try scene.unread(scene.marco) == 10)
        #expect(try scene.told(scene.marco).last?.data["unread"]?.int == 10)
        #expect(try scene.c.rows(of: "notification") == 10)
    }
}
