import Foundation
import Journal
import TestKit
import Testing
import WireProtocol

@testable import HTTPAPI
@testable import SocketTransport

@Suite("Wording responses")
struct ResponseTests {
    private func body(_ response: HTTPResponse) -> String {
        switch response.body {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .shared(let shared): String(decoding: shared.bytes, as: UTF8.self)
        default: ""
        }
    }

    private func header(_ name: String, _ response: HTTPResponse) -> String? {
        response.headers.first { $0.0 == name }?.1
    }

    @Test("a refusal is a problem with its code, status and fields")
    func problem() {
        let response = Problem(error: .invalid("with.text", "empty")).response
        #expect(response.status == 422)
        #expect(header("Content-Type", response) == "application/problem+json")
        #expect(
            body(response)
                == #"{"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"with.text: empty","#
                + #""code":"invalid","retryable":false,"fields":[{"path":"with.text","problem":"empty"}]}"#
        )
    }

    @Test("every code has its status, and a wait is told in whole seconds too")
    func statuses() {
        for code in WireErrorCode.allCases {
            #expect(Problem(error: WireError(code, "x")).response.status == code.httpStatus)
        }
        let limited = Problem(error: WireError(.rateLimited, "x", retryAfterMs: 1_001)).response
        #expect(header("Retry-After", limited) == "2")
        #expect(header("Retry-After", Problem(error: WireError(.unavailable, "x")).response) == "1")
        let dormant = Problem(error: WireError(.unavailable, "x", retryable: false)).response
        #expect(header("Retry-After", dormant) == nil)
        #expect(header("WWW-Authenticate", Problem(error: WireError(.unauthenticated, "x")).response) != nil)
    }

    @Test("every response bears the headers that protect it, and keeps its own")
    func securityHeaders() {
        let plain = SecurityHeaders.complete(HTTPResponse(status: 200), isSecure: false)
        #expect(header("X-Content-Type-Options", plain) == "nosniff")
        #expect(header("Content-Security-Policy", plain)?.contains("frame-ancestors 'none'") == true)
        #expect(header("Strict-Transport-Security", plain) == nil)
        let own = SecurityHeaders.complete(
            HTTPResponse(status: 200, headers: [("content-security-policy", "sandbox")]),
            isSecure: true
        )
        #expect(own.headers.filter { $0.0.lowercased() == "content-security-policy" }.count == 1)
        #expect(header("Strict-Transport-Security", own) != nil)
    }

    @Test("one range of bytes is served, others are not")
    func ranges() {
        #expect(FileResponse.part("bytes=2-4", of: 10) == .some(2..<5))
        #expect(FileResponse.part("bytes=2-", of: 10) == .some(2..<10))
        #expect(FileResponse.part("bytes=-3", of: 10) == .some(7..<10))
        #expect(FileResponse.part("bytes=-30", of: 10) == .some(0..<10))
        #expect(FileResponse.part("bytes=5-99", of: 10) == .some(5..<10))
        #expect(FileResponse.part("bytes=0-9223372036854775807", of: 10) == .some(0..<10))
        #expect(FileResponse.part("bytes=10-", of: 10) == FileResponse.Part.none)
        #expect(FileResponse.part("bytes=-0", of: 10) == FileResponse.Part.none)
        for text in ["bytes=", "bytes=-", "bytes=4-2", "bytes=1-2,4-5", "items=1-2", "bytes=a-b", "bytes=+1-2"] {
            #expect(FileResponse.part(text, of: 10) == .whole)
        }
    }

    @Test("an entity tag is compared weakly")
    func entityTags() {
        #expect(FileResponse.matches("\"a\"", tag: "\"a\""))
        #expect(FileResponse.matches("W/\"x\", W/\"a\"", tag: "\"a\""))
        #expect(FileResponse.matches("*", tag: "\"a\""))
        #expect(!FileResponse.matches("\"b\"", tag: "\"a\""))
        #expect(!FileResponse.matches(nil, tag: "\"a\""))
    }

    @Test("a compressed variant goes to those who accept it")
    func assets() {
        let asset = Asset(path: "/app.53aa937fc8.js", bytes: Array("plain".utf8), gzip: Array("packed".utf8))
        let packed = asset.response(head("GET", "/", ["accept-encoding": "br, gzip;q=0.5"]))
        #expect(body(packed) == "packed")
        #expect(header("Content-Encoding", packed) == "gzip")
        #expect(header("Cache-Control", packed) == "public, max-age=31536000, immutable")
        let plain = asset.response(head("GET", "/", ["accept-encoding": "gzip;q=0"]))
        #expect(body(plain) == "plain")
        #expect(header("Vary", plain) == "Accept-Encoding")
        #expect(header("ETag", plain) != header("ETag", packed))
        let tag = header("ETag", plain) ?? ""
        #expect(asset.response(head("GET", "/", ["if-none-match": tag])).status == 304)
        #expect(!Asset.isHashed("/roboto-mono-v13-latin.woff2") && !Asset.isHashed("/robots.txt"))
    }

    @Test("the page bears a fresh nonce in its text and in its policy")
    func page() throws {
        let page = IndexPage("<script nonce=\"__NONCE__\"></script><style nonce=\"__NONCE__\"></style>")
        let (first, second) = (page.response, page.response)
        #expect(body(first) != body(second))
        #expect(!body(first).contains("__NONCE__"))
        let nonce = try #require(body(first).split(separator: "\"").dropFirst().first)
        #expect(header("Content-Security-Policy", first)?.contains("'nonce-\(nonce)'") == true)
        #expect(header("Cache-Control", first) == "no-store")
    }

    @Test("an absent folder gives no assets and a page that says how to build them")
    func absentFolder() {
        let table = AssetTable(folder: "/nowhere/at/all")
        #expect(table.count == 0)
        #expect(table.page == nil)
        #expect(body(Pages(table).notBuilt(PageText(language: .italian))).contains("build.py"))
    }

    @Test("a label's value cannot break out of the figures")
    func labels() {
        #expect(MetricsPage.escaped("a\"b\\c\nd") == "a\\\"b\\\\c\\nd")
    }

    @Test("names that nobody registered are counted as one")
    func boundedMetrics() {
        let requests = RequestMetrics()
        requests.limit(to: ["message.post"])
        for index in 0..<1_000 { requests.observe("invented.\(index)", "not_found") }
        requests.observe("message.post", "ok")
        #expect(requests.counts.map(\.name) == ["message.post", "unknown"])
        #expect(requests.counts.map(\.count) == [1, 1_000])
    }

    @Test("a failed commit makes the server not ready until one succeeds or some time is gone")
    func readiness() {
        let start = ContinuousClock.now
        #expect(Readiness.isReady(failedAt: nil, at: start))
        #expect(!Readiness.isReady(failedAt: start, at: start + .seconds(1)))
        #expect(Readiness.isReady(failedAt: start, at: start + .seconds(60)))
    }
}

@Suite("Finding the destination")
struct RouterTests {
    private func router(local: [WebRoute] = []) -> Router {
        var registry = Registry()
        registry.install(NotesCapability())
        return Router(registry, localRoutes: local, assets: AssetTable(folder: "/nowhere"))
    }

    private func name(_ method: String, _ path: String, isLocalSocket: Bool = false) -> String {
        let local = [WebRoute("GET", "/admin/who", access: .administrator) { _, _ in WebResponse() }]
        switch router(local: local).destination(method: method, path: path, isLocalSocket: isLocalSocket) {
        case .operation(let operation): return operation.name
        case .route(let route, let parameters): return "\(route.pattern) \(parameters.values.sorted())"
        case .openAPI: return "openapi"
        case .health: return "health"
        case .metrics: return "metrics"
        case .asset: return "asset"
        case .page: return "page"
        case .publicPage(let page): return "public \(page.rawValue)"
        case .options(let methods): return "options \(methods)"
        case .wrongMethod(let methods): return "wrong \(methods)"
        case .unknown: return "unknown"
        }
    }

    @Test(
        "a method and path lead where they should",
        arguments: [
            ("POST", "/api/v1/note.write", "note.write"), ("GET", "/api/v1/note.echo", "note.echo"),
            ("HEAD", "/api/v1/note.echo", "note.echo"), ("GET", "/api/v1/note.write", "wrong [\"POST\", \"OPTIONS\"]"),
            ("POST", "/api/v1/note.echo", "wrong [\"GET\", \"HEAD\", \"OPTIONS\"]"),
            ("DELETE", "/", "wrong [\"GET\", \"HEAD\", \"OPTIONS\"]"), ("POST", "/api/v1/no.such", "unknown"),
            ("POST", "/api/v1/note.write/more", "unknown"), ("POST", "/api/v1/", "unknown"),
            ("GET", "/api/v2/note.echo", "unknown"), ("GET", "/api", "unknown"),
            ("PUT", "/api/v1/papers", "/api/v1/papers []"), ("GET", "/api/v1/papers", "wrong [\"PUT\", \"OPTIONS\"]"),
            ("GET", "/papers/12.txt", "/papers/{id}.txt [\"12\"]"), ("GET", "/papers/.txt", "unknown"),
            ("OPTIONS", "/papers/1.txt", "options [\"GET\", \"HEAD\", \"OPTIONS\"]"),
            ("GET", "/api/v1/openapi.json", "openapi"), ("GET", "/health", "health"), ("GET", "/metrics", "metrics"),
            ("GET", "/accesso", "public /accesso"), ("POST", "/password/nuova", "public /password/nuova"),
            ("POST", "/privacy", "wrong [\"GET\", \"HEAD\", \"OPTIONS\"]"), ("GET", "/", "page"),
            ("HEAD", "/networks/7/channels", "page"), ("GET", "/index.html", "page"),
            ("GET", "/files/x", "unknown"), ("GET", "/events/7", "page"), ("GET", "/events/7.ics", "unknown"),
            ("GET", "/calendar", "unknown"),
            ("GET", "/ws", "unknown"), ("GET", "/health/x", "unknown"), ("GET", "/missing.js", "unknown"),
            ("GET", "/../etc/passwd", "unknown"), ("GET", "/admin/who", "page"),
        ]
    )
    func destinations(_ method: String, _ path: String, _ expected: String) {
        #expect(name(method, path) == expected)
    }

    @Test("the administration's routes are on the local socket alone")
    func localRoutes() {
        #expect(name("GET", "/admin/who", isLocalSocket: true) == "/admin/who []")
        #expect(name("POST", "/admin/who") == "wrong [\"GET\", \"HEAD\", \"OPTIONS\"]")
    }
}
