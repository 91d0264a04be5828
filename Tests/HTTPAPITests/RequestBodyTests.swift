import TestKit
import Testing
import WireProtocol

@Suite("Bodies and nonces as they may come")
struct RequestBodyTests {
    @Test("a GET has no body", arguments: StorageBackend.available)
    func getWithBody(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            for path in ["/health", "/api/v1/note.echo", "/papers/1.txt"] {
                let reply = try RawReply(
                    "GET \(path)",
                    ["Content-Length: 2", "Authorization: Bearer good"],
                    body: "{}",
                    to: door.port
                )
                #expect(reply.status == 400)
                #expect(reply.json["code"]?.string == "malformed")
                #expect(reply.json["detail"]?.string == "a GET has no body")
            }
        }
    }

    @Test("what is over a limit is told that limit", arguments: StorageBackend.available)
    func limits(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            for (start, limit) in [("PUT /api/v1/papers?name=a", 1_000), ("POST /api/v1/note.write", 262_144)] {
                let reply = try RawReply(
                    start,
                    ["Content-Length: 1000000", "Authorization: Bearer good"],
                    to: door.port
                )
                #expect(reply.status == 413)
                #expect(reply.json["code"]?.string == "too_large")
                #expect(reply.json["detail"]?.string == "the body is over its limit of \(limit) bytes")
            }
        }
    }
}
