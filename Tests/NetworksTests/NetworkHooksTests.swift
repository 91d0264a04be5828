import CommunityKernel
import Journal
import Logging
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Hooks of network types")
struct NetworkHooksTests {
    private static func open(_ folder: TemporaryFolder, _ isEnabled: Bool) throws -> Community {
        var configuration = Configuration()
        configuration.data = folder.path
        configuration.networkTypes = .members(["NationalThematic": .members(["enabled": .bool(isEnabled)])])
        var log = Logger(label: "test")
        log.logLevel = .critical
        return try CommunityFactory.open(configuration, log: log, background: false)
    }

    @discardableResult
    private static func ok(
        _ community: Community,
        _ name: String,
        _ body: KeyValuePairs<String, JSON>,
        as member: Member = .system
    ) throws -> JSON {
        let request = Community.Request(name: name, body: JSON.members(body).object ?? JSONObject())
        switch community.performAndWait(request, as: member) {
        case .done(let reply, _, _): return try JSONParser.parse(reply, limits: .answers)
        case .refused(let error): throw UnexpectedOutcome("\(name): \(error)")
        }
    }

    private static func settle(_ community: Community) throws {
        try community.background.catchUp()
        try community.background.runTicks()
        try community.background.catchUp()
    }

    @Test("a module that was left out for a while greets whom it missed, each once")
    func moduleLeftOut() throws {
        let folder = try TemporaryFolder()
        var core = try Self.open(folder, true)
        let city = try Self.ok(
            core,
            "organisation.create",
            ["kind": "citta_metropolitana", "slug": "bo", "name": "Bologna"]
        )
        let network =
            try Self.ok(
                core,
                "network.create",
                [
                    "type": "NationalThematic", "slug": "rete", "name": .members(["it": "Rete", "en": "Rete"]),
                    "settings": .members(["welcome": "Benvenuti"]),
                ]
            )["id"] ?? .null
        func join(_ name: String) throws {
            let mandate = JSON.members(["organisation": city["id"] ?? .null, "role": "employee"])
            let person = try Self.ok(
                core,
                "person.create",
                ["name": .string(name), "email": .string("\(name)@example.it"), "mandates": .array([mandate])]
            )
            let member = Member(id: MemberID(person["id"]?.int ?? 0), kind: .person, name: name)
            try Self.ok(core, "network.join", ["network": network], as: member)
        }
        func greetings() throws -> Int64 {
            try core.read { try $0.sql.count("SELECT COUNT(*) FROM message WHERE text = 'Benvenuti'") }
        }
        try join("anna")
        try Self.settle(core)
        #expect(try greetings() == 1)
        try join("bruno")
        try core.stop()
        core = try Self.open(folder, false)
        // Something else happens, and the shared cursor goes on.
        for number in 0..<2_000 {
            try core.write { work in _ = try work.append(AccessLost(streams: ["x/\(number)"]), to: .community) }
            if number == 20 { try Self.settle(core) }
        }
        try Self.settle(core)
        #expect(try greetings() == 1)
        try core.stop()
        core = try Self.open(folder, true)
        try Self.settle(core)
        #expect(try greetings() == 2)
        try join("carla")
        try Self.settle(core)
        try Self.settle(core)
        #expect(try greetings() == 3)
        try core.stop()
    }
}
