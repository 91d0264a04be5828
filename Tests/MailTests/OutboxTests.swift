import CommunityKernel
import Foundation
import Journal
import Mail
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("The outbox")
struct OutboxTests {
    @Test("without a mail server mails wait in sight, and nothing breaks", arguments: StorageBackend.available)
    func unconfigured(_ backend: StorageBackend) throws {
        let scene = try MailScene(backend, nil)
        let person = try scene.invite("marta.neri@example.it")
        try scene.c.settle()
        let page = try scene.c.ok("mail.list", as: scene.admin)
        #expect(page["configured"]?.bool == false && page["waiting"]?.int == 1)
        let mail = try #require(try scene.mails().first)
        #expect(mail["person"]?.int == person && mail["address"]?.string == "marta.neri@example.it")
        #expect(mail["template"]?.string == "invitation" && mail["state"]?.string == "waiting")
        let invitations = try scene.c.ok("invitation.list")["invitations"]?.array
        #expect(invitations?.contains { $0["person"]?.int == person } == true)
        // It does not wait for ever.
        scene.c.clock.advance(seconds: 31 * 86_400)
        try scene.c.settle()
        #expect(try scene.c.rows(of: "mail") == 0)
    }

    @Test("a mail is written with what causes it, or not at all", arguments: StorageBackend.available)
    func transaction(_ backend: StorageBackend) throws {
        let scene = try MailScene(backend, nil)
        let before = try scene.c.rows(of: "mail")
        _ = try scene.invite("marta.neri@example.it")
        try scene.c.refusal("person.invite", ["email": "marta.neri@example.it"], as: scene.admin)
        #expect(try scene.c.rows(of: "mail") == before + 1)
        // Whether an address is known is not to be seen in the outbox.
        try scene.c.ok("person.resetPassword", ["email": "nessuno@example.it"])
        #expect(try scene.c.rows(of: "mail") == before + 1)
    }

    @Test("a newer mail takes the place of the one that waits under its slot", arguments: StorageBackend.available)
    func slots(_ backend: StorageBackend) throws {
        let scene = try MailScene(backend, nil)
        let attachment = MailAttachment(name: "a.txt", type: "text/plain", content: [1, 2, 3])
        try scene.enqueue(.person(scene.admin.id), attachments: [attachment], slot: "evento:1")
        let second = try scene.enqueue(.person(scene.admin.id), slot: "evento:1")
        try scene.enqueue(.person(scene.admin.id), slot: "evento:2")
        #expect(try scene.mails().count == 2 && scene.c.rows(of: "mail_attachment") == 0)
        #expect(try scene.mails().contains { $0["id"]?.int == second })
        try scene.c.community.write { try MailOutbox.withdraw(slot: "evento:1", $0) }
        #expect(try scene.mails().count == 1)
    }

    @Test("erasure takes a person's mails along, the export names them", arguments: StorageBackend.available)
    func erasure(_ backend: StorageBackend) throws {
        let scene = try MailScene(backend, nil)
        let marta = try scene.c.person("Marta")
        try scene.enqueue(.person(marta.id))
        try scene.enqueue(.person(scene.admin.id))
        let mails = try scene.c.export(of: marta)["mails"]?.array ?? []
        #expect(mails.compactMap { $0["template"]?.string } == ["invitation", "notice"])
        try scene.c.ok("person.erase", ["person": .int(marta.id.rawValue)], as: scene.admin)
        #expect(try scene.mails().map { $0["person"]?.int } == [scene.admin.id.rawValue])
    }

    @Test("pages are bounded and go on where they ended", arguments: StorageBackend.available)
    func pages(_ backend: StorageBackend) throws {
        let scene = try MailScene(backend, nil)
        for _ in 1...5 { try scene.enqueue(.person(scene.admin.id)) }
        let first = try scene.c.ok("mail.list", ["limit": 2, "state": "waiting"])
        #expect(first["mails"]?.array?.count == 2 && first["more"]?.bool == true)
        let last = try #require(first["mails"]?.array?.last?["id"]?.int)
        let rest = try scene.c.ok("mail.list", ["limit": 100, "state": "waiting", "before": .int(last)])
        #expect(rest["mails"]?.array?.count == 3 && rest["more"]?.bool == false)
        #expect(try scene.c.refusal("mail.list", ["limit": 101]).code == .invalid)
    }
}
