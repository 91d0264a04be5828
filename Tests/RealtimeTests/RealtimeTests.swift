import CommunityKernel
import Foundation
import Journal
import ServerApp
import SocketTransport
import TestKit
import Testing
import WireProtocol

/// A server with a network, a channel and two members with sessions.
struct Scene {
    let live: LiveServer
    let network: Int64
    let channel: Int64
    let anna: (id: Int64, token: String)
    let marco: (id: Int64, token: String)

    init(_ backend: StorageBackend, configure: (inout Configuration) -> Void = { _ in }) async throws {
        live = try LiveServer(backend, configure: configure)
        let city = try #require(
            try live.ok("organisation.create", ["kind": "citta_metropolitana", "slug": "cm", "name": "Bologna"])["id"]?
                .int
        )
        network = try #require(
            try live.ok(
                "network.create",
                ["type": "NationalThematic", "slug": "semplificazione", "name": .members(["it": "S", "en": "S"])]
            )["id"]?.int
        )
        anna = try await live.person("Anna", city: city)
        marco = try await live.person("Marco", city: city)
        let channels = try live.ok("channel.list", ["network": .int(network)])["channels"]?.array ?? []
        channel = try #require(channels.first { $0["slug"]?.string == "generale" }?["id"]?.int)
        for person in [anna, marco] {
            let member = Member(id: MemberID(person.id), kind: .person, name: "")
            try live.ok("network.join", ["network": .int(network)], as: member)
            try live.ok("channel.join", ["channel": .int(channel)], as: member)
        }
    }

    func post(_ client: WireClient, _ text: String, nonce: String? = nil) async throws -> JSON {
        try await client.ok("message.post", ["channel": .int(channel), "text": .string(text)], nonce: nonce)
    }
}

@Suite("Realtime", .serialized)
struct RealtimeTests {
    @Test("a first visit gets welcome, snapshot, live, in this order", arguments: StorageBackend.available)
    func firstVisit(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let client = try await WireClient(scene.live.url)
        try await client.hello(token: scene.anna.token)
        let live = try await client.next("live").int
        let seen = await client.seen
        #expect(seen.count == 3)
        #expect(seen[0]["welcome"]?["level"] == 1)
        #expect(seen[0]["welcome"]?["person"]?["name"] == "Anna")
        let snapshot = try #require(seen[1]["snapshot"])
        #expect(snapshot["seq"]?.int == live)
        #expect(snapshot["offsets"]?["channel/\(scene.channel)"] != nil)
        #expect(snapshot["networks"] == (try await client.ok("network.list"))["networks"])
        #expect(snapshot["channels"] == (try await client.ok("channel.list"))["channels"])
        try scene.live.stop()
    }

    @Test("what one posts the other gets, and the author too", arguments: StorageBackend.available)
    func talk(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let marco = try await WireClient.live(scene.live.url, token: scene.marco.token)
        let posted = try await scene.post(anna, "Buongiorno a tutti")
        let update = try await marco.update("message.posted")
        #expect(update["data"]?["id"] == posted["id"])
        #expect(update["data"]?["text"] == "Buongiorno a tutti")
        #expect(update["by"]?.int == scene.anna.id)
        #expect(try await anna.update("message.posted") == update)
        try scene.live.stop()
    }

    @Test("a resume gives everything missed once, in order, also across a restart", arguments: StorageBackend.available)
    func resume(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let marco = try await WireClient.live(scene.live.url, token: scene.marco.token)
        let snapshot = await marco.seen
        let epoch = try #require(snapshot[0]["welcome"]?["epoch"]?.string)
        let cursor = Cursor(epoch: epoch, seq: try #require(snapshot.last?["live"]?.int))
        await marco.close()
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        var ids: [Int64] = []
        for number in 0..<40 { ids.append(try #require(try await scene.post(anna, "n\(number)")["id"]?.int)) }
        try scene.live.stop()
        let again = try LiveServer(backend, folder: scene.live.folder)
        let anna2 = try await WireClient.live(again.url, token: scene.anna.token)
        for number in 40..<60 { ids.append(try #require(try await scene.post(anna2, "n\(number)")["id"]?.int)) }
        let back = try await WireClient(again.url)
        try await back.hello(token: scene.marco.token, cursor: cursor)
        let live = try #require(try await back.next("live").int)
        let updates = await back.seen.compactMap { $0["update"] }
        #expect(updates.filter { $0["type"] == "message.posted" }.compactMap { $0["data"]?["id"]?.int } == ids)
        let resumed = try #require(await back.seen[1]["resumed"])
        #expect(resumed["from"]?.int == cursor.seq)
        #expect(live >= ids[ids.count - 1])
        let first = try #require(updates.first { $0["stream"]?.string == "channel/\(scene.channel)" })
        #expect(first["offset"]?.int == (resumed["offsets"]?["channel/\(scene.channel)"]?.int).map { $0 + 1 })
        try again.stop()
    }

    @Test("a cursor of another epoch or beyond the head begins anew", arguments: StorageBackend.available)
    func reset(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let epoch = scene.live.server.community.epoch
        for (cursor, reason) in [
            (Cursor(epoch: "other", seq: 1), "epoch"), (Cursor(epoch: epoch, seq: 1_000_000), "ahead"),
        ] {
            let client = try await WireClient(scene.live.url)
            try await client.hello(token: scene.anna.token, cursor: cursor)
            _ = try await client.next("live")
            let seen = await client.seen
            #expect(seen[1]["reset"]?["reason"]?.string == reason)
            #expect(seen[2]["snapshot"] != nil)
        }
        try scene.live.stop()
    }

    @Test("what is not of the protocol closes with its code", arguments: StorageBackend.available)
    func closeCodes(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let url = scene.live.url
        for (text, code) in [
            ("{\"hello\":{\"version\":1,\"token\":\"mtp_wrong\"}}", 4401), ("{\"hello\":{\"version\":1}}", 4401),
            ("{\"id\":1,\"do\":\"person.me\"}", 4401), ("not json", 4400), ("{\"x\":1}", 4401),
        ] {
            let client = try await WireClient(url)
            try await client.send(text)
            #expect(try await client.closeCode() == code, "\(text)")
        }
        let client = try await WireClient.live(url, token: scene.anna.token)
        try await client.send("{\"id\":5,\"do\":\"person.me\",\"with\":{\"a\":1,\"a\":2}}")
        #expect(try await client.next("error")["code"] == "malformed")
        try await client.send("[1,2")
        #expect(try await client.closeCode() == 4400)
        try scene.live.stop()
    }

    @Test("a second connection of the same device replaces the first", arguments: StorageBackend.available)
    func replaced(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let first = try await WireClient.live(scene.live.url, token: scene.anna.token, device: "d1")
        let other = try await WireClient.live(scene.live.url, token: scene.anna.token, device: "d2")
        let second = try await WireClient.live(scene.live.url, token: scene.anna.token, device: "d1")
        #expect(try await first.closeCode() == 4409)
        _ = try await other.ok("person.me")
        _ = try await second.ok("person.me")
        try scene.live.stop()
    }

    @Test("closing a session ends its sockets at once", arguments: StorageBackend.available)
    func sessionClose(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let first = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let reply = try await HTTPClient.request(
            "POST",
            "\(scene.live.url)/api/v1/session.close",
            headers: [("Authorization", "Bearer \(scene.anna.token)")]
        )
        #expect(reply.status == 200)
        #expect(try await first.closeCode() == 4401)
        try scene.live.stop()
    }

    @Test("a stop says bye restart and closes with 4012", arguments: StorageBackend.available)
    func stop(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let client = try await WireClient.live(scene.live.url, token: scene.anna.token)
        try scene.live.stop()
        #expect(try await client.next("bye")["code"] == "restart")
        #expect(try await client.closeCode() == 4012)
    }

    @Test("typing reaches those who read the channel and nobody else", arguments: StorageBackend.available)
    func typing(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let marco = try await WireClient.live(scene.live.url, token: scene.marco.token)
        try await anna.send("{\"signal\":\"typing\",\"with\":{\"channel\":\(scene.channel)}}")
        while true {
            let object = try #require(try await marco.receive())
            guard object["signal"] == "typing" else { continue }
            #expect(object["with"]?["by"]?.int == scene.anna.id)
            #expect(object["with"]?["until"]?.string != nil)
            break
        }
        try scene.live.stop()
    }

    @Test("a reader that takes nothing loses nothing and delays nobody", arguments: StorageBackend.available)
    func slowReader(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let marco = try await WireClient.live(scene.live.url, token: scene.marco.token)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        // Far more than the server holds for one connection; marco reads nothing meanwhile.
        let text = String(repeating: "è", count: 8_000)
        var ids: [Int64] = []
        for _ in 0..<150 { ids.append(try #require(try await scene.post(anna, text)["id"]?.int)) }
        var got: [Int64] = []
        while got.count < ids.count {
            let data = try await marco.update("message.posted")["data"]
            got.append(try #require(data?["id"]?.int))
        }
        #expect(got == ids)
        try scene.live.stop()
    }

    @Test("leaving is the last update of a stream, joining the first", arguments: StorageBackend.available)
    func entitlement(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let marco = try await WireClient.live(scene.live.url, token: scene.marco.token)
        try await marco.ok("channel.leave", ["channel": .int(scene.channel)])
        let secret = try await scene.post(anna, "senza Marco")
        try await marco.ok("channel.join", ["channel": .int(scene.channel)])
        let after = try await scene.post(anna, "con Marco")
        _ = try await marco.next("update") { $0["data"]?["id"] == after["id"] }
        let stream = await marco.seen.compactMap { $0["update"] }.filter {
            $0["stream"]?.string == "channel/\(scene.channel)"
        }
        #expect(stream.compactMap { $0["type"]?.string } == ["channel.left", "channel.joined", "message.posted"])
        #expect(!stream.contains { $0["data"]?["id"] == secret["id"] })
        try scene.live.stop()
    }

    @Test(
        "a cursor at access.gained resumes into the stream that it gave, without a hole",
        arguments: StorageBackend.available
    )
    func resumeAtGain(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let epoch = scene.live.server.community.epoch
        let appoint: KeyValuePairs<String, JSON> = [
            "network": .int(scene.network), "person": .int(scene.anna.id), "role": "facilitator",
        ]
        try scene.live.ok("network.appoint", appoint)
        let gained = try await anna.update("access.gained")
        let desk = "network/\(scene.network)/desk"
        #expect(gained["data"]?["streams"]?.array == [.string(desk)])
        await anna.close()
        let seq = try #require(gained["seq"]?.int)
        let back = try await WireClient(scene.live.url)
        try await back.hello(token: scene.anna.token, cursor: Cursor(epoch: epoch, seq: seq))
        let resumed = try await back.next("resumed")
        #expect(resumed["offsets"]?[desk] == gained["data"]?["offsets"]?[desk])
        try scene.live.stop()
    }

    @Test("a signal passes on its own fields and nothing else", arguments: StorageBackend.available)
    func signalFields(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let marco = try await WireClient.live(scene.live.url, token: scene.marco.token)
        try await anna.send(
            "{\"signal\":\"typing\",\"with\":{\"channel\":\(scene.channel),\"junk\":\"ciao\",\"by\":7}}"
        )
        let with = try await typing(marco)
        #expect(Set(with.object?.members.map(\.name) ?? []) == ["channel", "by", "until"])
        #expect(with["by"]?.int == scene.anna.id)
        try scene.live.stop()
    }

    private func typing(_ client: WireClient) async throws -> JSON {
        while let object = try await client.receive() {
            if object["signal"] == "typing" { return object["with"] ?? .null }
        }
        throw UnexpectedOutcome("closed before the signal came")
    }

    @Test("who comes back by a resume is present again for the others", arguments: StorageBackend.available)
    func presenceAfterResume(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let marco = try await WireClient.live(scene.live.url, token: scene.marco.token)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        try await presence(.string("online"), of: scene.anna.id, at: marco)
        let live = try #require(await anna.seen.last?["live"]?.int)
        await anna.close()
        try await presence(.string("offline"), of: scene.anna.id, at: marco)
        let cursor = Cursor(epoch: scene.live.server.community.epoch, seq: live)
        let back = try await WireClient.live(scene.live.url, token: scene.anna.token, cursor: cursor)
        try await presence(.string("online"), of: scene.anna.id, at: marco)
        _ = try await back.ok("person.me")
        try scene.live.stop()
    }

    private func presence(_ state: JSON, of person: Int64, at client: WireClient) async throws {
        while let object = try await client.receive() {
            guard object["signal"] == "presence", object["with"]?["person"]?.int == person else { continue }
            if object["with"]?["state"] == state { return }
        }
        throw UnexpectedOutcome("closed before \(state) came")
    }

    @Test(
        "who asks for much and reads nothing gets every answer once it reads",
        arguments: StorageBackend.available
    )
    func unreadAnswers(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let text = String(repeating: "è", count: 8_000)
        for _ in 0..<60 { _ = try await scene.post(anna, text) }
        let body = "{\"channel\":\(scene.channel),\"limit\":200}"
        let asked = (1_000..<1_032).map { "{\"id\":\($0),\"do\":\"message.history\",\"with\":\(body)}" }
        try await anna.send(asked.joined(separator: "\n"))
        var answered: Set<Int64> = []
        while answered.count < asked.count {
            let object = try #require(try await anna.receive())
            guard let id = object["id"]?.int, id >= 1_000 else { continue }
            #expect(object["ok"]?["messages"]?.array?.count == 60)
            #expect(answered.insert(id).inserted)
        }
        _ = try await anna.ok("person.me")
        try scene.live.stop()
    }

    @Test("closing one's session over the socket is answered before the end", arguments: StorageBackend.available)
    func ownSessionClose(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let anna = try await WireClient.live(scene.live.url, token: scene.anna.token)
        try await anna.ok("session.close")
        #expect(try await anna.closeCode() == 4401)
        try scene.live.stop()
    }

    @Test(
        "a resume from before one's own beginning names what began without a word",
        arguments: StorageBackend.available
    )
    func resumeFromTheStart(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let cursor = Cursor(epoch: scene.live.server.community.epoch, seq: 0)
        let client = try await WireClient(scene.live.url)
        try await client.hello(token: scene.marco.token, cursor: cursor)
        var last: [String: Int64] = [:]
        for member in try await client.next("resumed")["offsets"]?.object?.members ?? [] {
            last[member.name] = member.value.int
        }
        while let object = try await client.receive(), object["live"] == nil {
            guard let update = object["update"], let stream = update["stream"]?.string else { continue }
            let begins =
                ["channel.joined", "network.joined"].contains(update["type"]?.string)
                && update["data"]?["person"]?.int == scene.marco.id
            if !begins { #expect(update["offset"]?.int == last[stream, default: 0] + 1, "\(stream)") }
            last[stream] = update["offset"]?.int
        }
        #expect(last["channel/\(scene.channel)"] != nil)
        try scene.live.stop()
    }
}
