import Archiving
import CommunityKernel
import Foundation
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@testable import Solutions

@Suite("Files in the kits of solutions", .serialized)
struct KitFilesTests {
    private let plan: [UInt8] = Array("la pianta dello sportello".utf8)

    private let home = "https://bologna.example.it:8443"

    /// Runs the route that takes a body; what it answers.
    private func put(
        _ pattern: String,
        _ query: [String: String],
        _ content: [UInt8],
        inFile: Bool = false,
        _ town: SolutionTown,
        as member: Member
    ) throws -> JSON {
        let routes = town.c.community.registry.routes
        let route = try #require(routes.first { $0.method == "PUT" && $0.pattern == pattern })
        let path = town.c.folder.path + "/incoming"
        if inFile { try Data(content).write(to: URL(fileURLWithPath: path)) }
        let request = WebRequest(
            parameters: [:],
            query: query.mapValues { [$0] },
            headers: [:],
            body: inFile ? [] : content,
            bodyFile: inFile ? path : nil,
            actor: member,
            address: nil
        )
        guard case .bytes(let bytes) = try route.handle(request, town.c.community).body else {
            throw UnexpectedOutcome("no bytes")
        }
        return try JSONParser.parse(bytes, limits: .answers)
    }

    /// A published solution whose text shows an attached file, and one that is not there.
    private func illustrated(_ town: SolutionTown) throws -> (solution: Int64, file: Int64) {
        let channel = try town.c.channel("soluzioni", in: town.network)
        try town.c.ok("channel.join", ["channel": .int(channel)], as: town.author)
        let target = ["name": "pianta è.txt", "channel": "\(channel)"]
        let file = try town.c.id(put("/api/v1/files", target, plan, inFile: true, town, as: town.author))
        let solution = try town.solution("tested")
        let document = try #require(try town.get(solution)["document"])
        try town.c.ok("document.attach", ["document": document, "file": .int(file)], as: town.author)
        let text = "![La pianta](/files/\(file)) e [altro](/files/9999), `/files/\(file)`, [x](/files/\(file)0)"
        try town.c.ok("document.save", ["document": document, "base": 1, "text": .string(text)], as: town.author)
        try town.c.ok("solution.publish", town.step(solution), as: town.author)
        return (solution, file)
    }

    private func fetch(_ solution: Int64, _ kind: String, _ town: SolutionTown) throws -> [UInt8] {
        let response = try town.c.get("/solutions/{id}/kit.\(kind)", ["id": String(solution)], as: town.author)
        guard case .bytes(let bytes) = response.body else { throw UnexpectedOutcome("no bytes") }
        return bytes
    }

    @Test(
        "a kit bears the files of its document, and leads to them where it is read",
        arguments: StorageBackend.available
    )
    func out(backend: StorageBackend) throws {
        let town = try SolutionTown(backend) { $0.publicUrl = home }
        let (solution, file) = try illustrated(town)
        let archive = try ZIPArchive(reading: try fetch(solution, "zip", town))
        let path = try #require(archive.entries.first { $0.bytes == plan }?.name)
        #expect(path == "file/1-pianta__.txt")
        let text = try #require(archive["testo.md"].map { String(decoding: $0, as: UTF8.self) })
        // What only looks like a link is left alone; a file that is not in the kit is where it was.
        #expect(
            text == "![La pianta](\(path)) e [altro](\(home)/files/9999), `/files/\(file)`, [x](\(home)/files/\(file)0)"
        )
        #expect(String(decoding: try #require(archive["LEGGIMI.md"]), as: UTF8.self).contains("](\(path))"))
        // As one text it leads to where the file is.
        let markdown = String(decoding: try fetch(solution, "md", town), as: UTF8.self)
        #expect(markdown.contains("![La pianta](\(home)/files/\(file))"))
    }

    @Test("brought elsewhere, the files come along and the text shows them", arguments: StorageBackend.available)
    func back(backend: StorageBackend) throws {
        let town = try SolutionTown(backend) { $0.publicUrl = home }
        let (solution, file) = try illustrated(town)
        let kit = try fetch(solution, "zip", town)
        let elsewhere = try SolutionTown(backend)
        // Other numbers than where it comes from.
        for _ in 0..<5 { _ = try elsewhere.create() }
        let brought = try put(
            "/api/v1/solutions/import",
            ["network": "\(elsewhere.network)"],
            kit,
            elsewhere,
            as: elsewhere.facilitator
        )
        let document = try #require(brought["document"])
        let read = try elsewhere.c.ok("document.read", ["document": document], as: elsewhere.author)
        let attached = try #require(read["files"]?.array?.first)
        let id = try #require(attached["id"]?.int)
        #expect(attached["name"]?.string == "pianta è.txt" && id != file)
        let text = try #require(read["text"]?.string)
        #expect(text.hasPrefix("![La pianta](/files/\(id)) e [altro](\(home)/files/9999), "), "\(text)")
        // Who reads the network there reads the file.
        guard
            case .file(let path) = try elsewhere.c.get("/files/{id}", ["id": "\(id)"], as: elsewhere.reviewer).body
        else { throw UnexpectedOutcome("no file") }
        #expect(FileManager.default.contents(atPath: path).map { [UInt8]($0) } == plan)
        #expect(try elsewhere.c.updates(for: elsewhere.author).contains { $0.type == "document.attached" })
    }

    /// A kit with another description.
    private func repacked(_ kit: [UInt8], _ change: (inout [JSONObject.Member]) -> Void) throws -> [UInt8] {
        let archive = try ZIPArchive(reading: kit)
        let description = try #require(archive["soluzione.json"])
        var members = try #require(try JSONParser.parse(description).object).members
        change(&members)
        let entries =
            archive.entries.filter { !["soluzione.json", "SHA256SUMS"].contains($0.name) }
            + [.init("soluzione.json", JSON.object(JSONObject(members)).text)]
        let sums = entries.map { "\(Secret.hex(Secret.sha256($0.bytes)))  \($0.name)\n" }.joined()
        return try ZIPArchive(entries + [.init("SHA256SUMS", Array(sums.utf8))]).written(modified: 0)
    }

    @Test("a kit that says too much of itself is refused and writes nothing", arguments: StorageBackend.available)
    func bounds(backend: StorageBackend) throws {
        let town = try SolutionTown(backend) { $0.publicUrl = home }
        let kit = try fetch(try illustrated(town).solution, "zip", town)
        let elsewhere = try SolutionTown(backend)
        func refused(_ name: String, _ value: JSON) throws -> String? {
            let changed = try repacked(kit) { members in
                members.removeAll { $0.name == name }
                members.append(.init(name: name, value: value))
            }
            let error = try #require(throws: WireError.self) {
                try put(
                    "/api/v1/solutions/import",
                    ["network": "\(elsewhere.network)"],
                    changed,
                    elsewhere,
                    as: elsewhere.facilitator
                )
            }
            return error.fields?.first.map { "\($0.path) \($0.problem)" }
        }
        let host = "https://\(String(repeating: "a", count: 300)).it/solutions/1"
        #expect(try refused("@id", .string(host)) == "body.@id too_long")
        let word = JSON.string(String(repeating: "x", count: 2_000))
        let people = Array(repeating: JSON.members(["name": word]), count: 100)
        #expect(try refused("author", .array(people)) == "body.origin too_long")
        let many = (Int64(1)...101).map {
            JSON.members(["identifier": .int($0), "name": "f", "contentUrl": "file/1-pianta__.txt"])
        }
        #expect(try refused("associatedMedia", .array(many)) == "body.associatedMedia too_many")
        #expect(try elsewhere.c.rows(of: "solution") == 0 && elsewhere.c.rows(of: "file") == 0)
    }

    @Test("a part that grows past its limit with its links is refused", arguments: StorageBackend.available)
    func grown(backend: StorageBackend) throws {
        let text = String(repeating: "[x](/files/1)", count: 100_000 / 13)
        #expect(KitLinks.moved(text) { "\(home)/files/\($0)" }.utf8.count > Int(largestKitPart))
        let town = try SolutionTown(backend) { $0.publicUrl = home }
        let solution = try town.solution("draft")
        let body: KeyValuePairs<String, JSON> = [
            "solution": .int(solution), "part": "risks", "text": .string(text), "revision": try town.revision(solution),
        ]
        try town.c.ok("solution.write", body, as: town.author)
        let kit = try fetch(solution, "zip", town)
        let elsewhere = try SolutionTown(backend)
        let refusal = try #require(throws: WireError.self) {
            try put(
                "/api/v1/solutions/import",
                ["network": "\(elsewhere.network)"],
                kit,
                elsewhere,
                as: elsewhere.facilitator
            )
        }
        #expect(refusal.fields?.first?.path == "body.parts.risks")
    }

    @Test(
        "what is brought from here bears no names, and no update tells where it is from",
        arguments: StorageBackend.available
    )
    func names(backend: StorageBackend) throws {
        let town = try SolutionTown(backend) { $0.publicUrl = home }
        let kit = try fetch(try illustrated(town).solution, "zip", town)
        let brought = try put(
            "/api/v1/solutions/import",
            ["network": "\(town.network)"],
            kit,
            town,
            as: town.facilitator
        )
        let origin = try #require(try town.get(try town.c.id(brought))["origin"])
        #expect(origin["address"]?.string?.hasPrefix(home) == true && origin["hash"] != nil)
        #expect(origin["authors"] == nil && !String(decoding: origin.text, as: UTF8.self).contains("Anna"))
        let told = try town.c.updates(for: town.author).filter { $0.type == "solution.licensed" }
        #expect(!told.isEmpty && told.allSatisfy { $0.data["origin"] == nil })
    }

    @Test(
        "a kit that names a file which is not in it is refused and writes nothing",
        arguments: StorageBackend.available
    )
    func missing(backend: StorageBackend) throws {
        let town = try SolutionTown(backend) { $0.publicUrl = home }
        let archive = try ZIPArchive(reading: try fetch(try illustrated(town).solution, "zip", town))
        let elsewhere = try SolutionTown(backend)
        let entries = archive.entries.filter { $0.bytes != plan && $0.name != "SHA256SUMS" }
        let sums = entries.map { "\(Secret.hex(Secret.sha256($0.bytes)))  \($0.name)\n" }.joined()
        let kit = try ZIPArchive(entries + [.init("SHA256SUMS", Array(sums.utf8))]).written(modified: 0)
        let refusal = try #require(throws: WireError.self) {
            try put(
                "/api/v1/solutions/import",
                ["network": "\(elsewhere.network)"],
                kit,
                elsewhere,
                as: elsewhere.facilitator
            )
        }
        #expect(refusal.code == .invalid && refusal.fields?.first?.path == "body.associatedMedia")
        #expect(try elsewhere.c.rows(of: "solution") == 0 && elsewhere.c.rows(of: "file") == 0)
    }
}
