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

    /// A store in which somebody writes the moment the copy is made.
    private struct BusyStorage: StorageEngine {
        let inner: any StorageEngine
        let afterCopy: @Sendable () throws -> Void

        var dialect: SQLDialect { inner.dialect }
        func unsafeWrite<Value>(durably: Bool, _ body: (any SQLWriter) throws -> Value) throws -> Value {
            try inner.unsafeWrite(durably: durably, body)
        }
        func read<Value>(_ body: (any SQLReader) throws -> Value) throws -> Value { try inner.read(body) }
        func scrub() throws -> Bool { try inner.scrub() }
        func close() throws { try inner.close() }
        func backup(to path: String) throws -> Int64 {
            let head = try inner.backup(to: path)
            try afterCopy()
            return head
        }
    }

    @Test("a backup says what is in it, whatever happens meanwhile, and leaves out what is on its way")
    func busy() throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        scene.removeBackup()
        let community = try Scene.open(scene.folder)
        defer { try? community.stop() }
        let files = scene.folder.path + "/files"
        try FileManager.default.createDirectory(atPath: files + "/ab", withIntermediateDirectories: true)
        for name in ["upload.halfway", "ab/abcd"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: "\(files)/\(name)"))
        }
        let storage = BusyStorage(inner: community.storage) {
            try scene.ok("organisation.create", ["kind": "comune", "slug": "im", "name": "Imola"], community)
        }
        let head = community.writer.committedHead
        let report = try Backup.make(storage, data: scene.folder.path, to: scene.backup)
        #expect(community.writer.committedHead > head)
        #expect(report.head == head)
        #expect(report.files == 1)
        #expect(!FileManager.default.fileExists(atPath: scene.backup + "/files/upload.halfway"))
        let verified = try Backup.verify(scene.backup)
        #expect(verified.problems.isEmpty && verified.head == head)
    }

    @Test("an interrupted restore serves nothing, and is begun again")
    func interruptedRestore() throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        let target = try TemporaryFolder()
        // What a SIGKILL leaves before the database comes to its place.
        let manager = FileManager.default
        try manager.createDirectory(atPath: target.path + "/restoring", withIntermediateDirectories: true)
        try manager.createDirectory(atPath: target.path + "/files", withIntermediateDirectories: true)
        try manager.copyItem(
            atPath: scene.backup + "/metropoli.sqlite",
            toPath: target.path + "/restoring/metropoli.sqlite"
        )
        #expect(throws: StorageError.self) { _ = try Scene.open(target) }
        #expect(!manager.fileExists(atPath: target.path + "/metropoli.sqlite"))
        _ = try Backup.restore(scene.backup, into: target.path)
        let restored = try Scene.open(target)
        defer { try? restored.stop() }
        #expect(try scene.words(restored) == ["Anna Bianchi", "riservato"])
        let source = try Scene.open(scene.folder)
        defer { try? source.stop() }
        #expect(restored.epoch != source.epoch)
        #expect(!manager.fileExists(atPath: target.path + "/restoring"))
    }

    @Test("a backup that fails leaves nothing, and old remains are swept")
    func failedBackup() throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        let community = try Scene.open(scene.folder)
        defer { try? community.stop() }
        let place = try TemporaryFolder()
        let blocked = place.path + "/metropoli-1"
        let full = BusyStorage(inner: community.storage) { throw StorageError.unavailable("the disk is full") }
        #expect(throws: StorageError.self) {
            _ = try Backup.make(full, data: scene.folder.path, to: blocked)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == [])
        try FileManager.default.createDirectory(
            atPath: place.path + "/metropoli-0.partial",
            withIntermediateDirectories: true
        )
        _ = try Backup.make(community.storage, data: scene.folder.path, to: blocked)
        try Backup.prune(place.path, keep: 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["metropoli-1"])
    }

    @Test("a list that leaves out a file is no whole backup")
    func shortenedList() throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        let storage = try StorageBackend.sqlite.open(scene.folder.path)
        try storage.unsafeWrite { sql in
            _ = try sql.execute(
                """
                INSERT INTO file (id, sha256, name, type, bytes, uploader, at, channel, place)
                VALUES (999, 'abcd', 'a.txt', 'text/plain', 1, 1, 1, 1, 0)
                """
            )
        }
        defer { try? storage.close() }
        scene.removeBackup()
        _ = try Backup.make(storage, data: scene.folder.path, to: scene.backup)
        #expect(try Backup.verify(scene.backup).problems == ["files/ab/abcd: missing from the list"])
    }

    @Test(
        "doctor looks at a store that waits for a migration, and does not migrate it",
        arguments: StorageBackend.available
    )
    func pending(_ backend: StorageBackend) throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        var configuration = Configuration()
        configuration.data = scene.folder.path
        let capabilities = InstalledCapabilities.all(configuration)
        #expect(try StoreCheck.problems(data: scene.folder.path, capabilities) == [])
        func newest(_ change: Bool) throws -> Int64 {
            let storage = try backend.open(scene.folder.path)
            defer { try? storage.close() }
            return try storage.unsafeWrite { sql in
                if change {
                    try sql.execute("DELETE FROM schema_migration WHERE capability = 'messages' AND number > 1")
                }
                return try sql.count("SELECT MAX(number) FROM schema_migration WHERE capability = 'messages'")
            }
        }
        #expect(try newest(true) == 1)
        let problems = try StoreCheck.problems(data: scene.folder.path, capabilities)
        #expect(problems.count == 1 && problems[0].contains("messages"))
        #expect(try newest(false) == 1)
        #expect(try StoreCheck.problems(data: scene.folder.path + "/none", capabilities).count == 1)
        #expect(!FileManager.default.fileExists(atPath: scene.folder.path + "/none"))
    }

    @Test(
        "the audit log's chain covers number and organisation, and goes on from one that did not",
        arguments: StorageBackend.available
    )
    func audit(_ backend: StorageBackend) throws {
        let scene = try Scene()
        defer { scene.removeBackup() }
        let storage = try backend.open(scene.folder.path)
        defer { try? storage.close() }
        #expect(try StoreCheck.problems(storage) == [])
        func changed(_ query: SQLQuery) throws -> [String] {
            var problems: [String] = []
            let undone: Void? = try? storage.unsafeWrite { sql in
                try sql.execute(query)
                problems = try StoreCheck.auditProblems(sql)
                throw UnexpectedOutcome("undone")
            }
            #expect(undone == nil)
            return problems
        }
        let last: SQLQuery = "(SELECT MAX(number) FROM audit)"
        #expect(try changed("UPDATE audit SET organisation = 7 WHERE number = \(part: last)").count == 1)
        #expect(try changed("UPDATE audit SET number = 1000 WHERE number = \(part: last)").count == 1)
        #expect(try changed("UPDATE audit SET detail = 'x' WHERE number = 1").count == 1)
        // As a former program would have written it.
        try storage.unsafeWrite { sql in
            var previous: [UInt8] = []
            let query: SQLQuery =
                "SELECT number, at, actor, actor_kind, act, subject, detail FROM audit ORDER BY number"
            let hashes = try sql.all(query) { row in
                previous = UnitOfWork.formerAuditHash(
                    after: previous,
                    actor: row.int(2),
                    kind: row.text(3),
                    act: row.text(4),
                    subject: row.optionalInt(5),
                    at: row.instant(1),
                    detail: row.text(6)
                )
                return (number: row.int(0), hash: previous)
            }
            for entry in hashes {
                try sql.execute("UPDATE audit SET hash = \(entry.hash) WHERE number = \(entry.number)")
            }
        }
        #expect(try StoreCheck.problems(storage) == [])
    }
}
