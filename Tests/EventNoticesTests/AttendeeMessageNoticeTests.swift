import CommunityKernel
import Foundation
import Journal
import Mail
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("Messages to those who registered, delivered", .serialized)
struct AttendeeMessageNoticeTests {
    @Test("by mail with its words and among the notifications, as each chose", arguments: StorageBackend.available)
    func delivered(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let people = try scene.people("Anna", "Bruno", "Carla")
        let event = try scene.event("Sportello unico", ["capacity": 2])
        for person in people { _ = try scene.register(person, event) }
        try scene.discard()
        let quiet = JSON.members(["mailCalendar": .bool(false), "mailRegistrations": .bool(false)])
        try scene.c.ok("notification.set", ["events": quiet], as: people[1])
        try scene.c.ok(
            "registration.message",
            [
                "event": .int(event), "to": "confirmed", "subject": "Che cosa portare",
                "text": "Portate un caso.\n\nVi aspettiamo {name}, <b>puntuali</b>",
            ],
            as: scene.giulia
        )
        try scene.c.settle()
        #expect(try scene.news(people[0]) == ["message"] && scene.news(people[1]) == ["message"])
        #expect(try scene.news(people[2]).isEmpty)
        let mail = try scene.sent(1, by: server)[0]
        #expect(mail.header("subject") == "Che cosa portare – Sportello unico" && !mail.hasDefects)
        #expect(mail.text.contains("Giulia scrive a chi partecipa") && mail.text.contains("Portate un caso."))
        // What the facilitator writes is text: neither markup nor a gap to be filled.
        #expect(mail.text.contains("{name}, <b>puntuali</b>") && mail.html.contains("&lt;b&gt;puntuali"))
        #expect(mail.html.contains("https://rete.example.it/events/\(event)"))

        // Without a subject, and judged when it is sent: who may not know of the event any more gets none.
        try scene.c.ok(
            "registration.message",
            ["event": .int(event), "to": "waiting", "text": "Ci saranno altri posti"],
            as: scene.giulia
        )
        try scene.c.settle()
        #expect(try scene.templates() == ["message Carla"])
        let network: KeyValuePairs<String, JSON> = [
            "network": .int(scene.network), "person": .int(people[2].id.rawValue),
        ]
        try scene.c.ok("network.remove", network, as: scene.giulia)
        try scene.c.settle()
        let sender = try #require(scene.c.community.registry.services.lazy.compactMap { $0 as? MailSender }.first)
        _ = try sender.sendDue(in: scene.c.community)
        let list = try scene.c.ok("mail.list", ["limit": 100])["mails"]?.array ?? []
        let message = list.first { $0["template"]?.string == "event.message" }
        #expect(message?["name"]?.string == "Carla" && message?["state"]?.string == "discarded")
    }

    private static let login = ("giulia@example.it", "password-di-prova")

    @Test("each of 120 gets one notification and one mail, also around a SIGKILL")
    func crash() async throws {
        let mails = try MailServer()
        let folder = try TemporaryFolder()
        let event = try Self.prepare(folder)
        let environment = [
            "METROPOLI_MAIL_SERVER": "127.0.0.1", "METROPOLI_MAIL_PORT": String(mails.port),
            "METROPOLI_MAIL_TLS": "off", "METROPOLI_MAIL_FROM": "rete@example.it",
            "METROPOLI_PUBLIC_URL": "https://rete.example.it", "METROPOLI_MAIL_PER_MINUTE": "60000",
        ]
        var server = try ServerProcess(folder: folder, environment: environment)
        defer { server.end(with: SIGKILL) }
        let request = """
            {"id":1,"do":"registration.message","with":{"event":\(event),"to":"all","text":"Ci vediamo"},"nonce":"m1"}
            """
        let first = try await Self.door(server.url)
        try await first.send(request)
        let answer = try await Self.answer(of: first)
        #expect(answer["ok"]?["recipients"]?.int == 120)
        // Acknowledged, and hardly anybody told.
        server.end(with: SIGKILL)

        server = try ServerProcess(folder: folder, environment: environment)
        let second = try await Self.door(server.url)
        try await second.send(request)
        let again = try await Self.answer(of: second)
        #expect(again["repeated"]?.bool == true && again["ok"]?["id"]?.int == answer["ok"]?["id"]?.int)
        var got: [ReceivedMail] = []
        func read() throws -> ReceivedMail {
            let mail = try mails.next()
            if mail.header("subject") == "Messaggio per chi partecipa: 3 di 15" { got.append(mail) }
            return mail
        }
        while Set(got.map(\.receiver)).count < 120 { _ = try read() }
        // One more, so that what came twice would have been seen.
        let reset = try await HTTPClient.request(
            "POST",
            "\(server.url)/api/v1/person.resetPassword",
            headers: [("Content-Type", "application/json")],
            body: JSON.members(["email": .string(Self.login.0)]).text
        )
        #expect(reset.status == 200)
        while try !read().header("subject").hasPrefix("Una nuova password") {}
        // The one in flight at the end may come twice, as the same mail.
        #expect(Set(got.map { $0.header("message-id") }).count == 120 && got.count <= 121)
        #expect(server.end(with: SIGTERM) == 0)
        let c = try TestCommunity(.sqlite, in: folder)
        #expect(try c.rows(of: "notification WHERE news = 'message'") == 120)
        #expect(try c.rows(of: "attendee_message") == 1 && c.rows(of: "attendee_spread") == 0)
    }

    private static func answer(of door: WireClient) async throws -> JSON {
        while let object = try await door.receive() {
            if object["id"]?.int == 1 { return object }
        }
        throw UnexpectedOutcome("the connection was closed")
    }

    private static func prepare(_ folder: TemporaryFolder) throws -> Int64 {
        let c = try TestCommunity(.sqlite, in: folder)
        let network = try c.network()
        let city = try c.city()
        let mandates = JSON.array([.members(["organisation": .int(city), "role": "employee"])])
        func add(_ name: String, _ email: String) throws -> Int64 {
            let fields: KeyValuePairs<String, JSON> = [
                "name": .string(name), "email": .string(email), "password": .string(login.1), "mandates": mandates,
            ]
            let person = try c.id(c.ok("person.create", fields))
            try c.ok("network.add", ["network": .int(network), "person": .int(person)])
            return person
        }
        let giulia = try add("Giulia", login.0)
        try c.ok("network.appoint", ["network": .int(network), "person": .int(giulia), "role": "facilitator"])
        let event = try c.id(
            c.ok(
                "event.create",
                [
                    "network": .int(network), "kind": "webinar", "title": "3 di 15",
                    "start": NoticeScene.time("2099-12-10T10:00"), "end": NoticeScene.time("2099-12-10T12:00"),
                ]
            )
        )
        try c.ok("event.publish", ["event": .int(event), "revision": 1])
        for number in 0..<120 {
            let person = Member(id: MemberID(try add("P\(number)", "p\(number)@example.it")), kind: .person, name: "")
            // The server runs by the real clock: at night and on holidays others are mailed in the morning.
            try c.ok("notification.set", ["mailAnytime": .bool(true)], as: person)
            try c.ok("registration.register", ["event": .int(event)], as: person)
        }
        try c.settle()
        try c.stop()
        return event
    }

    private static func door(_ url: String) async throws -> WireClient {
        let reply = try await HTTPClient.request(
            "POST",
            "\(url)/api/v1/session.open",
            headers: [("Content-Type", "application/json")],
            body: JSON.members(["login": .string(login.0), "password": .string(login.1)]).text
        )
        let token = try #require(try JSONParser.parse(reply.body)["token"]?.string)
        return try await WireClient.live(url, token: token)
    }
}
