import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A person's feed as it was at one moment.
private struct Feed: Equatable {
    let tag: String
    let content: [UInt8]
}

@Suite("A feed's tag", .serialized)
struct CalendarTagTests {
    private static func ask(_ scene: EventScene, _ url: String, known: String? = nil) throws -> (Int, Feed) {
        let response = try scene.c.get(url: url, known: known)
        let tag = try #require(response.headers.first { $0.0 == "ETag" }?.1)
        if case .bytes(let bytes) = response.body { return (response.status, Feed(tag: tag, content: bytes)) }
        return (response.status, Feed(tag: tag, content: []))
    }

    @Test(
        "whatever changes, a feed that reads otherwise has another tag, and one that does not is not sent again",
        arguments: StorageBackend.available,
        [1, 2, 3]
    )
    func changes(_ backend: StorageBackend, seed: UInt64) throws {
        let scene = try EventScene(backend)
        let c = scene.c
        var random = SeededGenerator(seed: seed)
        let urls = try [scene.anna, scene.giulia].map { try #require(try c.ok("calendar.feed", as: $0)["url"]?.string) }
        var acts = try TagActs(scene)
        var latest = try urls.map { try Self.ask(scene, $0).1 }
        // Every tag there ever was stands for one content.
        var known: [[String: [UInt8]]] = latest.map { [$0.tag: $0.content] }
        var (same, other) = (0, 0)
        for step in 0..<150 {
            // Each kind once, then any.
            let name = step < TagActs.names.count ? TagActs.names[step] : TagActs.names.randomElement(using: &random)
            let act = try #require(name)
            try acts.perform(act, &random)
            for (reader, url) in urls.enumerated() {
                let (status, told) = try Self.ask(scene, url, known: latest[reader].tag)
                let (_, fresh) = try Self.ask(scene, url)
                #expect(told.tag == fresh.tag)
                if status == 304 {
                    #expect(fresh.content == latest[reader].content, "step \(step): \(act)")
                    same += 1
                } else {
                    #expect(fresh.tag != latest[reader].tag && told.content == fresh.content, "step \(step): \(act)")
                    other += 1
                }
                if let former = known[reader][fresh.tag] { #expect(former == fresh.content, "step \(step): \(act)") }
                known[reader][fresh.tag] = fresh.content
                if TagActs.elsewhere.contains(act) { #expect(status == 304, "step \(step): \(act)") }
                latest[reader] = fresh
            }
        }
        #expect(same > 20 && other > 50, "\(same) the same, \(other) others")
        #expect(acts.done == Set(TagActs.names), "never done: \(Set(TagActs.names).subtracting(acts.done))")
    }

    @Test("each column that an event is read from is in the tag", arguments: StorageBackend.available)
    func columns(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let series = try scene.answer(
            scene.ask(
                "series.create",
                [
                    "network": .int(scene.network), "kind": "webinar", "title": "Ciclo", "rule": "FREQ=DAILY;COUNT=2",
                    "start": EventScene.at("2026-12-02T10:00"), "end": EventScene.at("2026-12-02T11:00"),
                ]
            )
        )
        try scene.c.ok("series.publish", ["series": series["id"] ?? .null, "revision": 1], as: scene.giulia)
        let url = try #require(try scene.c.ok("calendar.feed", as: scene.anna)["url"]?.string)
        var tags = [try Self.ask(scene, url).1.tag]
        for change: SQLQuery in [
            "UPDATE event SET title = 'Altro'", "UPDATE event SET reason = ''", "UPDATE event SET reason = NULL",
            "UPDATE event SET details = '{\"place\":\"Roma\"}'", "UPDATE event SET start_local = '2026-12-02T09:00:00'",
            "UPDATE event SET start_zone = 'Europe/Paris'", "UPDATE event SET end_local = '2026-12-02T12:00:00'",
            "UPDATE event SET end_zone = 'Europe/Paris'", "UPDATE event SET starts = starts + 1",
            "UPDATE event SET ends = ends + 1", "UPDATE event SET state = 'cancelled'",
            "UPDATE event SET sequence = 9", "UPDATE event SET revision = 9", "UPDATE event SET edited = 9",
            "UPDATE event SET changed_at = 9", "UPDATE event SET created_at = 9", "UPDATE event SET creator = 0",
            "UPDATE event SET kind = 'other'", "UPDATE event SET series_index = series_index + 7",
            "UPDATE event_series SET planned = 99", "UPDATE event SET series = NULL",
            "UPDATE calendar_name SET value = 'altra'",
        ] {
            try scene.c.community.write { work in _ = try work.sql.execute(change) }
            let tag = try Self.ask(scene, url).1.tag
            // Going back to nothing is the one that is known.
            if let last = tags.last { #expect(last != tag, "\(change)") }
            tags.append(tag)
        }
        #expect(Set(tags).count == tags.count - 1)
    }

    @Test("another run of the server has other tags", arguments: StorageBackend.available)
    func restart(_ backend: StorageBackend) throws {
        let folder = try TemporaryFolder()
        let c = try TestCommunity(backend, in: folder)
        let person = try c.person("Anna")
        let url = try #require(try c.ok("calendar.feed", as: person)["url"]?.string)
        func tag(_ c: TestCommunity) throws -> String? { try c.get(url: url).headers.first { $0.0 == "ETag" }?.1 }
        let before = try tag(c)
        #expect(try tag(c) == before)
        try c.stop()
        #expect(try tag(TestCommunity(backend, in: folder)) != before)
    }
}

extension TestCommunity {
    /// The feed of an address, asked by who has that tag already.
    fileprivate func get(url: String, known: String? = nil) throws -> WebResponse {
        let secret = url.split(separator: "/").last?.dropLast(4) ?? ""
        let route = try #require(community.registry.routes.first { $0.pattern == "/calendar/{secret}.ics" })
        let request = WebRequest(
            parameters: ["secret": String(secret)],
            query: [:],
            headers: known.map { ["if-none-match": $0] } ?? [:],
            body: [],
            bodyFile: nil,
            actor: .nobody,
            address: nil
        )
        return try route.handle(request, community)
    }
}
