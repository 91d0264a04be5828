import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Notifications: the law")
struct NotificationsLawTests {
    /// A client's view, changed by updates alone.
    private struct Model: Equatable {
        var unread: Int64
        var settings: [String: JSON]

        init(_ snapshot: JSON) {
            let own = snapshot["notifications"]
            unread = own?["unread"]?.int ?? -1
            settings = [:]
            settings["browser"] = own?["browser"]
            settings["doNotDisturb"] = own?["doNotDisturb"]
        }

        mutating func apply(_ update: PastUpdate) {
            switch update.type {
            case "notification.added", "notification.read": unread = update.data["unread"]?.int ?? -1
            case "notification.set":
                settings["browser"] = update.data["browser"]
                settings["doNotDisturb"] = update.data["doNotDisturb"]
            default: break
            }
        }
    }

    @Test("a stale snapshot plus the updates after it is a fresh snapshot", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend) { $0.notification.kept = 10 }
        let c = scene.c
        let quiet = JSON.members(["from": "20:00", "to": "08:00"])
        var messages: [Int64] = []
        let acts: [() throws -> Void] = [
            { messages.append(try scene.post(scene.mention(scene.marco), as: scene.anna)) },
            { try c.ok("notification.set", ["doNotDisturb": quiet, "browser": .bool(true)], as: scene.marco) },
            { messages.append(try scene.post(scene.mention(scene.marco), as: scene.anna)) },
            {
                let body: KeyValuePairs<String, JSON> = ["channel": .int(scene.channel), "upTo": .int(messages[0])]
                try c.ok("channel.mark", body, as: scene.marco)
            },
            { try c.ok("message.delete", ["message": .int(messages[1])], as: scene.anna) },
            { for _ in 1...14 { try scene.post(scene.mention(scene.marco), as: scene.anna) } },
            { try c.ok("notification.set", ["doNotDisturb": .null], as: scene.marco) },
            {
                let first = try scene.list(scene.marco).last?["id"] ?? 0
                try c.ok("notification.read", ["upTo": first], as: scene.marco)
            },
            { try c.ok("channel.leave", ["channel": .int(scene.channel)], as: scene.marco) },
            { try c.ok("channel.join", ["channel": .int(scene.channel)], as: scene.marco) },
            { try scene.post(scene.mention(scene.marco), as: scene.giulia) },
        ]
        var stale: [(seq: Int64, model: Model)] = []
        for act in acts {
            // Before and after the followers have read.
            stale.append((c.head, Model(try c.snapshot(for: scene.marco))))
            try act()
            stale.append((c.head, Model(try c.snapshot(for: scene.marco))))
            try c.settle()
        }
        let fresh = Model(try c.snapshot(for: scene.marco))
        for (seq, model) in stale {
            var model = model
            for update in try c.updates(for: scene.marco, after: seq) { model.apply(update) }
            #expect(model == fresh, "from \(seq)")
        }
        #expect(fresh.unread == 1 && fresh.settings["browser"]?.bool == true)
        #expect(fresh.settings["doNotDisturb"] == nil && stale[0].model != fresh)
    }

    @Test("one's own settings are shown to oneself alone, and are a time of day", arguments: StorageBackend.available)
    func settings(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let c = scene.c
        let first = try c.ok("notification.settings", as: scene.marco)
        #expect(first["browser"]?.bool == false && first["doNotDisturb"] == nil)
        let quiet = JSON.members(["from": "20:00", "to": "08:00"])
        try c.ok("notification.set", ["doNotDisturb": quiet], as: scene.marco)
        let head = c.head
        try c.ok("notification.set", ["doNotDisturb": quiet, "browser": .bool(false)], as: scene.marco)
        try c.ok("notification.set", as: scene.marco)
        #expect(c.head == head)
        #expect(try c.ok("notification.settings", as: scene.marco)["doNotDisturb"] == quiet)
        #expect(try c.ok("notification.settings", as: scene.anna)["doNotDisturb"] == nil)
        #expect(try scene.told(scene.anna).isEmpty)
        for bad in ["24:00", "8:00", "0800", "08:60", "", "+1:00", "08:0:"] {
            let body = JSON.members(["from": .string(bad), "to": "08:00"])
            #expect(try c.refusal("notification.set", ["doNotDisturb": body], as: scene.marco).code == .invalid)
        }
        let same = JSON.members(["from": "08:00", "to": "08:00"])
        #expect(try c.refusal("notification.set", ["doNotDisturb": same], as: scene.marco).code == .invalid)
        #expect(try c.refusal("notification.set", ["doNotDisturb": .bool(true)], as: scene.marco).code == .invalid)
    }

    @Test(
        "notifications are the person's own, go into the export and away with the person",
        arguments: StorageBackend.available
    )
    func ownAlone(_ backend: StorageBackend) throws {
        let scene = try NotificationScene(backend)
        let c = scene.c
        try scene.post("\(scene.mention(scene.marco)) parolaaltrui", as: scene.anna)
        try c.ok("notification.set", ["browser": .bool(true)], as: scene.marco)
        #expect(try scene.kinds(scene.marco) == ["mention"])
        #expect(try scene.kinds(scene.anna).isEmpty)
        for member in [Member.system, Member(id: MemberID(), kind: .nobody, name: "")] {
            _ = try c.refusal("notification.list", as: member)
        }
        let export = try c.export(of: scene.marco)
        #expect(export["notifications"]?.array?.count == 1)
        #expect(export["notificationSettings"]?["browser"]?.bool == true)
        #expect(!String(decoding: export.text, as: UTF8.self).contains("parolaaltrui"))
        try c.ok("person.erase", ["person": .int(scene.marco.id.rawValue)])
        try c.settle()
        #expect(try c.rows(of: "notification") == 0 && c.rows(of: "notification_choice") == 0)
        try scene.post(scene.mention(scene.marco), as: scene.anna)
        try c.settle()
        #expect(try c.rows(of: "notification") == 0)
    }
}
