import Channels
import CommunityKernel
import Journal
import Mail
import Messages
import Notifications
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Notifications by mail")
struct NotificationMailTests {
    /// The scene on Tuesday 24 November 2026 at 10:00 in Rome, with nothing mailed yet.
    private func scene(_ backend: StorageBackend) throws -> NotificationScene {
        let scene = try NotificationScene(backend)
        try scene.c.settle()
        for mail in try mails(scene) { try scene.c.ok("mail.discard", ["mail": mail["id"] ?? .null]) }
        try at("2026-11-24T10:00", scene)
        return scene
    }

    private func at(_ local: String, _ scene: NotificationScene) throws {
        scene.c.clock.set(try LocalTime(local: local, zone: "Europe/Rome").resolved())
        try scene.c.settle()
    }

    /// What waits to be sent.
    private func mails(_ scene: NotificationScene) throws -> [JSON] {
        try scene.c.ok("mail.list", ["state": "waiting"])["mails"]?.array ?? []
    }

    private func receivers(_ scene: NotificationScene) throws -> [Int64?] { try mails(scene).map { $0["person"]?.int } }

    /// What the mails that wait would say now, by the composer that the sender asks.
    private func composed(_ scene: NotificationScene) throws -> [String] {
        let channels = ChannelsCapability(types: InstalledNetworkTypes.enabled([]), timeline: MessageTimeline())
        let composer = NotificationsCapability(access: channels.access).mailComposer
        return try scene.c.community.read { context in
            let rows = try context.sql.all(
                "SELECT template, person, data FROM mail WHERE state = 'waiting' ORDER BY id"
            ) { (template: $0.text(0), person: $0.id(1) as PersonID, data: $0.text(2)) }
            return try rows.map { row in
                let data = try JSONParser.parse(Array(row.data.utf8)).object ?? JSONObject()
                let facts = MailFacts(template: row.template, person: row.person, data: data)
                switch try composer.compose(facts, context) {
                case .obsolete(let reason): return "obsolete: \(reason)"
                case .later(let moment): return "later: \(moment)"
                case .ready(let values):
                    let titles = values["items"]?.array?.compactMap { $0["title"]?["it"]?.string } ?? []
                    return ([values["headline"]?["it"]?.string ?? ""] + titles).joined(separator: " | ")
                }
            }
        }
    }

    @Test("what came within two minutes goes in one mail, to each once", arguments: StorageBackend.available)
    func batch(_ backend: StorageBackend) throws {
        let scene = try scene(backend)
        try scene.post("Ciao \(scene.mention(scene.marco))", as: scene.anna)
        try scene.c.settle()
        try at("2026-11-24T10:01", scene)
        try scene.post("E ancora \(scene.mention(scene.marco))", as: scene.giulia)
        try scene.c.settle()
        #expect(try mails(scene).isEmpty)
        try at("2026-11-24T10:02", scene)
        #expect(try receivers(scene) == [scene.marco.id.rawValue])
        #expect(
            try composed(scene) == [
                "2 novità che ti riguardano | Giulia ti ha menzionato in Generale | Anna ti ha menzionato in Generale"
            ]
        )
        try at("2026-11-24T10:30", scene)
        #expect(try mails(scene).count == 1)
    }

    @Test(
        "what was read before the two minutes are over, or before the mail goes, is not mailed",
        arguments: StorageBackend.available
    )
    func read(_ backend: StorageBackend) throws {
        let scene = try scene(backend)
        let first = try scene.post(scene.mention(scene.marco), as: scene.anna)
        try scene.c.settle()
        let mark: KeyValuePairs<String, JSON> = ["channel": .int(scene.channel), "upTo": .int(first)]
        try scene.c.ok("channel.mark", mark, as: scene.marco)
        try at("2026-11-24T10:05", scene)
        #expect(try mails(scene).isEmpty)
        let second = try scene.post(scene.mention(scene.marco), as: scene.anna)
        try scene.c.settle()
        try at("2026-11-24T10:10", scene)
        #expect(try mails(scene).count == 1)
        try scene.c.ok("channel.mark", ["channel": .int(scene.channel), "upTo": .int(second)], as: scene.marco)
        try scene.c.settle()
        #expect(try composed(scene) == ["obsolete: read"])
    }

    @Test("who left the channel is not told by mail either", arguments: StorageBackend.available)
    func left(_ backend: StorageBackend) throws {
        let scene = try scene(backend)
        try scene.post(scene.mention(scene.marco), as: scene.anna)
        try scene.c.settle()
        try at("2026-11-24T10:10", scene)
        #expect(try composed(scene).first?.hasPrefix("Anna ti ha menzionato") == true)
        try scene.c.ok("network.leave", ["network": .int(scene.network)], as: scene.marco)
        try scene.c.settle()
        #expect(try composed(scene) == ["obsolete: read"])
    }

    @Test("nothing comes at night, on Sundays and on holidays, unless asked", arguments: StorageBackend.available)
    func night(_ backend: StorageBackend) throws {
        let scene = try scene(backend)
        try scene.c.ok("notification.set", ["mailAnytime": .bool(true)], as: scene.giulia)
        func both(_ local: String) throws {
            try at(local, scene)
            try scene.post("\(scene.mention(scene.marco)) \(scene.mention(scene.giulia))", as: scene.anna)
            try scene.c.settle()
        }
        // Monday 7 December 2026, 20:59; Tuesday is the Immaculate Conception.
        try both("2026-12-07T20:59")
        try at("2026-12-07T21:02", scene)
        #expect(try receivers(scene) == [scene.giulia.id.rawValue])
        try at("2026-12-08T12:00", scene)
        #expect(try receivers(scene) == [scene.giulia.id.rawValue])
        try at("2026-12-09T06:59", scene)
        #expect(try receivers(scene) == [scene.giulia.id.rawValue])
        try at("2026-12-09T07:00", scene)
        #expect(try Set(receivers(scene)) == [scene.giulia.id.rawValue, scene.marco.id.rawValue])
        // A mail that waited for the server into the night waits on; one's own hours are kept whatever one asks.
        try at("2026-12-09T23:00", scene)
        #expect(try composed(scene).contains { $0 == "later: 2026-12-10T06:00:00.000Z" })
        let hours = JSON.members(["from": "13:00", "to": "15:00"])
        try scene.c.ok("notification.set", ["doNotDisturb": hours], as: scene.giulia)
        try at("2026-12-10T14:00", scene)
        #expect(try composed(scene).contains { $0 == "later: 2026-12-10T14:00:00.000Z" })
    }

    @Test("holidays are known, the movable one too")
    func holidays() throws {
        let scene = try scene(.sqlite)
        // Monday 29 March 2027 is Easter Monday; the clocks were put forward the night before.
        try at("2027-03-27T20:59", scene)
        try scene.post(scene.mention(scene.marco), as: scene.anna)
        try scene.c.settle()
        try at("2027-03-29T12:00", scene)
        #expect(try mails(scene).isEmpty)
        try at("2027-03-30T07:00", scene)
        #expect(try mails(scene).count == 1)
    }

    @Test("a digest comes once a day, or on Mondays, and not when nothing waits", arguments: StorageBackend.available)
    func digest(_ backend: StorageBackend) throws {
        let scene = try scene(backend)
        try scene.c.ok("notification.set", ["mail": "daily"], as: scene.marco)
        try scene.c.ok("notification.set", ["mail": "weekly"], as: scene.giulia)
        try scene.c.ok("notification.set", ["mail": "off"], as: scene.anna)
        try at("2026-11-25T08:00", scene)
        #expect(try mails(scene).isEmpty)
        let root = try scene.post(scene.mention(scene.marco), as: scene.anna)
        try scene.post("risposta", as: scene.giulia, thread: root)
        try scene.post("senza menzione", as: scene.anna)
        try scene.c.settle()
        try at("2026-11-25T12:00", scene)
        #expect(try mails(scene).isEmpty)
        try at("2026-11-26T08:00", scene)
        #expect(try receivers(scene) == [scene.marco.id.rawValue])
        #expect(
            try composed(scene) == [
                "Il riepilogo di oggi | Anna ti ha menzionato in Generale | Generale: 3 messaggi non letti"
            ]
        )
        try at("2026-11-29T12:00", scene)
        #expect(try receivers(scene) == [scene.marco.id.rawValue])
        try at("2026-11-30T08:00", scene)
        #expect(try Set(receivers(scene)) == [scene.marco.id.rawValue, scene.giulia.id.rawValue])
        try scene.c.ok("notification.set", ["mail": "off"], as: scene.marco)
        #expect(try composed(scene).contains("obsolete: not_wanted"))
    }

    @Test(
        "direct messages are mailed; of a channel of which one wants all only what concerns one",
        arguments: StorageBackend.available
    )
    func direct(_ backend: StorageBackend) throws {
        let scene = try scene(backend)
        try scene.tune("all", as: scene.marco)
        try scene.post("per tutti", as: scene.anna)
        try scene.c.settle()
        try at("2026-11-24T10:10", scene)
        #expect(try mails(scene).isEmpty)
        let people = JSON.array([.int(scene.marco.id.rawValue)])
        let direct = try #require(try scene.c.ok("direct.open", ["people": people], as: scene.anna)["channel"]?.int)
        try scene.post("fra noi", as: scene.anna, in: direct)
        try scene.c.settle()
        try at("2026-11-24T10:20", scene)
        #expect(try composed(scene) == ["Anna ti ha scritto | Anna ti ha scritto"])
    }

    @Test("the choice is told and shown", arguments: StorageBackend.available)
    func choice(_ backend: StorageBackend) throws {
        let scene = try scene(backend)
        #expect(try scene.c.ok("notification.settings", as: scene.marco)["mail"]?.string == "each")
        try scene.c.ok("notification.set", ["mail": "weekly", "mailAnytime": .bool(true)], as: scene.marco)
        let settings = try scene.c.ok("notification.settings", as: scene.marco)
        #expect(settings["mail"]?.string == "weekly" && settings["mailAnytime"]?.bool == true)
        let told = try scene.c.updates(for: scene.marco).last { $0.type == "notification.set" }
        #expect(told?.data["mail"]?.string == "weekly")
        #expect(try scene.c.snapshot(for: scene.marco)["notifications"]?["mail"]?.string == "weekly")
        #expect(try scene.c.refusal("notification.set", ["mail": "hourly"], as: scene.marco).code == .invalid)
    }
}
