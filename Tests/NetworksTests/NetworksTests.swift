import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Networks", .serialized)
struct NetworksTests {
    @Test(
        "one joins once, and the stale snapshot with the updates equals the fresh one",
        arguments: StorageBackend.available
    )
    func joining(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let anna = try c.person("Anna")
        #expect(try c.snapshot(for: anna)["networks"] == c.ok("network.list", as: anna)["networks"])
        let head = c.head
        try c.ok("network.join", ["network": .int(network)], as: anna)
        try c.ok("network.join", ["network": .int(network)], as: anna)
        let updates = try c.updates(for: anna, after: head)
        #expect(updates.map(\.type) == ["network.joined"])
        #expect(updates[0].data["person"]?.int == anna.id.rawValue)
        let item = try c.snapshot(for: anna)["networks"]?.array?.first
        #expect(item?["role"]?.string == "member")
        #expect(item?["name"]?["it"]?.string == "semplificazione")
        #expect(item?["dormant"] == nil)
        #expect(try c.ok("person.me", as: anna)["networks"]?.array?.first?["role"]?.string == "member")
    }

    @Test("a network that may be neither read nor joined is the same as none", arguments: StorageBackend.available)
    func hidden(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let bologna = try c.city("Bologna")
        let local = try c.network("bologna", type: "Local", settings: .members(["city": .int(bologna)]))
        let body = try c.network("sindaci", type: "Coordination")
        let anna = try c.person("Anna", city: bologna)
        let bruno = try c.person("Bruno")
        #expect(try c.ok("network.list", as: anna)["networks"]?.array?.compactMap { $0["id"]?.int } == [local])
        #expect(try c.ok("network.list", as: bruno)["networks"]?.array?.isEmpty == true)
        for command in ["network.join", "network.leave", "network.get", "network.members"] {
            let unknown = try c.refusal(command, ["network": 999_999], as: bruno)
            #expect(try c.refusal(command, ["network": .int(body)], as: bruno).message == unknown.message)
            #expect(unknown.code == .notFound)
        }
        try c.ok("network.add", ["network": .int(local), "person": .int(bruno.id.rawValue)])
        #expect(try c.ok("network.list", as: bruno)["networks"]?.array?.compactMap { $0["id"]?.int } == [local])
    }

    @Test(
        "who leaves gets network.left as the last update and one access.lost for the rest",
        arguments: StorageBackend.available
    )
    func leaving(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let channel = try c.channel("generale", in: network)
        let anna = try c.person("Anna")
        try c.join([anna], network: network, channel: channel)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(anna.id.rawValue), "role": "facilitator"]
        )
        let head = c.head
        try c.ok("network.leave", ["network": .int(network)], as: anna)
        let updates = try c.updates(for: anna, after: head)
        #expect(updates.map(\.type) == ["network.left", "access.lost"])
        let lost = Set(updates.last?.data["streams"]?.array?.compactMap(\.string) ?? [])
        #expect(lost == ["network/\(network)/desk", "channel/\(channel)"])
        #expect(try c.ok("network.list", as: anna)["networks"]?.array?.first?["role"] == nil)
        try c.ok("network.leave", ["network": .int(network)], as: anna)
    }

    @Test(
        "facilitators are appointed, gain the desk and run the network; others may not",
        arguments: StorageBackend.available
    )
    func appointing(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let anna = try c.person("Anna")
        let bruno = try c.person("Bruno")
        try c.join([anna], network: network)
        let add: KeyValuePairs<String, JSON> = ["network": .int(network), "person": .int(bruno.id.rawValue)]
        #expect(try c.refusal("network.add", add, as: anna).code == .forbidden)
        let appoint: KeyValuePairs<String, JSON> = [
            "network": .int(network), "person": .int(anna.id.rawValue), "role": "facilitator",
        ]
        let head = c.head
        try c.ok("network.appoint", appoint)
        try c.ok("network.appoint", appoint)
        let updates = try c.updates(for: anna, after: head)
        #expect(updates.map(\.type) == ["network.appointed", "access.gained"])
        #expect(updates.last?.data["streams"] == .array([.string("network/\(network)/desk")]))
        try c.ok("network.add", add, as: anna)
        try c.ok("network.add", add, as: anna)
        let members = try c.ok("network.members", ["network": .int(network)], as: bruno)["members"]?.array
        #expect(members?.compactMap { $0["role"]?.string } == ["facilitator", "member"])
        try c.ok("network.remove", add, as: anna)
        #expect(try c.refusal("network.members", ["network": .int(network)], as: bruno).code == .forbidden)
        let stranger = try c.refusal(
            "network.appoint",
            ["network": .int(network), "person": .int(bruno.id.rawValue), "role": "member"],
            as: anna
        )
        #expect(stranger.code == .conflict)
    }

    @Test("settings are held to the type's rules, each fault with its path", arguments: StorageBackend.available)
    func settings(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let comune = try c.id(c.ok("organisation.create", ["kind": "comune", "slug": "imola", "name": "Imola"]))
        let name = JSON.members(["it": "Rete", "en": "Network"])
        func problems(_ type: String, _ settings: JSON) throws -> [FieldProblem] {
            try c.refusal(
                "network.create",
                ["type": .string(type), "slug": "x", "name": name, "settings": settings]
            ).fields ?? []
        }
        #expect(
            try problems("Local", .members(["colour": "red"])) == [
                FieldProblem(path: "with.settings.colour", problem: "unknown"),
                FieldProblem(path: "with.settings.city", problem: "missing"),
            ]
        )
        #expect(
            try problems("Local", .members(["city": .int(comune)])) == [
                FieldProblem(path: "with.settings.city", problem: "not_allowed")
            ]
        )
        #expect(
            try problems("Coordination", .members(["meetingEveryMonths": 13])) == [
                FieldProblem(path: "with.settings.meetingEveryMonths", problem: "out_of_range")
            ]
        )
        #expect(try problems("Unknown", .members([:])) == [FieldProblem(path: "with.type", problem: "not_allowed")])
        _ = try c.network("presa")
        let taken = try c.refusal("network.create", ["type": "NationalThematic", "slug": "presa", "name": name])
        #expect(taken.code == .conflict)
    }

    @Test("a network whose module is left out is dormant: readable, not writable", arguments: StorageBackend.available)
    func dormant(backend: StorageBackend) throws {
        let c = try TestCommunity(backend) {
            $0.networkTypes = .members(["Local": .members(["enabled": .bool(false)])])
        }
        #expect(
            try c.refusal("network.create", ["type": "Local", "slug": "x", "name": .members(["it": "a", "en": "b"])])
                .code == .invalid
        )
        let id = try c.community.write { work in
            let id: NetworkID = work.nextID()
            try work.append(
                NetworkCreated(
                    ListedNetwork(id: id, slug: "old", type: "Local", name: BilingualName(it: "a", en: "b"))
                ),
                to: .community
            )
            try work.sql.execute(
                """
                INSERT INTO network (id, slug, type, name_it, name_en, settings, revision)
                VALUES (\(id), 'old', 'Local', 'a', 'b', '{}', 1)
                """
            )
            return id.rawValue
        }
        let item = try c.ok("network.list")["networks"]?.array?.first
        #expect(item?["dormant"]?.bool == true)
        let anna = try c.person("Anna")
        let refusal = try c.refusal("network.add", ["network": .int(id), "person": .int(anna.id.rawValue)])
        #expect(refusal.code == .unavailable)
        #expect(!refusal.retryable)
        #expect(try c.refusal("network.get", ["network": .int(id)], as: anna).code == .notFound)
    }

    @Test(
        "a greeting is written once for each who joins, waits while switched off, and goes on where it stopped",
        arguments: StorageBackend.available
    )
    func hook(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network("rete", settings: .members(["welcome": "Ciao e benvenuti"]))
        let channel = try c.channel("generale", in: network)
        let people = try ["Anna", "Bruno", "Carla"].map { try c.person($0) }
        func greetings() throws -> Int {
            try c.settle()
            try c.settle()
            return try c.ok("message.history", ["channel": .int(channel)], as: people[0])["messages"]?.array?.count
                ?? -1
        }
        try c.join([people[0]], network: network)
        #expect(try greetings() == 1)
        #expect(try greetings() == 1)
        try c.ok("network.hook", ["network": .int(network), "on": .bool(false)])
        try c.join([people[1]], network: network)
        #expect(try greetings() == 1)
        try c.ok("network.hook", ["network": .int(network), "on": .bool(true)])
        try c.join([people[2]], network: network)
        #expect(try greetings() == 3)
        #expect(try greetings() == 3)
    }

    @Test("three faults in an hour switch a network's hook off", arguments: StorageBackend.available)
    func faults(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network("rete", settings: .members(["welcome": "Ciao e benvenuti"]))
        let channel = try c.channel("generale", in: network)
        try c.ok("channel.archive", ["channel": .int(channel)])
        for name in ["Anna", "Bruno", "Carla"] { try c.join([try c.person(name)], network: network) }
        try c.settle()
        #expect(try c.ok("network.get", ["network": .int(network)])["hook"]?.bool == false)
        let acts = try c.community.read { try $0.sql.all("SELECT act FROM audit") { $0.text(0) } }
        #expect(acts.filter { $0 == "network.hookFault" }.count == 2)
        #expect(acts.contains("network.hookSwitchedOff"))
    }

    @Test("one's networks are there whatever the number of others", arguments: StorageBackend.available)
    func many(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let city = try c.city()
        try c.community.write { work in
            for number in 0..<2_100 {
                try work.append(AccessLost(streams: []), to: .community)
                let (id, slug) = (work.nextSeq - 1, "altra-\(number)")
                let type = number % 2 == 0 ? "Local" : "NationalThematic"
                try work.sql.execute(
                    """
                    INSERT INTO network (id, slug, type, name_it, name_en, settings, revision)
                    VALUES (\(id), \(slug), \(type), \(slug), \(slug), '{"city":999999}', 1)
                    """
                )
            }
        }
        let local = try c.network("bologna", type: "Local", settings: .members(["city": .int(city)]))
        let joined = try c.network("sindaci", type: "Coordination")
        let anna = try c.person("Anna", city: city)
        try c.ok("network.add", ["network": .int(joined), "person": .int(anna.id.rawValue)])
        let listed = try c.ok("network.list", as: anna)["networks"]?.array ?? []
        #expect(listed.compactMap { $0["id"]?.int }.suffix(2) == [local, joined])
        #expect(listed.count == 1_052)
        #expect(try c.snapshot(for: anna)["networks"] == .array(listed))
        #expect(listed.last?["role"]?.string == "member")
        let bot = try c.ok(
            "bot.create",
            [
                "owner": .members(["network": .int(joined)]), "name": "Agenda",
                "scopes": .array([.string("read:network/\(joined)")]),
            ]
        )
        let member = Member(id: MemberID(bot["id"]?.int ?? 0), kind: .bot, name: "")
        let known = try c.ok("network.list", as: member)["networks"]?.array ?? []
        #expect(known.compactMap { $0["id"]?.int } == [joined])
    }
}
