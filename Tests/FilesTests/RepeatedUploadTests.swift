import CommunityKernel
import Foundation
import Journal
import ServerApp
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("Uploading safely twice", .serialized)
struct RepeatedUploadTests {
    private struct Scene {
        let live: LiveServer
        let channel: Int64
        let other: Int64
        let anna: (id: Int64, token: String)
        let marco: (id: Int64, token: String)

        init(_ backend: StorageBackend) async throws {
            live = try LiveServer(backend) { $0.files.quotaFiles = 2 }
            let city = try #require(
                try live.ok(
                    "organisation.create",
                    ["kind": "citta_metropolitana", "slug": "cm", "name": "Bologna"]
                )["id"]?.int
            )
            let network = try #require(
                try live.ok(
                    "network.create",
                    ["type": "NationalThematic", "slug": "rete", "name": .members(["it": "S", "en": "S"])]
                )["id"]?.int
            )
            (anna, marco) = (try await live.person("Anna", city: city), try await live.person("Marco", city: city))
            let channels = try live.ok("channel.list", ["network": .int(network)])["channels"]?.array ?? []
            channel = try #require(channels.first { $0["slug"]?.string == "generale" }?["id"]?.int)
            other = try #require(
                try live.ok(
                    "channel.create",
                    ["network": .int(network), "slug": "altro", "name": "Altro", "kind": "open"]
                )["id"]?.int
            )
            for person in [anna, marco] {
                let member = Member(id: MemberID(person.id), kind: .person, name: "")
                try live.ok("network.join", ["network": .int(network)], as: member)
                for one in [channel, other] { try live.ok("channel.join", ["channel": .int(one)], as: member) }
            }
        }

        func upload(
            _ text: String,
            name: String = "nota.txt",
            channel: Int64? = nil,
            key: String?,
            token: String? = nil
        ) async throws -> (status: Int, json: JSON, isReplayed: Bool) {
            let reply = try await HTTPClient.request(
                "PUT",
                "\(live.url)/api/v1/files?name=\(name)&channel=\(channel ?? self.channel)",
                headers: [("Authorization", "Bearer \(token ?? anna.token)")]
                    + (key.map { [("Idempotency-Key", $0)] } ?? []),
                body: Array(text.utf8)
            )
            let json = try JSONParser.parse(reply.body)
            return (reply.status, json, reply.header("idempotency-replayed") == "true")
        }
    }

    @Test("the same upload under a nonce is one file, and another is refused", arguments: StorageBackend.available)
    func replayed(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let first = try await scene.upload("ciao", key: "k1")
        #expect(first.status == 200 && !first.isReplayed)
        let again = try await scene.upload("ciao", key: "k1")
        #expect(again.json == first.json && again.isReplayed)
        for refused in [
            try await scene.upload("altro", key: "k1"), try await scene.upload("ciao", name: "altra.txt", key: "k1"),
            try await scene.upload("ciao", channel: scene.other, key: "k1"),
        ] {
            #expect(refused.status == 409)
            #expect(refused.json["code"]?.string == "nonce_reused")
        }
        // Nonces are one space for commands and uploads, and each person's own.
        let posted = try await HTTPClient.request(
            "POST",
            "\(scene.live.url)/api/v1/channel.leave",
            headers: [("Authorization", "Bearer \(scene.anna.token)"), ("Idempotency-Key", "k1")],
            body: JSON.members(["channel": .int(scene.other)]).text
        )
        #expect(posted.status == 409)
        let marcos = try await scene.upload("ciao", key: "k1", token: scene.marco.token)
        #expect(marcos.status == 200 && !marcos.isReplayed)
        #expect(marcos.json["id"] != first.json["id"])
        let bad = try await scene.upload("ciao", key: "a b")
        #expect(bad.status == 422)
        #expect(bad.json["fields"]?.array?.first?["path"]?.string == "nonce")
        try scene.live.stop()
    }

    @Test("whatever has changed since, the first answer comes again", arguments: StorageBackend.available)
    func later(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let first = try await scene.upload("uno", key: "k1")
        #expect(try await scene.upload("due", key: nil).status == 200)
        #expect(try await scene.upload("tre", key: "k2").status == 413)
        #expect(try await scene.upload("uno", key: "k1").json == first.json)
        let member = Member(id: MemberID(scene.anna.id), kind: .person, name: "")
        try scene.live.ok("channel.leave", ["channel": .int(scene.channel)], as: member)
        let again = try await scene.upload("uno", key: "k1")
        #expect(again.json == first.json && again.isReplayed)
        try scene.live.stop()
    }

    @Test("a file is attached once in a message", arguments: StorageBackend.available)
    func twice(_ backend: StorageBackend) async throws {
        let scene = try await Scene(backend)
        let id = try #require(try await scene.upload("ciao", key: nil).json["id"]?.int)
        let reply = try await HTTPClient.request(
            "POST",
            "\(scene.live.url)/api/v1/message.post",
            headers: [("Authorization", "Bearer \(scene.anna.token)")],
            body: JSON.members([
                "channel": .int(scene.channel), "text": "ecco", "files": .array([.int(id), .int(id)]),
            ]).text
        )
        #expect(reply.status == 422)
        let json = try JSONParser.parse(reply.body)
        #expect(json["fields"]?.array?.first?["path"]?.string == "with.files.1")
        try scene.live.stop()
    }
}
