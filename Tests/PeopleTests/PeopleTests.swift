import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("People", .serialized)
struct PeopleTests {
    @Test(
        "a new person's first update is the person, and the first snapshot bears what person.me gives",
        arguments: StorageBackend.available
    )
    func newPerson(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try c.person("Anna")
        let updates = try c.updates(for: anna)
        #expect(updates.first?.type == "person.created")
        #expect(updates.first?.seq == anna.id.rawValue)
        #expect(updates.map(\.type).contains("mandate.granted"))
        let me = try c.ok("person.me", as: anna)
        #expect(try c.snapshot(for: anna)["person"] == me["person"])
        #expect(me["mandates"]?.array?.count == 1)
        #expect(me["networks"]?.array?.isEmpty == true)
    }

    @Test("an address is one person's, whatever its case", arguments: StorageBackend.available)
    func oneAddress(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        try c.ok("person.create", ["name": "Anna", "email": "anna@example.it"])
        #expect(try c.refusal("person.create", ["name": "Anna", "email": "ANNA@example.it"]).code == .conflict)
        let bad = try c.refusal("person.create", ["name": "An\u{202E}na", "email": "nowhere"])
        #expect(Set(bad.fields?.map(\.path) ?? []) == ["with.name", "with.email"])
        let anna = try c.person("Altra")
        #expect(try c.refusal("person.create", ["name": "B", "email": "b@example.it"], as: anna).code == .forbidden)
    }

    @Test(
        "one changes one's own facts, and the stale snapshot with the update equals the fresh one",
        arguments: StorageBackend.available
    )
    func changesOneself(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try c.person("Anna")
        let stale = try c.snapshot(for: anna)["person"]?.object
        let head = c.head
        try c.ok("person.change", ["name": "Anna Maria", "language": "en", "zone": "Europe/Brussels"], as: anna)
        let update = try #require(try c.updates(for: anna, after: head).last)
        #expect(update.type == "person.changed")
        let folded = stale?.members.map { member in
            JSONObject.Member(name: member.name, value: update.data[member.name] ?? member.value)
        }
        #expect(try c.snapshot(for: anna)["person"] == .object(JSONObject(folded ?? [])))
        #expect(try c.refusal("person.change", ["zone": "Mars/Base"], as: anna).code == .invalid)
        let bruno = try c.person("Bruno")
        let other = try c.refusal("person.change", ["person": .int(bruno.id.rawValue), "name": "X"], as: anna)
        #expect(other.code == .forbidden)
    }

    @Test("roles are given by administrators; the last administrator stays", arguments: StorageBackend.available)
    func roles(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try c.person("Anna")
        let id = JSON.int(anna.id.rawValue)
        #expect(
            try c.refusal("person.assignRoles", ["person": id, "roles": .array(["admin"])], as: anna).code == .forbidden
        )
        try c.ok("person.assignRoles", ["person": id, "roles": .array(["admin"])])
        #expect(try c.ok("person.me", as: anna)["person"]?["roles"]?.array == [.string("admin")])
        #expect(try c.refusal("person.assignRoles", ["person": id, "roles": .array([])]).code == .conflict)
        #expect(try c.refusal("person.assignRoles", ["person": id, "roles": .array(["king"])]).code == .invalid)
    }

    @Test(
        "a suspended person loses sessions and networks, and gets the networks back",
        arguments: StorageBackend.available
    )
    func suspension(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let anna = try makePerson(c)
        try c.ok("network.add", ["network": .int(network), "person": .int(anna.id.rawValue)])
        let session = try signIn(c)
        let head = c.head
        try c.ok("person.suspend", ["person": .int(anna.id.rawValue)])
        #expect(try c.ok("session.list", as: session)["sessions"]?.array?.isEmpty == true)
        let types = try c.updates(for: anna, after: head).map(\.type)
        #expect(types == ["person.suspended", "access.lost"])
        try c.ok("person.restore", ["person": .int(anna.id.rawValue)])
        let gained = try c.updates(for: anna, after: head).last
        #expect(gained?.type == "access.gained")
        #expect(gained?.data["streams"] == .array([.string("network/\(network)")]))
        #expect(try c.ok("network.list", as: anna)["networks"]?.array?.first?["role"]?.string == "member")
    }

    @Test(
        "an erased person leaves an id without words, in the tables and in the journal",
        arguments: StorageBackend.available
    )
    func erasure(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let anna = try c.person("Anna Bianchi", city: try c.city())
        let bruno = try c.person("Bruno")
        try c.join([anna, bruno], network: network)
        try c.ok("person.erase", ["person": .int(anna.id.rawValue)])
        let frames = try c.community.read { try $0.sql.all("SELECT payload FROM journal") { $0.bytes(0) } }
        #expect(frames.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("Anna Bianchi") })
        let people = try c.ok("person.list", as: bruno)["people"]?.array
        #expect(people?.compactMap { $0["name"]?.string } == ["Bruno"])
        #expect(try c.refusal("person.suspend", ["person": .int(anna.id.rawValue)]).code == .conflict)
        try c.ok("person.create", ["name": "Anna", "email": "p1@example.it"])
    }
}

@Suite("Organisations and mandates", .serialized)
struct MandateTests {
    @Test("an organisation's slug is its own and its parent a metropolitan city", arguments: StorageBackend.available)
    func organisations(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let city = try c.city("Bologna")
        let comune = try c.id(
            c.ok(
                "organisation.create",
                ["kind": "comune", "slug": "imola", "name": "Comune di Imola", "parent": .int(city), "istat": "037032"]
            )
        )
        let same = try c.refusal("organisation.create", ["kind": "comune", "slug": "imola", "name": "X"])
        #expect(same.code == .conflict)
        let wrong = try c.refusal(
            "organisation.create",
            ["kind": "comune", "slug": "x", "name": "X", "parent": .int(comune)]
        )
        #expect(wrong.fields == [FieldProblem(path: "with.parent", problem: "not_allowed")])
        let list = try c.ok("organisation.list", ["city": .int(city)])["organisations"]?.array
        #expect(Set(list?.compactMap { $0["id"]?.int } ?? []) == [city, comune])
        #expect(list?.first { $0["id"]?.int == comune }?["istat"]?.string == "037032")
        try c.ok("organisation.change", ["organisation": .int(comune), "name": "Città di Imola", "revision": 1])
        let stale = try c.refusal("organisation.change", ["organisation": .int(comune), "name": "Y", "revision": 1])
        #expect(stale.current?["revision"]?.int == 2)
        #expect(try c.updates(for: try c.person("Anna")).first?.type == "person.created")
    }

    @Test("a mandate's last day is included, and with it ends what it gave", arguments: StorageBackend.available)
    func mandateEnds(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let city = try c.city()
        let id = try c.id(
            c.ok(
                "person.create",
                [
                    "name": "Anna", "email": "anna@example.it",
                    "mandates": .array([
                        .members(["organisation": .int(city), "role": "employee", "to": "2026-11-23"])
                    ]),
                ]
            )
        )
        let anna = Member(id: MemberID(id), kind: .person, name: "Anna")
        let channel = try c.channel("generale", in: network)
        try c.join([anna], network: network, channel: channel)
        // In Rome the day ends at 23:00 UTC.
        c.clock.set(try #require(Instant("2026-11-23T22:59:59Z")))
        try c.settle()
        #expect(try c.ok("network.list", as: anna)["networks"]?.array?.first?["role"] != nil)
        let head = c.head
        c.clock.set(try #require(Instant("2026-11-23T23:00:00Z")))
        try c.settle()
        let updates = try c.updates(for: anna, after: head)
        #expect(updates.map(\.type) == ["mandate.ended", "access.lost"])
        let lost = Set(updates.last?.data["streams"]?.array?.compactMap(\.string) ?? [])
        #expect(lost == ["network/\(network)", "channel/\(channel)"])
        #expect(try c.ok("network.list", as: anna)["networks"]?.array?.isEmpty == true)
        #expect(try c.refusal("message.post", ["channel": .int(channel), "text": "x"], as: anna).code == .notFound)

        try c.ok("mandate.grant", ["person": .int(id), "organisation": .int(city), "role": "mayor"])
        let gained = try c.updates(for: anna, after: head).last
        #expect(gained?.type == "access.gained")
        #expect(Set(gained?.data["streams"]?.array?.compactMap(\.string) ?? []) == lost)
        try c.ok("message.post", ["channel": .int(channel), "text": "Di nuovo qui"], as: anna)
    }

    @Test("a mandate can begin later and be ended by hand once", arguments: StorageBackend.available)
    func plannedMandate(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let city = try c.city()
        let id = try c.id(c.ok("person.create", ["name": "Anna", "email": "anna@example.it"]))
        let anna = Member(id: MemberID(id), kind: .person, name: "Anna")
        let network = try c.network()
        let mandate = try c.id(
            c.ok(
                "mandate.grant",
                ["person": .int(id), "organisation": .int(city), "role": "employee", "from": "2026-11-24"]
            )
        )
        #expect(try c.refusal("network.join", ["network": .int(network)], as: anna).code == .notFound)
        c.clock.set(try #require(Instant("2026-11-23T23:00:00Z")))
        try c.settle()
        try c.ok("network.join", ["network": .int(network)], as: anna)
        try c.ok("mandate.end", ["mandate": .int(mandate)])
        let again = try c.refusal("mandate.end", ["mandate": .int(mandate)])
        #expect(again.current?["state"]?.string == "ended")
        let turned = try c.refusal(
            "mandate.grant",
            [
                "person": .int(id), "organisation": .int(city), "role": "employee", "from": "2027-02-02",
                "to": "2027-02-01",
            ]
        )
        #expect(turned.fields?.first?.path == "with.to")
        let noTime = try c.refusal(
            "mandate.grant",
            ["person": .int(id), "organisation": .int(city), "role": "employee", "to": "2027-02-30"]
        )
        #expect(noTime.fields == [FieldProblem(path: "with.to", problem: "not_a_time")])
    }

    @Test(
        "a comune that moves to another city takes its people's local networks with it",
        arguments: StorageBackend.available
    )
    func movedComune(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let cities = try [c.city("Bologna"), c.city("Firenze")]
        let comune = try c.id(
            c.ok("organisation.create", ["kind": "comune", "slug": "x", "name": "X", "parent": .int(cities[0])])
        )
        let locals = try cities.map { city in
            try c.network("locale-\(city)", type: "Local", settings: .members(["city": .int(city)]))
        }
        let anna = try c.person("Anna", city: comune)
        try c.join([anna], network: locals[0])
        let head = c.head
        try c.ok("organisation.change", ["organisation": .int(comune), "parent": .int(cities[1])])
        let lost = try c.updates(for: anna, after: head).last
        #expect(lost?.type == "access.lost")
        #expect(lost?.data["streams"] == .array([.string("network/\(locals[0])")]))
        #expect(try c.ok("network.list", as: anna)["networks"]?.array?.compactMap { $0["id"]?.int } == [locals[1]])
    }

    @Test(
        "an export holds what is known of the person, and is for the person and administrators",
        arguments: StorageBackend.available
    )
    func export(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try c.person("Anna")
        let bruno = try c.person("Bruno")
        #expect(try c.refusal("person.export", ["person": .int(anna.id.rawValue)], as: bruno).code == .forbidden)
        #expect(try c.ok("person.export", ["person": .int(anna.id.rawValue)], as: anna)["file"]?.int != nil)
    }
}

@Suite("Bots", .serialized)
struct BotTests {
    @Test(
        "a bot's token is shown once, its scopes stay inside its owner, and revoking ends it",
        arguments: StorageBackend.available
    )
    func bots(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let other = try c.network("altra")
        let channel = try c.channel("generale", in: network)
        let anna = try c.person("Anna")
        try c.join([anna], network: network)
        let owner = JSON.members(["network": .int(network)])
        func create(_ scopes: [String], as member: Member = .system, nonce: String? = nil) -> Outcome {
            c.outcome(
                "bot.create",
                ["owner": owner, "name": "Agenda", "scopes": .array(scopes.map(JSON.string))],
                as: member,
                nonce: nonce
            )
        }
        func refusal(_ scopes: [String], as member: Member = .system) -> WireErrorCode? {
            if case .refused(let error) = create(scopes, as: member) { error.code } else { nil }
        }
        #expect(refusal(["post:channel/\(channel)"], as: anna) == .forbidden)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(anna.id.rawValue), "role": "facilitator"]
        )
        #expect(refusal(["announce:network/\(other)"], as: anna) == .forbidden)
        #expect(refusal(["read:channel/999999"], as: anna) == .forbidden)
        #expect(refusal(["post:network/\(network)"], as: anna) == .invalid)
        let scopes = ["announce:network/\(network)", "read:network/\(network)", "post:channel/\(channel)"]
        guard case .done(let reply, _, false) = create(scopes, as: anna, nonce: "bot-1"),
            case .done(let repeated, _, true) = create(scopes, as: anna, nonce: "bot-1")
        else { throw UnexpectedOutcome("bot.create was refused or not repeated") }
        let made = try JSONParser.parse(reply)
        let token = made["token"]?.string
        #expect(token?.hasPrefix("mtb_") == true)
        let again = try JSONParser.parse(repeated)
        #expect(again["id"] == made["id"])
        #expect(again["token"] == nil)

        let bot = try #require(try member(of: token, c))
        #expect(bot.kind == .bot)
        #expect(try c.ok("person.me", as: bot)["scopes"]?.array?.count == 3)
        #expect(try c.ok("network.list", as: bot)["networks"]?.array?.compactMap { $0["id"]?.int } == [network])
        try c.ok("channel.join", ["channel": .int(channel)], as: anna)
        try c.ok("message.post", ["channel": .int(channel), "text": "Ciao"], as: anna)
        #expect(try c.updates(for: bot).last?.type == "message.posted")
        #expect(
            try c.updates(for: anna).contains { $0.type == "bot.created" && $0.stream == .desk(NetworkID(network)) }
        )

        try c.ok("bot.revoke", ["bot": made["id"] ?? .null], as: anna)
        #expect(try member(of: token, c) == nil)
        let head = c.head
        try c.ok("message.post", ["channel": .int(channel), "text": "Ancora"], as: anna)
        #expect(try c.updates(for: bot, after: head).isEmpty)
    }

    @Test("an administrator sees all mandates of a person, nobody else does", arguments: StorageBackend.available)
    func mandateList(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try c.person("Anna")
        let mandate = try #require(try c.ok("person.me", as: anna)["mandates"]?.array?.first)
        try c.ok("mandate.end", ["mandate": mandate["id"] ?? .null])
        let body: KeyValuePairs<String, JSON> = ["person": .int(anna.id.rawValue)]
        let listed = try c.ok("mandate.list", body)["mandates"]?.array ?? []
        #expect(listed.compactMap { $0["id"]?.int } == [mandate["id"]?.int])
        #expect(try c.refusal("mandate.list", body, as: anna).code == .forbidden)
        #expect(try c.refusal("mandate.list", ["person": 999_999]).code == .notFound)
    }
}
