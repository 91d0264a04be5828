import CommunityKernel
import Foundation
import Journal
import Mail
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Mail in trouble", .serialized)
struct TroubleTests {
    @Test(
        "what the server cannot take now is tried later, each time after a longer pause",
        arguments: StorageBackend.available
    )
    func deferred(_ backend: StorageBackend) throws {
        let server = try MailServer(later: 3)
        let scene = try MailScene(backend, server)
        try scene.enqueue(.address("later@example.org", name: ""))
        try scene.enqueue(.address("subito@example.org", name: ""))
        var pauses: [Double] = []
        for _ in 1...3 {
            #expect(try scene.send())
            let mail = try #require(try scene.mails().last)
            #expect(mail["error"]?.string == "451 4.3.0 come back later")
            let due = try #require(mail["due"]?.string.flatMap { Instant($0) })
            pauses.append(Double(due.milliseconds - scene.c.clock.now.milliseconds) / 1_000)
            scene.c.clock.set(due)
        }
        #expect(zip(pauses, [30.0, 60, 120]).allSatisfy { (0.79...1.21).contains($0 / $1) }, "\(pauses)")
        try scene.send()
        #expect(try server.next().receiver == "subito@example.org")
        #expect(try server.next().receiver == "later@example.org")
        let mail = try #require(try scene.mails().last)
        #expect(mail["state"]?.string == "sent" && mail["attempts"]?.int == 4 && mail["error"] == nil)
    }

    @Test(
        "after the last attempt it waits for an administrator, who has it tried again",
        arguments: StorageBackend.available
    )
    func exhausted(_ backend: StorageBackend) throws {
        let server = try MailServer(later: 3)
        let scene = try MailScene(backend, server) { $0.mail.retries = 2 }
        let id = try scene.enqueue(.address("later@example.org", name: ""))
        for _ in 1...3 {
            try scene.send()
            scene.c.clock.advance(seconds: 1_000)
        }
        #expect(try scene.states() == ["failed"])
        #expect(try scene.c.ok("mail.list", ["state": "failed"])["failed"]?.int == 1)
        #expect(try scene.c.ok("mail.retry", as: scene.admin)["count"]?.int == 1)
        try scene.send()
        #expect(try server.next().receiver == "later@example.org")
        #expect(try scene.states() == ["sent"])
        #expect(try scene.c.refusal("mail.retry", ["mail": .int(id)]).code == .conflict)
        #expect(try scene.c.refusal("mail.discard", ["mail": .int(id)]).code == .conflict)
        #expect(try scene.c.refusal("mail.retry", ["mail": 999]).code == .notFound)
        let acts = try scene.c.ok("audit.list", ["act": "mail.retry"])["entries"]?.array
        #expect(acts?.count == 1 && acts?.first?["detail"]?.string == "notice")
    }

    @Test(
        "what the server refuses for good is not tried again, and can be discarded",
        arguments: StorageBackend.available
    )
    func refused(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        let id = try scene.enqueue(.address("never@example.org", name: ""))
        try scene.enqueue(.address("altro@example.org", name: ""))
        try scene.send()
        #expect(try server.next().receiver == "altro@example.org")
        let mail = try #require(try scene.mails().last)
        #expect(mail["state"]?.string == "failed" && mail["error"]?.string == "550 5.1.1 no such mailbox")
        scene.c.clock.advance(seconds: 86_400)
        try scene.send()
        #expect(try scene.mails().last?["attempts"]?.int == 1)
        try scene.c.ok("mail.discard", ["mail": .int(id)], as: scene.admin)
        #expect(try scene.states() == ["sent"])
        let data = try scene.c.community.read {
            try $0.sql.first("SELECT data FROM mail WHERE id = \(id)") { $0.text(0) }
        }
        #expect(data == "{}")
    }

    @Test("while the server is away mails wait, and go when it is back", arguments: StorageBackend.available)
    func away(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        server.stop()
        for number in 1...3 { try scene.enqueue(.address("p\(number)@example.org", name: "")) }
        #expect(try !scene.send() && scene.states() == ["waiting", "waiting", "waiting"])
        #expect(try scene.mails().compactMap { $0["error"]?.string }.count == 1)
        let back = try MailServer(port: server.port)
        scene.c.clock.advance(seconds: 600)
        #expect(try scene.send() && scene.states() == ["sent", "sent", "sent"])
        #expect(Set(try (1...3).map { _ in try back.next().receiver }).count == 3)
        back.stop()
        try scene.enqueue(.address("tardi@example.org", name: ""))
        scene.c.clock.advance(seconds: 73 * 3_600)
        #expect(try !scene.send() && scene.states().first == "failed")
    }

    @Test("a server that does not answer holds up neither the others nor the end", arguments: StorageBackend.available)
    func hangs(_ backend: StorageBackend) async throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server) { $0.mail.timeout = 1 }
        try scene.enqueue(.address("hang@example.org", name: ""))
        scene.c.clock.advance(seconds: 1)
        try scene.enqueue(.address("altro@example.org", name: ""))
        #expect(try !scene.send())
        #expect(try scene.mails().last?["state"]?.string == "waiting")
        #expect(try scene.send())
        #expect(try server.next().receiver == "altro@example.org")

        // The end comes while an answer is waited for.
        scene.c.clock.advance(seconds: 600)
        let patient = try MailScene(backend, server) { $0.mail.timeout = 600 }
        try patient.enqueue(.address("altro@example.org", name: ""))
        try patient.enqueue(.address("hang@example.org", name: ""))
        let sender = try patient.sender
        sender.start(patient.c.community)
        _ = try server.next()
        let begun = ContinuousClock.now
        sender.stop()
        #expect(ContinuousClock.now - begun < .seconds(8))
        #expect(try patient.states().first == "waiting")
    }

    @Test("nothing that comes in makes a header of its own", arguments: StorageBackend.available)
    func injection(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        let evil =
            "Riunione\r\nBcc: vittima@example.org\r\n\r\n<script>alert(1)</script> =?UTF-8?B?QmNj?= \u{202E}gnorw"
        try scene.enqueue(
            .address("uno@example.org", name: "Rossi\r\nCc: vittima@example.org, \"Ufficio\" <x@y.z>"),
            subject: evil,
            text: evil,
            link: "javascript:alert(1)",
            attachments: [
                MailAttachment(name: "a\"\r\nX-Evil: 1.ics", type: "text/plain\r\nX-Evil: 1", content: Array("x".utf8))
            ]
        )
        try scene.send()
        let mail = try server.next()
        #expect(mail.json["receivers"]?.array?.count == 1 && !mail.hasDefects)
        let names = (mail.json["names"]?.array ?? []).compactMap { $0.string?.lowercased() }
        #expect(
            names.sorted() == [
                "auto-submitted", "content-language", "content-type", "date", "from", "message-id", "mime-version",
                "subject", "to",
            ]
        )
        #expect(mail.header("subject").hasPrefix("Riunione Bcc: vittima@example.org <script>"))
        #expect(mail.header("to").hasSuffix("<uno@example.org>"))
        #expect(
            !mail.html.contains("<script>") && !mail.html.contains("javascript:")
                && mail.html.contains("&lt;script&gt;")
        )
        #expect(!mail.text.contains("\u{202E}") && !mail.text.contains("javascript:"))
        #expect((mail.json["longest"]?.string?.utf8.count ?? 0) < 998)
        // What cannot be a mail at all holds up no other.
        try scene.enqueue(.address("due@example.org", name: ""), text: "a\u{0}b")
        try scene.enqueue(.address("tre@example.org", name: ""))
        try scene.send()
        #expect(try server.next().receiver == "tre@example.org")
        #expect(try scene.c.ok("mail.list", ["state": "failed"])["failed"]?.int == 1)
    }

    @Test("long and foreign names and subjects come through whole", arguments: StorageBackend.available)
    func encoded(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try MailScene(backend, server)
        let subject = String(repeating: "Perché è già così – 🏛️ ", count: 12)
        try scene.enqueue(.address("uno@example.org", name: "Müller, Jürgen \"J\" d'Àsta (città)"), subject: subject)
        try scene.send()
        let mail = try server.next()
        #expect(mail.header("subject") == subject.trimmingCharacters(in: .whitespaces))
        #expect(mail.header("to").contains("Müller, Jürgen") && mail.header("to").hasSuffix("<uno@example.org>"))
        // The longest line is the one with libcurl's boundary.
        #expect((mail.json["longest"]?.string?.utf8.count ?? 0) <= 86, "\(mail.json["longest"]?.string ?? "")")
        #expect(!mail.hasDefects)
    }
}
