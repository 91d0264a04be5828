import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A client's view of its channels, changed by updates alone.
private struct ChannelsModel {
    var channels: [Int64: [String: JSON]] = [:]
    let me: Int64

    init(_ snapshot: JSON, me: Int64) {
        self.me = me
        for channel in snapshot["channels"]?.array ?? [] { channels[channel["id"]?.int ?? 0] = Self.fields(channel) }
    }

    static func fields(_ json: JSON) -> [String: JSON] {
        Dictionary(
            uniqueKeysWithValues: (json.object?.members ?? []).map { ($0.name, $0.value) }
        )
    }

    mutating func apply(_ update: PastUpdate) {
        let data = JSON.object(update.data)
        let channel = data["channel"]?.int ?? 0
        let isMine = data["person"]?.int == me
        switch update.type {
        case "channel.created":
            var fields = Self.fields(data)
            for (name, value) in ["member": JSON.bool(false), "unread": 0, "mentions": 0] { fields[name] = value }
            channels[data["id"]?.int ?? 0] = fields
        case "channel.shared":
            var fields = Self.fields(data)
            for (name, value) in ["member": JSON.bool(false), "unread": 0, "mentions": 0] { fields[name] = value }
            fields["with"] = nil
            channels[data["id"]?.int ?? 0] = fields
        case "channel.unshared":
            // The model's networks are those that gave it channels of their own; a share is from elsewhere.
            channels[data["id"]?.int ?? 0] = nil
        case "channel.changed", "channel.archived":
            channels[data["id"]?.int ?? 0]?.merge(Self.fields(data)) { _, new in new }
        case "channel.joined" where isMine:
            if let about = data["about"], channels[channel] == nil { channels[channel] = Self.fields(about) }
            channels[channel]?.merge(
                ["member": .bool(true), "unread": 0, "mentions": 0, "upTo": 0]) { _, new in new }
        case "channel.left" where isMine: lose(channel)
        case "access.lost":
            for stream in data["streams"]?.array ?? [] {
                let name = stream.string ?? ""
                if name.hasPrefix("channel/") { lose(Int64(name.dropFirst(8)) ?? 0) }
            }
        case "channel.marked":
            channels[channel]?.merge(
                ["upTo": data["upTo"] ?? 0, "unread": data["unread"] ?? 0, "mentions": data["mentions"] ?? 0]
            ) { _, new in new }
        case "channel.tuned":
            channels[channel]?["favourite"] = data["favourite"]?.bool == true ? .bool(true) : nil
            channels[channel]?["notify"] = data["notify"] == "default" ? nil : data["notify"]
        case "message.posted" where update.by.rawValue != me:
            let unread = channels[channel]?["unread"]?.int ?? 0
            channels[channel]?["unread"] = .int(unread + 1)
            if data["mentions"]?.array?.contains(.int(me)) == true {
                let mentions = channels[channel]?["mentions"]?.int ?? 0
                channels[channel]?["mentions"] = .int(mentions + 1)
            }
        case "message.deleted":
            // Whose it was a client cannot know of a message that it has never seen: `channel.marked` follows then.
            guard let id = data["id"]?.int, id > (channels[channel]?["upTo"]?.int ?? 0) else { return }
            let unread = channels[channel]?["unread"]?.int ?? 0
            channels[channel]?["unread"] = .int(max(0, unread - 1))
        default: break
        }
    }

    private mutating func lose(_ channel: Int64) {
        switch channels[channel]?["kind"]?.string {
        case "private", "direct": channels[channel] = nil
        default:
            channels[channel]?.merge(["member": .bool(false), "unread": 0, "mentions": 0]) { _, new in new }
            channels[channel]?["upTo"] = nil
        }
    }
}

@Suite("Channels: the law")
struct ChannelsLawTests {
    @Test("a stale snapshot plus the updates after it is a fresh snapshot", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let me = scene.anna.id.rawValue
        var model = ChannelsModel(try c.snapshot(for: scene.anna), me: me)
        let start = c.head
        let open = try scene.make("aperto")
        try c.ok("message.post", ["channel": .int(open), "text": "prima"], as: scene.giulia)
        try c.ok("channel.join", ["channel": .int(open)], as: scene.anna)
        try c.ok("message.post", ["channel": .int(open), "text": "mio"], as: scene.anna)
        let secret = try scene.make("segreto", "private")
        try c.ok("message.post", ["channel": .int(secret), "text": .string("@[Anna](\(me)) ciao")], as: scene.giulia)
        try c.ok("channel.add", ["channel": .int(secret), "person": scene.person(scene.anna)], as: scene.giulia)
        let seen = try c.id(
            c.ok("message.post", ["channel": .int(secret), "text": .string("@[Anna](\(me)) qui")], as: scene.giulia)
        )
        try c.ok("message.post", ["channel": .int(secret), "text": "@[channel] tutti"], as: scene.giulia)
        try c.ok("channel.mark", ["channel": .int(open), "upTo": .int(seen)], as: scene.anna)
        let gone = try scene.make("via", "private")
        try c.ok("channel.add", ["channel": .int(gone), "person": scene.person(scene.anna)], as: scene.giulia)
        try c.ok("channel.remove", ["channel": .int(gone), "person": scene.person(scene.anna)], as: scene.giulia)
        try c.ok(
            "channel.change",
            ["channel": .int(open), "name": "Aperto a tutti", "slug": "aperto-2"],
            as: scene.giulia
        )
        try c.ok("direct.open", ["people": .array([scene.person(scene.anna)])], as: scene.marco)
        let left = try scene.make("lasciato")
        try c.ok("channel.join", ["channel": .int(left)], as: scene.anna)
        try c.ok("channel.leave", ["channel": .int(left)], as: scene.anna)
        try c.ok("channel.archive", ["channel": .int(left)], as: scene.giulia)
        try share(scene)
        try tune(scene, [open, left, secret, gone])
        for update in try c.updates(for: scene.anna, after: start) { model.apply(update) }
        let snapshot = try c.snapshot(for: scene.anna)
        let fresh = ChannelsModel(snapshot, me: me)
        #expect(model.channels.keys.sorted() == fresh.channels.keys.sorted())
        for (id, fields) in fresh.channels { #expect(model.channels[id] == fields) }
        #expect(snapshot["channels"] == (try c.ok("channel.list", as: scene.anna))["channels"])
        #expect(fresh.channels[secret]?["unread"]?.int == 3)
        #expect(fresh.channels[secret]?["mentions"]?.int == 2)
    }

    @Test(
        "deleting and editing what is older than the snapshot keeps the counts right",
        arguments: StorageBackend.available
    )
    func olderThanTheSnapshot(_ backend: StorageBackend) throws {
        let scene = try ChannelScene(backend)
        let c = scene.c
        let me = scene.anna.id.rawValue
        let channel = try scene.make("aperto")
        for member in [scene.anna, scene.marco] { try c.ok("channel.join", ["channel": .int(channel)], as: member) }
        func post(_ text: String, _ author: Member) throws -> JSON {
            .int(try c.id(c.ok("message.post", ["channel": .int(channel), "text": .string(text)], as: author)))
        }
        let own = try post("mio", scene.anna)
        let named = try post("@[Anna](\(me)) guarda", scene.giulia)
        let plain = try post("senza nomi", scene.giulia)
        let other = try post("@[Anna](\(me)) e poi", scene.marco)
        let stale = try c.snapshot(for: scene.anna)
        let start = c.head
        let steps: [() throws -> Void] = [
            { try c.ok("message.delete", ["message": own], as: scene.giulia) },
            {
                try c.ok("message.edit", ["message": named, "text": "guarda", "revision": 1], as: scene.giulia)
            },
            {
                let text = JSON.string("ora @[Anna](\(me))")
                try c.ok("message.edit", ["message": plain, "text": text, "revision": 1], as: scene.giulia)
            },
            { try c.ok("message.delete", ["message": other], as: scene.marco) },
            { try c.ok("message.delete", ["message": plain], as: scene.giulia) },
        ]
        for step in steps {
            try step()
            var model = ChannelsModel(stale, me: me)
            for update in try c.updates(for: scene.anna, after: start) { model.apply(update) }
            let fresh = ChannelsModel(try c.snapshot(for: scene.anna), me: me)
            #expect(model.channels[channel] == fresh.channels[channel])
        }
    }

    /// Chosen, changed and taken back; a private channel that one left and came back to is as it was tuned.
    private func tune(_ scene: ChannelScene, _ channels: [Int64]) throws {
        let c = scene.c
        let tune: (Int64, KeyValuePairs<String, JSON>) throws -> Void = { channel, what in
            var body = JSON.members(what).object ?? JSONObject()
            body = JSONObject([.init(name: "channel", value: .int(channel))] + body.members)
            guard case .done = c.community.performAndWait(.init(name: "channel.tune", body: body), as: scene.anna)
            else {
                throw UnexpectedOutcome("channel.tune was refused")
            }
        }
        try tune(channels[0], ["favourite": .bool(true), "notify": "none"])
        try tune(channels[1], ["favourite": .bool(true)])
        try tune(channels[1], ["favourite": .bool(false)])
        try tune(channels[2], ["notify": "all"])
        let person = scene.person(scene.anna)
        let gone: KeyValuePairs<String, JSON> = ["channel": .int(channels[3]), "person": person]
        try c.ok("channel.add", gone, as: scene.giulia)
        try tune(channels[3], ["favourite": .bool(true), "notify": "all"])
        try c.ok("channel.remove", gone, as: scene.giulia)
        try c.ok("channel.add", gone, as: scene.giulia)
        let elsewhere = try c.network("ancora")
        let shared = try c.id(
            c.ok(
                "channel.create",
                ["network": .int(elsewhere), "slug": "prestato", "name": "Prestato", "kind": "open"]
            )
        )
        let pair: KeyValuePairs<String, JSON> = ["channel": .int(shared), "network": .int(scene.network)]
        try c.ok("channel.share", pair)
        try c.ok("channel.acceptShare", pair, as: scene.giulia)
        try tune(shared, ["favourite": .bool(true)])
        try c.ok("channel.revokeShare", pair, as: scene.giulia)
        try c.ok("channel.share", pair)
        try c.ok("channel.acceptShare", pair, as: scene.giulia)
    }

    /// Two channels of another network come to this one; one is taken back.
    private func share(_ scene: ChannelScene) throws {
        let c = scene.c
        let elsewhere = try c.network("altrove")
        for slug in ["resta", "torna"] {
            let id = try c.id(
                c.ok(
                    "channel.create",
                    ["network": .int(elsewhere), "slug": .string(slug), "name": .string(slug), "kind": "open"]
                )
            )
            let pair: KeyValuePairs<String, JSON> = ["channel": .int(id), "network": .int(scene.network)]
            try c.ok("channel.share", pair)
            try c.ok("channel.acceptShare", pair, as: scene.giulia)
            try c.ok("channel.join", ["channel": .int(id)], as: scene.anna)
            try c.ok("channel.change", ["channel": .int(id), "name": .string(slug + " qui")])
            if slug == "torna" { try c.ok("channel.revokeShare", pair, as: scene.giulia) }
        }
    }
}
