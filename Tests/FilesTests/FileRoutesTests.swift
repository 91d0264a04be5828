import CommunityKernel
import Foundation
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@testable import Files

@Suite("Uploading, attaching and reading files")
struct FileRoutesTests {
    /// A community with a channel, Anna and Bruno in it, and Carla outside.
    private final class Scene {
        let c: TestCommunity
        let anna: Member
        let bruno: Member
        let carla: Member
        let network: Int64
        let channel: Int64

        init(_ backend: StorageBackend, quotaFiles: Int64 = 100) throws {
            c = try TestCommunity(backend) { $0.files.quotaFiles = quotaFiles }
            anna = try c.person("Anna")
            bruno = try c.person("Bruno")
            carla = try c.person("Carla")
            network = try c.network()
            channel = try c.channel("generale", in: network)
            try c.join([anna, bruno], network: network, channel: channel)
        }

        func route(_ method: String) throws -> WebRoute {
            try #require(c.community.registry.routes.first { $0.method == method && $0.pattern.contains("files") })
        }

        func upload(_ text: String, as member: Member, name: String = "nota.txt", channel: Int64? = nil) throws -> JSON
        {
            let path = c.folder.path + "/incoming-\(UUID().uuidString)"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let request = WebRequest(
                parameters: [:],
                query: ["name": [name], "channel": ["\(channel ?? self.channel)"]],
                headers: [:],
                body: [],
                bodyFile: path,
                actor: member,
                address: nil
            )
            let response = try route("PUT").handle(request, c.community)
            #expect(!FileManager.default.fileExists(atPath: path))
            guard case .bytes(let bytes) = response.body else { return .null }
            return try JSONParser.parse(bytes)
        }

        func get(_ id: Int64, as member: Member, thumbnail: Bool = false, tag: String? = nil) throws -> WebResponse {
            let request = WebRequest(
                parameters: ["id": "\(id)"],
                query: thumbnail ? ["thumbnail": ["1"]] : [:],
                headers: tag.map { ["if-none-match": $0] } ?? [:],
                body: [],
                bodyFile: nil,
                actor: member,
                address: nil
            )
            return try route("GET").handle(request, c.community)
        }

        func code(_ body: () throws -> Void) -> WireErrorCode? {
            do { try body() } catch let error as WireError { return error.code } catch { return .internal }
            return nil
        }
    }

    @Test("an upload answers what it is, by its content", arguments: StorageBackend.available)
    func upload(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let file = try s.upload("<!DOCTYPE html><html><script>alert(1)</script></html>", as: s.anna, name: "foto.png")
        #expect(file["type"]?.string == "text/html")
        #expect(file["name"]?.string == "foto.png")
        #expect(file["bytes"]?.int == 53)
        let id = try #require(file["id"]?.int)
        let told = try s.c.updates(for: s.anna).last
        #expect(told?.type == "file.uploaded")
        #expect(told?.seq == id)
        let response = try s.get(id, as: s.anna)
        let headers = Dictionary(response.headers, uniquingKeysWith: { first, _ in first })
        #expect(headers["Content-Disposition"]?.hasPrefix("attachment") == true)
        #expect(headers["Content-Security-Policy"]?.contains("sandbox") == true)
        #expect(headers["X-Content-Type-Options"] == "nosniff")
        #expect(headers["ETag"] == "\"\(file["sha256"]?.string ?? "")\"")
        #expect(try s.get(id, as: s.anna, tag: headers["ETag"]).status == 304)
    }

    @Test("who may read the message may read its file, nobody else, and now", arguments: StorageBackend.available)
    func access(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let id = try #require(s.upload("ciao", as: s.anna)["id"]?.int)
        #expect(s.code { _ = try s.get(id, as: s.bruno) } == .notFound)
        let message = try #require(
            s.c.ok(
                "message.post",
                ["channel": .int(s.channel), "text": "ecco", "files": .array([.int(id)])],
                as: s.anna
            )["id"]?.int
        )
        #expect(try s.get(id, as: s.bruno).status == 200)
        #expect(s.code { _ = try s.get(id, as: s.carla) } == .notFound)
        try s.c.ok("network.leave", ["network": .int(s.network)], as: s.bruno)
        #expect(s.code { _ = try s.get(id, as: s.bruno) } == .notFound)
        try s.c.ok("message.delete", ["message": .int(message)], as: s.anna)
        #expect(s.code { _ = try s.get(id, as: s.anna) } == .notFound)
        let told = try s.c.updates(for: s.anna).first { $0.seq == id }
        #expect(told?.data["name"] == nil)
    }

    @Test(
        "only own, unattached files of that channel can be attached, ten at most",
        arguments: StorageBackend.available
    )
    func attaching(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let id = try #require(s.upload("ciao", as: s.anna)["id"]?.int)
        let post: (Member, [Int64]) throws -> WireErrorCode = { member, files in
            try s.c.refusal(
                "message.post",
                ["channel": .int(s.channel), "text": "x", "files": .array(files.map { .int($0) })],
                as: member
            ).code
        }
        #expect(try post(s.bruno, [id]) == .notFound)
        #expect(try post(s.anna, [id, id]) == .invalid)
        #expect(try post(s.anna, Array(repeating: id, count: 11)) == .invalid)
        try s.c.ok(
            "message.post",
            ["channel": .int(s.channel), "text": "x", "files": .array([.int(id)])],
            as: s.anna
        )
        #expect(try post(s.anna, [id]) == .notFound)
    }

    @Test(
        "an upload for a channel of others is not found, over the quota too large",
        arguments: StorageBackend.available
    )
    func refused(_ backend: StorageBackend) throws {
        let s = try Scene(backend, quotaFiles: 1)
        #expect(s.code { _ = try s.upload("x", as: s.carla) } == .notFound)
        #expect(s.code { _ = try s.upload("x", as: s.anna, channel: 999_999) } == .notFound)
        #expect(s.code { _ = try s.upload("x", as: s.anna, name: "") } == .invalid)
        _ = try s.upload("x", as: s.anna)
        #expect(s.code { _ = try s.upload("y", as: s.anna) } == .tooLarge)
    }

    @Test("an export is a file for its maker alone, and goes with the person", arguments: StorageBackend.available)
    func export(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let admin = try s.c.person("Capo")
        try s.c.ok("person.assignRoles", ["person": .int(admin.id.rawValue), "roles": .array(["admin"])])
        let bruno = JSON.int(s.bruno.id.rawValue)
        #expect(try s.c.refusal("person.export", ["person": bruno], as: s.anna).code == .forbidden)
        for maker in [admin, s.bruno] {
            let id = try #require(s.c.ok("person.export", ["person": bruno], as: maker)["file"]?.int)
            let response = try s.get(id, as: maker)
            guard case .file(let path) = response.body else { throw UnexpectedOutcome("no file") }
            let content = try JSONParser.parse([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
            #expect(content["person"]?["name"]?.string == "Bruno")
            #expect(s.code { _ = try s.get(id, as: s.anna) } == .notFound)
        }
        s.c.clock.advance(seconds: 60)
        let last = try #require(s.c.ok("person.export", ["person": bruno], as: admin)["file"]?.int)
        try s.c.ok("person.erase", ["person": bruno])
        #expect(s.code { _ = try s.get(last, as: admin) } == .notFound)
    }

    @Test("an export takes the place of the former one, and does not come at once", arguments: StorageBackend.available)
    func exportAgain(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let anna = JSON.int(s.anna.id.rawValue)
        let first = try #require(s.c.ok("person.export", ["person": anna], as: s.anna)["file"]?.int)
        let refusal = try s.c.refusal("person.export", ["person": anna], as: s.anna)
        #expect(refusal.code == .rateLimited)
        #expect(refusal.retryAfterMs == 60_000)
        s.c.clock.advance(seconds: 60)
        let second = try #require(s.c.ok("person.export", ["person": anna], as: s.anna)["file"]?.int)
        #expect(s.code { _ = try s.get(first, as: s.anna) } == .notFound)
        #expect(s.code { _ = try s.get(second, as: s.anna) } == nil)
    }

    @Test("a file that cannot be written refuses its own request only", arguments: StorageBackend.available)
    func noRoom(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        // The folder of files cannot be made where a file lies.
        try Data().write(to: URL(fileURLWithPath: s.c.folder.path + "/files"))
        let refusal = try s.c.refusal("person.export", ["person": .int(s.anna.id.rawValue)], as: s.anna)
        #expect(refusal.code == .unavailable)
        #expect(s.code { _ = try s.upload("x", as: s.anna) } == .unavailable)
        #expect(s.c.community.writer.metrics.failedCommits.value == 0)
    }

    @Test("equal contents lie on disk once; what nobody attached goes after a day", arguments: StorageBackend.available)
    func cleaning(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let first = try s.upload("uguale", as: s.anna)
        let second = try s.upload("uguale", as: s.bruno)
        #expect(first["sha256"]?.string == second["sha256"]?.string)
        let sha256 = try #require(first["sha256"]?.string)
        let content = FileContent(folder: s.c.folder.path + "/files", grace: 0)
        #expect(FileManager.default.fileExists(atPath: content.path(of: sha256)))
        s.c.clock.advance(seconds: 90_000)
        try s.c.settle()
        #expect(s.code { _ = try s.get(first["id"]?.int ?? 0, as: s.anna) } == .notFound)
        try s.c.community.read { try content.sweep($0.sql) }
        #expect(!FileManager.default.fileExists(atPath: content.path(of: sha256)))
    }
}
