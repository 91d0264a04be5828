import CommunityKernel
import Foundation
import Journal
import SocketTransport
import TestKit
import Testing
import WireProtocol

@testable import HTTPAPI

@Suite("The HTTP door, over real sockets")
struct DoorTests {
    private let json = ("Content-Type", "application/json")

    @Test("a command answers with its ok object, a repeated one says so", arguments: StorageBackend.available)
    func command(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let body = #"{"text":"ciao"}"#
            let key = ("Idempotency-Key", "k-1")
            let first = try await door.ask("POST", "/api/v1/note.write", token: "good", [json, key], body: body)
            #expect(first.status == 200)
            #expect(first.header("content-type") == "application/json")
            #expect(first.header("idempotency-replayed") == nil)
            let again = try await door.ask("POST", "/api/v1/note.write", token: "good", [json, key], body: body)
            #expect(again.json == first.json)
            #expect(again.header("idempotency-replayed") == "true")
            let other = try await door.ask(
                "POST",
                "/api/v1/note.write",
                token: "good",
                [json, key],
                body: #"{"text":"altro"}"#
            )
            #expect(other.status == 409)
            #expect(other.json["code"]?.string == "nonce_reused")
            let bad = try await door.ask(
                "POST",
                "/api/v1/note.write",
                token: "good",
                [json, ("Idempotency-Key", "a b")],
                body: body
            )
            #expect(bad.status == 422)
            #expect(bad.json["fields"]?.array?.first?["path"]?.string == "nonce")
        }
    }

    @Test("a command that says so takes a larger body", arguments: StorageBackend.available)
    func largerBody(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let path = "/api/v1/note.writeLong"
            for (bytes, status) in [(400_000, 200), (500_000, 413)] {
                let body = #"{"text":"\#(String(repeating: "a", count: bytes))"}"#
                let answer = try await door.ask("POST", path, token: "good", [json], body: body)
                #expect(answer.status == status)
            }
        }
    }

    @Test("a query takes numbers as text and lists by repetition", arguments: StorageBackend.available)
    func query(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let reply = try await door.ask("GET", "/api/v1/note.echo?limit=7&tags=a&tags=%C3%A8%26", token: "bot")
            #expect(reply.text == #"{"limit":7,"tags":["a","è&"],"by":9}"#)
            let wrong = try await door.ask("GET", "/api/v1/note.echo?limit=x", token: "good")
            #expect(wrong.status == 422)
            #expect(wrong.json["fields"]?.array?.first?["problem"]?.string == "wrong_type")
        }
    }

    @Test("a proxy's connection serves one request", arguments: StorageBackend.available)
    func proxied(_ backend: StorageBackend) async throws {
        func trusting(_ settings: inout HTTPSettings) { settings.trustedProxies = ["10.0.0.1"] }
        try await withDoor(backend, configure: trusting) { door in
            for (address, closes) in [("10.0.0.1", true), ("10.0.0.2", false)] {
                let head = head("GET", "/health", ["x-forwarded-for": "203.0.113.9"], from: address)
                let call = Call(
                    head: head,
                    caller: Caller(head, door.api.doorkeeper),
                    credential: Credential(head, isSecure: false),
                    destination: .health,
                    upload: nil
                )
                #expect(door.api.finished(HTTPResponse(status: 200), call).closes == closes)
            }
        }
    }

    @Test("refusals are problems with the code's status", arguments: StorageBackend.available)
    func refusals(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            func code(_ reply: HTTPReply) -> String {
                #expect(reply.header("content-type") == "application/problem+json")
                #expect(reply.json["status"]?.int == Int64(reply.status))
                return "\(reply.status) \(reply.json["code"]?.string ?? "")"
            }
            let write = "/api/v1/note.write"
            #expect(code(try await door.ask("POST", write, token: "good", [json], body: "{")) == "400 malformed")
            #expect(code(try await door.ask("POST", write, token: "good", [json], body: "[1]")) == "400 malformed")
            // What curl and urllib say of a body unless told otherwise: the Origin, not the type, keeps forms out.
            let form = ("Content-Type", "application/x-www-form-urlencoded")
            #expect(code(try await door.ask("POST", write, token: "good", [form], body: "{}")) == "422 invalid")
            #expect(code(try await door.ask("POST", write, token: "good", [json], body: "{}")) == "422 invalid")
            #expect(code(try await door.ask("POST", write, [json], body: "{}")) == "401 unauthenticated")
            #expect(code(try await door.ask("POST", write, token: "old", [json], body: "{}")) == "401 unauthenticated")
            #expect(code(try await door.ask("POST", write, token: "bot", [json], body: "{}")) == "403 forbidden")
            #expect(code(try await door.ask("GET", write, token: "good")) == "405 method_not_allowed")
            #expect(
                code(try await door.ask("POST", "/api/v1/note.echo", token: "good", [json], body: "{}"))
                    == "405 method_not_allowed"
            )
            #expect(
                code(try await door.ask("POST", "/api/v1/no.such", token: "good", [json], body: "{}"))
                    == "404 not_found"
            )
            let big = #"{"text":""# + String(repeating: "x", count: 262_144) + #""}"#
            #expect(code(try await door.ask("POST", write, token: "good", [json], body: big)) == "413 too_large")
            let long = #"{"text":"elevenchars"}"#
            #expect(code(try await door.ask("POST", write, token: "good", [json], body: long)) == "413 too_large")
            let conflict = try await door.ask("GET", "/api/v1/note.echo?refuse=conflict", token: "good")
            #expect(conflict.json["current"]?["revision"]?.int == 3)
            let wait = try await door.ask("GET", "/api/v1/note.echo?refuse=wait", token: "good")
            #expect(code(wait) == "429 rate_limited")
            #expect(wait.header("retry-after") == "2")
        }
    }

    @Test("a wrong method names the right ones", arguments: StorageBackend.available)
    func allowed(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            #expect(try await door.ask("GET", "/api/v1/note.write").header("allow") == "POST, OPTIONS")
            let options = try await door.ask("OPTIONS", "/api/v1/note.echo")
            #expect(options.status == 204)
            #expect(options.header("allow") == "GET, HEAD, OPTIONS")
            #expect(options.header("access-control-allow-origin") == nil)
        }
    }

    @Test("the cookie signs in, and writes with it need the server's own Origin", arguments: StorageBackend.available)
    func cookie(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let opened = try await door.ask("POST", "/api/v1/session.open", [json], body: "{}")
            let set = try #require(opened.header("set-cookie"))
            #expect(set.hasPrefix("metropoli_session=good; Path=/; Max-Age="))
            #expect(set.hasSuffix("; HttpOnly; SameSite=Strict"))
            let cookie = ("Cookie", "metropoli_session=good")
            let write = "/api/v1/note.write"
            let body = #"{"text":"ciao"}"#
            #expect(try await door.ask("GET", "/api/v1/note.echo", [cookie]).status == 200)
            #expect(try await door.ask("POST", write, [json, cookie], body: body).status == 403)
            #expect(
                try await door.ask("POST", write, [json, cookie, ("Origin", "http://evil.example")], body: body).status
                    == 403
            )
            #expect(try await door.ask("POST", write, [json, cookie, ("Origin", door.url)], body: body).status == 200)
            let fetched = [json, cookie, ("Sec-Fetch-Site", "same-origin")]
            #expect(try await door.ask("POST", write, fetched, body: body).status == 200)
            let foreign = try await door.ask(
                "POST",
                "/api/v1/session.open",
                [json, ("Origin", "http://evil.example")],
                body: "{}"
            )
            #expect(foreign.status == 403)
            let closed = try await door.ask("POST", "/api/v1/session.close", [json, cookie, ("Origin", door.url)])
            #expect(closed.status == 200)
            #expect(closed.header("set-cookie")?.contains("metropoli_session=; Path=/; Max-Age=0") == true)
        }
    }

    @Test("a refusal of the rate limiter reaches the client with its wait", arguments: StorageBackend.available)
    func rates(_ backend: StorageBackend) async throws {
        let admit: @Sendable (Member, String, Bool) -> WireError? = { member, _, _ in
            member.kind == .bot ? WireError(.rateLimited, "too many requests", retryAfterMs: 200) : nil
        }
        try await withDoor(backend, admit: admit) { door in
            let limited = try await door.ask("GET", "/api/v1/note.echo", token: "bot")
            #expect(limited.status == 429)
            #expect(limited.header("retry-after") == "1")
            #expect(limited.json["retryAfterMs"]?.int == 200)
            #expect(try await door.ask("GET", "/api/v1/note.echo", token: "good").status == 200)
        }
    }

    @Test("an upload is streamed to a file that does not stay behind", arguments: StorageBackend.available)
    func uploads(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let reply = try await door.ask("PUT", "/api/v1/papers?name=a%20b.txt", token: "good", body: "0123456789")
            #expect(reply.text == #"{"name":"a b.txt","bytes":10}"#)
            #expect(door.uploads.isEmpty)
            #expect(try await door.ask("PUT", "/api/v1/papers?name=a", body: "0123").status == 401)
            #expect(try await door.ask("PUT", "/api/v1/papers?name=a", token: "old", body: "0123").status == 401)
            #expect(try await door.ask("PUT", "/api/v1/papers?name=a", token: "bot", body: "0123").status == 403)
            let large = String(repeating: "x", count: 1_001)
            #expect(try await door.ask("PUT", "/api/v1/papers?name=a", token: "good", body: large).status == 413)
            #expect(door.uploads.isEmpty)
        }
    }

    private func paper(_ token: String, _ bytes: Int) -> String {
        "PUT /api/v1/papers?name=a HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\n"
            + "Expect: 100-continue\r\nContent-Length: \(bytes)\r\n\r\n"
    }

    @Test("no byte of an upload is taken before it is known who sends", arguments: StorageBackend.available)
    func unknownUploader(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            for (token, status) in [("nonsense", 401), ("bot", 403)] {
                #expect(try HalfRequest(door.port, paper(token, 900)).status() == status)
            }
            let judged = try HalfRequest(
                door.port,
                paper("good", 900).replacing("name=a", with: "name=refused")
            )
            #expect(judged.status() == 404)
            #expect(try HalfRequest(door.port, paper("good", 1_001)).status() == 413)
            #expect(door.uploads.isEmpty)
        }
    }

    @Test("uploads at the same time are counted", arguments: StorageBackend.available)
    func uploadsAtTheSameTime(_ backend: StorageBackend) async throws {
        let settings: (inout HTTPSettings) -> Void = { $0.uploadsPerMember = 1 }
        try await withDoor(backend, configure: settings) { door in
            let first = try HalfRequest(door.port, paper("good", 4))
            #expect(first.status() == 100)
            #expect(try HalfRequest(door.port, paper("good", 4)).status() == 429)
            try first.send("0123")
            #expect(first.status() == 200)
            // The place is free a moment after the answer.
            while try await door.ask("PUT", "/api/v1/papers?name=a", token: "good", body: "0123").status == 429 {}
            let cut = try HalfRequest(door.port, paper("good", 4))
            while try HalfRequest(door.port, paper("good", 4)).status() != 429 {}
            _ = consume cut
            while try await door.ask("PUT", "/api/v1/papers?name=a", token: "good", body: "0123").status == 429 {}
        }
    }

    @Test("a file is served whole, in part, or not again", arguments: StorageBackend.available)
    func files(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let whole = try await door.ask("GET", "/papers/1.txt")
            #expect(whole.text == "0123456789")
            let part = try await door.ask("GET", "/papers/1.txt", [("Range", "bytes=2-4")])
            #expect(part.status == 206)
            #expect(part.text == "234")
            #expect(part.header("content-range") == "bytes 2-4/10")
            #expect(try await door.ask("GET", "/papers/1.txt", [("Range", "bytes=10-")]).status == 416)
            #expect(try await door.ask("GET", "/papers/1.txt", [("If-None-Match", "\"paper\"")]).status == 304)
            let missing = try await door.ask("GET", "/papers/2.txt")
            #expect(missing.json["code"]?.string == "not_found")
        }
    }

    @Test("the browser client comes with its protection", arguments: StorageBackend.available)
    func client(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let page = try await door.ask("GET", "/networks/7")
            #expect(page.status == 200)
            #expect(page.header("content-security-policy")?.contains("'nonce-") == true)
            #expect(page.header("x-content-type-options") == "nosniff")
            let asset = try await door.ask("GET", "/app.53aa937fc8.js")
            #expect(asset.text == "let a = 1;")
            #expect(try await door.ask("GET", "/../paper").text.contains("script"))
            let missing = try await door.ask("GET", "/missing.js", [("Accept", "text/html")])
            #expect(missing.status == 404)
            #expect(missing.header("content-type") == "text/html; charset=utf-8")
        }
    }

    @Test("health and figures answer on this machine", arguments: StorageBackend.available)
    func figures(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            _ = try await door.ask("POST", "/api/v1/note.write", token: "good", [json], body: #"{"text":"ciao"}"#)
            let health = try await door.ask("GET", "/health")
            #expect(health.status == 200)
            #expect(health.json["status"]?.string == "ok")
            #expect(health.json["epoch"]?.string == door.community.epoch)
            let metrics = try await door.ask("GET", "/metrics").text
            #expect(metrics.contains(#"metropoli_requests_total{name="note.write",code="ok"} 1"#))
            #expect(metrics.contains("metropoli_commits_total 1"))
            #expect(metrics.hasSuffix("extra 1\n"))
        }
    }

    @Test("the first look after a failed commit says so", arguments: StorageBackend.available)
    func failing(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            try door.community.write { _ in }
            #expect(throws: WireError.self) {
                try door.community.write { _ in throw StorageError.unavailable("the disk is full") }
            }
            #expect(try await door.ask("GET", "/health").status == 503)
            try door.community.write { _ in }
            #expect(try await door.ask("GET", "/health").status == 200)
        }
    }

    @Test("figures are not for strangers", arguments: StorageBackend.available)
    func strangers(_ backend: StorageBackend) async throws {
        let withoutAddresses: (inout HTTPSettings) -> Void = { $0.metricsAddresses = [] }
        try await withDoor(backend, configure: withoutAddresses) { door in
            let stranger = try await door.ask("GET", "/metrics")
            #expect(stranger.status == 401)
            #expect(try await door.ask("GET", "/metrics", token: "good").status == 403)
            #expect(try await door.ask("GET", "/health").text == #"{"status":"ok"}"#)
        }
    }

    @Test("who comes through the local socket acts as the administration", arguments: StorageBackend.available)
    func localSocket(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let reply = try await HTTPClient.request("GET", unixSocket: door.localSocket, path: "/admin/who")
            #expect(reply.text == #"{"name":"system","bytes":0}"#)
            let write = try await HTTPClient.request(
                "POST",
                unixSocket: door.localSocket,
                path: "/api/v1/note.write",
                headers: [json],
                body: Array(#"{"text":"ciao"}"#.utf8)
            )
            #expect(write.status == 200)
            #expect(try await door.ask("POST", "/admin/who", body: "{}").status == 405)
        }
    }

    @Test("every command and query is in the description", arguments: StorageBackend.available)
    func description(_ backend: StorageBackend) async throws {
        try await withDoor(backend) { door in
            let reply = try await door.ask("GET", "/api/v1/openapi.json")
            #expect(reply.json["openapi"]?.string == "3.1.0")
            let paths = try #require(reply.json["paths"])
            for operation in door.community.registry.operations.values {
                let item = paths["/api/v1/\(operation.name)"]?[operation.isCommand ? "post" : "get"]
                #expect(item?["x-access"]?.string == operation.access.rawValue)
            }
            #expect(paths["/papers/{id}.txt"]?["get"]?["parameters"]?.array?.first?["name"]?.string == "id")
            #expect(paths["/api/v1/note.echo"]?["get"]?["parameters"]?.array?.count == 3)
            if let target = ProcessInfo.processInfo.environment["METROPOLI_OPENAPI_OUT"] {
                try reply.text.write(toFile: target, atomically: true, encoding: .utf8)
            }
            let tag = try #require(reply.header("etag"))
            #expect(try await door.ask("GET", "/api/v1/openapi.json", [("If-None-Match", tag)]).status == 304)
            #expect(door.api.routesTable().contains { $0 == ("POST", "/api/v1/note.write", "person") })
        }
    }
}

@Suite("Letting connections in")
struct UpgradeTests {
    private func answer(_ path: String = "/ws", _ headers: [String: String] = [:]) throws -> Int {
        let door = try Door(StorageBackend.sqlite)
        defer { try? door.stop() }
        let offered = ["sec-websocket-protocol": "metropoli.v1"].merging(headers) { $1 }
        switch door.api.upgradeDecision(head("GET", path, offered)) {
        case .accept: return 101
        case .refuse(let status): return status
        case .respond(let response): return response.status
        }
    }

    @Test("an upgrade needs the path, the subprotocol and no foreign Origin")
    func decision() throws {
        #expect(try answer() == 101)
        #expect(try answer("/ws", ["origin": "http://127.0.0.1:8080"]) == 101)
        #expect(try answer("/ws", ["origin": "http://evil.example"]) == 403)
        #expect(try answer("/ws", ["origin": "null"]) == 403)
        #expect(try answer("/other") == 404)
        #expect(try answer("/ws", ["sec-websocket-protocol": "chat"]) == 400)
        #expect(try answer("/ws", ["host": "evil.example"]) == 400)
    }

    @Test("the cookie of an upgrade is read by the name that fits its scheme")
    func cookie() throws {
        let door = try Door(StorageBackend.sqlite)
        defer { try? door.stop() }
        #expect(door.api.sessionCookie(in: head("GET", "/ws", ["cookie": "metropoli_session=abc"])) == "abc")
        #expect(
            door.api.sessionCookie(in: head("GET", "/ws", ["cookie": "metropoli_session=abc"], isTLS: true)) == nil
        )
    }
}
