import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Channels shared with other networks")
struct SharingTests {
    /// A network with a facilitator, and another one whose member is a guest.
    private struct Scene {
        let home: ChannelScene
        let other: Int64
        let host: Member
        let guest: Member
        let channel: Int64
        var c: TestCommunity { home.c }
        var pair: KeyValuePairs<String, JSON> { ["channel": .int(channel), "network": .int(other)] }

        init(_ backend: StorageBackend) throws {
            home = try ChannelScene(backend)
            let c = home.c
            other = try c.network("altrove")
            host = try c.person("Olga")
            guest = try c.person("Gino")
            try c.join([host, guest], network: other)
            try c.ok(
                "network.appoint",
                ["network": .int(other), "person": .int(host.id.rawValue), "role": "facilitator"]
            )
            channel = try home.make("comune")
        }

        func read(_ member: Member) -> WireErrorCode? {
            switch c.outcome("message.history", ["channel": .int(channel)], as: member) {
            case .done: nil
            case .refused(let error): error.code
            }
        }
    }

    @Test("a channel is shared by both sides, and lost with the share", arguments: StorageBackend.available)
    func sharing(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        #expect(try s.c.refusal("channel.share", s.pair, as: s.home.anna).code == .forbidden)
        #expect(try s.c.refusal("channel.acceptShare", s.pair, as: s.host).code == .notFound)
        try s.c.ok("channel.share", s.pair)
        #expect(s.read(s.guest) == .notFound)
        #expect(try s.c.refusal("channel.acceptShare", s.pair, as: s.guest).code == .forbidden)
        try s.c.ok("channel.acceptShare", s.pair, as: s.host)
        #expect(s.read(s.guest) == nil)
        #expect(try s.home.listed(s.channel, for: s.guest) != nil)
        try s.c.ok("channel.join", ["channel": .int(s.channel)], as: s.guest)
        try s.c.ok("message.post", ["channel": .int(s.channel), "text": "eccomi"], as: s.guest)
        #expect(try s.c.refusal("channel.revokeShare", s.pair, as: s.guest).code == .forbidden)
        try s.c.ok("channel.revokeShare", s.pair, as: s.host)
        #expect(s.read(s.guest) == .notFound)
        #expect(try s.home.listed(s.channel, for: s.guest) == nil)
        let last = try #require(s.c.updates(for: s.guest).last)
        #expect(last.type == "access.lost")
        #expect(last.data["streams"] == .array([.string("channel/\(s.channel)")]))
        let head = s.c.head
        try s.c.ok("channel.join", ["channel": .int(s.channel)], as: s.home.anna)
        #expect(try s.c.updates(for: s.guest, after: head).isEmpty)
    }

    @Test("who leaves the network that has the channel loses it", arguments: StorageBackend.available)
    func leaving(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        try s.c.ok("channel.share", s.pair)
        try s.c.ok("channel.acceptShare", s.pair, as: s.host)
        try s.c.ok("channel.join", ["channel": .int(s.channel)], as: s.guest)
        try s.c.ok("network.leave", ["network": .int(s.other)], as: s.guest)
        #expect(s.read(s.guest) == .notFound)
        #expect(try s.c.updates(for: s.guest).last?.type == "access.lost")
    }

    @Test("a private channel is not shared, nor told of", arguments: StorageBackend.available)
    func secrets(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        let secret = try s.home.make("segreto", "private")
        for (channel, member, code) in [
            (secret, s.home.giulia, WireErrorCode.invalid), (secret, s.host, .notFound), (999_999, s.host, .notFound),
        ] {
            let pair: KeyValuePairs<String, JSON> = ["channel": .int(channel), "network": .int(s.other)]
            #expect(try s.c.refusal("channel.share", pair, as: member).code == code)
            #expect(try s.c.refusal("channel.revokeShare", pair, as: member).code == .notFound)
        }
    }

    @Test("who was a guest while no mandate carried it is out with the share", arguments: StorageBackend.available)
    func restingGuest(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        try s.c.ok("channel.share", s.pair)
        try s.c.ok("channel.acceptShare", s.pair, as: s.host)
        try s.c.ok("channel.join", ["channel": .int(s.channel)], as: s.guest)
        let mandate = try #require(try s.c.ok("person.me", as: s.guest)["mandates"]?.array?.first)
        try s.c.ok("mandate.end", ["mandate": mandate["id"] ?? .null])
        try s.c.ok("channel.revokeShare", s.pair, as: s.host)
        try s.c.ok(
            "mandate.grant",
            [
                "person": .int(s.guest.id.rawValue), "organisation": mandate["organisation"] ?? .null,
                "role": "employee",
            ]
        )
        try s.c.ok("network.join", ["network": .int(s.home.network)], as: s.guest)
        #expect(try s.home.listed(s.channel, for: s.guest)?["member"]?.bool == false)
        try s.c.ok("channel.join", ["channel": .int(s.channel)], as: s.guest)
        let posted = try s.c.id(
            s.c.ok("message.post", ["channel": .int(s.channel), "text": "di casa"], as: s.home.giulia)
        )
        #expect(try s.c.updates(for: s.guest).contains { $0.data["id"]?.int == posted })
    }

    @Test(
        "facilitators of both sides see what is offered and taken, others do not",
        arguments: StorageBackend.available
    )
    func listed(_ backend: StorageBackend) throws {
        let s = try Scene(backend)
        try s.c.ok("channel.share", s.pair)
        func shares(_ network: Int64, _ member: Member) throws -> [JSON] {
            try s.c.ok("channel.shares", ["network": .int(network)], as: member)["shares"]?.array ?? []
        }
        for (network, member) in [(s.home.network, s.home.giulia), (s.other, s.host)] {
            let listed = try shares(network, member)
            #expect(listed.compactMap { $0["channel"]?.int } == [s.channel])
            #expect(listed.first?["accepted"]?.bool == false)
        }
        #expect(try shares(s.home.network, s.home.giulia).first?["otherName"]?.string == "altrove")
        try s.c.ok("channel.acceptShare", s.pair, as: s.host)
        #expect(try shares(s.other, s.host).first?["accepted"]?.bool == true)
        #expect(try s.c.refusal("channel.shares", ["network": .int(s.other)], as: s.guest).code == .forbidden)
    }
}
