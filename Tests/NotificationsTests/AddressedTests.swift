import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

/// A local network of one city with two comuni, and people who act for the one, the other or the city.
private struct LocalScene {
    let c: TestCommunity
    let network: Int64
    let channel: Int64
    let imola: Int64
    let budrio: Int64
    /// A comune of another city.
    let foreign: Int64
    let giulia: Member
    let anna: Member
    let marco: Member

    init(_ backend: StorageBackend, configure: (inout Configuration) -> Void = { _ in }) throws {
        c = try TestCommunity(backend, configure: configure)
        let (city, other) = (try c.city("Bologna"), try c.city("Milano"))
        imola = try Self.comune("imola", of: city, c)
        budrio = try Self.comune("budrio", of: city, c)
        foreign = try Self.comune("cinisello", of: other, c)
        network = try c.network("bologna", type: "Local", settings: .members(["city": .int(city)]))
        channel = try c.channel("generale", in: network)
        giulia = try c.person("Giulia", city: city)
        anna = try c.person("Anna", city: imola)
        marco = try c.person("Marco", city: budrio)
        try c.join([giulia, anna, marco], network: network, channel: channel)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    static func comune(_ slug: String, of city: Int64, _ c: TestCommunity) throws -> Int64 {
        try c.id(
            c.ok(
                "organisation.create",
                ["kind": "comune", "slug": .string(slug), "name": .string("Comune di \(slug)"), "parent": .int(city)]
            )
        )
    }

    static func list(_ bodies: [Int64]) -> JSON { .array(bodies.map(JSON.int)) }

    @discardableResult
    func post(_ bodies: [Int64], as member: Member? = nil) throws -> Int64 {
        try c.id(
            c.ok(
                "message.post",
                ["channel": .int(channel), "text": "Il bando è aperto", "addressed": Self.list(bodies)],
                as: member ?? giulia
            )
        )
    }

    func refusal(_ bodies: [Int64]) throws -> FieldProblem? {
        let error = try c.refusal(
            "message.post",
            ["channel": .int(channel), "text": "ciao", "addressed": Self.list(bodies)],
            as: giulia
        )
        #expect(error.code == .invalid)
        return error.fields?.first
    }

    func shown(_ message: Int64, as member: Member) throws -> JSON? {
        try c.ok("message.history", ["channel": .int(channel)], as: member)["messages"]?.array?
            .first { $0["id"]?.int == message }
    }

    func kinds(_ member: Member) throws -> [String] {
        try c.settle()
        return try (c.ok("notification.list", as: member)["notifications"]?.array ?? []).compactMap {
            $0["kind"]?.string
        }
    }
}

@Suite("Addressed to sub-bodies")
struct AddressedTests {
    @Test("who acts for an addressed comune is told, the others read it untold", arguments: StorageBackend.available)
    func told(_ backend: StorageBackend) throws {
        let scene = try LocalScene(backend)
        let (c, anna, marco) = (scene.c, scene.anna, scene.marco)
        let message = try scene.post([scene.imola])
        #expect(try scene.kinds(anna) == ["mention"])
        #expect(try scene.kinds(marco).isEmpty && scene.kinds(scene.giulia).isEmpty)
        for member in [anna, marco] {
            #expect(try scene.shown(message, as: member)?["addressed"] == LocalScene.list([scene.imola]))
        }
        // The author belongs to the comune written to.
        try scene.post([scene.imola, scene.budrio], as: anna)
        #expect(try scene.kinds(anna) == ["mention"] && scene.kinds(marco) == ["mention"])
        try c.ok("channel.tune", ["channel": .int(scene.channel), "notify": "none"], as: marco)
        try scene.post([scene.budrio])
        #expect(try scene.kinds(marco) == ["mention"])
        let plain = try scene.post([])
        #expect(try scene.shown(plain, as: anna)?["addressed"] == nil)
        let told = try #require(try c.updates(for: anna).last { $0.type == "message.posted" })
        #expect(told.data["addressed"] == nil)
        #expect(try scene.kinds(anna) == ["mention"])
    }

    @Test("a mandate that ended or has not begun is told nothing", arguments: StorageBackend.available)
    func ended(_ backend: StorageBackend) throws {
        let scene = try LocalScene(backend)
        let (c, anna) = (scene.c, scene.anna)
        // Still in the network for another comune.
        let mandates = try c.ok("person.me", as: anna)["mandates"]?.array
        let first = try #require(mandates?.first?["id"]?.int)
        try c.ok(
            "mandate.grant",
            ["person": .int(anna.id.rawValue), "organisation": .int(scene.budrio), "role": "employee"]
        )
        try c.ok("mandate.end", ["mandate": .int(first)])
        try c.ok(
            "mandate.grant",
            [
                "person": .int(scene.marco.id.rawValue), "organisation": .int(scene.imola), "role": "employee",
                "from": "2027-01-01",
            ]
        )
        try scene.post([scene.imola])
        #expect(try scene.kinds(anna).isEmpty && scene.kinds(scene.marco).isEmpty)
        try scene.post([scene.budrio])
        #expect(try scene.kinds(anna) == ["mention"] && scene.kinds(scene.marco) == ["mention"])
    }

    @Test("of many as many are told as the setting says, and each once", arguments: StorageBackend.available)
    func bounded(_ backend: StorageBackend) throws {
        let scene = try LocalScene(backend) { $0.notification.fanOut = 60 }
        let crowd = try (0..<70).map { try scene.c.person("P\($0)", city: scene.imola) }
        try scene.c.join(crowd, network: scene.network, channel: scene.channel)
        for member in crowd.prefix(5) {
            try scene.c.ok("channel.tune", ["channel": .int(scene.channel), "notify": "all"], as: member)
        }
        try scene.post([scene.imola])
        try scene.c.community.background.catchUp()
        #expect(try scene.c.rows(of: "notification") == 50 && scene.c.rows(of: "notification_spread") == 1)
        try scene.c.settle()
        #expect(try scene.c.rows(of: "notification") == 60 && scene.c.rows(of: "notification_spread") == 0)
    }

    @Test("who is told for a comune takes nobody's place among all the others", arguments: StorageBackend.available)
    func places(_ backend: StorageBackend) throws {
        let scene = try LocalScene(backend) { $0.notification.fanOut = 60 }
        let c = scene.c
        let channel = try c.channel("annunci", in: scene.network)
        let near = try (0..<40).map { try c.person("P\($0)", city: scene.imola) }
        let far = try (0..<40).map { try c.person("Q\($0)", city: scene.budrio) }
        try c.join(near + far, network: scene.network, channel: channel)
        try c.ok(
            "announcement.post",
            [
                "channel": .int(channel), "text": "Da leggere", "acknowledge": .bool(true),
                "addressed": LocalScene.list([scene.imola]),
            ],
            as: scene.giulia
        )
        try c.settle()
        #expect(try c.rows(of: "notification") == 60)
    }

    @Test("only the comuni that the network's city has at that moment", arguments: StorageBackend.available)
    func refused(_ backend: StorageBackend) throws {
        let scene = try LocalScene(backend) { $0.limits.addressed = 2 }
        let c = scene.c
        let city = try #require(try c.ok("network.list", as: scene.anna)["networks"]?.array?.first?["subBodies"]?.int)
        #expect(try c.ok("network.get", ["network": .int(scene.network)])["subBodies"]?.int == city)
        let wrong = FieldProblem(path: "with.addressed.1", problem: "not_allowed")
        #expect(try scene.refusal([scene.imola, scene.foreign]) == wrong)
        #expect(try scene.refusal([scene.imola, city]) == wrong)
        #expect(try scene.refusal([scene.imola, 999_999]) == wrong)
        let many = FieldProblem(path: "with.addressed", problem: "too_many")
        #expect(try scene.refusal([scene.imola, scene.budrio, scene.imola]) == many)
        let message = try scene.post([scene.imola, scene.imola])
        #expect(try scene.shown(message, as: scene.marco)?["addressed"] == LocalScene.list([scene.imola]))

        let thematic = try c.network("semplificazione")
        #expect(try c.ok("network.get", ["network": .int(thematic)])["subBodies"] == nil)
        let general = try c.channel("generale", in: thematic)
        try c.join([scene.giulia], network: thematic, channel: general)
        let error = try c.refusal(
            "message.post",
            ["channel": .int(general), "text": "ciao", "addressed": LocalScene.list([scene.imola])],
            as: scene.giulia
        )
        #expect(error.fields == [FieldProblem(path: "with.addressed", problem: "not_allowed")])

        // A comune that goes to another city is a sub-body no longer; what was written stays.
        let milan = try #require(try c.ok("organisation.list", ["text": "Milano"])["organisations"]?.array?.first)
        try c.ok("organisation.change", ["organisation": .int(scene.imola), "parent": milan["id"] ?? .null])
        #expect(try scene.refusal([scene.imola])?.path == "with.addressed.0")
        #expect(try scene.shown(message, as: scene.marco)?["addressed"] == LocalScene.list([scene.imola]))
    }

    @Test(
        "an edit keeps the address, a tombstone has none, and updates say the same",
        arguments: StorageBackend.available
    )
    func changed(_ backend: StorageBackend) throws {
        let scene = try LocalScene(backend)
        let c = scene.c
        let message = try scene.post([scene.budrio, scene.imola])
        let posted = try #require(try c.updates(for: scene.anna).last { $0.type == "message.posted" })
        #expect(posted.data["addressed"] == LocalScene.list([scene.budrio, scene.imola]))
        try c.ok("message.edit", ["message": .int(message), "text": "Nuovo", "revision": 1], as: scene.giulia)
        #expect(try scene.shown(message, as: scene.anna)?["addressed"] == LocalScene.list([scene.budrio, scene.imola]))
        #expect(try scene.kinds(scene.anna) == ["mention"])
        try c.ok("message.delete", ["message": .int(message)], as: scene.giulia)
        #expect(try scene.shown(message, as: scene.anna)?["addressed"] == nil)
        let kept = try #require(try c.updates(for: scene.anna).first { $0.seq == message })
        #expect(kept.data["addressed"] == nil && kept.data["deleted"] == .bool(true))
        #expect(try scene.kinds(scene.anna).isEmpty)
    }

    @Test("an announcement keeps its address until its time and is judged again", arguments: StorageBackend.available)
    func announced(_ backend: StorageBackend) throws {
        let scene = try LocalScene(backend)
        let c = scene.c
        let channel = try c.channel("annunci", in: scene.network)
        for member in [scene.anna, scene.marco, scene.giulia] {
            try c.ok("channel.join", ["channel": .int(channel)], as: member)
        }
        try c.ok(
            "announcement.post",
            ["channel": .int(channel), "text": "Avviso", "addressed": LocalScene.list([scene.budrio])],
            as: scene.giulia
        )
        #expect(try scene.kinds(scene.marco) == ["mention"] && scene.kinds(scene.anna).isEmpty)
        func schedule(_ bodies: [Int64]) -> Outcome {
            c.outcome(
                "announcement.schedule",
                [
                    "channel": .int(channel), "text": "Più tardi", "addressed": LocalScene.list(bodies),
                    "at": .members(["local": "2026-11-22T12:00", "zone": "Europe/Rome"]),
                ],
                as: scene.giulia
            )
        }
        guard case .refused(let error) = schedule([scene.foreign]) else { throw UnexpectedOutcome("taken") }
        #expect(error.fields == [FieldProblem(path: "with.addressed.0", problem: "not_allowed")])
        _ = schedule([scene.imola])
        _ = schedule([scene.budrio])
        func listed() throws -> [JSON] {
            try c.ok("announcement.list", as: scene.giulia)["announcements"]?.array ?? []
        }
        #expect(try listed().map { $0["addressed"] } == [scene.budrio, scene.imola].map { LocalScene.list([$0]) })
        // By then the one comune belongs to another city.
        let milan = try #require(try c.ok("organisation.list", ["text": "Milano"])["organisations"]?.array?.first)
        try c.ok("organisation.change", ["organisation": .int(scene.budrio), "parent": milan["id"] ?? .null])
        c.clock.advance(seconds: 3_700)
        #expect(try scene.kinds(scene.anna) == ["mention"])
        #expect(try listed().map { $0["state"]?.string } == ["failed", "sent"])
        #expect(try listed().first?["reason"]?.string == "invalid")
    }
}
