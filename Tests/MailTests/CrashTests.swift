import Foundation
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("Mail across a crash", .serialized)
struct CrashTests {
    /// A client of the server's HTTP door, signed in as its administrator.
    private struct Administrator {
        let url: String
        let token: String

        init(_ url: String) async throws {
            self.url = url
            let (login, password) = ServerProcess.administrator
            let body = JSON.members(["login": .string(login), "password": .string(password)]).text
            let reply = try await HTTPClient.request(
                "POST",
                "\(url)/api/v1/session.open",
                headers: [("Content-Type", "application/json")],
                body: body
            )
            token = try #require(try JSONParser.parse(reply.body, limits: .answers)["token"]?.string)
        }

        func invite(_ email: String) async throws {
            let reply = try await HTTPClient.request(
                "POST",
                "\(url)/api/v1/person.invite",
                headers: [("Content-Type", "application/json"), ("Authorization", "Bearer \(token)")],
                body: JSON.members(["email": .string(email)]).text
            )
            guard reply.status == 200 else { throw UnexpectedOutcome("person.invite answered \(reply.status)") }
        }
    }

    @Test("whoever was invited before a SIGKILL gets one mail; the one in flight may come twice, as the same mail")
    func crash() async throws {
        let mails = try MailServer()
        let folder = try TemporaryFolder()
        let environment = [
            "METROPOLI_MAIL_SERVER": "127.0.0.1", "METROPOLI_MAIL_PORT": String(mails.port),
            "METROPOLI_MAIL_TLS": "off",
            "METROPOLI_MAIL_FROM": "rete@example.it", "METROPOLI_PUBLIC_URL": "https://rete.example.it",
            // Slow enough that the end comes between two of them.
            "METROPOLI_MAIL_PER_MINUTE": "3000",
        ]
        let first = try ServerProcess(folder: folder, environment: environment)
        let administrator = try await Administrator(first.url)
        let receivers = (1...30).map { "persona\($0)@example.it" }
        for receiver in receivers { try await administrator.invite(receiver) }
        var taken = try (1...5).map { _ in try mails.next() }
        #expect(first.end(with: SIGKILL) == -SIGKILL)

        let second = try ServerProcess(folder: folder, environment: environment)
        while Set(taken.map(\.receiver)).count < receivers.count { taken.append(try mails.next()) }
        // One more, so that what came twice would have been seen.
        try await Administrator(second.url).invite("ultima@example.it")
        repeat { taken.append(try mails.next()) } while taken.last?.receiver != "ultima@example.it"
        #expect(second.end(with: SIGTERM) == 0)
        #expect(Set(taken.map(\.receiver)) == Set(receivers + ["ultima@example.it"]))
        #expect(taken.count <= receivers.count + 2)
        let byReceiver = Dictionary(grouping: taken, by: \.receiver)
        #expect(byReceiver.values.allSatisfy { Set($0.map { $0.header("message-id") }).count == 1 })
    }
}
