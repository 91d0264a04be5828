import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Who waits, and when they get a seat (domain 5)")
struct QueueRulesTests {
    private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    @Test(
        "who is registered by the desk after registration closed waits where no seat is free, until the event is over",
        arguments: StorageBackend.available
    )
    func late(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let closes = JSON.members(["local": "2026-12-05T18:00", "zone": "Europe/Rome"])
        let event = try town.event(["capacity": 1, "registration": .members(["closes": closes])])
        let people = try town.people(4)
        let first = try c.id(town.register(people[0], event))
        try town.register(people[1], event)
        c.clock.set(try instant("2026-12-06T10:00:00Z"))
        try c.settle()
        #expect(try town.states(event)[people[1].id.rawValue] == "expired")
        func byDesk(_ person: Member) -> KeyValuePairs<String, JSON> {
            ["event": .int(event), "person": .int(person.id.rawValue)]
        }
        let late = try c.ok("registration.register", byDesk(people[2]), as: town.facilitator)
        #expect(late["state"]?.string == "waitlisted" && late["position"]?.int == 1)
        // The clock leaves such a one in the queue; a seat that is free goes to nobody by itself any more.
        c.clock.advance(seconds: 5)
        try c.settle()
        try town.act("cancel", first, as: town.facilitator)
        try c.settle()
        #expect(try town.states(event)[people[2].id.rawValue] == "waitlisted")
        let next = try c.ok("registration.register", byDesk(people[3]), as: town.facilitator)
        #expect(next["state"]?.string == "waitlisted" && next["position"]?.int == 2)
        // Registration opens again: the queue goes on in its order.
        let later = JSON.members(["local": "2026-12-08T18:00", "zone": "Europe/Rome"])
        try town.change(event, "registration", .members(["closes": later]))
        #expect(try town.states(event)[people[2].id.rawValue] == "confirmed")
        #expect(try town.states(event)[people[3].id.rawValue] == "waitlisted")
        // And closes again, for all who wait by then.
        c.clock.set(try instant("2026-12-08T18:00:00Z"))
        try c.settle()
        #expect(try town.states(event)[people[3].id.rawValue] == "expired")
        // Who is late even then waits until the event is over.
        try c.ok("registration.register", byDesk(people[3]), as: town.facilitator)
        c.clock.set(try instant("2026-12-10T10:30:00Z"))
        try c.settle()
        #expect(try town.list(event).contains { $0["state"]?.string == "waitlisted" })
        c.clock.set(try instant("2026-12-10T11:00:01Z"))
        try c.settle()
        #expect(try !town.list(event).contains { $0["state"]?.string == "waitlisted" })
    }

    @Test("without a waiting list the desk finds a full event full", arguments: StorageBackend.available)
    func noList(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 1, "waitingList": .bool(false)])
        let people = try town.people(2)
        try town.register(people[0], event)
        let refusal = try town.c.refusal(
            "registration.register",
            ["event": .int(event), "person": .int(people[1].id.rawValue)],
            as: town.facilitator
        )
        #expect(refusal.code == .full)
    }

    @Test(
        "a seat that becomes free while the event is put off goes to the next",
        arguments: StorageBackend.available,
        [false, true]
    )
    func postponed(backend: StorageBackend, offers: Bool) throws {
        let town = try EventTown(backend)
        let event = try town.event(["capacity": 1, "offers": .bool(offers)])
        let people = try town.people(3)
        let ids = try people.map { try town.c.id(town.register($0, event)) }
        let revision = try town.get(event)["revision"] ?? .null
        try town.c.ok(
            "event.postpone",
            ["event": .int(event), "revision": revision, "reason": "Sciopero"],
            as: town.facilitator
        )
        try town.act("cancel", ids[0], as: people[0])
        #expect(try town.states(event)[people[1].id.rawValue] == (offers ? "offered" : "confirmed"))
        if offers { #expect(try town.act("accept", ids[1], as: people[1]) == "confirmed") }
        #expect(try town.states(event)[people[2].id.rawValue] == "waitlisted")
    }

    @Test("who is suspended is passed over, and is next when restored", arguments: StorageBackend.available)
    func suspended(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["capacity": 2])
        let people = try town.people(6)
        let ids = try people.prefix(5).map { try c.id(town.register($0, event)) }
        func person(_ index: Int) -> KeyValuePairs<String, JSON> { ["person": .int(people[index].id.rawValue)] }
        func state(_ index: Int) throws -> String? { try town.states(event)[people[index].id.rawValue] }
        try c.ok("person.suspend", person(2))
        try c.ok("person.erase", person(3))
        try town.act("cancel", ids[0], as: people[0])
        #expect(try state(2) == "waitlisted" && state(3) == "left" && state(4) == "confirmed")
        // A seat that nobody who waits may have now is a newcomer's.
        try town.act("cancel", ids[1], as: people[1])
        try c.settle()
        #expect(try state(2) == "waitlisted")
        #expect(try town.register(people[5], event)["state"]?.string == "confirmed")
        // Restored, the person waits in front.
        try town.act("cancel", ids[4], as: people[4])
        #expect(try state(2) == "waitlisted")
        try c.ok("person.restore", person(2))
        #expect(try state(2) == "confirmed")
    }
}
