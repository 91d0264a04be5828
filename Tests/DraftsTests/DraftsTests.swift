import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

/// A network with a facilitator and a member who is in one channel.
private struct Scene {
    let c: TestCommunity
    let network: Int64
    let channel: Int64
    let anna: Member
    let giulia: Member

    init(_ backend: StorageBackend, configure: (inout Configuration) -> Void = { _ in }) throws {
        c = try TestCommunity(backend, configure: configure)
        network = try c.network()
        channel = try c.channel("generale", in: network)
        anna = try c.person("Anna")
        giulia = try c.person("Giulia")
        try c.join([anna, giulia], network: network, channel: channel)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    func save(_ text: String, in channel: Int64? = nil, thread: Int64? = nil, as member: Member? = nil) throws {
        let place = JSON.int(channel ?? self.channel)
        guard let thread else {
            try c.ok("draft.save", ["channel": place, "text": .string(text)], as: member ?? anna)
            return
        }
        let body: KeyValuePairs<String, JSON> = ["channel": place, "thread": .int(thread), "text": .string(text)]
        try c.ok("draft.save", body, as: member ?? anna)
    }

    func drafts(of member: Member? = nil) throws -> [JSON] {
        try c.ok("draft.list", as: member ?? anna)["drafts"]?.array ?? []
    }

    func told(_ member: Member) throws -> [PastUpdate] {
        try c.updates(for: member).filter { $0.type == "draft.saved" }
    }

    func privateChannel() throws -> Int64 {
        let id = try c.id(
            c.ok(
                "channel.create",
                ["network": .int(network), "slug": "riservato", "name": "Riservato", "kind": "private"],
                as: giulia
            )
        )
        try c.ok("channel.add", ["channel": .int(id), "person": .int(anna.id.rawValue)], as: giulia)
        return id
    }
}

@Suite("Drafts")
struct DraftsTests {
    @Test("one draft a place, and nobody else ever sees it", arguments: StorageBackend.available)
    func ownAlone(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let root = try scene.c.id(
            scene.c.ok("message.post", ["channel": .int(scene.channel), "text": "radice"], as: scene.giulia)
        )
        try scene.save("parolasegreta")
        try scene.save("nella conversazione", thread: root)
        try scene.save("parolasegreta due")
        #expect(try scene.drafts().compactMap { $0["text"]?.string } == ["parolasegreta due", "nella conversazione"])
        #expect(try scene.drafts().map { $0["thread"]?.int } == [nil, root])
        #expect(try scene.drafts().first?["at"]?.string == scene.c.clock.now.description)
        #expect(try scene.told(scene.anna).allSatisfy { $0.stream == .person(scene.anna.id) })
        try scene.c.settle()
        let administrator = try scene.c.person("Capo")
        let roles: KeyValuePairs<String, JSON> = [
            "person": .int(administrator.id.rawValue), "roles": .array(["admin"]),
        ]
        try scene.c.ok("person.assignRoles", roles)
        for other in [scene.giulia, administrator] {
            #expect(try scene.drafts(of: other).isEmpty && scene.told(other).isEmpty)
            let snapshot = try scene.c.snapshot(for: other)
            #expect(!String(decoding: snapshot.text, as: UTF8.self).contains("parolasegreta"))
            #expect(try scene.c.ok("search", ["text": "parolasegreta"], as: other)["hits"]?.array?.isEmpty == true)
        }
        #expect(try scene.c.ok("search", ["text": "parolasegreta"], as: scene.anna)["hits"]?.array?.isEmpty == true)
        #expect(try scene.c.refusal("draft.save", ["channel": .int(scene.channel), "text": "x"]).code == .forbidden)
    }

    @Test("the former text leaves the journal, and an empty one deletes", arguments: StorageBackend.available)
    func rewriting(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        try scene.save("prima")
        try scene.save("dopo")
        #expect(try scene.told(scene.anna).map { $0.data["text"]?.string } == ["", "dopo"])
        let head = scene.c.head
        try scene.save("dopo")
        #expect(scene.c.head == head)
        try scene.save("")
        #expect(try scene.told(scene.anna).map { $0.data["text"]?.string } == ["", "", ""])
        #expect(try scene.drafts().isEmpty)
        let later = scene.c.head
        try scene.save("")
        #expect(scene.c.head == later)
    }

    @Test("a draft is kept where one may write", arguments: StorageBackend.available)
    func access(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.c
        let secret = try c.id(
            c.ok(
                "channel.create",
                ["network": .int(scene.network), "slug": "giunta", "name": "Giunta", "kind": "private"],
                as: scene.giulia
            )
        )
        for text in ["x", ""] {
            let body: KeyValuePairs<String, JSON> = ["channel": .int(secret), "text": .string(text)]
            #expect(try c.refusal("draft.save", body, as: scene.anna).code == .notFound)
        }
        let notices = try c.channel("annunci", in: scene.network)
        let body: KeyValuePairs<String, JSON> = ["channel": .int(notices), "text": "x"]
        #expect(try c.refusal("draft.save", body, as: scene.anna).code == .forbidden)
        try c.ok("draft.save", body, as: scene.giulia)
        let elsewhere = try c.id(c.ok("message.post", ["channel": .int(secret), "text": "y"], as: scene.giulia))
        for thread in [elsewhere, 999_999] {
            let reply: KeyValuePairs<String, JSON> = [
                "channel": .int(scene.channel), "thread": .int(thread), "text": "x",
            ]
            #expect(try c.refusal("draft.save", reply, as: scene.anna).code == .notFound)
        }
        let long: KeyValuePairs<String, JSON> = [
            "channel": .int(scene.channel), "text": .string(String(repeating: "a", count: 16_385)),
        ]
        #expect(try c.refusal("draft.save", long, as: scene.anna).code == .tooLarge)
    }

    @Test(
        "what can no longer be read is not shown, can be deleted, and comes back with the channel",
        arguments: StorageBackend.available
    )
    func lostAndFound(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.c
        let channel = try scene.privateChannel()
        try scene.save("in attesa", in: channel)
        let person: KeyValuePairs<String, JSON> = ["channel": .int(channel), "person": .int(scene.anna.id.rawValue)]
        try c.ok("channel.remove", person, as: scene.giulia)
        #expect(try scene.drafts().isEmpty)
        #expect(
            try c.refusal("draft.save", ["channel": .int(channel), "text": "x"], as: scene.anna).code == .notFound
        )
        try c.ok("channel.add", person, as: scene.giulia)
        try c.settle()
        #expect(try scene.drafts().first?["text"]?.string == "in attesa")
        #expect(try scene.told(scene.anna).map { $0.data["text"]?.string } == ["", "in attesa"])
        try c.ok("channel.remove", person, as: scene.giulia)
        try scene.save("", in: channel)
        try c.ok("channel.add", person, as: scene.giulia)
        try c.settle()
        #expect(try scene.drafts().isEmpty)
    }

    @Test("a person has so many drafts, and a nonce gives the first answer", arguments: StorageBackend.available)
    func bounds(_ backend: StorageBackend) throws {
        let scene = try Scene(backend) { $0.draft.perPerson = 1 }
        let c = scene.c
        let body: KeyValuePairs<String, JSON> = ["channel": .int(scene.channel), "text": "uno"]
        try c.ok("draft.save", body, as: scene.anna, nonce: "una")
        try scene.save("due")
        try c.ok("draft.save", body, as: scene.anna, nonce: "una")
        #expect(try scene.drafts().first?["text"]?.string == "due")
        let other = try scene.privateChannel()
        let refusal = try c.refusal("draft.save", ["channel": .int(other), "text": "x"], as: scene.anna)
        #expect(refusal.code == .invalid && refusal.fields?.first?.problem == "too_many")
    }

    @Test(
        "drafts go into the export and away with the person, from the journal too",
        arguments: StorageBackend.available
    )
    func exportAndErase(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        try scene.save("parolasegreta")
        let drafts = try scene.c.export(of: scene.anna)["drafts"]?.array
        #expect(drafts?.first?["text"]?.string == "parolasegreta")
        try scene.c.ok("person.erase", ["person": .int(scene.anna.id.rawValue)])
        #expect(try scene.c.rows(of: "draft") == 0)
        let left = try scene.c.community.read { context in
            try context.sql.all("SELECT payload FROM journal") { String(decoding: $0.bytes(0), as: UTF8.self) }
        }
        #expect(!left.contains { $0.contains("parolasegreta") })
    }
}

@Suite("Drafts: the law")
struct DraftsLawTests {
    private struct Place: Hashable {
        let channel: Int64
        let thread: Int64
    }

    /// A client's view, changed by updates alone.
    private struct Model: Equatable {
        var drafts: [Place: [String]] = [:]
        let me: Int64

        init(_ snapshot: JSON, me: Int64) {
            self.me = me
            for draft in snapshot["drafts"]?.array ?? [] {
                let place = Place(channel: draft["channel"]?.int ?? 0, thread: draft["thread"]?.int ?? 0)
                drafts[place] = [draft["text"]?.string ?? "", draft["at"]?.string ?? ""]
            }
        }

        mutating func apply(_ update: PastUpdate, isPrivate: (Int64) -> Bool) {
            let channel = update.data["channel"]?.int ?? 0
            switch update.type {
            case "draft.saved":
                let place = Place(channel: channel, thread: update.data["thread"]?.int ?? 0)
                let text = update.data["text"]?.string ?? ""
                drafts[place] = text.isEmpty ? nil : [text, update.at.description]
            case "channel.left" where update.data["person"]?.int == me && isPrivate(channel):
                drafts = drafts.filter { $0.key.channel != channel }
            case "network.left" where update.data["person"]?.int == me:
                drafts = [:]
            default: break
            }
        }
    }

    @Test("a stale snapshot plus the updates after it is a fresh snapshot", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.c
        let me = scene.anna.id.rawValue
        let secret = try scene.privateChannel()
        let root = try c.id(c.ok("message.post", ["channel": .int(scene.channel), "text": "r"], as: scene.giulia))
        let person: KeyValuePairs<String, JSON> = ["channel": .int(secret), "person": .int(me)]
        let acts: [() throws -> Void] = [
            { try scene.save("uno") },
            { try scene.save("due", thread: root) },
            { try scene.save("tre") },
            { try scene.save("quattro", in: secret) },
            { try c.ok("channel.remove", person, as: scene.giulia) },
            { try scene.save("", thread: root) },
            { try c.ok("channel.add", person, as: scene.giulia) },
            { try c.ok("network.leave", ["network": .int(scene.network)], as: scene.anna) },
            { try c.ok("network.join", ["network": .int(scene.network)], as: scene.anna) },
            { try c.ok("channel.join", ["channel": .int(scene.channel)], as: scene.anna) },
            { try scene.save("cinque", thread: root) },
        ]
        var stale = [(seq: c.head, snapshot: try c.snapshot(for: scene.anna))]
        for act in acts {
            try act()
            c.clock.advance(seconds: 1)
            try c.settle()
            stale.append((c.head, try c.snapshot(for: scene.anna)))
        }
        let fresh = Model(try c.snapshot(for: scene.anna), me: me)
        for (seq, snapshot) in stale {
            var model = Model(snapshot, me: me)
            for update in try c.updates(for: scene.anna, after: seq) { model.apply(update) { $0 == secret } }
            #expect(model == fresh, "from \(seq)")
        }
        #expect(fresh.drafts.values.map { $0[0] }.sorted() == ["cinque", "tre"])
        #expect(try c.snapshot(for: scene.anna)["drafts"] == (try c.ok("draft.list", as: scene.anna))["drafts"])
    }
}
