import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A client's view of one channel's messages, changed by updates alone.
private struct TimelineModel: Equatable {
    var messages: [Int64: [String: JSON]] = [:]
    var reactions: [Int64: [String: Set<Int64>]] = [:]
    var replies: [Int64: Int64] = [:]

    init(_ history: JSON) {
        for message in history["messages"]?.array ?? [] {
            guard let id = message["id"]?.int else { continue }
            messages[id] = Self.fields(message.object ?? JSONObject())
            for reaction in message["reactions"]?.array ?? [] {
                reactions[id, default: [:]][reaction["emoji"]?.string ?? ""] =
                    Set((reaction["people"]?.array ?? []).compactMap(\.int))
            }
            if let count = message["replies"]?.int, count > 0 { replies[id] = count }
        }
    }

    private static func fields(_ object: JSONObject) -> [String: JSON] {
        var fields = Dictionary(
            object.members.map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        for name in ["reactions", "replies"] { fields[name] = nil }
        return fields
    }

    mutating func apply(_ update: PastUpdate) {
        let data = JSON.object(update.data)
        let id = data["id"]?.int ?? data["message"]?.int ?? 0
        switch update.type {
        case "message.posted":
            var fields = Self.fields(update.data)
            fields["by"] = .int(update.by.rawValue)
            fields["at"] = .string(update.at.description)
            messages[id] = fields
            if let thread = data["thread"]?.int { replies[thread, default: 0] += 1 }
        case "message.edited":
            // A text taken out of the journal stands there as deleted; the update that says so follows.
            messages[id]?["groups"] = nil
            messages[id]?.merge(Self.fields(update.data)) { _, new in new }
        case "message.deleted":
            let kept: Set<String> = ["id", "channel", "thread", "by", "at", "revision"]
            messages[id] = messages[id]?.filter { kept.contains($0.key) }
            messages[id]?["deleted"] = .bool(true)
            for name in ["mentions", "quotes"] { messages[id]?[name] = .array([]) }
            messages[id]?["reason"] = data["reason"]
            reactions[id] = nil
        case "message.reacted":
            reactions[id, default: [:]][data["emoji"]?.string ?? "", default: []].insert(update.by.rawValue)
        case "message.unreacted":
            let emoji = data["emoji"]?.string ?? ""
            reactions[id]?[emoji]?.remove(update.by.rawValue)
            if reactions[id]?[emoji]?.isEmpty == true { reactions[id]?[emoji] = nil }
            if reactions[id]?.isEmpty == true { reactions[id] = nil }
        case "message.pinned": messages[id]?["pinned"] = .bool(true)
        case "message.unpinned": messages[id]?["pinned"] = nil
        default: break
        }
    }
}

@Suite("Messages: the law")
struct MessagesLawTests {
    @Test("a stale history plus the updates after it is a fresh history", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        var (root, reply, gone): (Int64, Int64, Int64) = (0, 0, 0)
        func of(_ message: Int64, _ more: (String, JSON)...) -> JSONObject {
            JSONObject(([("message", JSON.int(message))] + more).map { JSONObject.Member(name: $0.0, value: $0.1) })
        }
        func act(_ name: String, _ body: JSONObject, as member: Member) throws {
            let outcome = c.community.performAndWait(Community.Request(name: name, body: body), as: member)
            guard case .done = outcome else { throw UnexpectedOutcome("\(name): \(outcome)") }
        }
        let acts: [() throws -> Void] = [
            { root = try scene.post("Il **piano** @[Marco](\(scene.marco.id))") },
            { reply = try scene.post("Sì", as: scene.marco, thread: root, quotes: [root]) },
            { gone = try scene.post("da togliere", thread: root) },
            { try act("message.react", of(root, ("emoji", "👍")), as: scene.marco) },
            { try act("message.react", of(root, ("emoji", "👍")), as: scene.anna) },
            { try act("message.react", of(gone, ("emoji", "🎉")), as: scene.marco) },
            { try act("message.edit", of(root, ("text", "Il piano @[channel]"), ("revision", 1)), as: scene.anna) },
            { try act("message.pin", of(reply), as: scene.giulia) },
            { try act("message.pin", of(root), as: scene.giulia) },
            { try act("message.edit", of(gone, ("text", "corretto"), ("revision", 1)), as: scene.anna) },
            { try act("message.unreact", of(root, ("emoji", "👍")), as: scene.marco) },
            { try act("message.unpin", of(root), as: scene.giulia) },
            { try act("message.delete", of(gone, ("reason", "fuori tema")), as: scene.giulia) },
            { _ = try scene.post("fine", as: scene.giulia) },
        ]
        func model() throws -> TimelineModel {
            TimelineModel(try c.ok("message.history", ["channel": .int(scene.channel)], as: scene.marco))
        }
        var stale = [(seq: c.head, model: try model())]
        for act in acts {
            try act()
            stale.append((c.head, try model()))
        }
        let fresh = try model()
        for (seq, start) in stale {
            var model = start
            for update in try c.updates(for: scene.marco, after: seq) { model.apply(update) }
            for (id, fields) in fresh.messages { #expect(model.messages[id] == fields, "from \(seq)") }
            #expect(model == fresh, "from \(seq)")
        }
        #expect(fresh.messages[gone]?["deleted"] == .bool(true))
        #expect(fresh.replies[root] == 2)
    }

    @Test("the same for messages addressed to comuni of the network's city", arguments: StorageBackend.available)
    func addressed(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let city = try c.city()
        let comune = try c.id(
            c.ok("organisation.create", ["kind": "comune", "slug": "imola", "name": "Imola", "parent": .int(city)])
        )
        let network = try c.network("bologna", type: "Local", settings: .members(["city": .int(city)]))
        let channel = try c.channel("generale", in: network)
        let (anna, marco) = (try c.person("Anna", city: city), try c.person("Marco", city: comune))
        try c.join([anna, marco], network: network, channel: channel)
        var posted: [Int64] = []
        func post() throws {
            let fields: KeyValuePairs<String, JSON> = [
                "channel": .int(channel), "text": "Il bando", "addressed": .array([.int(comune)]),
            ]
            posted.append(try c.id(c.ok("message.post", fields, as: anna)))
        }
        let acts: [() throws -> Void] = [
            post, post,
            { try c.ok("message.edit", ["message": .int(posted[0]), "text": "Nuovo", "revision": 1], as: anna) },
            { try c.ok("message.delete", ["message": .int(posted[1])], as: anna) },
        ]
        func model() throws -> TimelineModel {
            TimelineModel(try c.ok("message.history", ["channel": .int(channel)], as: marco))
        }
        var stale = [(seq: c.head, model: try model())]
        for act in acts {
            try act()
            stale.append((c.head, try model()))
        }
        let fresh = try model()
        for (seq, start) in stale {
            var model = start
            for update in try c.updates(for: marco, after: seq) { model.apply(update) }
            #expect(model == fresh, "from \(seq)")
        }
        #expect(fresh.messages[posted[0]]?["addressed"] == .array([.int(comune)]))
        #expect(fresh.messages[posted[1]]?["addressed"] == nil)
    }
}
