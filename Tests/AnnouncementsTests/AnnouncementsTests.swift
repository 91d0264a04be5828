import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

private struct Scene {
    let c: TestCommunity
    let network: Int64
    let channel: Int64
    let giulia: Member
    let anna: Member

    init(_ backend: StorageBackend) throws {
        c = try TestCommunity(backend)
        network = try c.network()
        channel = try c.channel("annunci", in: network)
        giulia = try c.person("Giulia")
        anna = try c.person("Anna")
        try c.join([giulia, anna], network: network, channel: channel)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    func at(_ local: String, _ zone: String = "Europe/Rome") -> JSON {
        .members(["local": .string(local), "zone": .string(zone)])
    }

    func schedule(_ text: String, _ local: String) throws -> Int64 {
        try c.id(
            c.ok(
                "announcement.schedule",
                ["channel": .int(channel), "text": .string(text), "at": at(local)],
                as: giulia
            )
        )
    }

    func texts() throws -> [String] {
        let messages = try c.ok("message.history", ["channel": .int(channel)], as: anna)["messages"]?.array ?? []
        return messages.compactMap { $0["text"]?.string }
    }

    func text(_ id: Int64, as member: Member? = nil) throws -> String? {
        let all = try c.ok("announcement.list", as: member ?? giulia)["announcements"]?.array ?? []
        return all.first { $0["id"]?.int == id }?["text"]?.string
    }

    /// The announcements' texts in the store.
    func stored() throws -> [String] {
        try c.community.read { try $0.sql.all("SELECT text FROM announcement WHERE text <> ''") { $0.text(0) } }
    }

    func state(_ id: Int64) throws -> String? {
        let all = try c.ok("announcement.list", as: giulia)["announcements"]?.array ?? []
        return all.first { $0["id"]?.int == id }?["state"]?.string
    }
}

// The clock of a TestCommunity starts on 22 November 2026 at 10:00 UTC, 11:00 in Rome.
@Suite("Announcements")
struct AnnouncementsTests {
    @Test("facilitators announce, members do not", arguments: StorageBackend.available)
    func post(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let body: KeyValuePairs<String, JSON> = ["channel": .int(scene.channel), "text": "Avviso"]
        try scene.c.ok("announcement.post", body, as: scene.giulia)
        #expect(try scene.c.refusal("announcement.post", body, as: scene.anna).code == .forbidden)
        let open = try scene.c.channel("generale", in: scene.network)
        try scene.c.ok("channel.join", ["channel": .int(open)], as: scene.giulia)
        #expect(
            try scene.c.refusal("announcement.post", ["channel": .int(open), "text": "x"], as: scene.giulia).code
                == .invalid
        )
        try scene.c.ok("announcement.post", body)
    }

    @Test("a scheduled announcement is sent at its time, once, as its author", arguments: StorageBackend.available)
    func schedule(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let id = try scene.schedule("Fra poco", "2026-11-22T11:30")
        let told = try scene.c.updates(for: scene.giulia).filter { $0.type == "announcement.scheduled" }
        #expect(told.map(\.stream.rawValue) == ["person/\(scene.giulia.id)", "network/\(scene.network)/desk"])
        #expect(told.first?.seq == id)
        #expect(told.first?.data["at"]?["local"]?.string == "2026-11-22T11:30")
        scene.c.clock.advance(seconds: 1_799)
        try scene.c.settle()
        #expect(try scene.texts().isEmpty)
        scene.c.clock.advance(seconds: 1)
        try scene.c.settle()
        try scene.c.settle()
        #expect(try scene.texts() == ["Fra poco"])
        #expect(try scene.state(id) == "sent")
        #expect(try scene.c.updates(for: scene.anna).last?.by == scene.giulia.id)
    }

    @Test(
        "a time that does not exist, is past or stands in no zone is invalid",
        arguments: StorageBackend.available,
        [
            ("2027-03-28T02:30", "Europe/Rome", "with.at.local"), ("2026-02-29T10:00", "Europe/Rome", "with.at.local"),
            ("2026-11-22T10:59", "Europe/Rome", "with.at.local"), ("domani", "Europe/Rome", "with.at.local"),
            ("2026-12-01T25:00", "Europe/Rome", "with.at.local"), ("2026-12-01T10:00", "Roma", "with.at.zone"),
            ("2026-12-01T10:00", "../etc", "with.at.zone"),
        ]
    )
    func badTimes(_ backend: StorageBackend, _ time: (local: String, zone: String, path: String)) throws {
        let scene = try Scene(backend)
        let refusal = try scene.c.refusal(
            "announcement.schedule",
            ["channel": .int(scene.channel), "text": "x", "at": scene.at(time.local, time.zone)],
            as: scene.giulia
        )
        #expect(refusal.code == .invalid)
        #expect(refusal.fields?.first?.path == time.path)
    }

    @Test(
        "a wall-clock time names the right instant; one that exists twice, the first",
        arguments: [
            ("2026-12-01T10:00", "Europe/Rome", "2026-12-01T09:00:00.000Z"),
            ("2026-07-01T10:00:30", "Europe/Rome", "2026-07-01T08:00:30.000Z"),
            ("2026-10-25T02:30", "Europe/Rome", "2026-10-25T00:30:00.000Z"),
            ("2026-10-25T03:00", "Europe/Rome", "2026-10-25T02:00:00.000Z"),
            ("2027-03-28T03:00", "Europe/Rome", "2027-03-28T01:00:00.000Z"),
            ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"),
            ("2026-01-01T00:00", "UTC", "2026-01-01T00:00:00.000Z"),
        ]
    )
    func wallTimes(_ time: (local: String, zone: String, utc: String)) throws {
        #expect(try LocalTime(local: time.local, zone: time.zone).resolved().description == time.utc)
    }

    @Test("after a downtime it is sent up to a day late, then it fails visibly", arguments: StorageBackend.available)
    func late(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let early = try scene.schedule("tardi", "2026-11-22T12:00")
        scene.c.clock.advance(seconds: 3_600 + 86_400)
        try scene.c.settle()
        #expect(try scene.state(early) == "sent")
        let lost = try scene.schedule("troppo tardi", "2026-11-23T13:00")
        scene.c.clock.advance(seconds: 3_600 + 86_401)
        try scene.c.settle()
        #expect(try scene.state(lost) == "failed")
        let failed = try scene.c.updates(for: scene.giulia).filter { $0.type == "announcement.failed" }
        #expect(failed.count == 2)
        #expect(failed.first?.data["reason"]?.string == "late")
        #expect(try scene.texts() == ["tardi"])
    }

    @Test("who lost the right to announce has it fail, and the others still send", arguments: StorageBackend.available)
    func lostRight(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let id = try scene.schedule("non più", "2026-11-22T12:00")
        try scene.c.ok(
            "network.appoint",
            ["network": .int(scene.network), "person": .int(scene.giulia.id.rawValue), "role": "member"]
        )
        let other = try scene.c.id(
            scene.c.ok(
                "announcement.schedule",
                ["channel": .int(scene.channel), "text": "sì", "at": scene.at("2026-11-22T12:00")]
            )
        )
        scene.c.clock.advance(seconds: 3_600)
        try scene.c.settle()
        #expect(try scene.texts() == ["sì"])
        #expect(try scene.state(id) == "failed")
        let all = try scene.c.ok("announcement.list")["announcements"]?.array ?? []
        #expect(all.first { $0["id"]?.int == other }?["state"]?.string == "sent")
        #expect(all.first { $0["id"]?.int == id }?["reason"]?.string == "forbidden")
    }

    @Test("a cancelled announcement is not sent", arguments: StorageBackend.available)
    func cancel(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let id = try scene.schedule("mai", "2026-11-22T12:00")
        let body: KeyValuePairs<String, JSON> = ["announcement": .int(id)]
        #expect(try scene.c.refusal("announcement.cancel", body, as: scene.anna).code == .notFound)
        try scene.c.ok("announcement.cancel", body, as: scene.giulia)
        try scene.c.ok("announcement.cancel", body, as: scene.giulia)
        scene.c.clock.advance(seconds: 7_200)
        try scene.c.settle()
        #expect(try scene.texts().isEmpty)
        let sent = try scene.schedule("ora", "2026-11-22T14:00")
        scene.c.clock.advance(seconds: 3_600)
        try scene.c.settle()
        let refusal = try scene.c.refusal("announcement.cancel", ["announcement": .int(sent)], as: scene.giulia)
        #expect(refusal.code == .conflict && refusal.current?["state"]?.string == "sent")
    }

    @Test("readers say that they have seen it, and the desk learns of it once", arguments: StorageBackend.available)
    func acknowledge(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.c
        let id = try c.id(
            c.ok(
                "announcement.post",
                ["channel": .int(scene.channel), "text": "Leggete", "acknowledge": .bool(true)],
                as: scene.giulia
            )
        )
        #expect(try c.updates(for: scene.anna).last?.data["acknowledge"]?.bool == true)
        for _ in 1...2 { try c.ok("announcement.acknowledge", ["message": .int(id)], as: scene.anna) }
        let told = try c.updates(for: scene.giulia).filter { $0.type == "announcement.acknowledged" }
        #expect(told.count == 1)
        #expect(told.first?.data["person"]?.int == scene.anna.id.rawValue)
        #expect(try !c.updates(for: scene.anna).contains { $0.type == "announcement.acknowledged" })
        let seen = try c.ok("announcement.acknowledgements", ["message": .int(id)], as: scene.giulia)
        #expect(seen["people"]?.array?.compactMap { $0["name"]?.string } == ["Anna"])
        #expect(seen["missing"]?.array?.isEmpty == true)
        #expect(
            try c.refusal("announcement.acknowledgements", ["message": .int(id)], as: scene.anna).code == .forbidden
        )
        let plain = try c.id(
            c.ok("announcement.post", ["channel": .int(scene.channel), "text": "x"], as: scene.giulia)
        )
        #expect(try c.refusal("announcement.acknowledge", ["message": .int(plain)], as: scene.anna).code == .conflict)
    }

    @Test(
        "the text of an announcement goes with its message, or when it is cancelled",
        arguments: StorageBackend.available
    )
    func textsGo(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let sent = try scene.schedule("Segreto", "2026-11-22T11:30")
        let cancelled = try scene.schedule("Ritirato", "2026-11-22T12:30")
        #expect(try scene.text(cancelled) == "Ritirato")
        try scene.c.ok("announcement.cancel", ["announcement": .int(cancelled)], as: scene.giulia)
        #expect(try scene.text(cancelled) == "")
        scene.c.clock.advance(seconds: 1_800)
        try scene.c.settle()
        #expect(try scene.text(sent) == "Segreto")
        #expect(try scene.stored() == [])
        let history = try scene.c.ok("message.history", ["channel": .int(scene.channel)], as: scene.anna)
        let message = try #require(history["messages"]?.array?.first?["id"]?.int)
        try scene.c.ok("message.delete", ["message": .int(message)], as: scene.giulia)
        #expect(try scene.text(sent) == "")
    }

    @Test("the text of one that failed is for its author, for a time", arguments: StorageBackend.available)
    func failedTexts(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let id = try scene.schedule("Tardi", "2026-11-22T11:30")
        scene.c.clock.advance(seconds: 200_000)
        try scene.c.settle()
        #expect(try scene.state(id) == "failed")
        #expect(try scene.text(id) == "Tardi")
        try scene.c.ok(
            "network.appoint",
            ["network": .int(scene.network), "person": .int(scene.anna.id.rawValue), "role": "facilitator"]
        )
        #expect(try scene.text(id, as: scene.anna) == "")
        scene.c.clock.advance(seconds: 2_592_000)
        try scene.c.settle()
        #expect(try scene.text(id) == "")
        #expect(try scene.stored() == [])
    }

    @Test("what an erased author had scheduled is called off and loses its text", arguments: StorageBackend.available)
    func erasedAuthor(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let id = try scene.schedule("Segreto di Giulia", "2026-11-22T11:30")
        try scene.c.ok(
            "network.appoint",
            ["network": .int(scene.network), "person": .int(scene.anna.id.rawValue), "role": "facilitator"]
        )
        try scene.c.ok("person.erase", ["person": .int(scene.giulia.id.rawValue)])
        #expect(try scene.stored() == [])
        #expect(
            try scene.c.updates(for: scene.anna).last { $0.type == "announcement.cancelled" }?.data["id"]?.int == id
        )
        scene.c.clock.advance(seconds: 1_800)
        try scene.c.settle()
        #expect(try scene.texts() == [])
    }
}
