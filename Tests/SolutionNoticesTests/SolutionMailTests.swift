import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Documents and solutions by mail", .serialized)
struct SolutionMailTests {
    @Test(
        "a review request is mailed after two minutes, each in the reader's language",
        arguments: StorageBackend.available
    )
    func review(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let town = try NoticeTown(backend, server)
        try town.c.ok("person.change", ["person": .int(town.carla.id.rawValue), "language": "en"])
        let solution = try town.draft()
        try town.submit(solution, town.luca, town.carla)
        try town.at("2026-11-24T10:01")
        #expect(try town.waiting().isEmpty)
        try town.at("2026-11-24T10:03")
        let mails = try town.sent(2, by: server)
        let italian = try #require(
            mails.first { $0.text.contains("Sportello") && $0.header("subject").contains("ti chiede") }
        )
        #expect(italian.header("subject") == "Anna ti chiede di revisionare «Sportello unico»" && !italian.hasDefects)
        #expect(italian.text.contains("https://rete.example.it/solutions/\(solution)"))
        let english = try #require(mails.first { $0.receiver != italian.receiver })
        #expect(english.header("subject") == "Anna asks you to review “Sportello unico”")
        #expect(english.html.contains("https://rete.example.it/solutions/\(solution)"))
        // Once.
        try town.at("2026-11-24T12:00")
        #expect(try town.waiting().isEmpty)
    }

    @Test("comments of one batch come in one mail, with their words", arguments: StorageBackend.available)
    func comments(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let town = try NoticeTown(backend, server)
        let document = try town.document()
        try town.choose("comments", "app", town.bruno)
        let first = try town.comment(document, "Aggiungerei **gli allegati**", as: town.luca)
        try town.c.settle()
        try town.at("2026-11-24T10:01")
        _ = try town.comment(document, "Che ne dici, \(town.mention(town.anna))?", as: town.carla)
        try town.at("2026-11-24T10:02")
        let mail = try town.sent(1, by: server)[0]
        #expect(mail.header("subject") == "2 novità che ti riguardano")
        #expect(
            mail.text.contains("Luca ha commentato «Linee guida»") && mail.text.contains("Aggiungerei gli allegati")
        )
        #expect(mail.text.contains("Carla ti ha menzionato in un commento a «Linee guida»"))
        #expect(mail.text.contains("https://rete.example.it/documents/\(document)?comment=\(first)"))
        // Who wanted it here alone has it here.
        #expect(try town.unread(town.bruno) == 2)
    }

    @Test("what was read, muted or lost before the mail goes is not in it", arguments: StorageBackend.available)
    func judged(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let town = try NoticeTown(backend, server)
        let (solution, other) = (try town.draft(), try town.draft("Altra"))
        try town.submit(solution, town.luca, town.carla)
        try town.submit(other, town.luca, town.carla)
        try town.c.settle()
        try town.at("2026-11-24T10:02")
        // Both wait to be sent; until then one is read, and the other reader leaves.
        #expect(try town.waiting().count == 2)
        try town.c.ok("notification.read", ["solution": .int(solution)], as: town.luca)
        try town.c.ok("network.leave", ["network": .int(town.network)], as: town.carla)
        let mail = try town.sent(1, by: server)[0]
        #expect(mail.header("subject") == "Anna ti chiede di revisionare «Altra»")
        #expect(!mail.text.contains("Sportello"))

        let third = try town.draft("Terza")
        try town.submit(third, town.luca)
        try town.at("2026-11-24T11:00")
        try town.at("2026-11-24T11:02")
        #expect(try town.waiting().count == 1)
        try town.choose("reviews", "app", town.luca)
        _ = try town.sent(0, by: server)
        #expect(try town.c.ok("mail.list", ["state": "sent"])["mails"]?.array?.count == 1)
        #expect(try town.unread(town.luca) == 2)
    }

    @Test(
        "at night nobody is mailed; a digest tells of it, unless one does not want that",
        arguments: StorageBackend.available
    )
    func digest(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let town = try NoticeTown(backend, server)
        try town.c.ok("notification.set", ["mail": "daily"], as: town.anna)
        try town.c.ok("notification.set", ["mail": "daily"], as: town.bruno)
        let solution = try town.published()
        try town.c.ok("notification.read", ["upTo": .int(town.c.head)], as: town.bruno)
        try town.c.ok("notification.read", ["upTo": .int(town.c.head)], as: town.anna)
        try town.c.ok("notification.read", ["upTo": .int(town.c.head)], as: town.luca)
        for mail in try town.waiting() { try town.c.ok("mail.discard", ["mail": mail["id"] ?? .null]) }
        try town.choose("adoptions", "app", town.bruno)
        try town.at("2026-11-24T22:00")
        let adoption = try town.adopt(solution)
        try town.at("2026-11-24T22:10")
        #expect(try town.waiting().isEmpty)
        try town.at("2026-11-25T08:10")
        // Giulia is mailed of each, and Anna has her digest; Bruno wanted it in the application alone.
        let mails = try town.sent(2, by: server)
        let each = try #require(mails.first { $0.header("subject").contains("chiede di adottare") })
        #expect(each.text.contains("https://rete.example.it/adoptions/\(adoption)"))
        let digest = try #require(mails.first { $0.receiver != each.receiver })
        #expect(digest.text.contains("chiede di adottare «Sportello unico»"))
        #expect(try town.unread(town.bruno) == 1)
    }

    @Test("the first of two approvals makes nothing tested", arguments: StorageBackend.available)
    func firstApproval(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let town = try NoticeTown(backend, server)
        let settings = JSON.members(["reviewers": 2])
        try town.c.ok("network.change", ["network": .int(town.network), "settings": settings])
        let solution = try town.draft()
        try town.conclude(solution)
        try town.submit(solution)
        try town.at("2026-11-24T10:05")
        for mail in try town.waiting() { try town.c.ok("mail.discard", ["mail": mail["id"] ?? .null]) }
        try town.c.ok("solution.approve", town.step(solution), as: town.luca)
        try town.c.settle()
        try town.at("2026-11-24T10:10")
        let mails = try town.sent(town.waiting().count, by: server)
        #expect(mails.contains { $0.text.contains("Luca ha approvato «Sportello unico»") })
        #expect(!mails.contains { $0.text.contains("sperimentata") })
    }
}
