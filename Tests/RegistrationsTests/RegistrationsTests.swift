import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Registrations", .serialized)
struct RegistrationsTests {
    @Test(
        "seats go in order, who waits sees the place and why, and a cancellation moves the queue at once",
        arguments: StorageBackend.available
    )
    func queue(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["capacity": 2])
        let people = try town.people(4)
        let answers = try people.map { try town.register($0, event) }
        #expect(answers.map { $0["state"]?.string } == ["confirmed", "confirmed", "waitlisted", "waitlisted"])
        #expect(answers.map { $0["position"]?.int } == [nil, nil, 1, 2])
        #expect(answers[3]["reason"]?.string == "full")
        #expect(try town.get(event, as: people[3])["me"]?["position"]?.int == 2)
        #expect(try town.get(event)["counts"]?["waiting"]?.int == 2)

        let head = c.head
        let first = try c.id(answers[0])
        #expect(try town.act("cancel", first, as: people[0]) == "cancelled")
        let told = try c.updates(for: people[2], after: head)
        #expect(told.map(\.type) == ["registration.changed", "event.counted"])
        #expect(told[0].data["state"]?.string == "confirmed")
        #expect(told[1].data["counts"]?["waiting"]?.int == 1)
        #expect(try town.get(event, as: people[3])["me"]?["position"]?.int == 1)

        // Who comes again goes to the end.
        #expect(try town.register(people[0], event)["position"]?.int == 2)
        let order = try town.list(event).map { $0["name"]?.string }
        #expect(order == ["P2", "P3", "P4", "P1", "P1"])
    }

    @Test(
        "a facilitator moves who waits, all see their places anew, and moving back takes it back",
        arguments: StorageBackend.available
    )
    func prioritised(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["capacity": 1])
        let people = try town.people(5)
        let ids = try people.map { try c.id(town.register($0, event)) }
        func ask(_ registration: Int64, _ position: Int64) -> KeyValuePairs<String, JSON> {
            ["registration": .int(registration), "position": .int(position), "reason": "Presenta il caso"]
        }
        func order() throws -> [String?] { try town.list(event).map { $0["name"]?.string } }
        let name = "registration.prioritise"
        #expect(try c.refusal(name, ask(ids[3], 1), as: people[3]).code == .forbidden)
        #expect(try c.refusal(name, ask(ids[3], 1), as: people[1]).code == .notFound)
        #expect(try c.refusal(name, ask(ids[0], 1), as: town.facilitator).code == .conflict)
        let unfounded: KeyValuePairs<String, JSON> = ["registration": .int(ids[3]), "position": 1]
        #expect(try c.refusal(name, unfounded, as: town.facilitator).fields?.first?.path == "with.reason")

        let head = c.head
        let moved = try c.ok(name, ask(ids[3], 1), as: town.facilitator)
        #expect(moved["position"]?.int == 1 && moved["former"]?.int == 3)
        #expect(try order() == ["P1", "P4", "P2", "P3", "P5"])
        #expect(try c.updates(for: people[1], after: head).map(\.type) == ["event.counted"])
        #expect(try town.get(event, as: people[1])["me"]?["position"]?.int == 2)
        let before = c.head
        try c.ok(name, ask(ids[3], 1), as: town.facilitator)
        #expect(c.head == before)
        try c.ok(name, ask(ids[3], 3), as: town.facilitator)
        #expect(try order() == ["P1", "P2", "P3", "P4", "P5"])
        #expect(try c.ok(name, ask(ids[1], 99), as: town.facilitator)["position"]?.int == 4)
        #expect(try order() == ["P1", "P3", "P4", "P5", "P2"])
        let entries = try c.ok("audit.list", ["act": .string(name)])["entries"]?.array ?? []
        #expect(entries.first?["detail"]?.string == "1 to 4: Presenta il caso")

        // The next seat goes by the new order, and who comes stands behind all.
        try town.act("cancel", ids[0], as: people[0])
        #expect(try town.get(event, as: people[2])["me"]?["state"]?.string == "confirmed")
        try town.register(people[0], event)
        #expect(try order() == ["P3", "P4", "P5", "P2", "P1", "P1"])
    }

    @Test(
        "however often people are put between the same two, the order is the one asked for",
        arguments: StorageBackend.available
    )
    func dense(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 0])
        var queue = try town.people(4).map { try town.c.id(town.register($0, event)) }
        // Each time the last goes to the second place: the gap there halves.
        for _ in 0..<70 {
            let last = queue.removeLast()
            queue.insert(last, at: 1)
            let body: KeyValuePairs<String, JSON> = ["registration": .int(last), "position": 2, "reason": "Prova"]
            try town.c.ok("registration.prioritise", body, as: town.facilitator)
            #expect(try town.list(event).compactMap { $0["id"]?.int } == queue)
        }
    }

    @Test("a facilitator may ask for the own registrations alone", arguments: StorageBackend.available)
    func mine(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 1])
        for person in try town.people(2) { try town.register(person, event) }
        try town.register(town.facilitator, event)
        let all = try town.c.ok("registration.list", ["event": .int(event)], as: town.facilitator)
        #expect(all["registrations"]?.array?.count == 3)
        let own = try town.c.ok(
            "registration.list",
            ["event": .int(event), "mine": .bool(true)],
            as: town.facilitator
        )
        let registrations = own["registrations"]?.array ?? []
        #expect(registrations.map { $0["person"]?.int } == [town.facilitator.id.rawValue])
        #expect(registrations.first?["position"]?.int == 2)
    }

    @Test("who is active gets the same registration, told as repeated", arguments: StorageBackend.available)
    func repeated(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 1])
        let anna = try town.people(1)[0]
        let first = try town.register(anna, event)
        let head = town.c.head
        guard
            case .done(let reply, let seq, let repeated) = town.c.outcome(
                "registration.register",
                ["event": .int(event)],
                as: anna
            )
        else { throw UnexpectedOutcome("refused") }
        #expect(repeated)
        #expect(seq == nil)
        #expect(try JSONParser.parse(reply)["id"] == first["id"])
        #expect(town.c.head == head)
    }

    @Test("a larger room lets those in who wait; a smaller one sends nobody away", arguments: StorageBackend.available)
    func capacity(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 1])
        let people = try town.people(4)
        for person in people { try town.register(person, event) }
        try town.change(event, "capacity", 3)
        #expect(try town.get(event)["counts"]?["confirmed"]?.int == 3)
        try town.change(event, "capacity", 1)
        #expect(try town.get(event)["counts"]?["confirmed"]?.int == 3)
        #expect(try town.get(event)["counts"]?["waiting"]?.int == 1)
        try town.act("cancel", try town.c.id(town.list(event)[0]), as: town.facilitator)
        #expect(try town.get(event)["counts"]?["confirmed"]?.int == 2)
    }

    @Test("an offer is kept for 48 hours and lapses to the next", arguments: StorageBackend.available)
    func offers(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["capacity": 1, "offers": .bool(true)])
        let people = try town.people(3)
        let ids = try people.map { try c.id(town.register($0, event)) }
        try town.act("cancel", ids[0], as: people[0])
        #expect(try town.get(event, as: people[1])["me"]?["state"]?.string == "offered")
        #expect(try town.get(event)["counts"]?["offered"]?.int == 1)
        // The seat is kept: a newcomer waits behind.
        #expect(try town.register(people[0], event)["state"]?.string == "waitlisted")
        c.clock.advance(seconds: 48 * 3_600 - 1)
        try c.settle()
        #expect(try town.states(event)[people[1].id.rawValue] == "offered")
        c.clock.advance(seconds: 1)
        #expect(
            try c.refusal("registration.accept", ["registration": .int(ids[1])], as: people[1]).code == .closed
        )
        try c.settle()
        #expect(try town.states(event)[people[1].id.rawValue] == "lapsed")
        #expect(try town.get(event, as: people[2])["me"]?["state"]?.string == "offered")
        #expect(try town.act("accept", ids[2], as: people[2]) == "confirmed")
        #expect(
            try c.refusal("registration.accept", ["registration": .int(ids[2])], as: people[2]).code == .conflict
        )
    }

    @Test(
        "with less than six hours left a seat is confirmed outright; after closing nobody is promoted",
        arguments: StorageBackend.available
    )
    func late(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["capacity": 1, "offers": .bool(true)])
        let people = try town.people(4)
        let ids = try people.map { try c.id(town.register($0, event)) }
        // Registration closes with the start, 9:00 UTC.
        c.clock.set(try #require(Instant("2026-12-10T02:00:00.000Z")))
        try town.act("cancel", ids[0], as: people[0])
        let offer = try town.list(event).first { $0["id"]?.int == ids[1] }
        let expires = try #require(offer?["expires"]?.string.flatMap(Instant.init))
        #expect(expires < (try #require(Instant("2026-12-10T09:00:00.000Z"))))
        c.clock.set(try #require(Instant("2026-12-10T03:30:00.000Z")))
        #expect(try town.act("decline", ids[1], as: people[1]) == "lapsed")
        #expect(try town.states(event)[people[2].id.rawValue] == "confirmed")
        c.clock.set(try #require(Instant("2026-12-10T09:00:00.000Z")))
        try town.act("cancel", ids[2], as: town.facilitator)
        #expect(try town.states(event)[people[3].id.rawValue] == "waitlisted")
        try c.settle()
        #expect(try town.states(event)[people[3].id.rawValue] == "expired")
        #expect(try town.get(event)["counts"]?["waiting"]?.int == 0)
    }

    @Test("an event that changes changes the offers that are out", arguments: StorageBackend.available)
    func revisedOffers(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["capacity": 2, "offers": .bool(true)])
        let people = try town.people(4)
        let ids = try people.map { try c.id(town.register($0, event)) }
        for place in 0...1 { try town.act("cancel", ids[place], as: people[place]) }
        #expect(try town.states(event)[people[3].id.rawValue] == "offered")
        func change(_ what: String, _ value: JSON) throws {
            let revision = try town.get(event)["revision"] ?? .null
            try c.ok("event.update", ["event": .int(event), "revision": revision, what: value], as: town.facilitator)
        }
        // The capacity holds at every commit: the last offer is taken back and waits where it stood.
        try change("capacity", 1)
        #expect(try town.states(event)[people[2].id.rawValue] == "offered")
        #expect(try town.states(event)[people[3].id.rawValue] == "waitlisted")
        let me = try town.get(event, as: people[3])["me"]
        #expect(me?["position"]?.int == 1 && me?["waiting"]?.string == "full")
        try change("capacity", 2)
        #expect(try town.states(event)[people[3].id.rawValue] == "offered")
        // An offer ends before registration closes, whenever that comes to be.
        let closes = JSON.members(["local": "2026-11-22T20:00", "zone": "Europe/Rome"])
        try change("registration", .members(["closes": closes]))
        let expires = try town.get(event, as: people[2])["me"]?["expires"]?.string.flatMap(Instant.init)
        let end = try #require(Instant("2026-11-22T19:00:00Z"))
        #expect(try #require(expires) < end)
        let past = JSON.members(["local": "2026-11-22T10:30", "zone": "Europe/Rome"])
        try change("registration", .members(["closes": past]))
        #expect(try town.states(event)[people[2].id.rawValue] == "lapsed")
        let late = try c.refusal("registration.accept", ["registration": .int(ids[2])], as: people[2])
        #expect(late.code == .conflict)
    }

    @Test("who has a place at an event that was called off registers no more", arguments: StorageBackend.available)
    func calledOff(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 1])
        let person = try town.people(1)[0]
        _ = try town.register(person, event)
        let revision = try town.get(event)["revision"] ?? .null
        try town.c.ok(
            "event.cancel",
            ["event": .int(event), "revision": revision, "reason": "Sciopero"],
            as: town.facilitator
        )
        let refused = try town.c.refusal("registration.register", ["event": .int(event)], as: person)
        #expect(refused.code == .conflict && refused.current?["state"]?.string == "cancelled")
    }

    @Test("a request holds no seat; approval past the capacity waits", arguments: StorageBackend.available)
    func approval(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["capacity": 1, "approval": .bool(true)])
        let people = try town.people(3)
        let ids = try people.map { try c.id(town.register($0, event)) }
        #expect(try town.get(event)["counts"]?["requested"]?.int == 3)
        #expect(
            try c.refusal("registration.approve", ["registration": .int(ids[0])], as: people[0]).code == .forbidden
        )
        #expect(
            try c.refusal("registration.approve", ["registration": .int(ids[0])], as: people[1]).code == .notFound
        )
        #expect(try town.act("approve", ids[0], as: town.facilitator) == "confirmed")
        #expect(try town.act("approve", ids[1], as: town.facilitator) == "waitlisted")
        try c.ok(
            "registration.reject",
            ["registration": .int(ids[2]), "reason": "solo per i Comuni"],
            as: town.facilitator
        )
        let own = try c.ok("registration.list", ["event": .int(event)], as: people[2])["registrations"]?.array ?? []
        #expect(own.count == 1)
        #expect(own[0]["reason"]?.string == "solo per i Comuni")
        #expect(try town.act("undo", ids[2], as: town.facilitator) == "requested")
    }

    @Test("the window, the room and the list are refused each with their code", arguments: StorageBackend.available)
    func refusals(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        func time(_ local: String) -> JSON { .members(["local": .string(local), "zone": "Europe/Rome"]) }
        let window = JSON.members(["opens": time("2026-12-01T09:00"), "closes": time("2026-12-05T18:00")])
        let event = try town.event(["capacity": 1, "waitingList": .bool(false), "registration": window])
        let people = try town.people(3)
        func code(_ member: Member) throws -> WireError {
            try c.refusal("registration.register", ["event": .int(event)], as: member)
        }
        let early = try code(people[0])
        #expect(early.code == .tooEarly)
        #expect(try #require(early.retryAfterMs) > 0)
        c.clock.set(try #require(Instant("2026-12-02T09:00:00.000Z")))
        let id = try c.id(town.register(people[0], event))
        #expect(try code(people[1]).code == .full)
        c.clock.set(try #require(Instant("2026-12-06T09:00:00.000Z")))
        #expect(try code(people[1]).code == .closed)
        // The desk registers whom it wants as long as there is room.
        let colleague: KeyValuePairs<String, JSON> = ["event": .int(event), "person": .int(people[1].id.rawValue)]
        #expect(try c.refusal("registration.register", colleague, as: town.facilitator).code == .full)
        #expect(try c.refusal("registration.register", colleague, as: people[2]).code == .forbidden)
        try town.act("cancel", id, as: town.facilitator)
        #expect(try c.ok("registration.register", colleague, as: town.facilitator)["state"]?.string == "confirmed")
        let revision = try town.get(event)["revision"] ?? .null
        try c.ok(
            "event.cancel",
            ["event": .int(event), "revision": revision, "reason": "sciopero"],
            as: town.facilitator
        )
        let refused = try c.refusal("registration.register", ["event": .int(event)], as: people[2])
        #expect(refused.code == .conflict)
        #expect(refused.current?["state"]?.string == "cancelled")
        // A stranger knows of nothing.
        let stranger = try c.person("Estranea")
        #expect(try code(stranger).code == .notFound)
    }

    @Test("a check-in counts once and can be taken back", arguments: StorageBackend.available)
    func checkIn(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event()
        let people = try town.people(1)
        let id = try town.c.id(town.register(people[0], event))
        #expect(try town.act("checkIn", id, as: town.facilitator) == "checked_in")
        let again = try town.c.refusal("registration.checkIn", ["registration": .int(id)], as: town.facilitator)
        #expect(again.code == .conflict)
        #expect(again.current?["state"]?.string == "checked_in")
        #expect(try town.get(event)["counts"]?["confirmed"]?.int == 1)
        #expect(try town.act("undo", id, as: town.facilitator) == "confirmed")
    }

    @Test("an invitation is followed or declined", arguments: StorageBackend.available)
    func invitations(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 1, "approval": .bool(true)])
        let people = try town.people(3)
        let ids = try people.map { person in
            try town.c.id(
                town.c.ok(
                    "registration.invite",
                    ["event": .int(event), "person": .int(person.id.rawValue)],
                    as: town.facilitator
                )
            )
        }
        #expect(try town.get(event)["counts"]?["confirmed"]?.int == 0)
        #expect(try town.act("accept", ids[0], as: people[0]) == "confirmed")
        #expect(try town.act("decline", ids[1], as: people[1]) == "declined")
        #expect(try town.register(people[2], event)["state"]?.string == "waitlisted")
        #expect(try town.c.id(town.register(people[2], event)) == ids[2])
    }

    @Test(
        "the form's answers are typed and bounded, and a choice has its own number",
        arguments: StorageBackend.available
    )
    func forms(backend: StorageBackend) throws {
        let town = try EventTown(backend, type: "European")
        let c = town.c
        let event = try town.event(["kind": "study_visit"])
        let form = try c.ok("registration.form", ["event": .int(event)], as: town.facilitator)["fields"]?.array ?? []
        #expect(form.map { $0["name"]?.string } == ["travel", "needs", "hostConsent"])
        #expect(form[0]["choices"]?.array?[0]["left"]?.int == 50)
        let city = try c.city()
        func member(_ number: Int) throws -> Member {
            let person = try c.person("E\(number)", city: city)
            try c.ok("network.add", ["network": .int(town.network), "person": .int(person.id.rawValue)])
            return person
        }
        let anna = try member(0)
        func refused(_ answers: JSON, _ person: Member) throws -> [FieldProblem]? {
            try c.refusal("registration.register", ["event": .int(event), "answers": answers], as: person).fields
        }
        #expect(try refused(.members(["shoes": 1]), anna)?.first?.path == "with.answers.shoes")
        #expect(try refused(.members(["travel": "rocket"]), anna)?.first?.problem == "not_allowed")
        #expect(
            try refused(.members(["needs": .string(String(repeating: "a", count: 501))]), anna)?.first?.problem
                == "too_long"
        )
        #expect(try refused("rocket", anna)?.first?.path == "with.answers")
        // Without a yes nobody registers, whether it is missing or a no.
        #expect(form[2]["kind"]?.string == "consent" && form[2]["link"]?.string == "/privacy")
        #expect(form[2]["text"]?["it"]?.string?.contains("informativa") == true)
        for (answer, problem) in [(JSON.null, "missing"), (.bool(false), "not_accepted"), ("yes", "wrong_type")] {
            let problems = try refused(.members(["hostConsent": answer]), anna)
            #expect(problems == [FieldProblem(path: "with.answers.hostConsent", problem: problem)])
        }
        let coach = JSON.members(["travel": "coach", "hostConsent": .bool(true)])
        var last: Member?
        for number in 1...50 {
            let person = try member(number)
            try c.ok("registration.register", ["event": .int(event), "answers": coach], as: person)
            last = person
        }
        let full = try c.refusal("registration.register", ["event": .int(event), "answers": coach], as: anna)
        #expect(full.code == .full)
        #expect(full.fields?.first?.path == "with.answers.travel")
        let leaving = try #require(last)
        let place = try town.get(event, as: leaving)["me"]?["registration"]?.int
        try town.act("cancel", try #require(place), as: leaving)
        try c.ok("registration.register", ["event": .int(event), "answers": coach], as: anna)
    }

    @Test("who leaves the network or is erased gives the seat back", arguments: StorageBackend.available)
    func departures(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 2])
        let people = try town.people(4)
        for person in people { try town.register(person, event) }
        try town.c.ok("network.leave", ["network": .int(town.network)], as: people[0])
        try town.c.ok("person.erase", ["person": .int(people[1].id.rawValue)])
        let states = try town.states(event)
        #expect(people.map { states[$0.id.rawValue] } == ["cancelled", "cancelled", "confirmed", "confirmed"])
        let export = try town.c.export(of: people[2])
        #expect(export["registrations"]?.array?.first?["state"]?.string == "confirmed")
    }
}
