import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Notifications for many")
struct NotificationFanOutTests {
    @Test(
        "of everybody in a large channel as many are told as the setting says, those named in any case",
        arguments: StorageBackend.available
    )
    func bounded(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend) { $0.notification.fanOut = 60 }
        let city = try scene.c.city()
        let crowd = try (0..<130).map { try scene.c.person("P\($0)", city: city) }
        try scene.c.join(crowd, network: scene.network, channel: scene.channel)
        for member in crowd { try scene.tune("all", as: member) }
        let before = try scene.c.rows(of: "notification")
        let last = try #require(crowd.last)
        try scene.post("a tutti, e a \(scene.mention(last))", as: scene.anna)
        // The follower tells one page; the rest is told by the clock.
        try scene.c.community.background.catchUp()
        #expect(try scene.c.rows(of: "notification") - before == 50)
        #expect(try scene.c.rows(of: "notification_spread") == 1)
        #expect(try scene.kinds(last) == ["mention"])
        #expect(try scene.c.rows(of: "notification") - before == 61)
        #expect(try scene.c.rows(of: "notification_spread") == 0)
    }

    @Test("a channel of people who chose nothing costs no row", arguments: StorageBackend.available)
    func quiet(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        for _ in 1...20 { try scene.post("ciao", as: scene.anna) }
        try scene.c.settle()
        #expect(try scene.c.rows(of: "notification") == 0 && scene.c.rows(of: "notification_spread") == 0)
    }

    @Test("a message deleted while it spreads reaches nobody further", arguments: StorageBackend.available)
    func deletedMeanwhile(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let city = try scene.c.city()
        let crowd = try (0..<60).map { try scene.c.person("P\($0)", city: city) }
        try scene.c.join(crowd, network: scene.network, channel: scene.channel)
        for member in crowd { try scene.tune("all", as: member) }
        let id = try scene.post("ops", as: scene.anna)
        try scene.c.community.background.catchUp()
        #expect(try scene.c.rows(of: "notification_spread") == 1)
        try scene.c.ok("message.delete", ["message": .int(id)], as: scene.anna)
        try scene.c.settle()
        #expect(try scene.c.rows(of: "notification") == 0 && scene.c.rows(of: "notification_spread") == 0)
    }

    @Test("each is told once across a restart of the followers", arguments: StorageBackend.available)
    func onceAcrossARestart(_ backend: StorageBackend) throws {
        let folder = try TemporaryFolder()
        var marco: Member?
        var channel: Int64 = 0
        for round in 1...3 {
            let c = try TestCommunity(backend, in: folder)
            if round == 1 {
                let network = try c.network()
                channel = try c.channel("generale", in: network)
                let people = [try c.person("Marco"), try c.person("Anna")]
                try c.join(people, network: network, channel: channel)
                marco = people[0]
            }
            let member = try #require(marco)
            let text = JSON.string("@[Marco](\(member.id)) \(round)")
            let bystander = try #require(try c.ok("person.list", ["text": "Anna"])["people"]?.array?.first?["id"]?.int)
            let author = Member(id: MemberID(bystander), kind: .person, name: "Anna")
            try c.ok("message.post", ["channel": .int(channel), "text": text], as: author)
            if round != 2 { try c.settle() }
            try c.stop()
        }
        let c = try TestCommunity(backend, in: folder)
        try c.settle()
        let list = try c.ok("notification.list", as: try #require(marco))["notifications"]?.array ?? []
        #expect(list.compactMap { $0["text"]?.string } == ["@Marco 3", "@Marco 2", "@Marco 1"])
        try c.stop()
    }
}
