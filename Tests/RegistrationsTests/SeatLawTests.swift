import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("The laws of seats (domain 5)", .serialized)
struct SeatLawTests {
    /// What the laws speak of, after one command.
    struct Room {
        var capacity: Int64
        /// Seats beyond the capacity that a smaller room left.
        var excess: Int64
        /// Who waits, in order.
        var queue: [Int64]
        /// To whom a seat was offered.
        var offered: Set<Int64> = []
        /// Who was moved by the last step, and to which place.
        var moved: (id: Int64, position: Int)?
    }

    @Test(
        "whatever people, facilitators and the clock do, in whatever order, the laws hold after every commit",
        arguments: StorageBackend.available,
        [(offers: false, approval: false), (true, false), (false, true), (true, true)]
    )
    func interleavings(backend: StorageBackend, mode: (offers: Bool, approval: Bool)) throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let town = try EventTown(backend)
            let event = try town.event(
                ["capacity": 2, "offers": .bool(mode.offers), "approval": .bool(mode.approval)]
            )
            let people = try town.people(7)
            var room = Room(capacity: 2, excess: 0, queue: [])
            for _ in 0..<90 {
                let isResized = try step(town, event, people, &room, &random)
                try check(town, event, isResized, &room)
            }
        }
    }

    /// One thing that somebody does; what the state does not allow is refused, and that is one of the steps too.
    ///
    /// Whether the room got another size.
    private func step(
        _ town: EventTown,
        _ event: Int64,
        _ people: [Member],
        _ room: inout Room,
        _ random: inout SeededGenerator
    ) throws
        -> Bool
    {
        let person = people.randomElement(using: &random) ?? people[0]
        let registration = try town.list(event).randomElement(using: &random)
        let id = registration?["id"]?.int ?? 0
        let owner = people.first { $0.id.rawValue == registration?["person"]?.int } ?? person
        let body: KeyValuePairs<String, JSON> = ["registration": .int(id)]
        room.moved = nil
        switch Int.random(in: 0..<13, using: &random) {
        case 0...3: _ = town.c.outcome("registration.register", ["event": .int(event)], as: person)
        case 4: _ = town.c.outcome("registration.cancel", body, as: owner)
        case 5: _ = town.c.outcome("registration.accept", body, as: owner)
        case 6: _ = town.c.outcome("registration.decline", body, as: owner)
        case 7: _ = town.c.outcome("registration.approve", body, as: town.facilitator)
        case 8: _ = town.c.outcome("registration.checkIn", body, as: town.facilitator)
        case 9: _ = town.c.outcome("registration.undo", body, as: town.facilitator)
        case 10:
            let position = Int.random(in: 1...4, using: &random)
            let place: KeyValuePairs<String, JSON> = [
                "registration": .int(id), "position": .int(Int64(position)), "reason": "Lavora al caso",
            ]
            if case .done = town.c.outcome("registration.prioritise", place, as: town.facilitator) {
                room.moved = (id, position)
            }
        case 11:
            room.capacity = Int64.random(in: 0...4, using: &random)
            try town.change(event, "capacity", .int(room.capacity))
            return true
        default:
            town.c.clock.advance(seconds: Int64.random(in: 0...7_200, using: &random) * 8)
            try town.c.settle()
        }
        return false
    }

    private func check(_ town: EventTown, _ event: Int64, _ isResized: Bool, _ room: inout Room) throws {
        let all = try town.list(event)
        func those(_ states: Set<String>) -> [JSON] { all.filter { states.contains($0["state"]?.string ?? "") } }
        let seated = those(["confirmed", "checked_in"])
        let offered = those(["offered"])
        let waiting = those(["waitlisted"])
        let counts = try town.get(event)["counts"]
        // What the event tells is what there is.
        #expect(counts?["confirmed"]?.int == Int64(seated.count))
        #expect(counts?["offered"]?.int == Int64(offered.count))
        #expect(counts?["waiting"]?.int == Int64(waiting.count))
        #expect(counts?["requested"]?.int == Int64(those(["requested"]).count))
        // 1 and 6: seats stay within the capacity; what a smaller room left over only shrinks.
        let taken = Int64(seated.count + offered.count)
        let excess = max(0, taken - room.capacity)
        #expect(isResized || excess <= room.excess)
        room.excess = excess
        // 2: those who waited before still stand in the same order, and newcomers behind them.
        let queue = waiting.compactMap { $0["id"]?.int }
        var still = room.queue.filter(queue.contains)
        if let (id, position) = room.moved {
            still.removeAll { $0 == id }
            still.insert(id, at: min(position - 1, still.count))
        }
        // Whose offer a smaller room took back stands where that one stood before it.
        let others = queue.filter { !room.offered.contains($0) }
        #expect(Array(others.prefix(still.count)) == still)
        room.queue = queue
        room.offered = Set(offered.compactMap { $0["id"]?.int })
        #expect(waiting.map { $0["position"]?.int } == (0..<waiting.count).map { Int64($0 + 1) })
        // 4: nobody waits beside a free seat while registration is open.
        let isOpen = town.c.clock.now < (try #require(Instant("2026-12-10T09:00:00.000Z")))
        if isOpen { #expect(waiting.isEmpty || taken >= room.capacity) }
        // 7: one active registration per person.
        let active = those(["confirmed", "checked_in", "offered", "waitlisted", "requested", "invited"])
        let people = active.compactMap { $0["person"]?.int }
        #expect(Set(people).count == people.count)
    }
}
