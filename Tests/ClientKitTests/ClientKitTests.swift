import Foundation
import TestKit
import Testing
public import WireProtocol

@testable import ClientKit

@Suite("What a client keeps and counts")
struct ClientPartsTests {
    @Test("waits grow to their bound and are never the same bound for everyone")
    func backoffGrows() {
        var backoff = Backoff(first: 1, longest: 8)
        #expect((0..<5).map { _ in backoff.next(chance: 1) } == [1, 2, 4, 8, 8])
        backoff.reset()
        #expect(backoff.next(chance: 0) == 0.5)
    }

    private func update(
        _ seq: Int64,
        _ stream: String,
        _ offset: Int64,
        type: String = "message.posted",
        data: JSON = .members([:])
    ) throws -> ClientUpdate {
        try #require(
            ClientUpdate(
                .members([
                    "seq": .int(seq), "stream": .string(stream), "offset": .int(offset), "type": .string(type),
                    "data": data,
                ])
            )
        )
    }

    @Test("a hole in a stream is seen, what was had before is not given twice")
    func holesAreSeen() throws {
        var offsets = StreamOffsets()
        offsets.take(.members(["channel/12": 87]))
        #expect(offsets.judge(try update(100, "channel/12", 88), after: 90, me: nil) == .apply)
        #expect(offsets.judge(try update(90, "channel/12", 80), after: 100, me: nil) == .known)
        #expect(offsets.judge(try update(102, "channel/12", 90), after: 100, me: nil) == .hole)
        #expect(offsets.judge(try update(103, "channel/13", 1), after: 100, me: nil) == .apply)
        #expect(offsets.judge(try update(104, "channel/14", 5), after: 100, me: nil) == .hole)
    }

    @Test("an own joined begins a stream anywhere, access.gained tells where it stands")
    func streamsBegin() throws {
        var offsets = StreamOffsets()
        let me = MemberID(5)
        let joined = try update(10, "channel/12", 40, type: "channel.joined", data: ["person": 5, "channel": 12])
        #expect(offsets.judge(joined, after: 0, me: me) == .apply)
        let other = try update(11, "channel/13", 40, type: "channel.joined", data: ["person": 6, "channel": 13])
        #expect(offsets.judge(other, after: 10, me: me) == .hole)
        let gained = try update(
            12,
            "person/5",
            1,
            type: "access.gained",
            data: ["streams": .array(["network/7/desk"]), "offsets": .members(["network/7/desk": 9])]
        )
        #expect(offsets.judge(gained, after: 11, me: me) == .apply)
        #expect(offsets.judge(try update(13, "network/7/desk", 10), after: 12, me: me) == .apply)
    }

    @Test("the outbox outlives the program, in its order, and forgets what was taken")
    func outboxIsKept() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/deep/outbox"
        var outbox = Outbox(path: path)
        for nonce in ["a", "b"] {
            try outbox.append(
                OutboxEntry(nonce: nonce, name: "message.post", body: ["text": "due\nrighe"], state: .waiting)
            )
        }
        var again = Outbox(path: path)
        #expect(again.entries.map(\.nonce) == ["a", "b"])
        #expect(again.entries.first?.body == ["text": "due\nrighe"])
        _ = again.set(.sent(ok: ["id": 7], repeated: false), of: "a")
        #expect(Outbox(path: path).entries.map(\.nonce) == ["b"])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("addresses are taken with and without scheme and slash")
    func addresses() {
        #expect(ServerAddress.webSocket("https://comunita.example.it/") == "wss://comunita.example.it/ws")
        #expect(ServerAddress.http("localhost:8080") == "http://localhost:8080")
        #expect(ServerAddress.http("ws://a:1") == "http://a:1")
    }
}

extension JSON: ExpressibleByDictionaryLiteral {
    /// Makes it.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }
}
