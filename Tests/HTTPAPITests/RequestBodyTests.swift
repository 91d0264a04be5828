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

    @Test("without a length the body is empty, and the connection serves no more", arguments: StorageBackend.available)
    func noLength(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let head = "POST /api/v1/session.open HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            let opened = try RawReply(Array(head.utf8), to: door.port)
            #expect(opened.status == 200)
            #expect(opened.json["token"]?.string == "good")
            #expect(opened.head.contains("Connection: close"))
            let missing = try RawReply("POST /api/v1/note.write", ["Authorization: Bearer good"], to: door.port)
            #expect(missing.status == 422)
            let chunked = try RawReply(
                "POST /api/v1/session.open",
                ["Transfer-Encoding: chunked"],
                body: "0\r\n\r\n",
                to: door.port
            )
            #expect(chunked.status == 400)
        }
    }

    @Test("a nonce of another form is invalid, whatever bytes it has", arguments: StorageBackend.available)
    func latinNonce(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            var request = Array("POST /api/v1/note.write HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n".utf8)
            request += Array("Authorization: Bearer good\r\nContent-Length: 15\r\nIdempotency-Key: caff".utf8) + [0xE8]
            request += Array("\r\n\r\n{\"text\":\"ciao\"}".utf8)
            let reply = try RawReply(request, to: door.port)
            #expect(reply.status == 422)
            #expect(reply.json["code"]?.string == "invalid")
            #expect(reply.json["fields"]?.array?.first?["path"]?.string == "nonce")
        }
    }

    @Test(
        "NUL in a path is no page",
        arguments: StorageBackend.available,
        ["/%00", "/health%00", "/%00x", "/a%00b", "/a/%00", "/health/%00", "/%00?a=1", "/%00?"]
    )

    func nul(_ backend: StorageBackend, _ path: String) async throws {
        try await withDoor(backend) { door in
            let reply = try RawReply("GET \(path)", to: door.port)
            // Behind other characters of a segment libwebsockets ends the connection without a word.
            let isSilent = ["/health%00", "/a%00b"].contains(path)
            #expect(reply.status == (isSilent ? 0 : 400), "\(reply.status) \(reply.text)")
        }
    }

    @Test("a path without NUL is served, with every form of query", arguments: StorageBackend.available)
    func noNUL(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            for path in ["/", "/?", "/?a", "/?&", "/?a=1&b", "/a/", "/a/?x=%C3%A8", "/a;b", "/a&b", "/&", "/?;"] {
                let reply = try RawReply("GET \(path)", to: door.port)
                #expect(reply.status == 200, "\(path)")
            }
        }
    }
}
