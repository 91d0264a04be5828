import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@testable import People

/// A network, who facilitates it, and who only takes part.
private struct InvitingScene {
    let c: TestCommunity
    let network: Int64
    let city: Int64
    let host: Member
    let member: Member

    init(
        _ backend: StorageBackend,
        type: String = "NationalThematic",
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        c = try TestCommunity(backend, configure: configure)
        network = try c.network(type: type)
        city = try c.city()
        host = try c.person("Olga")
        member = try c.person("Mario")
        for person in [host, member] {
            try c.ok("network.add", ["network": .int(network), "person": .int(person.id.rawValue)])
        }
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(host.id.rawValue), "role": "facilitator"]
        )
    }

    func invite(_ email: String, as inviter: Member? = nil) throws -> JSON {
        try c.ok("person.invite", ["email": .string(email), "network": .int(network)], as: inviter ?? host)
    }

    func pending(as member: Member? = nil) throws -> [JSON] {
        try c.ok("invitation.pending", ["network": .int(network)], as: member ?? host)["invitations"]?.array ?? []
    }

    func token(of invitation: JSON, as member: Member? = nil) throws -> JSON {
        try c.ok("invitation.reveal", ["invitation": invitation["link"] ?? .null], as: member ?? host)["token"] ?? .null
    }

    func accept(_ token: JSON) throws {
        try c.ok("person.acceptInvitation", ["token": token, "password": "girasole-blu-7"], as: .nobody)
    }

    func grant(_ person: Int64, role: String = "employee", to end: JSON = .null) throws {
        try c.ok(
            "mandate.grant",
            ["person": .int(person), "organisation": .int(city), "role": .string(role), "to": end]
        )
    }

    func members() throws -> [JSON] {
        try c.ok("network.members", ["network": .int(network)])["members"]?.array ?? []
    }

    func isMember(_ person: Int64) throws -> Bool { try members().contains { $0["id"]?.int == person } }
}

@Suite("Inviting into a network", .serialized)
struct InvitingTests {
    @Test(
        "a facilitator's guest comes in once the invitation is accepted and a mandate allows it",
        arguments: StorageBackend.available
    )
    func comesIn(backend: StorageBackend) throws {
        let scene = try InvitingScene(backend)
        let invited = try scene.invite("nuova@example.it")
        let person = try scene.c.id(invited)
        #expect(invited["member"] == nil)
        let waiting = try #require(try scene.pending().first)
        #expect(waiting["email"]?.string == "nuova@example.it")
        #expect(waiting["accepted"] == .bool(false))
        #expect(waiting["expires"] != nil)
        try scene.accept(scene.token(of: waiting))
        let accepted = try #require(try scene.pending().first)
        #expect(accepted["accepted"] == .bool(true))
        #expect(accepted["link"] == nil && accepted["expires"] == nil)
        #expect(try !scene.isMember(person))
        let head = scene.c.head
        try scene.grant(person)
        #expect(try scene.isMember(person))
        #expect(try scene.pending().isEmpty)
        let told = try scene.c.updates(for: Member(id: MemberID(person), kind: .person, name: ""), after: head)
        #expect(told.map(\.type).contains("network.joined"))
        let acts = try scene.c.community.read { context in
            try context.sql.all("SELECT act FROM audit WHERE subject = \(person) ORDER BY number") { $0.text(0) }
        }
        #expect(
            acts == [
                "person.invite", "invitation.reveal", "person.acceptInvitation", "mandate.grant", "network.add",
            ]
        )
    }

    @Test("who has an account comes in at once, or waits for a mandate", arguments: StorageBackend.available)
    func hasAccount(backend: StorageBackend) throws {
        let scene = try InvitingScene(backend)
        let anna = try makePerson(scene.c)
        #expect(try scene.invite("ANNA@example.it")["member"] == .bool(false))
        #expect(try scene.pending().map { $0["accepted"] } == [.bool(true)])
        try scene.grant(anna.id.rawValue)
        #expect(try scene.isMember(anna.id.rawValue))
        let bruno = try makePerson(scene.c, "Bruno", email: "bruno@example.it")
        try scene.grant(bruno.id.rawValue)
        #expect(try !scene.isMember(bruno.id.rawValue))
        #expect(try scene.invite("bruno@example.it")["member"] == .bool(true))
        #expect(try scene.isMember(bruno.id.rawValue))
        #expect(try scene.pending().isEmpty)
        try scene.c.ok("person.suspend", ["person": .int(anna.id.rawValue)])
        let body: KeyValuePairs<String, JSON> = ["email": "anna@example.it", "network": .int(scene.network)]
        #expect(try scene.c.refusal("person.invite", body, as: scene.host).code == .conflict)
    }

    @Test("only those who manage a network's members invite into it", arguments: StorageBackend.available)
    func rights(backend: StorageBackend) throws {
        let scene = try InvitingScene(backend)
        let stranger = try makePerson(scene.c)
        let network = JSON.int(scene.network)
        let body: KeyValuePairs<String, JSON> = ["email": "x@example.it", "network": network]
        #expect(try scene.c.refusal("person.invite", body, as: scene.member).code == .forbidden)
        #expect(try scene.c.refusal("person.invite", body, as: stranger).code == .notFound)
        #expect(try scene.c.refusal("invitation.pending", ["network": network], as: scene.member).code == .forbidden)
        #expect(try scene.c.refusal("invitation.pending", ["network": network], as: stranger).code == .notFound)
        #expect(try scene.c.refusal("person.invite", ["email": "x@example.it"], as: scene.host).code == .forbidden)
        let mandates = JSON.array([.members(["organisation": .int(scene.city), "role": "employee"])])
        let withMandate: KeyValuePairs<String, JSON> = [
            "email": "x@example.it", "network": network, "mandates": mandates,
        ]
        #expect(try scene.c.refusal("person.invite", withMandate, as: scene.host).code == .forbidden)
        let person = try scene.c.id(scene.invite("x@example.it"))
        let withdrawing: KeyValuePairs<String, JSON> = ["network": network, "person": .int(person)]
        #expect(try scene.c.refusal("invitation.withdraw", withdrawing, as: scene.member).code == .forbidden)
        #expect(try scene.c.refusal("invitation.withdraw", withdrawing, as: stranger).code == .notFound)
        let link = try #require(try scene.pending().first?["link"])
        #expect(try scene.c.refusal("invitation.reveal", ["invitation": link], as: scene.member).code == .forbidden)
        // Another facilitator sees the invitation, and not its link.
        try scene.c.ok(
            "network.appoint",
            ["network": network, "person": .int(scene.member.id.rawValue), "role": "facilitator"]
        )
        #expect(try scene.pending(as: scene.member).map { $0["link"] } == [nil])
        #expect(try scene.c.refusal("invitation.reveal", ["invitation": link], as: scene.member).code == .forbidden)
        // Once she facilitates no more, her invitations let nobody in.
        let token = try scene.token(of: try #require(try scene.pending().first))
        try scene.c.ok(
            "network.appoint",
            ["network": network, "person": .int(scene.host.id.rawValue), "role": "member"]
        )
        try scene.accept(token)
        try scene.grant(person)
        #expect(try !scene.isMember(person))
    }

    @Test("what a facilitator invites in a day is bounded", arguments: StorageBackend.available)
    func bounded(backend: StorageBackend) throws {
        let scene = try InvitingScene(backend) { $0.invitation.perFacilitator = 2 }
        for name in ["a", "b"] { _ = try scene.invite("\(name)@example.it") }
        scene.c.clock.advance(seconds: 3_600)
        let body: KeyValuePairs<String, JSON> = ["email": "c@example.it", "network": .int(scene.network)]
        let refused = try scene.c.refusal("person.invite", body, as: scene.host)
        #expect(refused.code == .rateLimited)
        #expect(refused.retryAfterMs == 82_800_000)
        scene.c.clock.advance(seconds: 23 * 3_600 + 1)
        _ = try scene.invite("c@example.it")
    }

    @Test("an invitation is withdrawn with its link", arguments: StorageBackend.available)
    func withdrawn(backend: StorageBackend) throws {
        let scene = try InvitingScene(backend)
        let person = try scene.c.id(scene.invite("x@example.it"))
        let token = try scene.token(of: try #require(try scene.pending().first))
        let body: KeyValuePairs<String, JSON> = ["network": .int(scene.network), "person": .int(person)]
        try scene.c.ok("invitation.withdraw", body, as: scene.host)
        #expect(try scene.pending().isEmpty)
        #expect(try scene.c.refusal("invitation.withdraw", body, as: scene.host).code == .notFound)
        let accepting: KeyValuePairs<String, JSON> = ["token": token, "password": "girasole-blu-7"]
        #expect(try scene.c.refusal("person.acceptInvitation", accepting, as: .nobody).code == .notFound)
        // Invited again, there is a new link, and the person comes in.
        #expect(try scene.c.id(scene.invite("x@example.it")) == person)
        try scene.accept(scene.token(of: try #require(try scene.pending().first)))
        try scene.grant(person)
        #expect(try scene.isMember(person))
    }

    @Test(
        "a link that a facilitator was given ends where an account begins to be worth something",
        arguments: StorageBackend.available,
        ["mandate", "role"]
    )
    func renewed(backend: StorageBackend, by gift: String) throws {
        let scene = try InvitingScene(backend)
        let person = try scene.c.id(scene.invite("x@example.it"))
        let token = try scene.token(of: try #require(try scene.pending().first))
        if gift == "mandate" {
            try scene.grant(person)
        } else {
            try scene.c.ok("person.assignRoles", ["person": .int(person), "roles": .array(["monitor"])])
        }
        let accepting: KeyValuePairs<String, JSON> = ["token": token, "password": "girasole-blu-7"]
        #expect(try scene.c.refusal("person.acceptInvitation", accepting, as: .nobody).code == .notFound)
        #expect(try scene.pending().first?["link"] == nil)
        let links = try scene.c.ok("invitation.list", ["person": .int(person)])["invitations"]?.array ?? []
        #expect(links.count == 1)
        let renewed = try scene.c.ok("invitation.reveal", ["invitation": links[0]["id"] ?? .null])
        try scene.accept(renewed["token"] ?? .null)
        #expect(try scene.isMember(person) == (gift == "mandate"))
    }

    @Test("who invites a guest answers for the guest", arguments: StorageBackend.available)
    func guest(backend: StorageBackend) throws {
        let scene = try InvitingScene(backend, type: "European")
        let person = try scene.c.id(scene.invite("guest@example.eu"))
        try scene.accept(scene.token(of: try #require(try scene.pending().first)))
        try scene.grant(person, role: "guest", to: "2030-12-31")
        let guest = try scene.members().first { $0["id"]?.int == person }
        #expect(guest?["sponsor"]?["id"]?.int == scene.host.id.rawValue)
    }

    @Test(
        "a dormant network takes no invitations, and a person erased leaves none",
        arguments: StorageBackend.available
    )
    func endings(backend: StorageBackend) throws {
        let scene = try InvitingScene(backend)
        let person = try scene.c.id(scene.invite("x@example.it"))
        try scene.c.ok("person.erase", ["person": .int(person)])
        #expect(try scene.c.rows(of: "invitation_network") == 0)
        #expect(try scene.pending().isEmpty)
        let anna = try makePerson(scene.c)
        _ = try scene.invite("anna@example.it")
        let network = scene.network
        try scene.c.community.write { work in
            _ = try work.sql.execute("UPDATE network SET type = 'Gone' WHERE id = \(network)")
        }
        let body: KeyValuePairs<String, JSON> = ["email": "y@example.it", "network": .int(network)]
        #expect(try scene.c.refusal("person.invite", body, as: scene.host).code == .unavailable)
        try scene.grant(anna.id.rawValue)
        #expect(try !scene.isMember(anna.id.rawValue))
    }
}
