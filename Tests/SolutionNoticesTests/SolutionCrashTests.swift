import CommunityKernel
import Foundation
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("Notices of solutions across a crash", .serialized)
struct SolutionCrashTests {
    private static let login = ("anna@example.it", "password-di-prova")

    @Test("who may review is told of each solution once, around a SIGKILL")
    func submissions() async throws {
        let folder = try TemporaryFolder()
        let (solutions, readers) = try Self.prepare(folder)
        var server = try ServerProcess(folder: folder)
        defer { server.end(with: SIGKILL) }
        var door = try await Self.door(server.url)
        // Some are answered, some under way; of most not everybody is told yet.
        for solution in solutions { try await door.send(Self.submit(solution)) }
        var answered = 0
        while answered < 6, let object = try await door.receive() {
            guard object["id"] != nil else { continue }
            try #require(object["ok"] != nil, "\(object)")
            answered += 1
        }
        server.end(with: SIGKILL)

        server = try ServerProcess(folder: folder)
        door = try await Self.door(server.url)
        for solution in solutions { try await door.send(Self.submit(solution)) }
        var known = 0
        while known < solutions.count, let object = try await door.receive() {
            guard object["id"] != nil else { continue }
            try #require(object["ok"] != nil, "\(object)")
            known += 1
        }
        #expect(known == solutions.count)
        #expect(server.end(with: SIGTERM) == 0)

        let c = try TestCommunity(.sqlite, in: folder)
        c.clock.set(Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)))
        try c.settle()
        for reader in readers {
            let list = try c.ok("notification.list", ["limit": 100], as: reader)["notifications"]?.array ?? []
            let told = list.filter { $0["kind"]?.string == "review" }.compactMap { $0["solution"]?.int }
            #expect(told.sorted() == solutions.sorted(), "\(reader.name)")
        }
        #expect(try c.rows(of: "solution_notice") == 0)
    }

    /// Twelve drafts of Anna's, and seventy people of another city.
    private static func prepare(_ folder: TemporaryFolder) throws -> ([Int64], [Member]) {
        let c = try TestCommunity(.sqlite, in: folder)
        let network = try c.network("rete")
        let (bologna, genova) = (try c.city("Bologna"), try c.city("Genova"))
        let readers = try (0..<70).map { try c.person("Lettore \($0)", city: genova) }
        let mandates = JSON.array([.members(["organisation": .int(bologna), "role": "employee"])])
        let anna = Member(
            id: MemberID(
                try c.id(
                    c.ok(
                        "person.create",
                        [
                            "name": "Anna", "email": .string(login.0), "password": .string(login.1),
                            "mandates": mandates,
                        ]
                    )
                )
            ),
            kind: .person,
            name: "Anna"
        )
        try c.join(readers + [anna], network: network)
        let solutions = try (0..<12).map { number in
            try c.id(
                c.ok(
                    "solution.create",
                    [
                        "network": .int(network), "title": .string("Soluzione \(number)"), "city": .int(bologna),
                        "area": "edilizia",
                    ],
                    as: anna
                )
            )
        }
        try c.settle()
        try c.stop()
        return (solutions, readers)
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

    private static func submit(_ solution: Int64) -> String {
        """
        {"id":\(solution),"do":"solution.submit","with":{"solution":\(solution),"revision":1},"nonce":"s\(solution)"}
        """
    }
}
