import CommunityKernel
import Foundation
import Journal
import Logging
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Backups")
struct BackupTests {
    /// A data folder with Anna and a message of hers.
    private struct Scene {
        let folder: TemporaryFolder
        let backup: String
        var anna: Int64 = 0
        var channel: Int64 = 0

        init() throws {
            folder = try TemporaryFolder()
            backup = folder.path + "-backup"
            let community = try Self.open(folder)
            defer { try? community.stop() }
            let city = try ok(
                "organisation.create",
                ["kind": "citta_metropolitana", "slug": "bo", "name": "Bologna"],
                community
            )
            let mandate = JSON.members(["organisation": city["id"] ?? .null, "role": "employee"])
            let person = try ok(
                "person.create",
                ["name": "Anna Bianchi", "email": "anna@example.it", "mandates": .array([mandate])],
                community
            )
            anna = person["id"]?.int ?? 0
            let network = try ok(
                "network.create",
                ["type": "NationalThematic", "slug": "rete", "name": .members(["it": "Rete", "en": "Rete"])],
                community
            )
            let channels = try ok("channel.list", ["network": network["id"] ?? .null], community)["channels"]?.array
            channel = channels?.first { $0["slug"]?.string == "generale" }?["id"]?.int ?? 0
            let member = Member(id: MemberID(anna), kind: .person, name: "")
            try ok("network.join", ["network": network["id"] ?? .null], community, as: member)
            try ok("channel.join", ["channel": .int(channel)], community, as: member)
            try ok("message.post", ["channel": .int(channel), "text": "riservato"], community, as: member)
            _ = try Backup.make(community.storage, data: folder.path, to: backup)
        }

        static func open(_ folder: TemporaryFolder) throws -> Community {
            var configuration = Configuration()
            configuration.data = folder.path
            var log = Logger(label: "test")
            log.logLevel = .critical
            return try CommunityFactory.open(configuration, log: log, background: false)
        }

        @discardableResult
        func ok(
            _ name: String,
            _ body: KeyValuePairs<String, JSON>,
            _ community: Community,
            as member: Member = .system
        ) throws -> JSON {
            let request = Community.Request(name: name, body: JSON.members(body).object ?? JSONObject())
            switch community.performAndWait(request, as: member) {
            case .done(let reply, _, _): return try JSONParser.parse(reply, limits: .answers)
            case .refused(let error): throw UnexpectedOutcome("\(name): \(error)")
            }
        }

        /// The names and texts of a community.
        func words(_ community: Community) throws -> [String] {
            let people = try ok("person.list", [:], community)["people"]?.array ?? []
            let history = try ok("message.history", ["channel": .int(channel)], community)["messages"]?.array ?? []
            return people.compactMap { $0["name"]?.string } + history.compactMap { $0["text"]?.string }
        }

        func removeBackup() { try? FileManager.default.removeItem(atPath: backup) }
    }

    @Test("who was erased after a backup is erased again when it is restored", arguments: [true, false])
    func erasedAgain(_ staysInPlace: Bool) throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        let former = try Scene.open(scene.folder)
        try scene.ok("person.erase", ["person": .int(scene.anna)], former)
        try former.stop()
        let list = scene.folder.path + "/erasures.jsonl"
        let target = try TemporaryFolder()
        if staysInPlace { try FileManager.default.copyItem(atPath: list, toPath: target.path + "/erasures.jsonl") }
        let report = try Backup.restore(scene.backup, into: target.path, erasures: staysInPlace ? nil : list)
        #expect(report.problems.isEmpty)
        let restored = try Scene.open(target)
        defer { try? restored.stop() }
        #expect(try scene.words(restored) == [])
        let journal = try restored.read { context in
            try context.sql.all("SELECT payload FROM journal") { String(decoding: $0.bytes(0), as: UTF8.self) }
        }
        #expect(!journal.contains { $0.contains("riservato") || $0.contains("Anna Bianchi") })
        #expect(FileManager.default.fileExists(atPath: target.path + "/erasures.jsonl"))
    }

    @Test("another person with the id of one who was erased stays")
    func otherPerson() throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        let target = try TemporaryFolder()
        try Data("{\"person\":\(scene.anna),\"created\":1,\"at\":\"\"}\n{\"pers".utf8)
            .write(to: URL(fileURLWithPath: target.path + "/erasures.jsonl"))
        _ = try Backup.restore(scene.backup, into: target.path)
        let restored = try Scene.open(target)
        defer { try? restored.stop() }
        #expect(try scene.words(restored) == ["Anna Bianchi", "riservato"])
    }

    @Test("nothing is overwritten")
    func notEmpty() throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        #expect(throws: BackupError.self) { try Backup.restore(scene.backup, into: scene.folder.path) }
        let target = try TemporaryFolder()
        #expect(throws: BackupError.self) {
            try Backup.restore(scene.backup, into: target.path, erasures: target.path + "/none")
        }
    }
}
