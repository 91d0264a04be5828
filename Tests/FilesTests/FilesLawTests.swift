import CommunityKernel
import Foundation
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Files: the law")
struct FilesLawTests {
    /// A client's view of the files in a channel, changed by updates alone.
    private struct Model: Equatable {
        var ofMessages: [Int64: [JSON]] = [:]

        mutating func apply(_ update: PastUpdate) {
            let id = update.data["id"]?.int ?? 0
            switch update.type {
            case "message.posted": ofMessages[id] = update.data["files"]?.array ?? []
            case "message.deleted": ofMessages[id] = []
            default: break
            }
        }
    }

    @Test("a stale state plus the updates after it is a fresh state", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try c.person("Anna")
        let network = try c.network()
        let channel = try c.channel("generale", in: network)
        try c.join([anna], network: network, channel: channel)
        let route = try #require(c.community.registry.routes.first { $0.method == "PUT" })
        func upload(_ name: String) throws -> Int64 {
            let path = c.folder.path + "/incoming"
            try Data(name.utf8).write(to: URL(fileURLWithPath: path))
            let request = WebRequest(
                parameters: [:],
                query: ["name": [name], "channel": ["\(channel)"]],
                headers: [:],
                body: [],
                bodyFile: path,
                actor: anna,
                address: nil
            )
            guard case .bytes(let bytes) = try route.handle(request, c.community).body else { return 0 }
            return try c.id(try JSONParser.parse(bytes))
        }
        func post(_ files: [Int64]) throws -> Int64 {
            try c.id(
                c.ok(
                    "message.post",
                    ["channel": .int(channel), "text": "ecco", "files": .array(files.map(JSON.int))],
                    as: anna
                )
            )
        }
        func model() throws -> Model {
            var model = Model()
            let history = try c.ok("message.history", ["channel": .int(channel)], as: anna)["messages"]?.array ?? []
            for message in history { model.ofMessages[message["id"]?.int ?? 0] = message["files"]?.array ?? [] }
            return model
        }
        var files: [Int64] = []
        var messages: [Int64] = []
        let acts: [() throws -> Void] = [
            { files.append(try upload("a.txt")) },
            { files.append(try upload("b.txt")) },
            { messages.append(try post(files)) },
            { files.append(try upload("c.txt")) },
            { messages.append(try post([files[2]])) },
            { try c.ok("message.delete", ["message": .int(messages[0])], as: anna) },
        ]
        var stale = [(seq: c.head, model: try model())]
        for act in acts {
            try act()
            stale.append((c.head, try model()))
        }
        let fresh = try model()
        for (seq, start) in stale {
            var model = start
            for update in try c.updates(for: anna, after: seq) { model.apply(update) }
            #expect(model == fresh, "from \(seq)")
        }
        #expect(fresh.ofMessages[messages[1]]?.first?["name"]?.string == "c.txt")
    }
}
