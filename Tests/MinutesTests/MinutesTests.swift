import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// Minutes of an event that is over: a person who attended, one who did not.
private struct Meeting {
    let town: EventTown
    let event: Int64
    let present: Member
    let absent: Member

    init(_ backend: StorageBackend) throws {
        town = try EventTown(backend)
        event = try town.event()
        let people = try town.people(2)
        (present, absent) = (people[0], people[1])
        let registration = try town.c.id(town.register(present, event))
        _ = try town.register(absent, event)
        town.c.clock.set(try #require(Instant("2026-12-10T12:00:00Z")))
        try town.c.settle()
        try town.act("checkIn", registration, as: town.facilitator)
    }

    var c: TestCommunity { town.c }

    func body(_ revision: Int64, _ text: String? = nil) -> KeyValuePairs<String, JSON> {
        guard let text else { return ["event": .int(event), "revision": .int(revision)] }
        return ["event": .int(event), "revision": .int(revision), "text": .string(text)]
    }

    @discardableResult
    func ok(_ command: String, _ revision: Int64, _ text: String? = nil, as member: Member? = nil) throws -> JSON {
        try c.ok(command, body(revision, text), as: member ?? town.facilitator)
    }

    func refused(
        _ command: String,
        _ revision: Int64,
        _ text: String? = nil,
        as member: Member? = nil
    ) throws -> WireError {
        try c.refusal(command, body(revision, text), as: member ?? town.facilitator)
    }

    func decide(_ text: String, supersedes: JSON? = nil) throws -> JSON {
        try c.ok(
            "decision.record",
            supersedes.map { ["event": .int(event), "text": .string(text), "supersedes": $0] }
                ?? ["event": .int(event), "text": .string(text)],
            as: town.facilitator
        )
    }
}

@Suite("Minutes", .serialized)
struct MinutesTests {
    @Test("from the draft to the approved, each state for those it is for", arguments: StorageBackend.available)
    func approved(backend: StorageBackend) throws {
        let meeting = try Meeting(backend)
        let (c, present) = (meeting.c, meeting.present)
        let question: KeyValuePairs<String, JSON> = ["event": .int(meeting.event)]
        #expect(try meeting.refused("minutes.share", 1).code == .notFound)
        #expect(try meeting.refused("minutes.write", 0, "Testo", as: present).code == .forbidden)
        let head = c.head
        let before = try meeting.refused("minutes.write", 1, "Testo")
        #expect(before.code == .conflict && before.current?["revision"]?.int == 0)
        let first = try meeting.ok("minutes.write", 0, "Si è parlato di **sportelli**.")
        #expect(first["revision"]?.int == 1 && first["state"]?.string == "draft")
        // A draft is its facilitators' own.
        #expect(try c.refusal("minutes.get", question, as: present).code == .notFound)
        #expect(try c.updates(for: present, after: head).isEmpty)
        #expect(try c.updates(for: meeting.town.facilitator, after: head).map(\.type) == ["minutes.written"])
        #expect(try meeting.refused("minutes.approve", 1).current?["state"]?.string == "draft")
        let stale = try meeting.refused("minutes.write", 0, "Altro")
        #expect(stale.code == .conflict && stale.current?["revision"]?.int == 1)
        #expect(try meeting.ok("minutes.write", 1, "Si è parlato di **sportelli** e tempi.")["revision"]?.int == 2)

        #expect(try meeting.ok("minutes.share", 2)["state"]?.string == "shared")
        #expect(try c.updates(for: present, after: head).map(\.type) == ["minutes.shared"])
        #expect(try meeting.refused("minutes.share", 3).current?["state"]?.string == "shared")
        #expect(try meeting.refused("minutes.amend", 3, "Manca un nome", as: meeting.absent).code == .forbidden)
        let amended = try meeting.ok("minutes.amend", 3, "Manca <b>un nome</b>", as: present)
        #expect(amended["revision"]?.int == 4 && amended["state"]?.string == "shared")
        #expect(try meeting.refused("minutes.approve", 3).current?["revision"]?.int == 4)
        let approved = try meeting.ok("minutes.approve", 4)
        #expect(approved["revision"]?.int == 5 && approved["state"]?.string == "approved")

        let read = try c.ok("minutes.get", question, as: meeting.absent)
        // printf 'Si è parlato di **sportelli** e tempi.' | sha256sum
        #expect(read["hash"]?.string == "d562d1993ad83aee96a001b045cd7e8ab2109f0cc71f14323968eb45140fa301")
        #expect(read["html"]?.string?.contains("<strong>sportelli</strong>") == true)
        #expect(read["amendments"]?.array?.first?["person"]?["name"]?.string == "P1")
        #expect(read["amendments"]?.array?.first?["html"]?.string?.contains("<b>") == false)
        #expect(try meeting.town.get(meeting.event)["state"]?.string == "minuted")
        for command in ["minutes.write", "minutes.amend"] {
            let member = command == "minutes.amend" ? present : nil
            let frozen = try meeting.refused(command, 5, "Altro", as: member)
            #expect(frozen.code == .conflict && frozen.current?["state"]?.string == "approved", "\(command)")
        }
        let stranger = try c.person("Estraneo")
        #expect(try c.refusal("minutes.get", question, as: stranger).code == .notFound)
    }

    @Test(
        "minutes are not approved before the event is over, nor written for one called off",
        arguments: StorageBackend.available
    )
    func early(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event()
        func body(_ revision: Int64) -> KeyValuePairs<String, JSON> {
            ["event": .int(event), "revision": .int(revision), "text": "Ordine del giorno"]
        }
        try town.c.ok("minutes.write", body(0), as: town.facilitator)
        try town.c.ok("minutes.share", ["event": .int(event), "revision": 1], as: town.facilitator)
        let early = try town.c.refusal("minutes.approve", ["event": .int(event), "revision": 2], as: town.facilitator)
        #expect(early.code == .conflict && early.current?["state"]?.string == "published")
        let other = try town.event()
        try town.c.ok(
            "event.cancel",
            ["event": .int(other), "revision": 2, "reason": "Neve"],
            as: town.facilitator
        )
        let off = try town.c.refusal(
            "minutes.write",
            ["event": .int(other), "revision": 0, "text": "Testo"],
            as: town.facilitator
        )
        #expect(off.current?["state"]?.string == "cancelled")
    }

    @Test("what is over by the clock may be approved before the clock's own turn", arguments: StorageBackend.available)
    func beforeTheClock(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event()
        try town.c.ok(
            "minutes.write",
            ["event": .int(event), "revision": 0, "text": "Testo"],
            as: town.facilitator
        )
        try town.c.ok("minutes.share", ["event": .int(event), "revision": 1], as: town.facilitator)
        town.c.clock.set(try #require(Instant("2026-12-10T12:00:00Z")))
        #expect(try town.get(event)["state"]?.string == "published")
        let head = town.c.head
        try town.c.ok("minutes.approve", ["event": .int(event), "revision": 2], as: town.facilitator)
        #expect(try town.get(event)["state"]?.string == "minuted")
        let told = try town.c.updates(for: town.facilitator, after: head).map(\.type)
        #expect(told.filter { $0.hasPrefix("event.") } == ["event.started", "event.ended", "event.minuted"])
        try town.c.settle()
        #expect(try town.get(event)["state"]?.string == "minuted")
    }

    @Test(
        "decisions are numbered without gaps per network and supersede each other once",
        arguments: StorageBackend.available
    )
    func decided(backend: StorageBackend) throws {
        let meeting = try Meeting(backend)
        let c = meeting.c
        let head = c.head
        let first = try meeting.decide("Si adotta lo **sportello** unico")
        #expect(first["number"]?.int == 1)
        // What is refused takes no number.
        #expect(throws: (any Error).self) { try meeting.decide("") }
        #expect(throws: (any Error).self) { try meeting.decide("Altro", supersedes: 999_999) }
        let second = try meeting.decide("Si adotta lo sportello dal 2027", supersedes: first["id"])
        #expect(second["number"]?.int == 2)
        let twice = try c.refusal(
            "decision.record",
            ["event": .int(meeting.event), "text": "Ancora", "supersedes": first["id"] ?? .null],
            as: meeting.town.facilitator
        )
        #expect(twice.code == .conflict && twice.current?["state"]?.string == "superseded")
        #expect(twice.current?["revision"]?.int == 2)
        let told = try c.updates(for: meeting.absent, after: head)
        #expect(told.map(\.type) == ["decision.recorded", "decision.recorded", "decision.superseded"])
        #expect(told.prefix(2).map { $0.data["number"]?.int } == [1, 2])
        let list = try c.ok("decision.list", ["network": .int(meeting.town.network)], as: meeting.absent)
        #expect(list["decisions"]?.array?.map { $0["number"]?.int } == [2, 1])
        #expect(list["decisions"]?.array?[1]["supersededBy"] == second["id"])
        #expect(list["decisions"]?.array?.map { $0["state"]?.string } == ["in_force", "superseded"])
        #expect(list["decisions"]?.array?.map { $0["revision"]?.int } == [1, 2])
        // Another network counts by itself.
        let other = try c.network("altra", type: "Coordination")
        let elsewhere = try c.ok(
            "event.create",
            [
                "network": .int(other), "kind": "coordination_meeting", "title": "Riunione",
                "start": .members(["date": "2026-12-01"]), "end": .members(["date": "2026-12-01"]),
            ]
        )
        try c.ok("event.publish", ["event": elsewhere["id"] ?? .null, "revision": 1])
        let decision = try c.ok("decision.record", ["event": elsewhere["id"] ?? .null, "text": "Sportello altrove"])
        #expect(decision["number"]?.int == 1)

        try c.settle()
        let found = try c.ok("search", ["text": "sportelli tipo:decisione"], as: meeting.present)
        #expect(found["hits"]?.array?.map { $0["kind"]?.string } == ["decision", "decision"])
        #expect(
            found["hits"]?.array?.contains {
                $0["link"]?.string?.hasPrefix("/events/\(meeting.event)#decision-") != true
            }
                == false
        )
        let english = try c.ok("search", ["text": "is:decision sportello"], as: meeting.present)
        #expect(english["hits"]?.array?.count == 2)
        let stranger = try c.person("Estraneo")
        #expect(try c.ok("search", ["text": "sportello"], as: stranger)["hits"]?.array?.isEmpty == true)
        #expect(
            try c.refusal("decision.list", ["network": .int(meeting.town.network)], as: stranger).code == .notFound
        )
    }

    @Test(
        "decisions are narrowed by their words and by whether they hold, page by page",
        arguments: StorageBackend.available
    )
    func narrowed(backend: StorageBackend) throws {
        let meeting = try Meeting(backend)
        let c = meeting.c
        let first = try meeting.decide("La qualità dell'aria si misura ogni trimestre")
        let second = try meeting.decide("Lo sportello apre a marzo")
        _ = try meeting.decide("Lo sportello apre ad aprile", supersedes: second["id"])
        let network = JSON.int(meeting.town.network)
        func list(_ asked: KeyValuePairs<String, JSON>) throws -> JSON {
            try c.ok("decision.list", asked, as: meeting.present)
        }
        func numbers(_ list: JSON) -> [Int64?] { list["decisions"]?.array?.map { $0["number"]?.int } ?? [] }
        #expect(try numbers(list(["network": network, "text": "QUALITA"])) == [1])
        #expect(try numbers(list(["network": network, "text": "apre sportello"])) == [3, 2])
        #expect(try numbers(list(["network": network, "text": "apre", "inForce": .bool(true)])) == [3])
        #expect(try numbers(list(["network": network, "inForce": .bool(false)])) == [2])
        #expect(try numbers(list(["network": network, "text": "nessuna"])).isEmpty)
        let page = try list(["network": network, "limit": 2])
        #expect(numbers(page) == [3, 2] && page["more"]?.bool == true && page["next"]?.int == 2)
        let rest = try list(["network": network, "limit": 2, "before": page["next"] ?? .null])
        #expect(numbers(rest) == [1] && rest["more"]?.bool == false && rest["next"] == nil)
        let found = try list(["network": network, "limit": 1, "text": "sportello"])
        #expect(numbers(found) == [3] && found["next"]?.int == 3)
        #expect(try numbers(list(["network": network, "limit": 1, "text": "sportello", "before": 3])) == [2])
        // Each tells what took its place by the number, and where it was taken.
        let former = page["decisions"]?.array?.last
        #expect(former?["supersededByNumber"]?.int == 3 && former?["supersedesNumber"] == nil)
        #expect(page["decisions"]?.array?.first?["supersedesNumber"]?.int == 2)
        #expect(try former?["title"]?.string == meeting.town.get(meeting.event)["title"]?.string)
        #expect(first["number"]?.int == 1)
    }

    @Test("what one is to do comes page by page, the open ones first", arguments: StorageBackend.available)
    func tasks(backend: StorageBackend) throws {
        let meeting = try Meeting(backend)
        let c = meeting.c
        func add(_ owner: Member, _ text: String, _ due: String) throws -> JSON {
            try c.ok(
                "action.add",
                [
                    "event": .int(meeting.event), "text": .string(text), "owner": .int(owner.id.rawValue),
                    "due": .string(due),
                ],
                as: meeting.town.facilitator
            )["id"] ?? .null
        }
        let done = try add(meeting.present, "Fatto", "2026-12-01")
        for (text, due) in [("Secondo", "2027-02-01"), ("Primo", "2027-01-01"), ("Terzo", "2027-02-01")] {
            _ = try add(meeting.present, text, due)
        }
        _ = try add(meeting.absent, "Di un altro", "2026-12-02")
        try c.ok("action.change", ["action": done, "done": .bool(true)], as: meeting.present)
        func texts(_ list: JSON) -> [String?] { list["actions"]?.array?.map { $0["text"]?.string } ?? [] }
        var seen: [String?] = []
        var cursor: JSON?
        repeat {
            let page = try c.ok(
                "action.list",
                cursor.map { ["limit": 2, "cursor": $0] } ?? ["limit": 2],
                as: meeting.present
            )
            #expect(texts(page).count <= 2)
            seen += texts(page)
            cursor = page["cursor"]
        } while cursor != nil && seen.count < 10
        #expect(seen == ["Primo", "Secondo", "Terzo", "Fatto"])
        let network = JSON.int(meeting.town.network)
        let all = try c.ok("action.list", ["network": network, "done": .bool(false)], as: meeting.present)
        #expect(texts(all) == ["Di un altro", "Primo", "Secondo", "Terzo"])
        let own = try c.ok("action.list", ["network": network, "mine": .bool(true)], as: meeting.absent)
        #expect(texts(own) == ["Di un altro"])
        #expect(try own["actions"]?.array?.first?["title"]?.string == meeting.town.get(meeting.event)["title"]?.string)
        #expect(try c.refusal("action.list", ["cursor": "x"], as: meeting.present).code == .invalid)
    }

    @Test("who is to do something says when it is done; facilitators the rest", arguments: StorageBackend.available)
    func actions(backend: StorageBackend) throws {
        let meeting = try Meeting(backend)
        let (c, present) = (meeting.c, meeting.present)
        func adding(_ owner: Member, _ due: String) -> KeyValuePairs<String, JSON> {
            [
                "event": .int(meeting.event), "text": "Scrivere ai Comuni", "owner": .int(owner.id.rawValue),
                "due": .string(due),
            ]
        }
        let stranger = try c.person("Estraneo")
        let facilitator = meeting.town.facilitator
        #expect(
            try c.refusal("action.add", adding(stranger, "2026-12-31"), as: facilitator).fields?.first?.path
                == "with.owner"
        )
        #expect(
            try c.refusal("action.add", adding(present, "2026-02-30"), as: facilitator).fields?.first?.path
                == "with.due"
        )
        #expect(try c.refusal("action.add", adding(present, "2026-12-31"), as: present).code == .forbidden)
        let action = try c.ok("action.add", adding(present, "2026-12-31"), as: facilitator)["id"] ?? .null
        #expect(try c.ok("action.list", [:], as: present)["actions"]?.array?.first?["done"]?.bool == false)
        #expect(try c.ok("action.list", [:], as: meeting.absent)["actions"]?.array?.isEmpty == true)
        #expect(
            try c.refusal("action.change", ["action": action, "done": .bool(true)], as: meeting.absent).code
                == .forbidden
        )
        #expect(
            try c.refusal("action.change", ["action": action, "due": "2027-01-31"], as: present).code == .forbidden
        )
        #expect(
            try c.refusal("action.change", ["action": action, "done": .bool(true)], as: stranger).code == .notFound
        )
        try c.ok("action.change", ["action": action, "done": .bool(true)], as: present)
        try c.ok("action.change", ["action": action, "due": "2027-01-31"], as: facilitator)
        let listed = try c.ok("action.list", ["network": .int(meeting.town.network)], as: meeting.absent)
        let item = listed["actions"]?.array?.first
        #expect(item?["done"]?.bool == true && item?["due"]?.string == "2027-01-31" && item?["revision"]?.int == 3)
        try c.ok("person.erase", ["person": .int(present.id.rawValue)])
        let after = try c.ok("action.list", ["event": .int(meeting.event)], as: meeting.absent)
        #expect(after["actions"]?.array?.count == 1 && after["actions"]?.array?.first?["owner"] == nil)
    }
}
