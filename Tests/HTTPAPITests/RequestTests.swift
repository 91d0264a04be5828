import SocketTransport
import Testing
import WireProtocol

@testable import HTTPAPI

@Suite("Reading requests")
struct RequestTests {
    @Test("a query's parameters are decoded strictly and a repeated one is a list")
    func queryString() throws {
        let query = try QueryString("a=1&tag=x&tag=%C3%A8+y&empty=&bare")
        #expect(query.object["a"] == .string("1"))
        #expect(query.object["tag"] == .array([.string("x"), .string("è y")]))
        #expect(query.object["empty"] == .string(""))
        #expect(query.object["bare"] == .string(""))
        #expect(query.values["tag"] == ["x", "è y"])
    }

    @Test("a broken query is malformed", arguments: ["a=%", "a=%4", "a=%zz", "a=%FF", "a=%00", "%80=1"])
    func brokenQuery(_ raw: String) {
        #expect(throws: WireError.self) { try QueryString(raw) }
    }

    @Test("too many parameters are malformed")
    func tooManyParameters() {
        let raw = Array(repeating: "a=1", count: QueryString.mostParameters + 1).joined(separator: "&")
        #expect(throws: WireError.self) { try QueryString(raw) }
    }

    @Test("the session cookie has another name under TLS and is read by its exact name")
    func cookie() {
        let header = "x=1; metropoli_session=abc ; __Host-metropoli_session=\"def\""
        #expect(SessionCookie.token(in: header, isSecure: false) == "abc")
        #expect(SessionCookie.token(in: header, isSecure: true) == "def")
        #expect(SessionCookie.token(in: "metropoli_session2=abc", isSecure: false) == nil)
        #expect(SessionCookie.token(in: "metropoli_session=", isSecure: false) == nil)
        let plain = SessionCookie.header("t", seconds: 5, isSecure: false).1
        #expect(plain == "metropoli_session=t; Path=/; Max-Age=5; HttpOnly; SameSite=Strict")
        let secure = SessionCookie.header("t", seconds: 5, isSecure: true).1
        #expect(secure.hasPrefix("__Host-metropoli_session=t; Path=/;") && secure.hasSuffix("; Secure"))
        #expect(!secure.contains("Domain"))
    }

    @Test("a bearer token goes before the cookie and another scheme is no credential")
    func credentials() {
        let cookie = ["cookie": "metropoli_session=abc"]
        #expect(Credential(head(), isSecure: false) == .none)
        #expect(Credential(head("GET", "/", cookie), isSecure: false) == .cookie("abc"))
        #expect(
            Credential(head("GET", "/", cookie.merging(["authorization": "bearer mtp_1"]) { $1 }), isSecure: false)
                == .bearer("mtp_1")
        )
        #expect(Credential(head("GET", "/", ["authorization": "Basic YTpi"]), isSecure: false) == .unusable)
        #expect(Credential(head("GET", "/", ["authorization": "Bearer"]), isSecure: false) == .unusable)
    }

    @Test("a body is a JSON object or nothing")
    func body() throws {
        #expect(try CommandBody.object([]).members.isEmpty)
        #expect(try CommandBody.object(Array(#"{"a":1}"#.utf8))["a"] == .int(1))
        for text in ["[]", "1", "{", #"{"a":1,"a":2}"#, "\u{FEFF}{}"] {
            #expect(throws: WireError.self) { try CommandBody.object(Array(text.utf8)) }
        }
    }

    @Test("a nonce of another form is invalid with the path nonce")
    func nonce() throws {
        #expect(try CommandBody.nonce("a-_9") == "a-_9")
        for text in ["", "a b", "\"quoted\"", String(repeating: "a", count: 65)] {
            let refusal = #expect(throws: WireError.self) { try CommandBody.nonce(text) }
            #expect(refusal?.code == .invalid)
            #expect(refusal?.fields?.first?.path == "nonce")
        }
    }

    @Test("a Host is a name or an address with a port or none")
    func hostNames() {
        #expect(HostName("Example.IT:8080")?.name == "example.it")
        #expect(HostName("[::1]:80")?.name == "::1")
        #expect(HostName("10.0.0.1")?.isAddress == true)
        #expect(HostName("localhost")?.isLoopback == true)
        #expect(HostName("127.0.0.1.evil.example")?.isLoopback == false)
        for text in ["", "a b", "a:b", "a:", "a:0", "a:99999", "[::1", "a/b", "user@a"] {
            #expect(HostName(text) == nil)
        }
    }

    @Test("origins are compared by scheme, host and port")
    func origins() {
        #expect(WebOrigin("https://a.it") == WebOrigin("https://A.it:443"))
        #expect(WebOrigin("https://a.it") != WebOrigin("http://a.it"))
        #expect(WebOrigin("https://a.it") != WebOrigin("https://a.it.evil.example"))
        #expect(WebOrigin("null") == nil)
        #expect(WebOrigin("file:///x") == nil)
    }
}

@Suite("Who asks")
struct CallerTests {
    private func settings(_ change: (inout HTTPSettings) -> Void = { _ in }) -> Doorkeeper {
        var settings = HTTPSettings(temporaryFolder: "/nowhere")
        settings.publicURL = "https://metropoli.example.it"
        change(&settings)
        return Doorkeeper(settings)
    }

    @Test("only configured names are allowed as Host")
    func hosts() throws {
        let loopback = settings()
        for name in ["metropoli.example.it", "localhost:8080", "127.0.0.1", "[::1]:8080"] {
            #expect(loopback.allows(try #require(HostName(name))))
        }
        for name in ["evil.example", "10.0.0.1", "metropoli.example.it.evil.example"] {
            #expect(!loopback.allows(try #require(HostName(name))))
        }
        let everywhere = settings { $0.listenHost = "0.0.0.0" }
        #expect(everywhere.allows(try #require(HostName("10.0.0.1"))))
        #expect(!everywhere.allows(try #require(HostName("evil.example"))))
    }

    @Test("forwarded headers count from a trusted proxy alone")
    func proxies() {
        let forwarded = [
            "x-forwarded-for": "6.6.6.6, 9.9.9.9, 10.0.0.2", "x-forwarded-proto": "https",
            "x-forwarded-host": "metropoli.example.it",
        ]
        let trusting = settings { $0.trustedProxies = ["10.0.0.1", "10.0.0.2"] }
        let behind = Caller(head("GET", "/", forwarded, from: "10.0.0.1"), trusting)
        #expect(behind.address == "9.9.9.9")
        #expect(behind.isSecure)
        #expect(behind.host?.name == "metropoli.example.it")
        let stranger = Caller(head("GET", "/", forwarded, from: "8.8.8.8"), trusting)
        #expect(stranger.address == "8.8.8.8")
        #expect(!stranger.isSecure)
        #expect(stranger.host?.name == "127.0.0.1")
    }

    @Test("figures are not for whoever comes through an unknown proxy on this machine")
    func metrics() {
        let doorkeeper = settings()
        #expect(doorkeeper.mayReadMetrics(Caller(head(), doorkeeper)))
        #expect(!doorkeeper.mayReadMetrics(Caller(head(from: "10.1.1.1"), doorkeeper)))
        #expect(!doorkeeper.mayReadMetrics(Caller(head("GET", "/", ["x-forwarded-for": "1.1.1.1"]), doorkeeper)))
        let proxied = settings { $0.trustedProxies = ["127.0.0.1"] }
        #expect(!proxied.mayReadMetrics(Caller(head(), proxied)))
    }

    @Test("a browser's Origin must be the server's own or a configured one")
    func origins() {
        let doorkeeper = settings { $0.origins = ["https://other.example.it"] }
        func caller(_ headers: [String: String]) -> Caller { Caller(head("POST", "/", headers), doorkeeper) }
        for origin in ["http://127.0.0.1:8080", "https://metropoli.example.it", "https://other.example.it"] {
            #expect(caller(["origin": origin]).isSameOrigin)
            #expect(!caller(["origin": origin]).isForeign)
        }
        for origin in ["http://127.0.0.1", "https://127.0.0.1:8080", "null", "http://evil.example", ""] {
            #expect(!caller(["origin": origin, "sec-fetch-site": "same-origin"]).isSameOrigin)
            #expect(caller(["origin": origin]).isForeign)
        }
        #expect(caller(["sec-fetch-site": "same-origin"]).isSameOrigin)
        #expect(caller(["sec-fetch-site": "cross-site"]).isForeign)
        #expect(!caller([:]).isSameOrigin)
        #expect(!caller([:]).isForeign)
    }
}
