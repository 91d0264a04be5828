import CommunityKernel
import Foundation
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("Promotions across a crash", .serialized)
struct NoticeCrashTests {
    private static let login = ("giulia@example.it", "password-di-prova")

    @Test("who is promoted around a SIGKILL gets one mail and one notification")
    func promotions() async throws {
        let mails = try MailServer()
        let folder = try TemporaryFolder()
        let event = try Self.prepare(folder)
        let environment = [
            "METROPOLI_MAIL_SERVER": "127.0.0.1", "METROPOLI_MAIL_PORT": String(mails.port),
            "METROPOLI_MAIL_TLS": "off",
            "METROPOLI_MAIL_FROM": "rete@example.it", "METROPOLI_PUBLIC_URL": "https://rete.example.it",
            "METROPOLI_MAIL_PER_MINUTE": "60000",
        ]
        var server = try ServerProcess(folder: folder, environment: environment)
        defer { server.end(with: SIGKILL) }
        var door = try await Self.door(server.url)
        let seats = try await Self.registrations(event, "confirmed", door)
        let queue = try await Self.registrations(event, "waitlisted", door)
        #expect(seats.count == 20 && queue.count == 20)
        // Some are answered, some under way.
        for seat in seats.prefix(12) { try await door.send(Self.cancel(seat)) }
        var answered = 0
        while answered < 5, let object = try await door.receive() { answered += object["ok"] == nil ? 0 : 1 }
        server.end(with: SIGKILL)

        server = try ServerProcess(folder: folder, environment: environment)
        door = try await Self.door(server.url)
        let left = Set(try await Self.registrations(event, "confirmed", door)).intersection(seats)
        #expect(left.count <= 15)
        for seat in left.sorted() { try await door.send(Self.cancel(seat)) }
        var promoted: [ReceivedMail] = []
        func read() throws -> ReceivedMail {
            let mail = try mails.next()
            if mail.header("subject").hasPrefix("Si è liberato un posto") { promoted.append(mail) }
            return mail
        }
        while Set(promoted.map(\.receiver)).count < 20 { _ = try read() }
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
        #expect(Set(promoted.map { $0.header("message-id") }).count == 20 && promoted.count <= 21)
        #expect(try await Set(Self.registrations(event, "confirmed", door)) == Set(queue))
        #expect(server.end(with: SIGTERM) == 0)
        let c = try TestCommunity(.sqlite, in: folder)
        #expect(try c.rows(of: "notification WHERE news = 'promoted'") == 20)
    }

    /// An event with twenty seats, all of them taken, and twenty people in its queue.
    private static func prepare(_ folder: TemporaryFolder) throws -> Int64 {
        let c = try TestCommunity(.sqlite, in: folder)
        let network = try c.network()
        let city = try c.city()
        let mandates = JSON.array([.members(["organisation": .int(city), "role": "employee"])])
        func add(_ name: String, _ email: String) throws -> Int64 {
            let person = try c.id(
                c.ok(
                    "person.create",
                    [
                        "name": .string(name), "email": .string(email), "password": .string(login.1),
                        "mandates": mandates,
                    ]
                )
            )
            try c.ok("network.add", ["network": .int(network), "person": .int(person)])
            return person
        }
        let giulia = try add("Giulia", login.0)
        try c.ok("network.appoint", ["network": .int(network), "person": .int(giulia), "role": "facilitator"])
        let event = try c.id(
            c.ok(
                "event.create",
                [
                    "network": .int(network), "kind": "webinar", "title": "3 di 15", "capacity": 20,
                    "start": NoticeScene.time("2099-12-10T10:00"), "end": NoticeScene.time("2099-12-10T12:00"),
                ]
            )
        )
        try c.ok("event.publish", ["event": .int(event), "revision": 1])
        for number in 0..<40 {
            let person = Member(id: MemberID(try add("P\(number)", "p\(number)@example.it")), kind: .person, name: "")
            // The server runs by the real clock: at night and on holidays others are mailed in the morning.
            try c.ok("notification.set", ["mailAnytime": .bool(true)], as: person)
            try c.ok("registration.register", ["event": .int(event)], as: person)
        }
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

    private static func registrations(_ event: Int64, _ state: String, _ door: WireClient) async throws -> [Int64] {
        let list = try await door.ok("registration.list", ["event": .int(event), "state": .string(state)])
        return list["registrations"]?.array?.compactMap { $0["id"]?.int } ?? []
    }

    private static func cancel(_ registration: Int64) -> String {
        """
        {"id":\(registration),"do":"registration.cancel","with":{"registration":\(registration)},"nonce":"c\(registration)"}
        """
    }
}
