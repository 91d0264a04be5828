import Foundation
import Journal
import ServerApp
import SocketTransport
import TestKit
import Testing
import WireProtocol

@testable import HTTPAPI

/// The real server, visited like by a browser without script: a cookie jar, forms, an Origin.
private final class Visitor {
    let port: Int
    var cookies: [String: String] = [:]
    var origin: String? = "http://127.0.0.1"
    var language: String?

    init(_ live: LiveServer) throws { port = try #require(Int(live.url.split(separator: ":").last ?? "")) }

    func get(_ path: String, accept: String = "text/html,*/*;q=0.8") throws -> RawReply {
        try ask("GET \(path)", ["Accept: \(accept)"])
    }

    /// Sends the form of the page as the page asks for it, with these fields filled in.
    func send(_ page: RawReply, _ fields: [(String, String)]) throws -> RawReply {
        let action = try #require(page.text.firstMatch(of: /<form method="post" action="([^"]+)"/)?.1)
        let hidden = page.text.matches(of: /<input type="hidden" name="([^"]+)" value="([^"]*)">/)
            .map { (String($0.1), String($0.2)) }
        return try post(String(action).replacing("&amp;", with: "&"), hidden + fields)
    }

    func post(_ path: String, _ fields: [(String, String)], _ more: [String] = []) throws -> RawReply {
        let body = fields.map { "\($0.0)=\(FormBody.encoded($0.1))" }.joined(separator: "&")
        let headers = ["Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)"]
        return try ask("POST \(path)", headers + (origin.map { ["Origin: \($0)"] } ?? []) + more, body: body)
    }

    private func ask(_ start: String, _ headers: [String], body: String = "") throws -> RawReply {
        var headers = headers
        if !cookies.isEmpty {
            headers.append("Cookie: " + cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))
        }
        if let language { headers.append("Accept-Language: \(language)") }
        let reply = try RawReply(start, headers, body: body, to: port)
        for match in reply.head.matches(of: /Set-Cookie: ([^=]+)=([^;]*)/) {
            cookies[String(match.1)] = String(match.2)
        }
        return reply
    }
}

@Suite("Public pages, without script", .serialized)
struct PublicPagesTests {
    private func withServer(
        _ backend: StorageBackend,
        clock: ManualClock = ManualClock(),
        configure: (inout Configuration) -> Void = { _ in },
        _ body: (LiveServer) async throws -> Void
    ) async throws {
        let live = try LiveServer(backend, clock: clock, configure: configure)
        do { try await body(live) } catch {
            try? live.stop()
            throw error
        }
        try live.stop()
    }

    private static func contact(_ configuration: inout Configuration) {
        configuration.community.contact = "aiuto@<b>example.it"
    }

    private static func strict(_ configuration: inout Configuration) { configuration.login.accountAttempts = 1 }

    private func invite(_ name: String, _ live: LiveServer) throws -> String {
        try live.ok("person.create", ["name": .string(name), "email": "anna@example.it"])
        return try link(live)
    }

    /// The token of the only link there is, as the server's administration hands it out.
    private func link(_ live: LiveServer) throws -> String {
        let links = try live.ok("invitation.list")["invitations"]?.array ?? []
        try #require(links.count == 1)
        let revealed = try live.ok("invitation.reveal", ["invitation": links[0]["id"] ?? .null])
        return try #require(revealed["token"]?.string)
    }

    @Test(
        "each says its language, has its parts and neither script nor inline style",
        arguments: StorageBackend.available,
        PublicPage.allCases
    )
    func parts(_ backend: StorageBackend, _ page: PublicPage) async throws {
        try await withServer(backend, configure: Self.contact) { live in
            let visitor = try Visitor(live)
            for language in PageLanguage.allCases {
                let reply = try visitor.get("\(page.rawValue)?lang=\(language.rawValue)")
                // Without a token there is no invitation to show.
                let needsLink = page == .invitation || page == .choosePassword
                #expect(reply.status == (needsLink ? 404 : 200))
                #expect(reply.head.contains("Content-Type: text/html; charset=utf-8"))
                #expect(reply.head.contains("Content-Language: \(language.rawValue)"))
                #expect(reply.head.contains("script-src 'self'; style-src 'self';"))
                let html = reply.text
                #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
                for part in ["<main id=\"main\"", "href=\"#main\"", "<header>", "<footer", "<title>", "<h1>"] {
                    #expect(html.contains(part), "\(part)")
                }
                #expect(html.matches(of: /<h1>/).count == 1)
                #expect(!html.contains("<script") && !html.contains("style=") && !html.contains("<style"))
                #expect(!html.contains(/\ on[a-z]+="/))
                #expect(!html.contains("<b>example"))
                let sheet = try #require(html.firstMatch(of: /href="(\/pages\.[0-9a-f]+\.css)"/)?.1)
                #expect(try visitor.get(String(sheet)).status == 200)
                #expect(html.contains("lang=\"\(language.other.rawValue)\" hreflang"))
            }
        }
    }

    @Test("Italian comes first, English when it is wanted more", arguments: StorageBackend.available)
    func languages(_ backend: StorageBackend) async throws {
        try await withServer(backend) { live in
            let visitor = try Visitor(live)
            for (wanted, language) in [
                (nil, "it"), ("de-DE,de", "it"), ("en-US,en;q=0.9", "en"), ("it-IT,it;q=0.9,en;q=0.8", "it"),
                ("en;q=0.5, it;q=0.4", "en"), ("*", "it"),
            ] as [(String?, String)] {
                visitor.language = wanted
                #expect(try visitor.get("/accesso").text.contains("<html lang=\"\(language)\">"), "\(wanted ?? "-")")
            }
            visitor.language = "en"
            #expect(try visitor.get("/accesso?lang=it").text.contains("Accedi a Metropoli"))
        }
    }

    @Test("a certificate is checked without script, by its code as it is typed", arguments: StorageBackend.available)
    func certificate(_ backend: StorageBackend) async throws {
        try await withServer(backend) { live in
            func time(_ hour: Int) -> JSON {
                .members(["local": .string("2020-02-03T\(hour):00"), "zone": "Europe/Rome"])
            }
            let network = try #require(
                try live.ok(
                    "network.create",
                    ["slug": "rete", "type": "Coordination", "name": .members(["it": "Rete", "en": "Network"])]
                )["id"]
            )
            let person = try live.ok("person.create", ["name": "Anna <Bianchi>", "email": "anna@demo.example"])["id"]
            let anna = try #require(person)
            try live.ok("network.add", ["network": network, "person": anna])
            let event = try #require(
                try live.ok(
                    "event.create",
                    [
                        "network": network, "kind": "coordination_meeting", "title": "Riunione & altro",
                        "start": time(10), "end": time(12),
                    ]
                )["id"]
            )
            try live.ok("event.publish", ["event": event, "revision": 1])
            let registration = try #require(
                try live.ok("registration.register", ["event": event, "person": anna])["id"]
            )
            try live.ok("registration.checkIn", ["registration": registration])
            let issued = try live.ok("certificate.issue", ["registration": registration])
            let code = try #require(issued["code"]?.string)

            let visitor = try Visitor(live)
            let page = try visitor.get("/attestati?lang=it&code=\(code.lowercased().replacing("-", with: "+"))")
            #expect(page.status == 200 && page.text.contains("autentico e valido"))
            #expect(page.text.contains("Anna &lt;Bianchi&gt;") && page.text.contains("Riunione &amp; altro"))
            #expect(page.text.contains("3 febbraio 2020") && page.text.contains("<dd>2</dd>"))
            let unknown = try visitor.get("/attestati?lang=en&code=%3Cb%3E")
            #expect(unknown.status == 404 && unknown.text.contains("No certificate has this code"))
            #expect(unknown.text.contains("value=\"&lt;b&gt;\"") && !unknown.text.contains("<b>"))
            try live.ok("certificate.withdraw", ["certificate": issued["id"] ?? .null, "reason": "nome"])
            let withdrawn = try visitor.get("/attestati?lang=en&code=\(code)")
            #expect(withdrawn.text.contains("was withdrawn") && !withdrawn.text.contains("nome"))
        }
    }

    @Test("signing in opens a session; what is wrong is said next to its field", arguments: StorageBackend.available)
    func signIn(_ backend: StorageBackend) async throws {
        try await withServer(backend) { live in
            let city = try #require(
                try live.ok(
                    "organisation.create",
                    ["kind": "citta_metropolitana", "slug": "cm", "name": "Bologna"]
                )["id"]?.int
            )
            _ = try await live.person("Anna", city: city)
            let visitor = try Visitor(live)
            let page = try visitor.get("/accesso?lang=it")
            let cookie = try #require(page.head.firstMatch(of: /Set-Cookie: (.*)/)?.1)
            #expect(cookie.contains("; HttpOnly; SameSite=Strict"))
            let empty = try visitor.send(page, [("login", ""), ("password", "")])
            #expect(empty.status == 422)
            #expect(empty.text.contains(#"aria-describedby="login-problem" aria-invalid="true" autofocus"#))
            #expect(empty.text.contains(#"id="login-problem">Scrivi il tuo indirizzo e-mail."#))
            #expect(empty.text.contains("<title>Errore: "))
            let evil = "\"><script>alert(1)</script>"
            let unknown = try visitor.send(page, [("login", evil), ("password", "password-di-prova")])
            #expect(unknown.status == 401)
            #expect(!unknown.text.contains("<script"))
            #expect(unknown.text.contains("&quot;&gt;&lt;script&gt;"))
            let wrong = try visitor.send(page, [("login", "anna@example.it"), ("password", "non-questa-password")])
            #expect(wrong.status == 401)
            #expect(wrong.text.contains(#"id="password-problem">Indirizzo e-mail o password non corretti."#))
            #expect(!wrong.text.contains("non-questa-password"))
            #expect(visitor.cookies["metropoli_session"] == nil)
            let right = try visitor.send(page, [("login", " Anna@example.it "), ("password", "password-di-prova")])
            #expect(right.status == 303)
            #expect(right.head.contains("Location: /\r\n"))
            let token = try #require(visitor.cookies["metropoli_session"])
            let me = try RawReply("GET /api/v1/person.me", ["Cookie: metropoli_session=\(token)"], to: visitor.port)
            #expect(me.json["person"]?["name"]?.string == "Anna")
        }
    }

    @Test("a form of another site, or without its token, changes nothing", arguments: StorageBackend.available)
    func forged(_ backend: StorageBackend) async throws {
        try await withServer(backend) { live in
            let token = try invite("Anna", live)
            let visitor = try Visitor(live)
            let page = try visitor.get("/invito?token=\(token)")
            let good = [("name", "Anna"), ("password", "una frase di prova"), ("repeated", "una frase di prova")]
            let form = try #require(visitor.cookies["metropoli_form"])
            for origin in ["http://evil.example", "null", "http://127.0.0.1:81"] {
                visitor.origin = origin
                #expect(try visitor.send(page, good).status == 403)
            }
            visitor.origin = nil
            #expect(
                try visitor.post("/invito", [("token", token), ("form", form)] + good, ["Sec-Fetch-Site: cross-site"])
                    .status == 403
            )
            for (held, sent) in [(nil, form), ("another", form), (form, ""), (form, "another"), (nil, "")] {
                visitor.cookies = held.map { ["metropoli_form": $0] } ?? [:]
                let reply = try visitor.post("/invito", [("token", token), ("form", sent)] + good)
                #expect(reply.status == 403)
                #expect(reply.text.contains("role=\"alert\""))
            }
            let links = try live.ok("invitation.list")["invitations"]?.array ?? []
            #expect(links.count == 1)
            visitor.cookies = ["metropoli_form": form]
            #expect(try visitor.send(page, good).status == 303)
        }
    }

    @Test("an invitation shows who is invited, takes a password, and works once", arguments: StorageBackend.available)
    func invitation(_ backend: StorageBackend) async throws {
        let clock = ManualClock()
        try await withServer(backend, clock: clock) { live in
            let token = try invite("Anna <i>Bianchi</i>", live)
            let visitor = try Visitor(live)
            let page = try visitor.get("/invito?token=\(token)&lang=en")
            #expect(page.status == 200)
            #expect(page.text.contains("Anna &lt;i&gt;Bianchi&lt;/i&gt;") && page.text.contains("anna@example.it"))
            #expect(page.text.contains("At least 8 characters"))
            #expect(page.head.contains("Referrer-Policy: same-origin"))
            for (password, repeated, words) in [
                ("", "", "Choose a password."), ("corta", "corta", "too short: at least 8"),
                ("una frase di prova", "un'altra", "not the same"), ("password1", "password1", "too easy to guess"),
                (String(repeating: "a b", count: 50), String(repeating: "a b", count: 50), "too long"),
            ] {
                let reply = try visitor.send(
                    page,
                    [("name", "Anna <i>Bianchi</i>"), ("password", password), ("repeated", repeated)]
                )
                #expect(reply.status == 422)
                #expect(reply.text.contains(words), "\(words)")
                #expect(reply.text.contains("Anna &lt;i&gt;"))
            }
            let nameless = try visitor.send(
                page,
                [("name", " "), ("password", "una frase di prova"), ("repeated", "una frase di prova")]
            )
            #expect(nameless.status == 422 && nameless.text.contains("Type your name and surname."))
            let done = try visitor.send(
                page,
                [
                    ("name", "  Anna  Bianchi "), ("password", "una frase di prova"),
                    ("repeated", "una frase di prova"),
                ]
            )
            let people = try live.ok("person.list", ["text": "Anna"])["people"]?.array
            #expect(people?.map { $0["name"]?.string } == ["Anna Bianchi"])
            #expect(done.status == 303)
            #expect(done.head.contains("Location: /accesso?chosen&lang=en"))
            let signIn = try visitor.get("/accesso?chosen&lang=en")
            #expect(signIn.text.contains("Your password is set"))
            #expect(
                try visitor.send(signIn, [("login", "anna@example.it"), ("password", "una frase di prova")]).status
                    == 303
            )
            let used = try visitor.get("/invito?token=\(token)")
            #expect(used.status == 410)
            #expect(used.text.contains("già stato usato") && !used.text.contains("anna@example.it"))
            for wrong in ["", "?token=", "?token=%3Cscript%3E"] {
                let unknown = try visitor.get("/invito\(wrong)")
                #expect(unknown.status == 404)
                #expect(!unknown.text.contains("<script"))
            }
            try live.ok("person.invite", ["email": "marco@example.it"])
            let second = try link(live)
            clock.advance(seconds: 20 * 86_400)
            let expired = try visitor.get("/invito?token=\(second)")
            #expect(expired.status == 410)
            #expect(expired.text.contains("scaduto"))
        }
    }

    @Test("asking for a password has one answer, and its link chooses a new one", arguments: StorageBackend.available)
    func reset(_ backend: StorageBackend) async throws {
        try await withServer(backend) { live in
            let city = try #require(
                try live.ok(
                    "organisation.create",
                    ["kind": "citta_metropolitana", "slug": "cm", "name": "Bologna"]
                )["id"]?.int
            )
            let (_, session) = try await live.person("Anna", city: city)
            let visitor = try Visitor(live)
            let page = try visitor.get("/password?lang=it")
            for (email, words) in [("", "Scrivi il tuo indirizzo"), ("anna", "indirizzo e-mail completo")] {
                let reply = try visitor.send(page, [("email", email)])
                #expect(reply.status == 422)
                #expect(reply.text.contains(words))
            }
            let known = try visitor.send(page, [("email", "anna@example.it")])
            let unknown = try visitor.send(page, [("email", "nessuno@example.it")])
            #expect(known.status == 200)
            #expect(known.text == unknown.text)
            #expect(known.text.contains("Richiesta ricevuta"))
            let token = try link(live)
            let choose = try visitor.get("/password/nuova?token=\(token)")
            #expect(choose.text.contains("Scegli una nuova password"))
            let done = try visitor.send(
                choose,
                [("password", "una frase nuova"), ("repeated", "una frase nuova")]
            )
            #expect(done.status == 303)
            let me = try RawReply("GET /api/v1/person.me", ["Authorization: Bearer \(session)"], to: visitor.port)
            #expect(me.status == 401)
            _ = try await live.signIn("anna@example.it", password: "una frase nuova")
        }
    }

    @Test("too many failures are told with the wait", arguments: StorageBackend.available)
    func rates(_ backend: StorageBackend) async throws {
        try await withServer(backend, configure: Self.strict) { live in
            let visitor = try Visitor(live)
            let page = try visitor.get("/accesso")
            var last = 0
            for _ in 0..<3 {
                let reply = try visitor.send(page, [("login", "anna@example.it"), ("password", "sbagliata")])
                last = reply.status
                guard last == 429 else { continue }
                #expect(reply.head.contains("Retry-After: "))
                #expect(reply.text.contains(/riprova fra \d+ secondi/))
            }
            #expect(last == 429)
        }
    }

    @Test("errors are pages in the same look and in the visitor's language", arguments: StorageBackend.available)
    func errors(_ backend: StorageBackend) async throws {
        try await withServer(backend) { live in
            let visitor = try Visitor(live)
            let missing = try visitor.get("/files/1/2")
            #expect(missing.status == 404)
            #expect(missing.text.contains("Questa pagina non esiste."))
            #expect(missing.text.contains("pages.") && missing.text.contains("<html lang=\"it\">"))
            visitor.language = "en"
            #expect(try visitor.get("/missing.js").text.contains("This page does not exist."))
            #expect(try visitor.get("/files/1").text.contains("href=\"/accesso?lang=en\""))
            #expect(try visitor.post("/privacy", []).status == 405)
            let form = [("login", "a"), ("password", "b")]
            let type = try RawReply(
                "POST /accesso",
                ["Content-Type: application/json", "Content-Length: 2", "Accept: text/html"],
                body: "{}",
                to: visitor.port
            )
            #expect(type.status == 400)
            let large = try visitor.post("/accesso", form + [("x", String(repeating: "x", count: 20_000))])
            #expect(large.status == 413)
        }
    }
}

@Suite("The words of the public pages")
struct PageTextTests {
    @Test("each is there in both languages")
    func words() {
        #expect(PageText.keys.count > 50)
        for key in PageText.keys {
            for language in PageLanguage.allCases {
                let text = PageText(language: language)[key]
                #expect(!text.isEmpty && text != key, "\(key)")
            }
        }
        let written = PageDocument(PageText(language: .italian, contact: "aiuto@example.it").document(.accessibility))
        #expect(written.body.html.contains("Scrivi a: <a href=\"mailto:aiuto@example.it\">aiuto@example.it</a>"))
        for page in [PublicPage.accessibility, .privacy, .programme] {
            let documents = PageLanguage.allCases.map { PageText(language: $0, contact: "aiuto").document(page) }
            #expect(documents[0].count == documents[1].count, "\(page)")
            #expect(documents.allSatisfy { !$0.joined().contains("{contact}") })
        }
    }

    @Test("what is interpolated is text, never markup")
    func markup() {
        let text = "<b a=\"1\">&'"
        #expect(("<p>\(text)</p>" as Markup).html == "<p>&lt;b a=&quot;1&quot;&gt;&amp;&#39;</p>")
        #expect(
            PageDocument.inline("a [b](https://c.it) [[d]] {1} <i>").html
                == "a <a href=\"https://c.it\">b</a> <mark class=\"pub-gap\">d</mark> <small class=\"pub-source\">[1]</small> &lt;i&gt;"
        )
        #expect(PageDocument.inline("[a b] (c").html == "[a b] (c")
    }
}
