import CommunityKernel
import Foundation
import Journal
import Mail
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Sending mail", .serialized)
struct SendingTests {
    @Test("an invitation goes once, with a link that opens", arguments: StorageBackend.available)
    func invitation(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        let person = try scene.invite("marta.neri@example.it")
        #expect(try scene.send() && scene.send())
        let mail = try server.next()
        #expect(mail.receiver == "marta.neri@example.it" && mail.header("subject") == "Invito a Metropoli Strategiche")
        #expect(mail.header("from") == "Metropoli Strategiche <rete@example.it>")
        #expect(mail.text.contains("https://rete.example.it/invito?token="))
        #expect(mail.header("auto-submitted") == "auto-generated" && mail.header("list-unsubscribe").isEmpty)
        #expect(!mail.hasDefects)
        let token = try #require(mail.token)
        #expect(mail.html.contains("invito?token=\(token)"))
        try scene.c.ok("person.acceptInvitation", ["token": .string(token), "password": "una bella password"])
        #expect(try scene.states() == ["sent"])
        // A second one, so that a first one that came twice would be seen.
        try scene.c.ok("person.resetPassword", ["email": "marta.neri@example.it"])
        try scene.send()
        let reset = try server.next()
        #expect(reset.header("subject") == "Una nuova password per Metropoli Strategiche")
        #expect(reset.text.contains("https://rete.example.it/password/nuova?token="))
        #expect(reset.header("message-id") != mail.header("message-id"))
        #expect(try scene.c.ok("mail.list", ["person": .int(person)])["mails"]?.array?.count == 2)
    }

    @Test("mails are in the reader's language", arguments: StorageBackend.available)
    func language(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        try scene.c.ok("person.create", ["name": "Ann", "email": "ann@example.eu", "language": "en"])
        try scene.send()
        let mail = try server.next()
        #expect(mail.header("subject") == "Invitation to Metropoli Strategiche")
        #expect(mail.header("content-language") == "en" && mail.html.contains(#"<html lang="en">"#))
        // 14 days after Sunday 22 November 2026, 11:00 in Rome.
        #expect(mail.text.contains("Sunday 6 December 2026, 11:00"))
    }

    @Test("no list shows a link, whoever asks, and only administrators ask", arguments: StorageBackend.available)
    func secrets(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        _ = try scene.invite("marta.neri@example.it")
        try scene.c.ok("person.resetPassword", ["email": "marta.neri@example.it"])
        let list = String(decoding: try scene.c.ok("mail.list", as: scene.admin).text, as: UTF8.self)
        let rows = try scene.c.community.read { context in
            try context.sql.all("SELECT template, data, name, address, slot, error FROM mail") { row in
                (0..<6).map { row.text($0) }.joined(separator: "|")
            }
        }
        try scene.send()
        let token = try #require(try server.next().token)
        #expect(!list.contains(token) && rows.count == 2 && rows.allSatisfy { !$0.contains(token) })
        let member = try scene.c.person("Bruno")
        #expect(try scene.c.refusal("mail.list", as: member).code == .forbidden)
        #expect(try scene.c.refusal("mail.retry", as: member).code == .forbidden)
        #expect(try scene.c.refusal("mail.discard", ["mail": 1], as: member).code == .forbidden)
    }

    @Test("a link used before its mail goes is not sent", arguments: StorageBackend.available)
    func obsolete(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        _ = try scene.invite("marta.neri@example.it")
        let invitation = try #require(
            try scene.c.ok("invitation.list")["invitations"]?.array?.first {
                $0["email"]?.string?.hasPrefix("marta") == true
            }
        )
        let token = try scene.c.ok("invitation.reveal", ["invitation": invitation["id"] ?? .null])["token"]
        try scene.c.ok("person.acceptInvitation", ["token": token ?? .null, "password": "una bella password"])
        try scene.enqueue(.address("ospite@example.org", name: "Ospite"))
        try scene.send()
        #expect(try server.next().receiver == "ospite@example.org")
        #expect(try scene.states() == ["sent"])
    }

    @Test("STARTTLS and a login", arguments: StorageBackend.available)
    func login(_ backend: StorageBackend) throws {
        let folder = try TemporaryFolder()
        let certificate = try MailServer.Certificate(in: folder)
        let server = try MailServer(certificate: certificate, password: "segreta")
        func scene(_ change: (inout Configuration) -> Void) throws -> MailScene {
            try MailScene(backend, server) { configuration in
                configuration.mail.tls = "required"
                configuration.mail.authority = certificate.certificate
                configuration.mail.user = "rete"
                configuration.mail.password = "segreta"
                change(&configuration)
            }
        }
        let good = try scene { _ in }
        try good.enqueue(.address("uno@example.org", name: ""))
        #expect(try good.send())
        let mail = try server.next()
        #expect(mail.json["encrypted"]?.bool == true && mail.json["login"]?.bool == true)

        // A wrong password, and a certificate that nobody vouches for, say nothing of the mail: it waits.
        for (change, words) in [
            ({ $0.mail.password = "sbagliata" }, "535"), ({ $0.mail.authority = "" }, "certificate"),
        ] as [((inout Configuration) -> Void, String)] {
            let bad = try scene(change)
            try bad.enqueue(.address("due@example.org", name: ""))
            #expect(try !bad.send())
            let waiting = try #require(try bad.mails().first)
            #expect(waiting["state"]?.string == "waiting" && waiting["attempts"]?.int == 0)
            #expect(waiting["error"]?.string?.contains(words) == true, "\(waiting["error"]?.string ?? "nothing")")
        }
        let clear = try MailServer()
        let strict = try MailScene(backend, clear) { $0.mail.tls = "required" }
        try strict.enqueue(.address("tre@example.org", name: ""))
        #expect(try !strict.send() && strict.states() == ["waiting"])
        let lax = try MailScene(backend, clear) { $0.mail.tls = "optional" }
        try lax.enqueue(.address("quattro@example.org", name: ""))
        #expect(try lax.send())
        #expect(try clear.next().receiver == "quattro@example.org")
    }

    @Test("many mails go over one connection", arguments: StorageBackend.available)
    func oneConnection(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        for number in 1...5 { try scene.enqueue(.address("p\(number)@example.org", name: "")) }
        try scene.send()
        let mails = try (1...5).map { _ in try server.next() }
        #expect(mails.map(\.receiver) == (1...5).map { "p\($0)@example.org" })
        #expect(Set(mails.compactMap { $0.json["peer"]?.int }).count == 1)
        #expect(Set(mails.map { $0.header("message-id") }).count == 5)
    }

    @Test("an invitation to a meeting is attached byte for byte", arguments: StorageBackend.available)
    func calendar(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        let ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Città\r\nEND:VCALENDAR\r\n"
        try scene.enqueue(
            .address("uno@example.org", name: ""),
            attachments: [.calendar(ics, method: "REQUEST")]
        )
        try scene.send()
        let mail = try server.next()
        let parts = mail.parts.filter { $0["type"]?.string == "text/calendar" }
        #expect(parts.count == 2 && parts.allSatisfy { $0["parameters"]?["method"]?.string == "REQUEST" })
        #expect(
            parts.allSatisfy { $0["text"]?.string?.replacing("\r\n", with: "\n") == ics.replacing("\r\n", with: "\n") }
        )
        #expect(parts.last?["name"]?.string == "invite.ics" && !mail.hasDefects)
        let types = mail.parts.compactMap { $0["type"]?.string }
        #expect(
            types == [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "text/calendar",
            ]
        )
    }
}
