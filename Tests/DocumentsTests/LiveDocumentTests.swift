import CommunityKernel
import Foundation
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("Documents over real connections", .serialized)
struct LiveDocumentTests {
    private struct Room {
        let server: LiveServer
        let network: Int64
        let document: Int64
        let anna: WireClient
        let marco: WireClient

        init(_ backend: StorageBackend) async throws {
            server = try LiveServer(backend)
            let city = try #require(
                try server.ok(
                    "organisation.create",
                    ["kind": "citta_metropolitana", "slug": "cm", "name": "Bologna"]
                )["id"]?.int
            )
            let name = JSON.members(["it": "Rete", "en": "Network"])
            network = try #require(
                try server.ok(
                    "network.create",
                    ["type": "NationalThematic", "slug": "rete", "name": name]
                )["id"]?.int
            )
            let people = [try await server.person("Anna", city: city), try await server.person("Marco", city: city)]
            anna = try await WireClient.live(server.url, token: people[0].token)
            marco = try await WireClient.live(server.url, token: people[1].token)
            for client in [anna, marco] { try await client.ok("network.join", ["network": .int(network)]) }
            let made = try await anna.ok(
                "document.create",
                ["network": .int(network), "title": "Linee", "text": "ab"]
            )
            document = try #require(made["id"]?.int)
        }

        func op(_ base: Int64, _ changes: [JSON], _ id: String, by client: WireClient) async throws -> JSON {
            try await client.ok(
                "document.op",
                ["document": .int(document), "base": .int(base), "changes": .array(changes), "opId": .string(id)]
            )
        }
    }

    @Test("who opened it reads each change once, the author by the opId", arguments: StorageBackend.available)
    func changes(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let id = JSON.int(room.document)
        let opened = try await room.anna.ok("document.open", ["document": id])
        #expect(opened["text"]?.string == "ab" && opened["revision"]?.int == 1 && opened["title"]?.string == "Linee")
        // Not open: the acknowledgement is all that comes.
        _ = try await room.op(1, [.int(1), .array([.int(0), "1"]), .int(1)], "m1", by: room.marco)
        let first = try await room.anna.update("document.changed")
        #expect(first["stream"]?.string == "document/\(room.document)")
        #expect(first["data"]?["revision"]?.int == 2 && first["data"]?["opId"]?.string == "m1")
        #expect(first["data"]?["changes"] == .array([.int(1), .array([.int(0), "1"]), .int(1)]))
        _ = try await room.op(1, [.int(1), .array([.int(0), "2"]), .int(1)], "a1", by: room.anna)
        let own = try await room.anna.update("document.changed")
        // Transformed over what came first: the lower revision stands first.
        #expect(own["data"]?["opId"]?.string == "a1")
        #expect(own["data"]?["changes"] == .array([.int(2), .array([.int(0), "2"]), .int(1)]))
        // A reader who comes back gets the changes since.
        let again = try await room.marco.ok("document.open", ["document": id, "haveRevision": 1])
        #expect(again["changes"]?.array?.compactMap { $0["revision"]?.int } == [2, 3] && again["text"] == nil)
        // A save is a change like any other.
        try await room.marco.ok("document.save", ["document": id, "base": 3, "text": "a12b!"])
        let saved = try await room.anna.update("document.changed")["data"]
        #expect(saved?["revision"]?.int == 4 && saved?["opId"]?.string == "save.4")
        // Closed, nothing comes any more: the next thing that Anna reads is the network's.
        try await room.anna.ok("document.close", ["document": id])
        _ = try await room.op(4, [.int(5), .array([.int(0), "?"])], "m2", by: room.marco)
        try await room.marco.ok("document.rename", ["document": id, "title": "Altre linee"])
        let next = try await room.anna.next("update")
        #expect(next["type"]?.string == "document.renamed")
    }

    @Test("a reader that takes nothing gets every change once, in order", arguments: StorageBackend.available)
    func slowReader(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let id = JSON.int(room.document)
        try await room.anna.ok("document.open", ["document": id])
        // Far more than the server holds for one connection; Anna reads nothing meanwhile.
        let line = String(repeating: "è", count: 4_000)
        var length: Int64 = 2
        for number in Int64(0)..<120 {
            _ = try await room.op(
                1 + number,
                [.int(length), .array([.int(0), .string(line)])],
                "m\(number)",
                by: room.marco
            )
            length += 4_000
        }
        var revisions: [Int64] = []
        var offsets: [Int64] = []
        while revisions.count < 120 {
            let update = try await room.anna.update("document.changed")
            revisions.append(try #require(update["data"]?["revision"]?.int))
            offsets.append(try #require(update["offset"]?.int))
        }
        #expect(revisions == Array(2...121))
        #expect(offsets == Array(1...120))
        // A text of a megabyte comes in one answer.
        let again = try await room.anna.ok("document.open", ["document": id])
        #expect(again["text"]?.string?.utf16.count == Int(length))
    }

    @Test("who opens while others write misses nothing and gets nothing twice", arguments: StorageBackend.available)
    func opening(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let id = JSON.int(room.document)
        let writing = Task {
            for number in Int64(0)..<200 {
                _ = try await room.op(1, [.array([.int(0), "x"]), .int(2)], "m\(number)", by: room.marco)
            }
        }
        for _ in 0..<20 {
            let opened = try await room.anna.ok("document.open", ["document": id])
            let revision = try #require(opened["revision"]?.int)
            guard revision < 201 else { break }
            let next = try await room.anna.next("update") { $0["type"]?.string == "document.changed" }
            // What was told of the opening before may still lie there.
            var seen = try #require(next["data"]?["revision"]?.int)
            while seen <= revision {
                seen = try #require(try await room.anna.update("document.changed")["data"]?["revision"]?.int)
            }
            #expect(seen == revision + 1)
        }
        try await writing.value
    }

    @Test("a file attached to a document is read by its readers alone", arguments: StorageBackend.available)
    func files(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let url = room.server.url
        let tokens = [
            try await room.server.signIn("anna@example.it"), try await room.server.signIn("marco@example.it"),
        ]
        func get(_ file: Int64, _ token: String) async throws -> Int {
            try await HTTPClient.request("GET", "\(url)/files/\(file)", headers: [("Authorization", "Bearer \(token)")])
                .status
        }
        let channels = try await room.anna.ok("channel.list", ["network": .int(room.network)])["channels"]?.array ?? []
        let channel = try #require(channels.first { $0["kind"]?.string == "open" }?["id"]?.int)
        try await room.anna.ok("channel.join", ["channel": .int(channel)])
        let uploaded = try await HTTPClient.request(
            "PUT",
            "\(url)/api/v1/files?name=nota.txt&channel=\(channel)",
            headers: [("Authorization", "Bearer \(tokens[0])"), ("Content-Type", "application/octet-stream")],
            body: Array("Nota".utf8)
        )
        let file = try #require(try JSONParser.parse(uploaded.body)["id"]?.int)
        let body: KeyValuePairs<String, JSON> = ["document": .int(room.document), "file": .int(file)]
        // Another one's file cannot be attached, nor read before it is.
        #expect(try await room.marco.ask("document.attach", body)["error"]?["code"]?.string == "not_found")
        #expect(try await get(file, tokens[1]) == 404)
        try await room.anna.ok("document.attach", body)
        #expect(try await room.marco.update("document.attached")["data"]?["file"]?.int == file)
        #expect(try await get(file, tokens[1]) == 200)
        let shown = try await room.marco.ok("document.read", ["document": .int(room.document)])
        #expect(shown["files"]?.array?.first?["name"]?.string == "nota.txt")
        #expect(shown["files"]?.array?.first?["by"]?.int == shown["createdBy"]?.int)
        // Its text leads to what is attached to it, and to no other file.
        try await room.marco.ok(
            "document.save",
            ["document": .int(room.document), "base": 1, "text": .string("[Nota](/files/\(file)) [x](/files/1)")]
        )
        let read = try await room.marco.ok("document.read", ["document": .int(room.document)])
        let id = JSON.int(room.document)
        try await room.anna.ok("document.publish", ["document": id, "base": 2])
        try await room.anna.ok("document.save", ["document": id, "base": 2, "text": "Senza"])
        let kept = try await room.anna.ask("document.detach", body)["error"]
        #expect(kept?["code"]?.string == "conflict" && kept?["current"]?["revision"]?.int == 3)
        #expect(read["html"]?.string == "<p><a href=\"/files/\(file)\">Nota</a> x</p>")
        #expect(try await room.marco.ask("document.detach", body)["error"]?["code"]?.string == "forbidden")
        try await room.marco.ok("network.leave", ["network": .int(room.network)])
        #expect(try await get(file, tokens[1]) == 404)
        // One that no version shows goes, for ever.
        let other = try await HTTPClient.request(
            "PUT",
            "\(url)/api/v1/files?name=bozza.txt&channel=\(channel)",
            headers: [("Authorization", "Bearer \(tokens[0])"), ("Content-Type", "application/octet-stream")],
            body: Array("Bozza".utf8)
        )
        let draft = try #require(try JSONParser.parse(other.body)["id"]?.int)
        try await room.anna.ok("document.attach", ["document": id, "file": .int(draft)])
        #expect(try await get(draft, tokens[0]) == 200)
        try await room.anna.ok("document.detach", ["document": id, "file": .int(draft)])
        #expect(try await get(draft, tokens[0]) == 404)
        #expect(try await get(file, tokens[0]) == 200)
    }

    @Test("who leaves the network reads the document no more", arguments: StorageBackend.available)
    func leaving(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let id = JSON.int(room.document)
        try await room.anna.ok("document.open", ["document": id])
        try await room.anna.ok("network.leave", ["network": .int(room.network)])
        _ = try await room.op(1, [.int(2), .array([.int(0), "!"])], "m1", by: room.marco)
        try await room.anna.ok("network.join", ["network": .int(room.network)])
        _ = try await room.op(2, [.int(3), .array([.int(0), "?"])], "m2", by: room.marco)
        try await room.marco.ok("document.rename", ["document": id, "title": "Fine"])
        _ = try await room.anna.update("document.renamed")
        #expect(await room.anna.seen.allSatisfy { $0["update"]?["type"]?.string != "document.changed" })
    }

    @Test(
        "who gives up the administration reads no document opened by it",
        .timeLimit(.minutes(2)),
        arguments: StorageBackend.available
    )
    func abdicating(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let city = try #require(try room.server.ok("organisation.list")["organisations"]?.array?.first?["id"]?.int)
        let chief = try await room.server.person("Carla", city: city)
        let roles: (JSON) -> KeyValuePairs<String, JSON> = { ["person": .int(chief.id), "roles": $0] }
        // The last administrator could not give it up.
        let other = try await room.server.person("Dario", city: city)
        try room.server.ok("person.assignRoles", ["person": .int(other.id), "roles": .array(["admin"])])
        try room.server.ok("person.assignRoles", roles(.array(["admin"])))
        let token = try await room.server.signIn("carla@example.it")
        let client = try await WireClient.live(room.server.url, token: token)
        try await client.ok("document.open", ["document": .int(room.document)])
        try await client.ok("person.assignRoles", roles(.array([])))
        _ = try await room.op(1, [.int(2), .array([.int(0), "!"])], "after", by: room.marco)
        #expect(try await client.closeCode() == 4401)
        #expect(await client.seen.allSatisfy { $0["update"]?["type"]?.string != "document.changed" })
    }

    /// Lets somebody lose the network, and sees that the client is told of the document and hears no more of it.
    private func loses(
        _ room: Room,
        _ client: WireClient,
        _ lose: () async throws -> Void,
        _ comeBack: () async throws -> Void
    ) async throws {
        let id = JSON.int(room.document)
        try await client.ok("document.open", ["document": id])
        try await lose()
        let lost = try await client.update("access.lost")["data"]?["streams"]?.array ?? []
        #expect(lost.contains(.string("document/\(room.document)")))
        #expect(lost.filter { $0.string?.hasPrefix("document/") ?? false }.count == 1)
        let heard = await client.seen.count
        _ = try await room.op(1, [.int(2), .array([.int(0), "!"])], "after", by: room.marco)
        try await room.marco.ok("document.open", ["document": id])
        let signal =
            "{\"signal\":\"document.cursor\",\"with\":{\"document\":\(room.document),\"revision\":2,\"anchor\":0,\"head\":1}}"
        try await room.marco.send(signal)
        try await comeBack()
        try await room.marco.ok("document.rename", ["document": id, "title": "Fine"])
        _ = try await client.update("document.renamed")
        let since = await client.seen.dropFirst(heard)
        #expect(since.allSatisfy { $0["update"]?["type"]?.string != "document.changed" })
        #expect(since.allSatisfy { $0["signal"]?.string != "document.cursor" })
    }

    @Test("who leaves is told that the open document is lost with the network", arguments: StorageBackend.available)
    func told(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let network: KeyValuePairs<String, JSON> = ["network": .int(room.network)]
        // Another document, opened and closed, and this one opened twice: what is lost is what is open.
        let other = try await room.anna.ok("document.create", ["network": .int(room.network), "title": "Altro"])
        try await room.anna.ok("document.open", ["document": other["id"] ?? .null])
        try await room.anna.ok("document.close", ["document": other["id"] ?? .null])
        try await room.anna.ok("document.open", ["document": .int(room.document)])
        try await loses(
            room,
            room.anna,
            { try await room.anna.ok("network.leave", network) },
            { try await room.anna.ok("network.join", network) }
        )
    }

    @Test("who is removed is told that the open document is lost with the network", arguments: StorageBackend.available)
    func removed(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let anna = try #require(try await room.anna.ok("person.me")["person"]?["id"])
        let body: KeyValuePairs<String, JSON> = ["network": .int(room.network), "person": anna]
        try await loses(
            room,
            room.anna,
            { try room.server.ok("network.remove", body) },
            { try room.server.ok("network.add", body) }
        )
    }

    @Test(
        "whose mandate ends is told that the open document is lost with the network",
        arguments: StorageBackend.available
    )
    func resting(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let me = try await room.anna.ok("person.me")
        let mandate = try #require(me["mandates"]?.array?.first?["id"])
        let person = try #require(me["person"]?["id"])
        let organisation = try #require(me["mandates"]?.array?.first?["organisation"])
        try await loses(
            room,
            room.anna,
            { try room.server.ok("mandate.end", ["mandate": mandate]) },
            {
                try room.server.ok(
                    "mandate.grant",
                    ["person": person, "organisation": organisation["id"] ?? organisation, "role": "employee"]
                )
            }
        )
    }

    @Test("who has a document open that moves to another network is told", arguments: StorageBackend.available)
    func moved(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let id = JSON.int(room.document)
        let name = JSON.members(["it": "Altra", "en": "Other"])
        let other = try #require(
            try room.server.ok("network.create", ["type": "NationalThematic", "slug": "altra", "name": name])["id"]
        )
        try await room.anna.ok("network.join", ["network": other])
        try await room.marco.ok("document.open", ["document": id])
        try await room.anna.ok("document.move", ["document": id, "network": other])
        let lost = try await room.marco.update("access.lost")
        #expect(lost["data"]?["streams"] == .array([.string("document/\(room.document)")]))
    }

    @Test("opening again with the same nonce is repeated, and opens", arguments: StorageBackend.available)
    func repeatedOpening(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let body: KeyValuePairs<String, JSON> = ["document": .int(room.document)]
        let first = try await room.anna.ask("document.open", body, nonce: "una")
        #expect(first["ok"]?["revision"]?.int == 1 && first["repeated"] == nil)
        try await room.anna.ok("document.close", body)
        let again = try await room.anna.ask("document.open", body, nonce: "una")
        #expect(again["ok"] == first["ok"] && again["repeated"]?.bool == true)
        _ = try await room.op(1, [.int(2), .array([.int(0), "!"])], "m1", by: room.marco)
        #expect(try await room.anna.update("document.changed")["data"]?["revision"]?.int == 2)
        // What is answered is what the connection goes on from.
        let third = try await room.anna.ask("document.open", body, nonce: "una")
        #expect(third["ok"]?["text"]?.string == "ab!" && third["repeated"]?.bool == true)
        let other: KeyValuePairs<String, JSON> = ["document": .int(room.document), "haveRevision": 1]
        let reused = try await room.anna.ask("document.open", other, nonce: "una")
        #expect(reused["error"]?["code"]?.string == "nonce_reused")
    }

    @Test("cursors are told to who has it open, and to nobody else", arguments: StorageBackend.available)
    func cursors(backend: StorageBackend) async throws {
        let room = try await Room(backend)
        defer { try? room.server.stop() }
        let id = JSON.int(room.document)
        for client in [room.anna, room.marco] { try await client.ok("document.open", ["document": id]) }
        let signal =
            "{\"signal\":\"document.cursor\",\"with\":{\"document\":\(room.document),\"revision\":1,\"anchor\":0,\"head\":2}}"
        try await room.marco.send(signal)
        let heard = try await room.anna.next("with") { $0["document"]?.int == room.document }
        #expect(heard["anchor"]?.int == 0 && heard["head"]?.int == 2 && heard["by"]?.int != nil)
        #expect(await room.anna.seen.contains { $0["signal"]?.string == "document.cursor" })
    }

    @Test("what was acknowledged is there after a SIGKILL, once each")
    func crash() async throws {
        let folder = try TemporaryFolder()
        let login = ("anna@example.it", "password-di-prova")
        let document: Int64 = try {
            let c = try TestCommunity(.sqlite, in: folder)
            defer { try? c.stop() }
            let network = try c.network("rete")
            let mandate = JSON.members(["organisation": .int(try c.city()), "role": "employee"])
            let person = try c.id(
                c.ok(
                    "person.create",
                    [
                        "name": "Anna", "email": .string(login.0), "password": .string(login.1),
                        "mandates": .array([mandate]),
                    ]
                )
            )
            let anna = Member(id: MemberID(person), kind: .person, name: "Anna")
            try c.join([anna], network: network)
            return try c.id(c.ok("document.create", ["network": .int(network), "title": "Linee"], as: anna))
        }()
        var server = try ServerProcess(folder: folder)
        defer { server.end(with: SIGKILL) }
        var sent = 0
        var acknowledged: Set<Int> = []
        for round in 0..<3 {
            let door = try await Self.door(server.url, login)
            let opened = try await door.ok("document.open", ["document": .int(document)])
            let text = try #require(opened["text"]?.string)
            // Whatever was acknowledged stands in the text, and nothing twice.
            let lines = text.split(separator: "\n").compactMap { Int($0) }
            #expect(Set(lines).count == lines.count && acknowledged.isSubset(of: Set(lines)), "round \(round)")
            let (base, length) = (try #require(opened["revision"]?.int), text.utf16.count)
            var order: [Int] = []
            for _ in 0..<40 {
                sent += 1
                order.append(sent)
                let keep = length > 0 ? "\(length)," : ""
                try await door.send(
                    """
                    {"id":\(10_000 + sent),"do":"document.op","with":{"document":\(document),"base":\(base),"changes":[\(keep)[0,"\(sent)",""]],"opId":"op-\(sent)"}}
                    """
                )
            }
            var answers = 0
            while answers < 15, let object = try await door.receive() {
                guard let id = object["id"]?.int, id > 10_000, object["ok"] != nil else { continue }
                acknowledged.insert(Int(id) - 10_000)
                answers += 1
            }
            server.end(with: SIGKILL)
            server = try ServerProcess(folder: folder)
        }
        let door = try await Self.door(server.url, login)
        let text = try await door.ok("document.read", ["document": .int(document)])["text"]?.string ?? ""
        let lines = text.split(separator: "\n").compactMap { Int($0) }
        #expect(acknowledged.count == 45)
        #expect(Set(lines).count == lines.count && acknowledged.isSubset(of: Set(lines)))
    }

    private static func door(_ url: String, _ login: (String, String)) async throws -> WireClient {
        let reply = try await HTTPClient.request(
            "POST",
            "\(url)/api/v1/session.open",
            headers: [("Content-Type", "application/json")],
            body: JSON.members(["login": .string(login.0), "password": .string(login.1)]).text
        )
        let token = try #require(try JSONParser.parse(reply.body)["token"]?.string)
        return try await WireClient.live(url, token: token)
    }
}
