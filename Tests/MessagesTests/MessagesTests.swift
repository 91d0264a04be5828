import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

/// A network with a facilitator and two members, all in one open channel.
struct MessageScene {
    let c: TestCommunity
    let network: Int64
    let channel: Int64
    let giulia: Member
    let anna: Member
    let marco: Member

    init(_ backend: StorageBackend, configure: (inout Configuration) -> Void = { _ in }) throws {
        c = try TestCommunity(backend, configure: configure)
        network = try c.network()
        channel = try c.channel("generale", in: network)
        giulia = try c.person("Giulia")
        anna = try c.person("Anna")
        marco = try c.person("Marco")
        try c.join([giulia, anna, marco], network: network, channel: channel)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    func post(_ text: String, as member: Member? = nil, thread: Int64? = nil, quotes: [Int64]? = nil) throws -> Int64 {
        try c.id(
            c.ok(
                "message.post",
                [
                    "channel": .int(channel), "text": .string(text), "thread": thread.map(JSON.int) ?? .null,
                    "quotes": quotes.map { .array($0.map(JSON.int)) } ?? .null,
                ],
                as: member ?? anna
            )
        )
    }

    func history(
        _ body: [(String, JSON)] = [],
        as member: Member? = nil
    ) throws -> (ids: [Int64], messages: [JSON], before: Bool?, after: Bool?) {
        let all = [("channel", JSON.int(channel))] + body
        let request = JSONObject(all.map { JSONObject.Member(name: $0.0, value: $0.1) })
        let outcome = c.community.performAndWait(
            Community.Request(name: "message.history", body: request),
            as: member ?? marco
        )
        guard case .done(let reply, _, _) = outcome else { throw UnexpectedOutcome("history: \(outcome)") }
        let answer = try JSONParser.parse(reply)
        let messages = answer["messages"]?.array ?? []
        return (
            messages.compactMap { $0["id"]?.int }, messages, answer["more"]?["before"]?.bool,
            answer["more"]?["after"]?.bool
        )
    }
}

@Suite("Messages")
struct MessagesTests {
    @Test(
        "a message's id is the seq of message.posted, which has every field of the protocol",
        arguments: StorageBackend.available
    )
    func posted(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let id = try scene.post("Buongiorno a tutti")
        let update = try #require(try scene.c.updates(for: scene.marco).last)
        #expect(update.seq == id)
        #expect(update.type == "message.posted")
        #expect(update.by == scene.anna.id)
        #expect(
            update.data
                == JSONObject([
                    .init(name: "id", value: .int(id)), .init(name: "channel", value: .int(scene.channel)),
                    .init(name: "text", value: "Buongiorno a tutti"),
                    .init(name: "html", value: "<p>Buongiorno a tutti</p>"), .init(name: "files", value: .array([])),
                    .init(name: "mentions", value: .array([])), .init(name: "quotes", value: .array([])),
                    .init(name: "revision", value: 1),
                ])
        )
    }

    @Test("a page names who wrote it, a bot and somebody who left too", arguments: StorageBackend.available)
    func authors(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let made = try c.ok(
            "bot.create",
            [
                "owner": .members(["network": .int(scene.network)]), "name": "Avvisi",
                "scopes": .array([.string("post:channel/\(scene.channel)")]),
            ],
            as: scene.giulia
        )
        let bot = Member(id: MemberID(try c.id(made)), kind: .bot, name: "Avvisi")
        _ = try scene.post("dal bot", as: bot)
        _ = try scene.post("e poi vado", as: scene.anna)
        try c.ok("network.leave", ["network": .int(scene.network)], as: scene.anna)
        let page = try c.ok("message.history", ["channel": .int(scene.channel)], as: scene.marco)
        let names = page["people"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(Set(names) == ["Avvisi", "Anna"])
    }

    @Test(
        "the former texts of a message are for its author and for who moderates",
        arguments: StorageBackend.available
    )
    func edits(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let id = try scene.post("uno")
        for (text, revision) in [("due", Int64(1)), ("tre", 2)] {
            try c.ok(
                "message.edit",
                ["message": .int(id), "text": .string(text), "revision": .int(revision)],
                as: scene.anna
            )
        }
        for member in [scene.anna, scene.giulia] {
            let edits = try c.ok("message.edits", ["message": .int(id)], as: member)["edits"]?.array ?? []
            #expect(edits.compactMap { $0["text"]?.string } == ["uno", "due"])
        }
        #expect(try c.refusal("message.edits", ["message": .int(id)], as: scene.marco).code == .forbidden)
        let stranger = try c.person("Livia")
        #expect(try c.refusal("message.edits", ["message": .int(id)], as: stranger).code == .notFound)
        try c.ok("message.delete", ["message": .int(id)], as: scene.anna)
        #expect(try c.ok("message.edits", ["message": .int(id)], as: scene.anna)["edits"]?.array == [])
    }

    @Test(
        "what refers to a message is shown to each reader as far as the reader may",
        arguments: StorageBackend.available
    )
    func references(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let target = try scene.post("la decisione")
        let open = try scene.post("vedi #\(target)")
        let secret = try c.id(
            c.ok(
                "channel.create",
                ["network": .int(scene.network), "slug": "riservato", "name": "Riservato", "kind": "private"],
                as: scene.giulia
            )
        )
        let hidden = try c.id(
            c.ok("message.post", ["channel": .int(secret), "text": .string("anche #\(target)")], as: scene.giulia)
        )
        func referring(_ member: Member) throws -> [Int64] {
            let page = try c.ok("message.references", ["target": .int(target)], as: member)
            return page["messages"]?.array?.compactMap { $0["id"]?.int } ?? []
        }
        #expect(try referring(scene.marco) == [open])
        #expect(try referring(scene.giulia) == [open, hidden])
        #expect(try referring(c.person("Livia")) == [])
        try c.ok("message.delete", ["message": .int(open)], as: scene.anna)
        #expect(try referring(scene.marco) == [])
    }

    @Test(
        "members reply in an announcement channel only where the channel says so",
        arguments: StorageBackend.available
    )
    func announcementReplies(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let channel = try c.channel("annunci", in: scene.network)
        try c.ok("channel.join", ["channel": .int(channel)], as: scene.anna)
        let root = try c.id(
            c.ok("announcement.post", ["channel": .int(channel), "text": "Domani alle 10"], as: scene.giulia)
        )
        let reply: KeyValuePairs<String, JSON> = [
            "channel": .int(channel), "text": "Ci sarò", "thread": .int(root),
        ]
        #expect(try c.refusal("message.post", reply, as: scene.anna).code == .forbidden)
        try c.ok("channel.change", ["channel": .int(channel), "replies": .bool(true)], as: scene.giulia)
        #expect(try c.updates(for: scene.anna).last?.data["replies"]?.bool == true)
        let id = try c.id(c.ok("message.post", reply, as: scene.anna))
        try c.ok("message.edit", ["message": .int(id), "text": "Ci saremo", "revision": 1], as: scene.anna)
        let top: KeyValuePairs<String, JSON> = ["channel": .int(channel), "text": "Da solo"]
        #expect(try c.refusal("message.post", top, as: scene.anna).code == .forbidden)
        #expect(try c.refusal("message.post", reply, as: scene.marco).code == .forbidden)
        let wrong: KeyValuePairs<String, JSON> = ["channel": .int(scene.channel), "replies": .bool(true)]
        #expect(try c.refusal("channel.change", wrong, as: scene.giulia).code == .invalid)
    }

    @Test(
        "texts of white space are empty, longer ones than 16,384 bytes too large",
        arguments: StorageBackend.available
    )
    func bounds(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        for (text, code) in [
            ("", WireErrorCode.invalid), (" \n\t\u{A0}", .invalid), ("\u{200B}", .invalid),
            (String(repeating: "à", count: 8_193), .tooLarge),
        ] {
            let refusal = try scene.c.refusal(
                "message.post",
                ["channel": .int(scene.channel), "text": .string(text)],
                as: scene.anna
            )
            #expect(refusal.code == code)
            #expect(refusal.fields?.first?.path == "with.text")
        }
        _ = try scene.post(String(repeating: "à", count: 8_192))
    }

    @Test("who is not in the channel does not write there", arguments: StorageBackend.available)
    func membership(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let eva = try scene.c.person("Eva")
        let body: KeyValuePairs<String, JSON> = ["channel": .int(scene.channel), "text": "x"]
        #expect(try scene.c.refusal("message.post", body, as: eva).code == .notFound)
        try scene.c.join([eva], network: scene.network)
        #expect(try scene.c.refusal("message.post", body, as: eva).code == .forbidden)
        let announcements = try scene.c.channel("annunci", in: scene.network)
        #expect(
            try scene.c.refusal("message.post", ["channel": .int(announcements), "text": "x"], as: scene.anna).code
                == .forbidden
        )
        try scene.c.ok("message.post", ["channel": .int(announcements), "text": "x"], as: scene.giulia)
    }

    @Test("replies name a root of the same channel", arguments: StorageBackend.available)
    func threads(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let root = try scene.post("radice")
        let reply = try scene.post("foglia", as: scene.marco, thread: root)
        let post: (Int64) throws -> WireError = { thread in
            try scene.c.refusal(
                "message.post",
                ["channel": .int(scene.channel), "text": "x", "thread": .int(thread)],
                as: scene.anna
            )
        }
        #expect(try post(reply).code == .invalid)
        #expect(try post(1).code == .notFound)
        _ = try scene.post("altro")
        let thread = try scene.history([("thread", .int(root))])
        #expect(thread.ids == [root, reply])
        #expect(thread.messages.first?["replies"]?.int == 1)
        #expect(try scene.history([("thread", .int(root)), ("limit", 1)]).ids == [reply])
        #expect(try scene.history([("thread", .int(root)), ("before", .int(reply))]).ids == [root])
    }

    @Test("history pages on both sides", arguments: StorageBackend.available)
    func history(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let ids = try (0..<10).map { try scene.post("\($0)") }
        let newest = try scene.history([("limit", 4)])
        #expect(newest.ids == Array(ids[6...]))
        #expect(newest.before == true && newest.after == false)
        let older = try scene.history([("before", .int(ids[6])), ("limit", 4)])
        #expect(older.ids == Array(ids[2..<6]))
        #expect(older.before == true && older.after == true)
        let newer = try scene.history([("after", .int(ids[7])), ("limit", 4)])
        #expect(newer.ids == Array(ids[8...]))
        #expect(newer.before == true && newer.after == false)
        let around = try scene.history([("around", .int(ids[5])), ("limit", 5)])
        #expect(around.ids == Array(ids[3...7]))
        #expect(around.before == true && around.after == true)
        let all = try scene.history()
        #expect(all.ids == ids && all.before == false && all.after == false)
        #expect(try scene.history([("before", .int(ids[0]))]).after == true)
        for bad in [("limit", JSON.int(0)), ("limit", 201)] {
            #expect(throws: UnexpectedOutcome.self) { try scene.history([bad]) }
        }
        #expect(throws: UnexpectedOutcome.self) { try scene.history([("before", 9), ("after", 3)]) }
        #expect(throws: UnexpectedOutcome.self) {
            try scene.history([("before", 9), ("at", "2026-11-22T10:00:00.000Z")])
        }
    }

    @Test("history finds the first message of a moment or later", arguments: StorageBackend.available)
    func historyByTime(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let start = scene.c.clock.now
        func minute(_ minutes: Int64, seconds: Int64 = 0) -> JSON {
            .string(start.advanced(bySeconds: minutes * 60 + seconds).description)
        }
        #expect(try scene.history([("at", minute(0))]).ids.isEmpty)
        let root = try scene.post("radice")
        // Between any two messages of the channel other things happen, more and more of them.
        let ids = try (1..<12).map { number in
            scene.c.clock.advance(seconds: 60)
            for other in 0..<number { _ = try scene.post("\(other)", thread: root) }
            return try scene.post("\(number)")
        }
        for (index, id) in ids.enumerated() {
            let number = Int64(index + 1)
            let first = try scene.history([("at", minute(number - 1, seconds: 1)), ("limit", 1)])
            #expect(first.messages.first?["at"] == minute(number))
            #expect(first.messages.first?["thread"]?.int == root)
            let inThread = try scene.history([("at", minute(number)), ("thread", .int(root)), ("limit", 1)])
            #expect(inThread.ids == first.ids)
            #expect(id > first.ids[0])
        }
        #expect(try scene.history([("at", minute(-9)), ("limit", 1)]).ids == [root])
        let last = try scene.history([("at", minute(11)), ("limit", 40)])
        #expect(last.ids.last == ids.last && last.before == true && last.after == false)
        let late = try scene.history([("at", minute(11, seconds: 1)), ("limit", 2)])
        #expect(late.ids.last == ids.last && late.ids.count == 2)
    }

    @Test(
        "an edit rises the revision; a stale one is a conflict, a late one closed",
        arguments: StorageBackend.available
    )
    func edit(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend) { $0.message.editWindow = 60 }
        let c = scene.c
        let id = try scene.post("uno")
        let body: KeyValuePairs<String, JSON> = ["message": .int(id), "text": "due", "revision": 1]
        #expect(try c.refusal("message.edit", body, as: scene.giulia).code == .forbidden)
        #expect(try c.ok("message.edit", body, as: scene.anna)["revision"]?.int == 2)
        let stale = try c.refusal("message.edit", body, as: scene.anna)
        #expect(stale.code == .conflict && stale.current?["revision"]?.int == 2)
        #expect(try scene.history().messages.last?["text"]?.string == "due")
        let update = try #require(try c.updates(for: scene.marco).last)
        #expect(update.type == "message.edited" && update.data["html"]?.string == "<p>due</p>")
        c.clock.advance(seconds: 61)
        #expect(
            try c.refusal("message.edit", ["message": .int(id), "text": "tre", "revision": 2], as: scene.anna).code
                == .closed
        )
    }

    @Test(
        "deleting leaves a tombstone, and the text leaves the journal and every table",
        arguments: StorageBackend.available
    )
    func delete(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let id = try scene.post("parolasegreta \u{40}[Marco](\(scene.marco.id))")
        try c.ok("message.edit", ["message": .int(id), "text": "parolasegreta due", "revision": 1], as: scene.anna)
        try c.ok("message.react", ["message": .int(id), "emoji": "👍"], as: scene.marco)
        #expect(try c.refusal("message.delete", ["message": .int(id)], as: scene.marco).code == .forbidden)
        try c.ok("message.delete", ["message": .int(id), "reason": "fuori tema"], as: scene.giulia)
        let head = c.head
        try c.ok("message.delete", ["message": .int(id)], as: scene.anna)
        #expect(c.head == head)
        let message = try #require(try scene.history().messages.last)
        #expect(message["deleted"]?.bool == true && message["reason"]?.string == "fuori tema")
        #expect(message["text"] == nil && message["html"] == nil && message["files"] == nil)
        let updates = try c.updates(for: scene.marco)
        #expect(
            !updates.contains { String(decoding: JSON.object($0.data).text, as: UTF8.self).contains("parolasegreta") }
        )
        #expect(
            updates.filter { $0.type.hasPrefix("message.") }.map(\.type)
                == ["message.posted", "message.edited", "message.reacted", "message.deleted"]
        )
        for command in ["message.react", "message.pin", "message.edit"] {
            let refusal = try c.refusal(
                command,
                ["message": .int(id), "emoji": "👍", "text": "x", "revision": 2],
                as: scene.anna
            )
            #expect(refusal.code == .conflict && refusal.current?["state"]?.string == "deleted")
        }
    }

    @Test("reactions count once per person and emoji", arguments: StorageBackend.available)
    func reactions(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let id = try scene.post("voto")
        let react: (String, String, Member) throws -> Void = { command, emoji, member in
            try c.ok(command, ["message": .int(id), "emoji": .string(emoji)], as: member)
        }
        try react("message.react", "👍", scene.anna)
        try react("message.react", "👍", scene.marco)
        try react("message.react", "🇮🇹", scene.marco)
        let head = c.head
        try react("message.react", "👍", scene.marco)
        try react("message.unreact", "👎", scene.marco)
        #expect(c.head == head)
        let reactions = try scene.history().messages.last?["reactions"]?.array ?? []
        #expect(reactions.count == 2)
        #expect(reactions.first?["people"]?.array?.compactMap(\.int) == [scene.anna, scene.marco].map(\.id.rawValue))
        try react("message.unreact", "🇮🇹", scene.marco)
        #expect(try scene.history().messages.last?["reactions"]?.array?.count == 1)
        for bad in ["", "ok", "1", "🇮", "👍👍", "<b>", " ", String(repeating: "👨‍👩‍👧‍👦", count: 3)] {
            let refusal = try c.refusal("message.react", ["message": .int(id), "emoji": .string(bad)], as: scene.anna)
            #expect(refusal.code == .invalid, "\(bad)")
        }
        for good in ["👩🏽‍💻", "1️⃣", "❤️", "☑️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🎯"] { try react("message.react", good, scene.anna) }
    }

    @Test("pins come and go once", arguments: StorageBackend.available)
    func pins(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let id = try scene.post("importante")
        _ = try scene.post("altro")
        for _ in 1...2 { try c.ok("message.pin", ["message": .int(id)], as: scene.marco) }
        #expect(try scene.history([("pinned", .bool(true))]).ids == [id])
        for _ in 1...2 { try c.ok("message.unpin", ["message": .int(id)], as: scene.anna) }
        #expect(try scene.history([("pinned", .bool(true))]).ids.isEmpty)
        let types = try c.updates(for: scene.anna).map(\.type).filter { $0.contains("pin") }
        #expect(types == ["message.pinned", "message.unpinned"])
    }

    @Test("mentions are members of the channel only, and groups are their people", arguments: StorageBackend.available)
    func mentions(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let eva = try c.person("Eva")
        _ = try scene.post("@[Marco](\(scene.marco.id)) @[Eva](\(eva.id)) @[X](999999)")
        var data = try #require(try c.updates(for: scene.marco).last?.data)
        #expect(data["mentions"]?.array?.compactMap(\.int) == [scene.marco.id.rawValue])
        #expect(data["html"]?.string?.contains("data-person=\"\(eva.id)\"") == false)
        _ = try scene.post("@[facilitators] guardate")
        data = try #require(try c.updates(for: scene.marco).last?.data)
        #expect(data["mentions"]?.array?.compactMap(\.int) == [scene.giulia.id.rawValue])
        _ = try scene.post("@[channel] tutti")
        data = try #require(try c.updates(for: scene.marco).last?.data)
        #expect(
            data["mentions"]?.array?.compactMap(\.int).sorted()
                == [scene.giulia, scene.marco].map(\.id.rawValue).sorted()
        )
        let listed = try c.ok("channel.list", as: scene.marco)["channels"]?.array?.first {
            $0["id"]?.int == scene.channel
        }
        #expect(listed?["unread"]?.int == 3 && listed?["mentions"]?.int == 2)
    }

    @Test("above fifteen members, only facilitators mention a whole channel", arguments: StorageBackend.available)
    func channelMention(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend) { $0.message.channelMentionMembers = 2 }
        let body: KeyValuePairs<String, JSON> = ["channel": .int(scene.channel), "text": "@[channel] tutti"]
        #expect(try scene.c.refusal("message.post", body, as: scene.anna).code == .forbidden)
        try scene.c.ok("message.post", body, as: scene.giulia)
    }

    @Test("one quotes what one may read", arguments: StorageBackend.available)
    func quotes(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let id = try scene.post("detto")
        let quoting = try scene.post("come sopra", as: scene.marco, quotes: [id])
        #expect(try scene.history().messages.last?["quotes"]?.array == [.int(id)])
        let direct = try #require(
            try c.ok("direct.open", ["people": .array([.int(scene.anna.id.rawValue)])], as: scene.giulia)["channel"]?
                .int
        )
        let secret = try c.id(c.ok("message.post", ["channel": .int(direct), "text": "fra noi"], as: scene.giulia))
        for quoted in [secret, 1, 999_999] {
            let refusal = try c.refusal(
                "message.post",
                ["channel": .int(scene.channel), "text": "x", "quotes": .array([.int(quoted)])],
                as: scene.marco
            )
            #expect(refusal.code == .notFound)
        }
        _ = quoting
    }

    @Test("moderators see and remove the reported message alone", arguments: StorageBackend.available)
    func reports(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let direct = try #require(
            try c.ok("direct.open", ["people": .array([.int(scene.anna.id.rawValue)])], as: scene.giulia)["channel"]?
                .int
        )
        let bad = try c.id(c.ok("message.post", ["channel": .int(direct), "text": "offesa"], as: scene.giulia))
        let other = try c.id(c.ok("message.post", ["channel": .int(direct), "text": "altro"], as: scene.giulia))
        let report = try c.ok("message.report", ["message": .int(bad), "reason": "offende"], as: scene.anna)
        #expect(try c.ok("message.report", ["message": .int(bad), "reason": "ancora"], as: scene.anna) == report)
        #expect(
            try c.refusal("message.report", ["message": .int(bad), "reason": "r"], as: scene.marco).code == .notFound
        )
        #expect(try c.refusal("report.list", as: scene.marco).code == .forbidden)
        let reports = try c.ok("report.list")["reports"]?.array ?? []
        #expect(reports.count == 1 && reports.first?["text"]?.string == "offesa")
        #expect(try c.refusal("message.remove", ["message": .int(other), "reason": "r"]).code == .notFound)
        try c.ok("message.remove", ["message": .int(bad), "reason": "offensivo"])
        #expect(try c.ok("report.list")["reports"]?.array?.isEmpty == true)
    }

    @Test(
        "an erased name leaves texts present and former, in the tables and the journal, of members or not",
        arguments: StorageBackend.available
    )
    func erasedNames(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        let city = try c.city()
        let ben = try c.person("Ben Verdi", city: city)
        let eva = try c.person("Eva Neri", city: city)
        try c.join([ben], network: scene.network, channel: scene.channel)
        let greeting = try scene.post("salve @[Ben Verdi](\(ben.id)) e @[Marco](\(scene.marco.id))")
        try c.ok(
            "message.edit",
            ["message": .int(greeting), "text": "salve a tutti", "revision": 1],
            as: scene.anna
        )
        let advice = try scene.post("chiedete a @[Eva Neri](\(eva.id))")
        for person in [ben, eva] { try c.ok("person.erase", ["person": .int(person.id.rawValue)]) }
        try c.settle()
        #expect(try scene.history().messages.last?["text"]?.string == "chiedete a @[–](\(eva.id))")
        #expect(try scene.history().ids == [greeting, advice])
        let words = try c.community.read { context in
            try context.sql.all("SELECT payload FROM journal") { String(decoding: $0.bytes(0), as: UTF8.self) }
                + context.sql.all("SELECT text FROM message_edit") { $0.text(0) }
                + context.sql.all("SELECT html FROM message") { $0.text(0) }
        }
        #expect(!words.contains { $0.contains("Verdi") || $0.contains("Eva Neri") })
        // The names of others stay.
        #expect(words.contains { $0.contains("@[Marco]") })
    }

    @Test(
        "erasing takes the name at once and the texts in bounded pieces, as often as it is stopped",
        arguments: StorageBackend.available
    )
    func erasingInPages(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let c = scene.c
        for number in 0..<50 { _ = try scene.post("riga \(number)") }
        func left() throws -> Int64 {
            try c.community.read { try $0.sql.count("SELECT COUNT(*) FROM message WHERE deleted = 0") }
        }
        let head = c.head
        try c.ok("person.erase", ["person": .int(scene.anna.id.rawValue)])
        #expect(c.head - head < 20)
        #expect(try left() == 50)
        let people = try c.ok("person.list")["people"]?.array ?? []
        #expect(!people.contains { $0["name"]?.string == "Anna" })
        let tick = try #require(c.community.registry.ticks.first { $0.name == "people.erasure" })
        #expect(try c.community.write(tick.run))
        #expect(try (30..<50).contains(left()))
        try c.settle()
        #expect(try left() == 0)
        #expect(try c.community.read { try !tick.isDue($0) })
        #expect(try scene.history().messages.allSatisfy { $0["deleted"]?.bool == true })
    }

    @Test("what an erased person reported loses its words", arguments: StorageBackend.available)
    func erasedReports(_ backend: StorageBackend) throws {
        let scene = try MessageScene(backend)
        let bad = try scene.post("offesa")
        try scene.c.ok("message.report", ["message": .int(bad), "reason": "mi offende"], as: scene.marco)
        try scene.c.ok("person.erase", ["person": .int(scene.marco.id.rawValue)])
        let reports = try scene.c.ok("report.list")["reports"]?.array ?? []
        #expect(reports.map { $0["reason"]?.string } == [""])
    }
}
