import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

// The clock of a TestCommunity starts on 22 November 2026 at 10:00 UTC, 11:00 in Rome.
@Suite("Announcements of a network that is dormant")
struct DormantTests {
    private struct Scene {
        let c: TestCommunity
        let network: Int64
        let channel: Int64

        init(_ backend: StorageBackend) throws {
            c = try TestCommunity(backend)
            network = try c.network()
            channel = try c.channel("annunci", in: network)
        }

        /// The network's module goes, or is back.
        func setDormant(_ isDormant: Bool) throws {
            let (id, type) = (network, isDormant ? "Gone" : "NationalThematic")
            try c.community.write { work in
                _ = try work.sql.execute("UPDATE network SET type = \(type) WHERE id = \(id)")
            }
        }

        func schedule(_ text: String, _ local: String) throws -> Int64 {
            let at = JSON.members(["local": .string(local), "zone": "Europe/Rome"])
            return try c.id(
                c.ok("announcement.schedule", ["channel": .int(channel), "text": .string(text), "at": at])
            )
        }

        func state(_ id: Int64) throws -> String? {
            let all = try c.ok("announcement.list")["announcements"]?.array ?? []
            return all.first { $0["id"]?.int == id }?["state"]?.string
        }
    }

    @Test("it waits until the module is back, and others are sent meanwhile", arguments: StorageBackend.available)
    func waits(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let id = try scene.schedule("Fra poco", "2026-11-22T11:30")
        let other = try scene.c.network("europa")
        let elsewhere = try scene.c.id(
            scene.c.ok(
                "announcement.schedule",
                [
                    "channel": .int(try scene.c.channel("annunci", in: other)), "text": "altrove",
                    "at": .members(["local": "2026-11-22T11:40", "zone": "Europe/Rome"]),
                ]
            )
        )
        try scene.setDormant(true)
        scene.c.clock.advance(seconds: 3_600)
        try scene.c.settle()
        #expect(try scene.state(id) == "scheduled")
        #expect(try scene.state(elsewhere) == "sent")
        scene.c.clock.advance(seconds: 82_000)
        try scene.c.settle()
        #expect(try scene.state(id) == "scheduled")
        try scene.setDormant(false)
        try scene.c.settle()
        #expect(try scene.state(id) == "sent")
    }

    @Test("a day after its time it fails", arguments: StorageBackend.available)
    func fails(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let id = try scene.schedule("Fra poco", "2026-11-22T11:30")
        try scene.setDormant(true)
        scene.c.clock.advance(seconds: 1_800 + 86_400)
        try scene.c.settle()
        #expect(try scene.state(id) == "scheduled")
        scene.c.clock.advance(seconds: 1)
        try scene.c.settle()
        #expect(try scene.state(id) == "failed")
        let all = try scene.c.ok("announcement.list")["announcements"]?.array ?? []
        #expect(all.first?["reason"]?.string == "late")
    }
}
