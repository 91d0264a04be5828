import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Documents among the notifications")
struct CommentNoticeTests {
    @Test(
        "a comment is told to those who wrote and to whom it mentions, an answer to those of its thread, never to its author",
        arguments: StorageBackend.available
    )
    func comments(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let document = try town.document()
        #expect(try town.told().isEmpty)
        let comment = try town.comment(document, "Che ne pensa \(town.mention(town.carla))?", as: town.luca)
        #expect(try town.told() == ["Anna comment commented", "Bruno comment commented", "Carla mention commented"])
        let one = try #require(try town.list(town.carla).first)
        #expect(one["document"]?.int == document && one["comment"]?.int == comment)
        #expect(one["by"]?.int == town.luca.id.rawValue && one["network"]?.int == town.network)
        #expect(one["title"]?.string == "Linee guida" && one["text"]?.string == "Che ne pensa @Carla?")
        #expect(one["message"] == nil && one["event"] == nil)

        _ = try town.reply(comment, "Bene", as: town.carla)
        #expect(try town.told() == ["Luca reply replied"])
        // Those who answered are of the thread; those who only wrote the text are not.
        _ = try town.reply(comment, "Grazie, \(town.mention(town.marta))", as: town.luca)
        #expect(try town.told() == ["Carla reply replied", "Marta mention replied"])

        try town.c.ok("document.resolve", ["comment": .int(comment)], as: town.anna)
        #expect(try town.told() == ["Luca comment resolved"])
        try town.c.ok("document.reopen", ["comment": .int(comment)], as: town.anna)
        try town.c.ok("document.resolve", ["comment": .int(comment)], as: town.luca)
        #expect(try town.told().isEmpty)
    }

    @Test("a comment mentions only who may read the document", arguments: StorageBackend.available)
    func mentions(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let document = try town.document()
        _ = try town.told()
        let text = "\(town.mention(town.elena)) \(town.mention(town.marta)) @[Nessuno](999999)"
        let comment = try town.comment(document, text, as: town.anna)
        #expect(try town.told() == ["Bruno comment commented", "Marta mention commented"])
        let update = try town.c.updates(for: town.bruno).last { $0.type == "document.commented" }
        #expect(update?.data["mentions"]?.array?.compactMap(\.int) == [town.marta.id.rawValue])
        let html = update?.data["html"]?.string ?? ""
        #expect(html.contains("data-person=\"\(town.marta.id)\"") && !html.contains("data-person=\"\(town.elena.id)\""))
        let read = try town.c.ok(
            "document.read",
            ["document": .int(document), "comments": .bool(true)],
            as: town.bruno
        )
        let shown = read["comments"]?.array?.first { $0["id"]?.int == comment }
        #expect(shown?["html"]?.string == html)
    }

    @Test("a suggestion is told to those who wrote, its end to who proposed it", arguments: StorageBackend.available)
    func suggestions(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let document = try town.document()
        _ = try town.told()
        func suggest() throws -> JSON {
            let changes = JSON.array([.array([.int(0), "Ecco "]), .int(19)])
            return .int(
                try town.c.id(
                    town.c.ok(
                        "document.suggest",
                        ["document": .int(document), "base": 2, "changes": changes, "text": "Meglio così"],
                        as: town.luca
                    )
                )
            )
        }
        let first = try suggest()
        #expect(try town.told() == ["Anna comment suggested", "Bruno comment suggested"])
        try town.c.ok("document.rejectSuggestion", ["suggestion": first], as: town.anna)
        #expect(try town.told() == ["Luca comment suggestion_rejected"])
        let second = try suggest()
        _ = try town.told()
        try town.c.ok("document.acceptSuggestion", ["suggestion": second], as: town.bruno)
        #expect(try town.told() == ["Luca comment suggestion_accepted"])
    }

    @Test(
        "of those who wrote in a document the newest are told, no more than the setting",
        arguments: StorageBackend.available
    )
    func bound(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend) { $0.notification.writers = 1 }
        let document = try town.document()
        _ = try town.told()
        _ = try town.comment(document, "Bene", as: town.luca)
        #expect(try town.told() == ["Anna comment commented"])
    }

    @Test(
        "opening a document reads what is told of it, leaving its network and moving it away too",
        arguments: StorageBackend.available
    )
    func reading(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let (document, other) = (try town.document(), try town.document("Altro"))
        _ = try town.comment(document, "Bene", as: town.luca)
        _ = try town.comment(other, "Bene", as: town.luca)
        #expect(try town.unread(town.anna) == 2 && town.unread(town.bruno) == 2)
        try town.c.ok("notification.read", ["document": .int(document)], as: town.anna)
        #expect(try town.unread(town.anna) == 1)
        let read = try town.c.updates(for: town.anna).last { $0.type == "notification.read" }
        #expect(read?.data["unread"]?.int == 1)
        let both: KeyValuePairs<String, JSON> = ["document": .int(document), "solution": 1]
        #expect(try town.c.refusal("notification.read", both, as: town.anna).fields?.first?.path == "with.solution")

        // Into a network of which Anna is a member and Bruno is none.
        let next = try town.c.network("altra")
        try town.c.join([town.anna], network: next)
        try town.c.ok(
            "network.appoint",
            ["network": .int(next), "person": .int(town.anna.id.rawValue), "role": "facilitator"]
        )
        try town.c.ok("document.move", ["document": .int(other), "network": .int(next)], as: town.anna)
        #expect(try town.unread(town.anna) == 1 && town.unread(town.bruno) == 1)
        #expect(try town.list(town.bruno).compactMap { $0["document"]?.int } == [document])

        try town.c.ok("network.leave", ["network": .int(town.network)], as: town.bruno)
        #expect(try town.unread(town.bruno) == 0 && town.list(town.bruno).isEmpty)
        // What is told of it now follows it.
        try town.c.ok("network.leave", ["network": .int(next)], as: town.anna)
        #expect(try town.unread(town.anna) == 0)
    }

    @Test(
        "who is erased is named nowhere: not in others' comments, not in what waits",
        arguments: StorageBackend.available
    )
    func erasure(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let document = try town.document()
        let comment = try town.comment(document, "Lo sa \(town.mention(town.marta))", as: town.luca)
        try town.c.settle()
        let export = try town.c.export(of: town.marta)
        let exported = export["notifications"]?.array?.last
        #expect(exported?["topic"]?.string == "document" && exported?["topicId"]?.int == document)
        #expect(exported?["news"]?.string == "commented")
        #expect(export["notificationSettings"]?["solutions"]?["reviews"]?.string == "mail")
        try town.c.ok("person.erase", ["person": .int(town.marta.id.rawValue)])
        try town.c.settle()
        let read = try town.c.ok("document.read", ["document": .int(document), "comments": .bool(true)], as: town.anna)
        let shown = read["comments"]?.array?.first { $0["id"]?.int == comment }
        #expect(shown?["text"]?.string == "Lo sa @[–](\(town.marta.id))")
        #expect(shown?["html"]?.string?.contains("Marta") == false)
        let update = try town.c.updates(for: town.anna).last { $0.type == "document.commented" }
        #expect(update?.data["text"]?.string == "Lo sa @[–](\(town.marta.id))" && update?.data["mentions"] == nil)
        #expect(try town.c.rows(of: "notification WHERE person = \(town.marta.id)") == 0)
    }

    @Test(
        "a name is taken out of a comment that mentions more people than are told",
        arguments: StorageBackend.available
    )
    func manyNames(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let document = try town.document()
        let others = (1...120).map { "@[N](\(900_000 + $0))" }.joined(separator: " ")
        let comment = try town.comment(document, "\(others) \(town.mention(town.marta))", as: town.luca)
        try town.c.ok("person.erase", ["person": .int(town.marta.id.rawValue)])
        try town.c.settle()
        let read = try town.c.ok("document.read", ["document": .int(document), "comments": .bool(true)], as: town.anna)
        let shown = read["comments"]?.array?.first { $0["id"]?.int == comment }
        #expect(shown?["text"]?.string?.contains("Marta") == false)
        let update = try town.c.updates(for: town.anna).last { $0.type == "document.commented" }
        #expect(update?.data["text"]?.string?.contains("Marta") == false)
    }
}
