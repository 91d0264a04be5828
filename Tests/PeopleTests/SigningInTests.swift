import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@testable import People

/// A person with a password, made by an administrator.
func makePerson(
    _ c: TestCommunity,
    _ name: String = "Anna",
    email: String = "anna@example.it",
    password: String = "girasole-blu-7"
) throws -> Member {
    let id = try c.id(
        c.ok("person.create", ["name": .string(name), "email": .string(email), "password": .string(password)])
    )
    return Member(id: MemberID(id), kind: .person, name: name)
}

/// Who a token stands for at this moment.
func member(of token: String?, _ c: TestCommunity) throws -> Member? {
    guard let token else { return nil }
    return try c.community.read { try c.community.registry.authenticate(token, $0)?.member }
}

func signIn(
    _ c: TestCommunity,
    _ login: String = "anna@example.it",
    _ password: String = "girasole-blu-7"
) throws -> Member {
    let reply = try c.ok("session.open", ["login": .string(login), "password": .string(password)], as: .nobody)
    guard let member = try member(of: reply["token"]?.string, c) else { throw UnexpectedOutcome("no member") }
    return member
}

@Suite("Signing in", .serialized)
struct SigningInTests {
    @Test(
        "a person signs in whatever the case of the address, and the token stands for that person",
        arguments: StorageBackend.available
    )
    func signsIn(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try makePerson(c)
        let reply = try c.ok(
            "session.open",
            ["login": "ANNA@Example.IT", "password": "girasole-blu-7"],
            as: .nobody
        )
        #expect(reply["token"]?.string?.hasPrefix("mtp_") == true)
        #expect(reply["person"]?["id"]?.int == anna.id.rawValue)
        #expect(reply["person"]?["name"]?.string == "Anna")
        #expect(reply["expires"]?.string.flatMap { Instant($0) } != nil)
        #expect(try member(of: reply["token"]?.string, c)?.id == anna.id)
        #expect(try member(of: "mtp_unknown", c) == nil)
    }

    @Test(
        "an unknown login, a wrong password, a suspended person and one without a password get the same answer",
        arguments: StorageBackend.available
    )
    func sameAnswer(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        _ = try makePerson(c)
        let bruno = try makePerson(c, "Bruno", email: "bruno@example.it")
        try c.ok("person.create", ["name": "Carla", "email": "carla@example.it"])
        try c.ok("person.suspend", ["person": .int(bruno.id.rawValue)])
        let answers = try [
            ("nobody@example.it", "girasole-blu-7"), ("anna@example.it", "girasole-blu-8"),
            ("bruno@example.it", "girasole-blu-7"), ("carla@example.it", "girasole-blu-7"),
        ].map { login, password in
            try c.refusal("session.open", ["login": .string(login), "password": .string(password)], as: .nobody)
        }
        #expect(Set(answers.map(\.code)) == [.unauthenticated])
        #expect(Set(answers.map(\.message)).count == 1)
    }

    @Test("failures slow one account with growing delay, and nobody else", arguments: StorageBackend.available)
    func throttle(backend: StorageBackend) throws {
        let c = try TestCommunity(backend) { $0.login.accountAttempts = 2 }
        _ = try makePerson(c)
        _ = try makePerson(c, "Bruno", email: "bruno@example.it")
        func fail() throws -> WireError {
            try c.refusal("session.open", ["login": "anna@example.it", "password": "wrong-password"], as: .nobody)
        }
        #expect(try fail().code == .unauthenticated)
        #expect(try fail().code == .unauthenticated)
        let slowed = try fail()
        #expect(slowed.code == .rateLimited)
        #expect(slowed.retryAfterMs == 1_000)
        _ = try signIn(c, "bruno@example.it")
        c.clock.advance(seconds: 1)
        #expect(try fail().code == .unauthenticated)
        #expect(try fail().retryAfterMs == 2_000)
        c.clock.advance(seconds: 2)
        _ = try signIn(c)
        #expect(try fail().code == .unauthenticated)
    }

    @Test("a session ends when closed, when idle for long, and at its time", arguments: StorageBackend.available)
    func sessionEnds(backend: StorageBackend) throws {
        let c = try TestCommunity(backend) {
            $0.session.idleDays = 2
            $0.session.absoluteDays = 5
        }
        _ = try makePerson(c)
        let first = try c.ok("session.open", ["login": "anna@example.it", "password": "girasole-blu-7"], as: .nobody)
        let token = first["token"]?.string
        let anna = try #require(try member(of: token, c))
        let other = try signIn(c)
        #expect(try c.ok("session.list", as: anna)["sessions"]?.array?.count == 2)
        try c.ok("session.end", ["session": .int(other.credential ?? 0)], as: anna)
        #expect(try c.ok("session.list", as: anna)["sessions"]?.array?.count == 1)
        for _ in 0..<3 {
            c.clock.advance(seconds: 36 * 3_600)
            #expect(try member(of: token, c) != nil)
            try c.settle()
        }
        c.clock.advance(seconds: 24 * 3_600)
        #expect(try member(of: token, c) == nil)

        let second = try c.ok("session.open", ["login": "anna@example.it", "password": "girasole-blu-7"], as: .nobody)
        c.clock.advance(seconds: 49 * 3_600)
        #expect(try member(of: second["token"]?.string, c) == nil)
        let third = try c.ok("session.open", ["login": "anna@example.it", "password": "girasole-blu-7"], as: .nobody)
        let again = try #require(try member(of: third["token"]?.string, c))
        try c.ok("session.close", as: again)
        #expect(try member(of: third["token"]?.string, c) == nil)
    }

    @Test(
        "a new password is checked, ends the other sessions and keeps the one in use",
        arguments: StorageBackend.available
    )
    func setPassword(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        _ = try makePerson(c)
        let here = try signIn(c)
        let elsewhere = try c.ok(
            "session.open",
            ["login": "anna@example.it", "password": "girasole-blu-7"],
            as: .nobody
        )
        let wrong = try c.refusal("person.setPassword", ["old": "no-no-no-no", "new": "tulipano-rosa-9"], as: here)
        #expect(wrong.code == .forbidden)
        for (password, problem) in [
            ("short", "too_short"), ("password123", "too_common"), ("anna@example.it", "too_common"),
        ] {
            let refusal = try c.refusal(
                "person.setPassword",
                ["old": "girasole-blu-7", "new": .string(password)],
                as: here
            )
            #expect(refusal.fields == [FieldProblem(path: "with.new", problem: problem)])
        }
        try c.ok("person.setPassword", ["old": "girasole-blu-7", "new": "tulipano-rosa-9"], as: here)
        #expect(try member(of: elsewhere["token"]?.string, c) == nil)
        #expect(try c.ok("session.list", as: here)["sessions"]?.array?.count == 1)
        #expect(try signIn(c, "anna@example.it", "tulipano-rosa-9").id == here.id)
    }

    @Test("a repeated change of the password gets the first answer", arguments: StorageBackend.available)
    func setPasswordRepeated(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        _ = try makePerson(c)
        let anna = try signIn(c)
        let body: KeyValuePairs<String, JSON> = ["old": "girasole-blu-7", "new": "tulipano-rosa-9"]
        try c.ok("person.setPassword", body, as: anna, nonce: "n-1")
        guard case .done(_, _, repeated: true) = c.outcome("person.setPassword", body, as: anna, nonce: "n-1") else {
            throw UnexpectedOutcome("the repeated command was refused")
        }
        #expect(try c.refusal("person.setPassword", body, as: anna).code == .forbidden)
    }

    @Test(
        "a session says what signed in; an administrator sees and ends those of others, which is audited",
        arguments: StorageBackend.available
    )
    func sessionsOfOthers(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try makePerson(c)
        let bruno = try makePerson(c, "Bruno", email: "bruno@example.it")
        let admin = try c.person("Ada")
        try c.ok("person.assignRoles", ["person": .int(admin.id.rawValue), "roles": .array(["admin"])])
        let opened = try c.ok(
            "session.open",
            ["login": "anna@example.it", "password": "girasole-blu-7", "client": "Firefox, Linux"],
            as: .nobody
        )
        _ = try signIn(c)
        let whose: KeyValuePairs<String, JSON> = ["person": .int(anna.id.rawValue)]
        let seen = try c.ok("session.list", whose, as: admin)["sessions"]?.array ?? []
        #expect(seen.map { $0["client"]?.string } == [nil, "Firefox, Linux"])
        #expect(seen.allSatisfy { $0["current"] == .bool(false) })
        #expect(try c.refusal("session.list", whose, as: bruno).code == .forbidden)
        let session = seen[1]["id"] ?? .null
        let ending: KeyValuePairs<String, JSON> = ["session": session, "person": .int(anna.id.rawValue)]
        #expect(try c.refusal("session.end", ending, as: bruno).code == .forbidden)
        // It is one of Anna's, not of Bruno's nor of her own.
        let wrong: KeyValuePairs<String, JSON> = ["session": session, "person": .int(bruno.id.rawValue)]
        #expect(try c.refusal("session.end", wrong, as: admin).code == .notFound)
        #expect(try c.refusal("session.end", ["session": session], as: admin).code == .notFound)
        #expect(try member(of: opened["token"]?.string, c) != nil)
        try c.ok("session.end", ending, as: admin)
        #expect(try member(of: opened["token"]?.string, c) == nil)
        #expect(try c.ok("session.list", whose, as: admin)["sessions"]?.array?.count == 1)
        let audited = try c.community.read { context in
            try context.sql.all("SELECT actor, subject FROM audit WHERE act = 'session.end'") {
                [$0.int(0), $0.int(1)]
            }
        }
        #expect(audited == [[admin.id.rawValue, anna.id.rawValue]])
        let export = try c.export(of: anna)["sessions"]?.array ?? []
        #expect(export.map { $0["client"]?.string } == [nil, "Firefox, Linux"])
        try c.ok("person.erase", whose)
        let kept = try c.community.read { try $0.sql.count("SELECT COUNT(*) FROM session WHERE client IS NOT NULL") }
        #expect(kept == 0)
    }

    @Test(
        "an invitation lets the person choose name and password once; a reset answers the same for everybody",
        arguments: StorageBackend.available
    )
    func invitation(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let id = try c.id(c.ok("person.invite", ["email": "dario@example.it"]))
        func tokens() throws -> [String] {
            let list = try c.ok("invitation.list")["invitations"]?.array ?? []
            return try list.map { link in
                #expect(link["token"] == nil)
                return try c.ok("invitation.reveal", ["invitation": link["id"] ?? .null])["token"]?.string ?? ""
            }
        }
        let token = try #require(try tokens().first)
        try c.ok(
            "person.acceptInvitation",
            ["token": .string(token), "name": "Dario Neri", "password": "girasole-blu-7"],
            as: .nobody
        )
        #expect(try signIn(c, "dario@example.it").name == "Dario Neri")
        let again = try c.refusal(
            "person.acceptInvitation",
            ["token": .string(token), "password": "girasole-blu-8"],
            as: .nobody
        )
        #expect(again.code == .notFound)

        try c.ok("person.resetPassword", ["email": "dario@example.it"], as: .nobody)
        try c.ok("person.resetPassword", ["email": "nobody@example.it"], as: .nobody)
        let links = try tokens()
        #expect(links.count == 1)
        try c.ok(
            "person.acceptInvitation",
            ["token": .string(links[0]), "password": "tulipano-rosa-9"],
            as: .nobody
        )
        #expect(try signIn(c, "dario@example.it", "tulipano-rosa-9").id.rawValue == id)
        #expect(try c.refusal("invitation.list", as: try c.person("Eva")).code == .forbidden)
    }

    @Test(
        "a link is handed out by a command that the audit log remembers, an administrator's to no other administrator",
        arguments: StorageBackend.available
    )
    func reveal(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let admins = try ["Ada", "Aldo"].map { try c.person($0) }
        for admin in admins {
            try c.ok("person.assignRoles", ["person": .int(admin.id.rawValue), "roles": .array(["admin"])])
        }
        let anna = try c.person("Anna")
        func link(of member: Member) throws -> JSON {
            let links = try c.ok("invitation.list", ["person": .int(member.id.rawValue)], as: admins[0])
            return links["invitations"]?.array?.first?["id"] ?? .null
        }
        func acts() throws -> [String] {
            try c.community.read { context in
                try context.sql.all("SELECT actor, subject FROM audit WHERE act = 'invitation.reveal'") {
                    "\($0.int(0)) \($0.int(1))"
                }
            }
        }
        let own = try c.ok("invitation.reveal", ["invitation": link(of: admins[0])], as: admins[0])
        #expect(own["token"]?.string != nil)
        let known = try c.ok("invitation.reveal", ["invitation": link(of: anna)], as: admins[0], nonce: "a")
        #expect(known["token"]?.string != nil)
        #expect(
            try c.ok("invitation.reveal", ["invitation": link(of: anna)], as: admins[0], nonce: "a")["token"] == nil
        )
        #expect(try acts() == [admins[0], anna].map { "\(admins[0].id) \($0.id)" })
        let other: KeyValuePairs<String, JSON> = ["invitation": try link(of: admins[1])]
        #expect(try c.refusal("invitation.reveal", other, as: admins[0]).code == .forbidden)
        #expect(try c.refusal("invitation.reveal", other, as: anna).code == .forbidden)
        try c.ok("invitation.reveal", other)
        #expect(try c.refusal("invitation.reveal", ["invitation": 999], as: admins[0]).code == .notFound)
    }

    @Test("hashes made with weaker parameters are renewed at the next sign-in", arguments: StorageBackend.available)
    func rehash(backend: StorageBackend) throws {
        let c = try TestCommunity(backend) { $0.password.argon2Memory = 12_288 }
        let anna = try makePerson(c)
        func hash() throws -> String {
            try c.community.read {
                try $0.sql.first("SELECT password FROM person WHERE id = \(anna.id)") { $0.text(0) }
            } ?? ""
        }
        #expect(try hash().hasPrefix("$argon2id$v=19$m=12288,t=3,p=1$"))
        let weak = try Argon2(memory: 12_288, iterations: 1, parallelism: 1).hash(Array("girasole-blu-7".utf8))
        _ = try c.community.write { work in
            try work.sql.execute("UPDATE person SET password = \(weak) WHERE id = \(anna.id)")
        }
        _ = try signIn(c)
        #expect(try hash().hasPrefix("$argon2id$v=19$m=12288,t=3,p=1$"))
        _ = try signIn(c)
    }
}

@Suite("Slowing failed sign-ins")
struct SignInThrottleTests {
    private let now = Instant(milliseconds: 1_000_000)

    private func throttle(addressAttempts: Int) -> SignInThrottle {
        var settings = PeopleSettings.Login()
        settings.addressAttempts = addressAttempts
        return SignInThrottle(settings)
    }

    /// Whether an attempt is judged at all.
    private func isJudged(_ throttle: SignInThrottle, _ account: String, _ address: String) -> Bool {
        do {
            try throttle.begin(account, address: address, isKnownPair: false, now: now)
            return true
        } catch {
            return false
        }
    }

    @Test("one's own sign-ins do not make room for guesses at other accounts from the same address")
    func ownSuccesses() {
        let throttle = throttle(addressAttempts: 5)
        var judged = 0
        for number in 0..<12 {
            if isJudged(throttle, "victim\(number)", "192.0.2.1") { judged += 1 }
            if isJudged(throttle, "own", "192.0.2.1") { throttle.succeeded("own", address: "192.0.2.1") }
        }
        #expect(judged == 5)
        #expect(isJudged(throttle, "victim", "192.0.2.2"))
    }

    @Test("a clock that is put back does not lengthen the wait")
    func clockPutBack() throws {
        let throttle = throttle(addressAttempts: 100)
        while isJudged(throttle, "anna", "192.0.2.1") {}
        try throttle.begin("anna", address: "192.0.2.1", isKnownPair: true, now: now.advanced(bySeconds: -3_600))
    }

    @Test("an IPv6 subscriber is one address, whatever the lower half")
    func subscriber() {
        let throttle = throttle(addressAttempts: 3)
        let judged = (1...6).filter { isJudged(throttle, "a\($0)", "2001:db8:0:7::\($0)") }
        #expect(judged.count == 3)
        #expect(isJudged(throttle, "b", "2001:db8:0:8::1"))
    }
}
