import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@testable import HTTPAPI

@Suite("What signs in", .serialized)
struct ClientNameTests {
    @Test(
        "is called by browser and system",
        arguments: [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge, Windows"
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
                "Chrome, Android"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
                "Safari, iPhone"
            ),
            ("curl/7.88.1", "curl"), ("Mozilla/5.0", nil), ("", nil), ("\u{1}evil", nil),
            (String(repeating: "x", count: 600), String(repeating: "x", count: 40)),
        ] as [(String, String?)]
    )
    func named(_ header: String, _ name: String?) {
        #expect(ClientName.of(header) == name)
        #expect(ClientName.of(nil) == nil)
    }

    @Test(
        "stands in the list of sessions, from the API and from the page alike",
        arguments: StorageBackend.available
    )
    func listed(_ backend: StorageBackend) async throws {
        let live = try LiveServer(backend)
        defer { try? live.stop() }
        let city = try #require(
            try live.ok("organisation.create", ["kind": "citta_metropolitana", "slug": "cm", "name": "Bologna"])["id"]?
                .int
        )
        let anna = try await live.person("Anna", city: city)
        let port = try #require(Int(live.url.split(separator: ":").last ?? ""))
        let firefox = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
        for client in [#""#, #","client":"metropoli-chat""#] {
            let body = #"{"login":"anna@example.it","password":"password-di-prova"\#(client)}"#
            let headers = [firefox, "Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
            #expect(try RawReply("POST /api/v1/session.open", headers, body: body, to: port).status == 200)
        }
        let page = try RawReply("GET /accesso", [firefox], to: port)
        let form = try #require(page.text.firstMatch(of: /name="form" value="([^"]*)"/)?.1)
        let body = "form=\(form)&login=anna%40example.it&password=password-di-prova"
        let headers = [
            firefox, "Origin: http://127.0.0.1", "Cookie: metropoli_form=\(form)",
            "Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)",
        ]
        #expect(try RawReply("POST /accesso", headers, body: body, to: port).status == 303)
        let sessions = try RawReply("GET /api/v1/session.list", ["Authorization: Bearer \(anna.token)"], to: port)
        let names = sessions.json["sessions"]?.array?.prefix(3).map { $0["client"]?.string }
        #expect(names == ["Firefox, Linux", "metropoli-chat", "Firefox, Linux"])
    }
}
