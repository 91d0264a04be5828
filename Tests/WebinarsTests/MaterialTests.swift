import CommunityKernel
import Foundation
import Journal
import ServerApp
import SocketTransport
import TestKit
import Testing
import Webinars
import WireProtocol

@Suite("Recordings, slides and captions", .serialized)
struct MaterialTests {
    private static func list(_ town: WebinarTown, _ event: Int64, as person: Member) throws -> [JSON] {
        try town.c.ok("webinar.get", ["event": .int(event)], as: person)["materials"]?.array ?? []
    }

    @Test(
        "an address is attached by facilitators, listed for the network, and taken away",
        arguments: StorageBackend.available
    )
    func addresses(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend)
        let event = try town.event(WebinarTown.link)
        let body: KeyValuePairs<String, JSON> = [
            "event": .int(event), "kind": "recording", "title": "Registrazione",
            "url": "https://video.example.it/titolo-segreto",
        ]
        for person in [town.anna, town.speaker, town.member] {
            #expect(try town.c.refusal("webinar.attach", body, as: person).code == .forbidden)
        }
        #expect(try town.c.refusal("webinar.attach", body, as: town.stranger).code == .notFound)
        let id = try town.c.id(town.c.ok("webinar.attach", body, as: town.giulia))
        let listed = try Self.list(town, event, as: town.member)
        #expect(listed.map { $0["url"]?.string } == ["https://video.example.it/titolo-segreto"])
        #expect(listed.first?["kind"]?.string == "recording")
        #expect(try town.c.updates(for: town.member).last?.type == "webinar.attached")
        #expect(try town.c.refusal("webinar.detach", ["material": .int(id)], as: town.anna).code == .forbidden)
        #expect(try town.c.refusal("webinar.detach", ["material": .int(id)], as: town.stranger).code == .notFound)
        try town.c.ok("webinar.detach", ["material": .int(id)], as: town.giulia)
        #expect(try Self.list(town, event, as: town.member).isEmpty)
        for update in try town.c.updates(for: town.member) {
            #expect(!String(decoding: JSON.object(update.data).text, as: UTF8.self).contains("segreto"))
        }
        #expect(try town.c.refusal("webinar.detach", ["material": .int(id)], as: town.giulia).code == .notFound)
    }

    @Test("what is wrong is told by its field, and the number is bounded", arguments: StorageBackend.available)
    func wrong(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend) { $0.webinar.materials = 2 }
        let event = try town.event(WebinarTown.link)
        func problem(_ fields: KeyValuePairs<String, JSON>) throws -> String? {
            try town.c.refusal("webinar.attach", fields, as: town.giulia).fields?.first?.path
        }
        let id = JSON.int(event)
        for url in ["http://a.example", "javascript:alert(1)", "https://", "https://a b"] {
            #expect(try problem(["event": id, "kind": "slides", "title": "A", "url": .string(url)]) == "with.url")
        }
        #expect(try problem(["event": id, "kind": "film", "title": "A", "url": "https://a.example"]) == "with.kind")
        #expect(try problem(["event": id, "kind": "slides", "title": "A"]) == "with.file")
        #expect(try problem(["event": id, "kind": "slides", "url": "https://a.example"]) == "with.title")
        let both: KeyValuePairs<String, JSON> = ["event": id, "kind": "slides", "file": 7, "url": "https://a.example"]
        #expect(try problem(both) == "with.url")
        let good: KeyValuePairs<String, JSON> = [
            "event": id, "kind": "slides", "title": "A", "url": "https://a.example",
        ]
        for _ in 0..<2 { try town.c.ok("webinar.attach", good, as: town.giulia) }
        #expect(try town.c.refusal("webinar.attach", good, as: town.giulia).code == .full)
        let head = town.c.head
        let foreign: KeyValuePairs<String, JSON> = ["event": id, "kind": "slides", "file": 999_999]
        #expect(try [.full, .notFound].contains(town.c.refusal("webinar.attach", foreign, as: town.giulia).code))
        #expect(town.c.head == head)
    }

    @Test("a file is read by those who know of the event, and nobody else", arguments: StorageBackend.available)
    func files(_ backend: StorageBackend) async throws {
        let live = try LiveServer(backend)
        let city = try live.ok("organisation.create", ["kind": "citta_metropolitana", "slug": "bo", "name": "Bologna"])
        guard let city = city["id"]?.int else { throw UnexpectedOutcome("no city") }
        let network = try live.ok(
            "network.create",
            ["type": "NationalThematic", "slug": "rete", "name": .members(["it": "Rete", "en": "Network"])]
        )
        guard let network = network["id"]?.int else { throw UnexpectedOutcome("no network") }
        let giulia = try await live.person("Giulia", city: city)
        let anna = try await live.person("Anna", city: city)
        let stranger = try await live.person("Estraneo", city: city)
        func member(_ person: (id: Int64, token: String)) -> Member {
            Member(id: MemberID(person.id), kind: .person, name: "P")
        }
        for person in [giulia, anna] { try live.ok("network.join", ["network": .int(network)], as: member(person)) }
        try live.ok("network.appoint", ["network": .int(network), "person": .int(giulia.id), "role": "facilitator"])
        let channels = try live.ok("channel.list", ["network": .int(network)])["channels"]?.array ?? []
        guard let channel = channels.first(where: { $0["slug"]?.string == "webinar" })?["id"]?.int else {
            throw UnexpectedOutcome("no channel")
        }
        try live.ok("channel.join", ["channel": .int(channel)], as: member(giulia))
        func time(_ local: String) -> JSON { .members(["local": .string(local), "zone": "Europe/Rome"]) }
        let event = try live.ok(
            "event.create",
            [
                "network": .int(network), "kind": "webinar", "title": "Sportello",
                "start": time("2020-12-10T10:00"), "end": time("2020-12-10T12:00"),
            ],
            as: member(giulia)
        )["id"]?.int
        guard let event else { throw UnexpectedOutcome("no event") }
        try live.ok("event.publish", ["event": .int(event), "revision": 1], as: member(giulia))
        let url = live.url
        func get(_ file: Int64, _ token: String) async throws -> Int {
            Int(
                try await HTTPClient.request(
                    "GET",
                    "\(url)/files/\(file)",
                    headers: [("Authorization", "Bearer \(token)"), ("Accept", "application/json")]
                ).status
            )
        }
        func put(_ name: String, _ token: String) async throws -> Int64 {
            let reply = try await HTTPClient.request(
                "PUT",
                "\(url)/api/v1/files?name=\(name)&channel=\(channel)",
                headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "text/plain")],
                body: Array("WEBVTT\n\n00:01.000 --> 00:04.000\nBuongiorno \(name)\n".utf8)
            )
            guard let id = try JSONParser.parse(reply.body)["id"]?.int else {
                throw UnexpectedOutcome("upload: \(reply.status)")
            }
            return id
        }
        let file = try await put("sottotitoli.vtt", giulia.token)
        #expect(try await get(file, anna.token) == 404)
        let body: KeyValuePairs<String, JSON> = ["event": .int(event), "kind": "captions", "file": .int(file)]
        let attached = try live.ok("webinar.attach", body, as: member(giulia))
        // Anna is in the network, in no channel of it.
        #expect(try await get(file, anna.token) == 200)
        #expect(try await get(file, stranger.token) == 404)
        let listed = try live.ok("webinar.get", ["event": .int(event)], as: member(anna))["materials"]?.array?.first
        #expect(listed?["file"]?["name"]?.string == "sottotitoli.vtt")
        #expect(listed?["title"]?.string == "sottotitoli.vtt")
        func refused(_ body: KeyValuePairs<String, JSON>) -> Bool {
            (try? live.ok("webinar.attach", body, as: member(giulia))) == nil
        }
        // A file is attached once, and only one's own.
        #expect(refused(body))
        let foreign = try await put("di-anna.vtt", giulia.token)
        try live.ok("network.appoint", ["network": .int(network), "person": .int(anna.id), "role": "facilitator"])
        let theft: KeyValuePairs<String, JSON> = ["event": .int(event), "kind": "captions", "file": .int(foreign)]
        #expect((try? live.ok("webinar.attach", theft, as: member(anna))) == nil)
        // It goes with what was attached, and with its person.
        try live.ok("webinar.detach", ["material": attached["id"] ?? .null], as: member(giulia))
        #expect(try await get(file, giulia.token) == 404)
        try live.ok("webinar.attach", theft, as: member(giulia))
        #expect(try await get(foreign, anna.token) == 200)
        try live.ok("person.erase", ["person": .int(giulia.id)])
        #expect(try await get(foreign, anna.token) == 404)
        let left = try live.ok("webinar.get", ["event": .int(event)], as: member(anna))["materials"]?.array
        #expect(left?.isEmpty == true)
        try live.stop()
    }

    @Test("the recordings of a meeting are attached once its server has them", arguments: StorageBackend.available)
    func recordings(_ backend: StorageBackend) async throws {
        let scene = try BigBlueButtonTown(backend) { $0.bigbluebutton.recording = "on" }
        let event = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try scene.town.join(event, as: scene.town.anna)
        scene.town.clock(minutes: 181)
        for _ in 0..<3 { try scene.keeper.round(in: scene.town.c.community) }
        let calls = try await scene.calls().map(\.name)
        #expect(calls.filter { $0 == "getRecordings" }.count == 1)
        let listed = try Self.list(scene.town, event, as: scene.town.member)
        #expect(listed.map { $0["url"]?.string } == ["https://bbb.example.it/playback/r1"])
        #expect(listed.map { $0["title"]?.string } == ["Sportello & unico"])
        #expect(try scene.town.c.rows(of: "webinar_meeting WHERE finished = 1") == 1)
    }
}
