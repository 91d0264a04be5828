import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Polls in a webinar", .serialized)
struct LivePollTests {
    @Test(
        "what is prepared only speakers and facilitators know of, until it is opened",
        arguments: StorageBackend.available
    )
    func prepared(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        // A day before, long before the room opens.
        town.clock(minutes: -24 * 60)
        let poll = try scene.create(as: town.speaker)
        for person in [town.speaker, town.giulia] {
            let seen = try scene.list(as: person)
            #expect(seen.map { $0["state"]?.string } == ["prepared"])
            #expect(seen.first?["counts"]?.array?.compactMap(\.int) == [0, 0, 0])
            #expect(try c.updates(for: person).last?.type == "livePoll.prepared")
        }
        for person in [town.anna, town.member, town.waiting] {
            #expect(try scene.list(as: person).isEmpty)
            #expect(try !c.updates(for: person).contains { $0.type.hasPrefix("livePoll.") })
        }
        let body = scene.of(poll)
        for name in ["livePoll.open", "livePoll.close", "livePoll.remove"] {
            #expect(try c.refusal(name, body, as: town.anna).code == .notFound)
            #expect(try c.refusal(name, body, as: town.stranger).code == .notFound)
        }
        #expect(try c.refusal("livePoll.answer", scene.answer(poll, [0]), as: town.anna).code == .notFound)
        #expect(try c.refusal("livePoll.open", body, as: town.speaker).code == .tooEarly)
        town.clock(minutes: 5)
        #expect(try c.refusal("livePoll.answer", scene.answer(poll, [0]), as: town.giulia).code == .conflict)
        #expect(try c.refusal("livePoll.close", body, as: town.giulia).current?["state"]?.string == "prepared")
        try c.ok("livePoll.open", body, as: town.giulia)
        let opened = try #require(try c.updates(for: town.member).last)
        #expect(opened.type == "livePoll.opened" && opened.data["question"]?.string == "Quando?")
        #expect(opened.data["options"]?.array?.compactMap(\.string) == ["Lunedì", "Martedì", "Mai"])
        #expect(try scene.list(as: town.member).map { $0["state"]?.string } == ["open"])
        let head = c.head
        try c.ok("livePoll.open", body, as: town.speaker)
        #expect(c.head == head)
    }

    @Test("those in the room answer once, change it and take it back", arguments: StorageBackend.available)
    func answers(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        let poll = try scene.create(["results": "live", "open": .bool(true)], as: town.giulia)
        func answer(_ options: [Int64], as person: Member) throws -> Int64? {
            try c.ok("livePoll.answer", scene.answer(poll, options), as: person)["answered"]?.int
        }
        #expect(try answer([0], as: town.anna) == 1)
        let head = c.head
        #expect(try answer([0], as: town.anna) == 1)
        #expect(c.head == head)
        #expect(try answer([2], as: town.speaker) == 2)
        #expect(try answer([2], as: town.anna) == 2)
        #expect(try scene.counts(as: town.member) == [0, 0, 2])
        #expect(try scene.mine(as: town.anna) == [2])
        #expect(try scene.mine(as: town.member) == [])
        #expect(try answer([], as: town.speaker) == 1)
        #expect(try answer([], as: town.speaker) == 1)
        #expect(try scene.counts(as: town.member) == [0, 0, 1])
        // What is told of an answer does not say whose it is.
        let told = try c.updates(for: town.member).filter { $0.type == "livePoll.answered" }
        #expect(told.map { $0.data["answered"]?.int } == [1, 2, 2, 1])
        #expect(told.last?.data["counts"]?.array?.compactMap(\.int) == [0, 0, 1])
        #expect(told.allSatisfy { $0.by == MemberID() })
        #expect(try c.refusal("livePoll.answer", scene.answer(poll, [1]), as: town.waiting).code == .forbidden)
        #expect(try c.refusal("livePoll.answer", scene.answer(poll, [1]), as: town.member).code == .forbidden)
        #expect(try c.refusal("livePoll.answer", scene.answer(poll, [1]), as: town.stranger).code == .notFound)
        for name in ["livePoll.open", "livePoll.close", "livePoll.remove"] {
            #expect(try c.refusal(name, scene.of(poll), as: town.anna).code == .forbidden)
        }
        try c.ok("livePoll.close", scene.of(poll), as: town.speaker)
        let late = try c.refusal("livePoll.answer", scene.answer(poll, [1]), as: town.anna)
        #expect(late.code == .conflict && late.current?["state"]?.string == "closed")
        let closed = c.head
        try c.ok("livePoll.close", scene.of(poll), as: town.giulia)
        #expect(c.head == closed)
        #expect(try c.refusal("livePoll.open", scene.of(poll), as: town.giulia).code == .conflict)
    }

    @Test("results that come afterwards nobody but the organisers sees before", arguments: StorageBackend.available)
    func afterwards(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        let poll = try scene.create(["choice": "multiple", "open": .bool(true)], as: town.speaker)
        try c.ok("livePoll.answer", scene.answer(poll, [2, 0]), as: town.anna)
        try c.ok("livePoll.answer", scene.answer(poll, [0]), as: town.giulia)
        for person in [town.anna, town.member] {
            let seen = try #require(try scene.list(as: person).first)
            #expect(seen["counts"] == nil && seen["answered"]?.int == 2)
        }
        #expect(try scene.mine(as: town.anna) == [0, 2])
        #expect(try scene.counts(as: town.speaker) == [2, 0, 1])
        for update in try c.updates(for: town.giulia) where update.type == "livePoll.answered" {
            #expect(update.data["counts"] == nil)
        }
        try c.ok("livePoll.close", scene.of(poll), as: town.giulia)
        #expect(try c.updates(for: town.member).last?.data["counts"]?.array?.compactMap(\.int) == [2, 0, 1])
        #expect(try scene.counts(as: town.member) == [2, 0, 1])
    }

    @Test("the end of an event closes its polls", arguments: StorageBackend.available)
    func end(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend) { $0.webinar.closesAfter = 30 }
        let (town, c) = (scene.town, scene.town.c)
        let poll = try scene.create(["open": .bool(true)], as: town.giulia)
        try c.ok("livePoll.answer", scene.answer(poll, [1]), as: town.anna)
        town.clock(minutes: 120)
        try c.settle()
        #expect(try c.updates(for: town.member).contains { $0.type == "livePoll.closed" })
        #expect(try scene.counts(as: town.member) == [0, 1, 0])
        // What is opened after the end, while the room is, is closed with the room.
        let late = try scene.create(["open": .bool(true)], as: town.speaker)
        try c.ok("livePoll.answer", scene.answer(late, [2]), as: town.anna)
        #expect(try scene.list(as: town.member).map { $0["state"]?.string } == ["open", "closed"])
        town.clock(minutes: 150)
        #expect(try c.refusal("livePoll.answer", scene.answer(late, [0]), as: town.anna).code == .closed)
        #expect(try scene.list(as: town.member).map { $0["state"]?.string } == ["closed", "closed"])
        #expect(try scene.counts(as: town.member) == [0, 0, 1])
        #expect(try c.refusal("livePoll.create", scene.body(), as: town.giulia).code == .closed)
        // The organisers still close and remove it.
        try c.ok("livePoll.close", scene.of(late), as: town.speaker)
        try c.ok("livePoll.remove", scene.of(late), as: town.speaker)
        #expect(try scene.list(as: town.member).count == 1)
    }

    @Test("a poll of an event that is called off is closed, and none is made", arguments: StorageBackend.available)
    func calledOff(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        let poll = try scene.create(["open": .bool(true)], as: town.giulia)
        let revision = try c.ok("event.get", ["event": .int(scene.event)], as: town.giulia)["revision"]?.int ?? 0
        try c.ok(
            "event.cancel",
            ["event": .int(scene.event), "revision": .int(revision), "reason": "Neve"],
            as: town.giulia
        )
        #expect(try scene.list(as: town.member).map { $0["state"]?.string } == ["closed"])
        #expect(try c.refusal("livePoll.answer", scene.answer(poll, [0]), as: town.anna).code == .conflict)
        #expect(try c.refusal("livePoll.create", scene.body(), as: town.giulia).code == .conflict)
    }

    @Test("what is removed leaves no word behind", arguments: StorageBackend.available)
    func removed(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        let secret: KeyValuePairs<String, JSON> = [
            "event": .int(scene.event), "question": "domanda-nascosta",
            "options": .array(["sì-nascosto", "no-nascosto"]),
            "choice": "single", "open": .bool(true),
        ]
        let poll = try c.id(c.ok("livePoll.create", secret, as: town.speaker))
        try c.ok("livePoll.answer", scene.answer(poll, [1]), as: town.anna)
        let prepared = try scene.create(as: town.giulia)
        try c.ok("livePoll.remove", scene.of(poll), as: town.giulia)
        #expect(try c.updates(for: town.member).last?.type == "livePoll.removed")
        try c.ok("livePoll.remove", scene.of(prepared), as: town.giulia)
        // Who never knew of it does not learn that it is gone.
        #expect(try c.updates(for: town.member).filter { $0.type == "livePoll.removed" }.count == 1)
        #expect(try c.updates(for: town.speaker).filter { $0.type == "livePoll.removed" }.count == 2)
        for name in ["livePoll.open", "livePoll.close", "livePoll.remove"] {
            #expect(try c.refusal(name, scene.of(poll), as: town.giulia).code == .notFound)
        }
        #expect(try c.refusal("livePoll.answer", scene.answer(poll, [0]), as: town.anna).code == .notFound)
        for person in [town.member, town.giulia, town.speaker] {
            for update in try c.updates(for: person) {
                #expect(!String(decoding: JSON.object(update.data).text, as: UTF8.self).contains("nascost"))
            }
        }
        for table in ["webinar_poll", "webinar_poll_option", "webinar_poll_answer"] {
            #expect(try c.rows(of: table) == 0)
        }
        // One's own is not written down, another's is.
        let acts = try c.ok("audit.list")["entries"]?.array?.compactMap { $0["act"]?.string } ?? []
        #expect(acts.filter { $0 == "livePoll.remove" }.count == 1)
    }

    @Test("in a dormant network polls are read and not written", arguments: StorageBackend.available)
    func dormant(_ backend: StorageBackend) throws {
        let folder = try TemporaryFolder()
        let scene = try PollScene(backend, in: folder)
        let (poll, other) = (
            try scene.create(["open": .bool(true)], as: scene.town.giulia), try scene.create(as: scene.town.giulia)
        )
        try scene.town.c.stop()
        let c = try TestCommunity(backend, in: folder) {
            $0.networkTypes = .members(["NationalThematic": .members(["enabled": .bool(false)])])
        }
        c.clock.set(WebinarTown.start.advanced(bySeconds: 600))
        let giulia = scene.town.giulia
        let read = try c.ok("livePoll.list", ["event": .int(scene.event)], as: giulia)["polls"]?.array
        #expect(read?.count == 2)
        for refusal in [
            try c.refusal("livePoll.create", scene.body(), as: giulia),
            try c.refusal("livePoll.open", scene.of(other), as: giulia),
            try c.refusal("livePoll.answer", scene.answer(poll, [0]), as: giulia),
            try c.refusal("livePoll.close", scene.of(poll), as: giulia),
            try c.refusal("livePoll.remove", scene.of(poll), as: giulia),
        ] { #expect(refusal.code == .unavailable && !refusal.retryable) }
    }

    @Test("who leaves keeps nothing, and what was answered stays a number", arguments: StorageBackend.available)
    func erased(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        let poll = try scene.create(["choice": "multiple", "open": .bool(true)], as: town.giulia)
        try c.ok("livePoll.answer", scene.answer(poll, [0, 2]), as: town.anna)
        try c.ok("livePoll.answer", scene.answer(poll, [2]), as: town.speaker)
        let export = try c.export(of: town.anna)
        let own = try #require(export["livePollAnswers"]?.array?.first)
        #expect(own["question"]?.string == "Quando?" && own["poll"]?.int == poll)
        #expect(own["answers"]?.array?.compactMap(\.string) == ["Lunedì", "Mai"])
        let asked = try c.export(of: town.giulia)
        #expect(asked["livePolls"]?.array?.compactMap { $0["id"]?.int } == [poll])
        #expect(asked["livePollAnswers"]?.array?.isEmpty == true)
        try c.ok("person.erase", ["person": .int(town.anna.id.rawValue)])
        try c.settle()
        #expect(try scene.counts(as: town.giulia) == [1, 0, 2])
        #expect(try scene.list(as: town.giulia).first?["answered"]?.int == 2)
        #expect(try c.rows(of: "webinar_poll_answer") == 1)
    }
}
