import CommunityKernel
import Journal
import Logging
import ServerApp
import SocketTransport
import TestKit
import Testing
import WireProtocol

@testable import Webinars

@Suite("Rooms on a BigBlueButton server", .serialized)
struct BigBlueButtonTests {
    @Test("the server makes the meeting, and lets each in by a signed address", arguments: StorageBackend.available)
    func join(_ backend: StorageBackend) async throws {
        let scene = try BigBlueButtonTown(backend) {
            $0.bigbluebutton.recording = "on"
            // Longer than the slowest machine needs for this test.
            $0.bigbluebutton.trust = 3_600
        }
        let event = try scene.event()
        scene.town.clock(minutes: -15)
        for (person, role) in [(scene.town.anna, "VIEWER"), (scene.town.speaker, "MODERATOR")] {
            let (url, expires) = try scene.town.join(event, as: person)
            #expect(expires == WebinarTown.start.advanced(bySeconds: 7_200))
            let answer = try await scene.server.ask(RoomServer.target(url)).text
            #expect(answer.contains("<fullName>\(person.name)</fullName><role>\(role)</role>"), "\(answer)")
            // One character more, and the address is nobody's.
            let forged = try RoomServer.target(url).replacing("fullName=", with: "fullName=X")
            #expect(try await scene.server.ask(forged).text.contains("checksumError"))
        }
        let calls = try await scene.calls()
        // The second who enters finds the room open: the server is not asked again.
        #expect(calls.map(\.name) == ["create", "hooks/create", "join", "join", "join", "join"])
        #expect(calls[0].fields["name"]?.string == "Sportello <unico> & edilizia")
        #expect(calls[0].fields["record"]?.string == "true")
        #expect(calls[0].fields["logoutURL"]?.string == "https://community.example.it/events/\(event)")
        #expect(calls[1].fields["callbackURL"]?.string == "https://community.example.it/rooms/bigbluebutton/\(event)")
        #expect(calls[2].fields["userID"]?.string == String(scene.town.anna.id.rawValue))
        // Nothing else of the person leaves.
        #expect(!"\(calls)".contains("@example.it"))
    }

    @Test(
        "a server that hangs, floods, jokes, points elsewhere or breaks is away, and then left alone for a while",
        arguments: ["hang", "flood", "laugh", "moved", "broken"]
    )
    func trouble(_ mood: String) async throws {
        // Left alone for longer than the slowest machine needs for this test.
        let scene = try BigBlueButtonTown(.sqlite) { $0.bigbluebutton.pause = 3_600 }
        let event = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try await scene.server.ask("/mood/\(mood)")
        let refusal = try scene.town.refusal(event, as: scene.town.anna)
        #expect(refusal.code == .unavailable)
        #expect(refusal.retryAfterMs == 3_600_000)
        #expect(!refusal.message.contains(BigBlueButtonTown.secret) && !refusal.message.contains("checksum="))
        let asked = try await scene.calls().count
        _ = try await scene.server.ask("/mood/well")
        #expect(try scene.town.refusal(event, as: scene.town.speaker).code == .unavailable)
        #expect(try await scene.calls().count == asked)
        #expect(try scene.town.c.rows(of: "webinar_meeting") == 0)
    }

    @Test("a server without webhooks has rooms, and the log says that attendance is not told")
    func hookless() async throws {
        let scene = try BigBlueButtonTown(.sqlite)
        _ = try await scene.server.ask("/mood/hookless")
        let event = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try scene.town.join(event, as: scene.town.anna)
        let keeper = try #require(
            scene.town.c.community.registry.services.lazy.compactMap { $0 as? MeetingKeeper }.first
        )
        let paper = LogPaper()
        keeper.report(to: Logger(label: "rooms") { _ in paper.handler })
        let expected = "warning code=room.hook error=refused(\"unsupportedRequest\") event=\(event)"
        #expect(paper.lines == [expected])
        // Each is told once.
        keeper.report(to: Logger(label: "rooms") { _ in paper.handler })
        #expect(paper.lines.count == 1)
    }

    @Test("a server with another secret", arguments: StorageBackend.available)
    func secret(_ backend: StorageBackend) async throws {
        let scene = try BigBlueButtonTown(backend) { $0.bigbluebutton.secret = "un segreto che non è il suo" }
        let event = try scene.event()
        scene.town.clock(minutes: 0)
        let refusal = try scene.town.refusal(event, as: scene.town.anna)
        #expect(refusal.code == .unavailable)
        #expect(refusal.message.contains("checksumError"))
    }

    // MARK: Who came and went

    @Test("stays are kept once, however often they are told", arguments: StorageBackend.available)
    func attendance(_ backend: StorageBackend) async throws {
        let scene = try BigBlueButtonTown(backend)
        let event = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try scene.town.join(event, as: scene.town.anna)
        let meeting = try await scene.meeting(event)
        let (anna, paolo) = (scene.town.anna.id.rawValue, scene.town.speaker.id.rawValue)
        let start = WebinarTown.start
        func news(_ id: String, _ session: String, _ person: Int64, minutes: Int64) -> JSON {
            let at = start.advanced(bySeconds: minutes * 60)
            return BigBlueButtonTown.news(id, meeting: meeting, session: session, person: person, at: at)
        }
        let came = news("user-joined", "w_1", anna, minutes: 1)
        let went = news("user-left", "w_1", anna, minutes: 41)
        scene.town.clock(minutes: 100)
        try scene.tell(event, [came])
        try scene.tell(event, [came, news("user-joined", "w_2", paolo, minutes: 2)])
        #expect(scene.kept.stays.isEmpty)
        for _ in 0..<3 { try scene.tell(event, [went, came]) }
        let first = Kept.Stay(event: event, person: anna, seconds: 2_400)
        #expect(scene.kept.stays == [first])
        // A second device is a stay of its own; the end of the meeting ends what is open, once.
        try scene.tell(event, [news("user-joined", "w_3", anna, minutes: 50)])
        for _ in 0..<2 { try scene.tell(event, [news("meeting-ended", "", 0, minutes: 90)]) }
        #expect(
            scene.kept.stays == [
                first, Kept.Stay(event: event, person: paolo, seconds: 5_280),
                Kept.Stay(event: event, person: anna, seconds: 2_400),
            ]
        )
        // Who is nobody here, what is of another meeting, what is of last week and what is no news changes nothing.
        let rows = try scene.town.c.rows(of: "webinar_stay")
        let old = start.advanced(bySeconds: -7 * 86_400)
        try scene.tell(
            event,
            [
                news("user-joined", "w_4", 999_999, minutes: 1), news("user-talking", "w_5", anna, minutes: 1),
                BigBlueButtonTown.news("user-joined", meeting: "another", session: "w_6", person: anna, at: start),
                BigBlueButtonTown.news("user-joined", meeting: meeting, session: "w_7", person: anna, at: old),
                .members(["data": .int(3)]),
            ]
        )
        #expect(try scene.town.c.rows(of: "webinar_stay") == rows)
        #expect(scene.kept.stays.count == 3)
    }

    @Test("stays in the room are minutes of attendance", arguments: StorageBackend.available)
    func minutes(_ backend: StorageBackend) async throws {
        let scene = try BigBlueButtonTown(backend)
        let event = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try scene.town.join(event, as: scene.town.anna)
        let meeting = try await scene.meeting(event)
        let c = scene.town.c
        let route = c.community.registry.routes.first { $0.pattern == "/rooms/bigbluebutton/{event}" }
        scene.town.clock(minutes: 121)
        for (index, person) in [scene.town.anna, scene.town.stranger].enumerated() {
            let news = [("user-joined", -5), ("user-left", 100)].map { id, minutes in
                BigBlueButtonTown.news(
                    id,
                    meeting: meeting,
                    session: "w_\(index)",
                    person: person.id.rawValue,
                    at: WebinarTown.start.advanced(bySeconds: Int64(minutes) * 60)
                )
            }
            // Whoever has no seat and no part in the network is not kept, and the server is not made to ask again.
            try scene.tell(event, news, through: route)
        }
        let people = try c.ok("attendance.list", ["event": .int(event)], as: scene.town.giulia)["people"]?.array ?? []
        let minutes = people.compactMap { item in item["minutes"]?.int.map { (item["person"]?["id"]?.int, $0) } }
        #expect(minutes.filter { $0.1 > 0 }.map(\.0) == [scene.town.anna.id.rawValue])
        #expect(minutes.first { $0.1 > 0 }?.1 == 100)
    }

    @Test("a forged callback is refused and writes nothing", arguments: StorageBackend.available)
    func forged(_ backend: StorageBackend) async throws {
        let scene = try BigBlueButtonTown(backend)
        let event = try scene.event()
        let other = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try scene.town.join(event, as: scene.town.anna)
        let meeting = try await scene.meeting(event)
        let person = scene.town.anna.id.rawValue
        let news = BigBlueButtonTown.news(
            "user-joined",
            meeting: meeting,
            session: "w_1",
            person: person,
            at: WebinarTown.start
        )
        let head = scene.town.c.head
        func refusal(_ body: () throws -> Void) -> WireErrorCode? {
            do {
                try body()
                return nil
            } catch { return (error as? WireError)?.code }
        }
        #expect(refusal { try scene.tell(event, [news], secret: "un altro segreto") } == .unauthenticated)
        #expect(refusal { try scene.tell(event, [news], checksum: "") } == .unauthenticated)
        #expect(
            refusal { try scene.tell(event, [news], checksum: String(repeating: "0", count: 64)) } == .unauthenticated
        )
        #expect(refusal { try scene.tell(event, [news], signedFor: other) } == .unauthenticated)
        // Rightly signed, and not what it should be.
        #expect(refusal { try scene.tell(event, Array(repeating: news, count: 101)) } == .invalid)
        #expect(refusal { try scene.tell(other, [news]) } == .closed)
        #expect(try scene.town.c.rows(of: "webinar_stay") == 0)
        #expect(scene.town.c.head == head)
        try scene.tell(event, [news])
        #expect(try scene.town.c.rows(of: "webinar_stay") == 1)
    }

    @Test("over HTTP a forged callback gets 401 as a problem", arguments: StorageBackend.available)
    func http(_ backend: StorageBackend) async throws {
        let live = try LiveServer(backend) {
            $0.bigbluebutton.url = "https://bbb.example.it/bigbluebutton"
            $0.bigbluebutton.secret = BigBlueButtonTown.secret
        }
        for path in [
            "/rooms/bigbluebutton/7?checksum=00", "/rooms/bigbluebutton/7", "/rooms/bigbluebutton/x?checksum=00",
        ] {
            let reply = try await HTTPClient.request(
                "POST",
                live.url + path,
                headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
                body: Array("event=%5B%5D".utf8)
            )
            #expect(reply.status == 401)
            #expect(try JSONParser.parse(reply.body)["code"]?.string == "unauthenticated")
        }
        try live.stop()
    }

    // MARK: The end

    @Test("a meeting that goes on is ended after an hour, one called off at once", arguments: StorageBackend.available)
    func end(_ backend: StorageBackend) async throws {
        let scene = try BigBlueButtonTown(backend)
        let event = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try scene.town.join(event, as: scene.town.anna)
        let meeting = try await scene.meeting(event)
        try scene.tell(
            event,
            [
                BigBlueButtonTown.news(
                    "user-joined",
                    meeting: meeting,
                    session: "w_1",
                    person: scene.town.anna.id.rawValue,
                    at: WebinarTown.start
                )
            ]
        )
        for minutes in [60, 179] as [Int64] {
            scene.town.clock(minutes: minutes)
            try scene.keeper.round(in: scene.town.c.community)
            #expect(try await !scene.calls().contains { $0.name == "end" })
        }
        _ = try await scene.server.ask("/mood/broken")
        scene.town.clock(minutes: 180)
        try scene.keeper.round(in: scene.town.c.community)
        #expect(scene.kept.stays.isEmpty)
        _ = try await scene.server.ask("/mood/well")
        scene.town.clock(minutes: 182)
        try scene.keeper.round(in: scene.town.c.community)
        #expect(try await scene.calls().last?.name == "end")
        #expect(scene.kept.stays == [Kept.Stay(event: event, person: scene.town.anna.id.rawValue, seconds: 10_920)])

        scene.town.clock(minutes: -10_000)
        let second = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try scene.town.join(second, as: scene.town.anna)
        let revision = try scene.town.c.ok("event.get", ["event": .int(second)], as: scene.town.giulia)["revision"]
        try scene.town.c.ok(
            "event.cancel",
            ["event": .int(second), "revision": revision ?? .null, "reason": "Guasto"],
            as: scene.town.giulia
        )
        scene.town.clock(minutes: 1)
        try scene.keeper.round(in: scene.town.c.community)
        let ends = try await scene.calls().filter { $0.name == "end" }
        #expect(Set(ends.compactMap { $0.fields["meetingID"]?.string }).count == 2)
    }

    @Test("a person's stays are exported, and erased with the person", arguments: StorageBackend.available)
    func privacy(_ backend: StorageBackend) async throws {
        let scene = try BigBlueButtonTown(backend)
        let event = try scene.event()
        scene.town.clock(minutes: 0)
        _ = try scene.town.join(event, as: scene.town.anna)
        let (meeting, anna) = (try await scene.meeting(event), scene.town.anna)
        let news = BigBlueButtonTown.news(
            "user-joined",
            meeting: meeting,
            session: "w_1",
            person: anna.id.rawValue,
            at: WebinarTown.start
        )
        try scene.tell(event, [news])
        #expect(try scene.town.c.export(of: anna)["roomStays"]?.array?.first?["event"]?.int == event)
        try scene.town.c.ok("person.erase", ["person": .int(anna.id.rawValue)])
        try scene.town.c.settle()
        #expect(try scene.town.c.rows(of: "webinar_stay") == 0)
    }

    @Test("a document with a type, a deep one and one without end are no answer")
    func xml() {
        func parse(_ text: String) -> XMLElement? { XMLElement.parse(Array(text.utf8)) }
        #expect(parse("<a><b> x &amp; <![CDATA[<y>]]> </b></a>")?.value("b") == "x & <y>")
        #expect(parse("<!DOCTYPE a><a/>") == nil)
        #expect(parse("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>") == nil)
        #expect(parse(String(repeating: "<a>", count: 40) + String(repeating: "</a>", count: 40)) == nil)
        #expect(parse("<a>" + String(repeating: "<b/>", count: 20_001) + "</a>") == nil)
        #expect(parse("<a>") == nil)
        #expect(parse("") == nil)
    }
}
