import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("How refusals are worded")
struct RefusalFormTests {
    private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"

    @Test(
        "a refusal is a problem for everyone who does not prefer a page",
        arguments: StorageBackend.available,
        [
            ("POST", "/health", 405), ("GET", "/files/1/2", 404), ("GET", "/ws", 404), ("DELETE", "/files/1", 404),
            ("GET", "/papers/2.txt", 404), ("GET", "/missing.js", 404), ("DELETE", "/", 405),
        ]
    )
    func problems(_ backend: StorageBackend, _ request: (method: String, path: String, status: Int)) async throws {
        try await withDoor(backend) { door in
            for accept in [nil, "*/*", "application/json", "text/html;q=0", "image/*", "text/html;q=0.5, */*"] {
                let headers = accept.map { [("Accept", $0)] } ?? []
                let reply = try await door.ask(request.method, request.path, headers)
                #expect(reply.status == request.status)
                #expect(reply.header("content-type") == "application/problem+json", "\(accept ?? "no Accept")")
                #expect(reply.json["status"]?.int == Int64(request.status))
            }
        }
    }

    @Test(
        "a browser gets a page, the interface for programs a problem all the same",
        arguments: StorageBackend.available
    )
    func pages(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            for (method, path) in [("POST", "/health"), ("GET", "/files/1/2"), ("GET", "/papers/2.txt")] {
                for accept in [Self.browser, "text/html"] {
                    let reply = try await door.ask(method, path, [("Accept", accept)])
                    #expect(reply.header("content-type") == "text/html; charset=utf-8")
                }
            }
            let program = try await door.ask("GET", "/api/v1/no.such", [("Accept", Self.browser)])
            #expect(program.header("content-type") == "application/problem+json")
        }
    }

    @Test(
        "a Host that is none of this server is malformed, with the status of that code",
        arguments: StorageBackend.available
    )
    func wrongHost(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let request = "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
            let reply = try RawReply(Array(request.utf8), to: door.port)
            #expect(reply.status == 400)
            #expect(reply.json["code"]?.string == "malformed")
        }
    }
}
