import CommunityKernel
import Realtime
import SocketTransport
import TestKit
import Testing
import WireProtocol

/// Sentences of protocol sections 2, 6 and 7 that an outsider's tests once found broken.
@Suite("The letter of the protocol", .serialized)
struct LetterTests {
    @Test(
        "what comes first and is no hello with good credentials closes 4401, what is no object 4400",
        arguments: StorageBackend.available
    )
    func firstObject(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let long = String(repeating: "x", count: 5_000)
        for (text, code) in [
            (#"{"foo":1}"#, 4401), (#"{"id":1,"do":"person.me"}"#, 4401), (#"{"signal":"typing","with":{}}"#, 4401),
            (#"{"hello":{"version":1}}"#, 4401), (#"{"hello":{"version":1,"token":""}}"#, 4401),
            (#"{"hello":{"version":1,"token":"\#(long)"}}"#, 4401), ("[]", 4400), ("nonsense", 4400),
        ] {
            let client = try await WireClient(scene.live.url)
            try await client.send(text)
            #expect(try await client.closeCode() == code, "\(text.prefix(60))")
        }
        try scene.live.stop()
    }

    @Test(
        "more requests than may be unanswered, sent with hello, are refused one by one",
        arguments: StorageBackend.available
    )
    func pipelined(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let client = try await WireClient(scene.live.url)
        let requests = (1...60).map { #"{"id":\#($0),"do":"message.history","with":{"channel":\#(scene.channel)}}"# }
        try await client.send(
            ([#"{"hello":{"version":1,"token":"\#(scene.anna.token)"}}"#] + requests).joined(separator: "\n")
        )
        var answered = 0
        while answered < 60 {
            let answer = try #require(try await client.receive())
            guard answer["id"] != nil else { continue }
            answered += 1
            if let error = answer["error"] {
                #expect(error["code"] == "rate_limited")
                #expect(error["retryAfterMs"] != nil)
            }
        }
        try scene.live.stop()
    }

    @Test(
        "a request over the limit of keys is refused under its id, wherever that stands",
        arguments: StorageBackend.available
    )
    func manyKeys(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let client = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let keys = (0..<2_000).map { #""k\#($0)":1"# }.joined(separator: ",")
        try await client.send(#"{"with":{\#(keys)},"id":9,"do":"person.me"}"#)
        #expect(try await client.next("error")["code"] == "malformed")
        try await client.ok("person.me")
        try scene.live.stop()
    }

    @Test("a cursor of any form of epoch or beyond 53 bits begins anew", arguments: StorageBackend.available)
    func oddCursors(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let first = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let epoch = try #require(await first.seen.first?["welcome"]?["epoch"]?.string)
        for (cursor, reason) in [
            (Cursor(epoch: epoch, seq: 1 << 60), "ahead"),
            (Cursor(epoch: String(repeating: "e", count: 200), seq: 3), "epoch"),
            (Cursor(epoch: "", seq: 0), "epoch"),
        ] {
            let client = try await WireClient(scene.live.url)
            try await client.hello(token: scene.anna.token, cursor: cursor)
            #expect(try await client.next("reset")["reason"]?.string == reason)
            try await client.next("snapshot")
        }
        try scene.live.stop()
    }

    @Test("the first state bears the notifications", arguments: StorageBackend.available)
    func notifications(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let client = try await WireClient.live(scene.live.url, token: scene.anna.token)
        #expect(await client.seen[1]["snapshot"]?["notifications"]?["unread"] == 0)
        try scene.live.stop()
    }

    @Test("0 is before the first message, for a page and for a marker", arguments: StorageBackend.available)
    func beginning(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let client = try await WireClient.live(scene.live.url, token: scene.anna.token)
        let first = try await scene.post(client, "uno")
        _ = try await scene.post(client, "due")
        let page = try await client.ok("message.history", ["channel": .int(scene.channel), "after": 0, "limit": 1])
        #expect(page["messages"]?.array?.map { $0["id"] } == [first["id"]])
        #expect(page["more"] == .members(["before": .bool(false), "after": .bool(true)]))
        #expect(try await client.ok("channel.mark", ["channel": .int(scene.channel), "upTo": 0])["upTo"] == 0)
        try scene.live.stop()
    }

    @Test("queries have a budget of their own, beside that of commands")
    func budgets() {
        let limiter = RateLimiter(RateLimiter.Rates())
        let anna = Member(id: MemberID(5), kind: .person, name: "Anna")
        let commands = (0..<40).count { _ in limiter.admitRequest(anna, address: "") == nil }
        #expect((20...25).contains(commands))
        #expect(limiter.admitRequest(anna, address: "")?.code == .rateLimited)
        #expect((0..<100).allSatisfy { _ in limiter.admitRequest(anna, address: "", isQuery: true) == nil })
    }

    @Test("an object has one meaning, and what bears an id is answered under it", arguments: StorageBackend.available)
    func oneKey(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let client = try await WireClient.live(scene.live.url, token: scene.anna.token)
        for text in [
            #"{"id":1,"do":"person.me","signal":"typing"}"#, #"{"hello":{"version":1},"id":1,"do":"person.me"}"#,
            #"{"id":1,"do":7}"#,
        ] {
            try await client.send(text)
            #expect(try await client.next("error")["code"] == "malformed", "\(text)")
        }
        try await client.send(#"{"hello":{"version":1},"signal":"typing"}"#)
        #expect(try await client.closeCode() == 4400)
        try scene.live.stop()
    }
}
