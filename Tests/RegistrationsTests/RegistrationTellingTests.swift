import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("What updates of registrations tell (protocol 9)", .serialized)
struct RegistrationTellingTests {
    @Test(
        "whatever people, facilitators and the clock do, each registration that changed is told as it is read",
        arguments: StorageBackend.available,
        [(offers: false, approval: false), (true, false), (false, true), (true, true)]
    )
    func interleavings(backend: StorageBackend, mode: (offers: Bool, approval: Bool)) throws {
        var random = SeededGenerator(seed: 11)
        let town = try EventTown(backend)
        let event = try town.event(
            ["capacity": 2, "offers": .bool(mode.offers), "approval": .bool(mode.approval)]
        )
        let people = try town.people(6)
        let law = TellingLaw(town.c, reader: town.facilitator)
        var seen: Set<String> = []
        for step in 0..<120 {
            let head = town.c.head
            let broken = try law.broken("step \(step)", { try town.list(event) }) {
                try self.step(town, event, people, &random)
            }
            .filter { !$0.hasSuffix("nothing happened") }
            #expect(broken.isEmpty, "\(broken)")
            for told in try town.c.updates(for: town.facilitator, after: head) where told.type == "registration.changed"
            {
                for member in told.data.members {
                    seen.insert(member.value == .null ? "no \(member.name)" : member.name)
                }
            }
        }
        #expect(seen.isSuperset(of: ["revision", "position", "waiting", "reason", "no waiting", "no reason"]))
        if mode.offers, !mode.approval { #expect(seen.isSuperset(of: ["expires", "no expires"])) }
    }

    private func step(
        _ town: EventTown,
        _ event: Int64,
        _ people: [Member],
        _ random: inout SeededGenerator
    ) throws {
        let person = people.randomElement(using: &random) ?? people[0]
        let registration = try town.list(event).randomElement(using: &random)
        let id = registration?["id"] ?? .int(1)
        let owner = people.first { $0.id.rawValue == registration?["person"]?.int } ?? person
        let body: KeyValuePairs<String, JSON> = ["registration": id]
        let why: KeyValuePairs<String, JSON> = ["registration": id, "reason": "Perché sì"]
        let desk = town.facilitator
        switch Int.random(in: 0..<13, using: &random) {
        case 0, 1, 2: _ = town.c.outcome("registration.register", ["event": .int(event)], as: person)
        case 3:
            _ = town.c.outcome(
                "registration.invite",
                ["event": .int(event), "person": .int(person.id.rawValue)],
                as: desk
            )
        case 4: _ = town.c.outcome("registration.cancel", body, as: owner)
        case 5: _ = town.c.outcome("registration.accept", body, as: owner)
        case 6: _ = town.c.outcome("registration.decline", body, as: owner)
        case 7: _ = town.c.outcome("registration.approve", why, as: desk)
        case 8: _ = town.c.outcome("registration.reject", why, as: desk)
        case 9: _ = town.c.outcome("registration.checkIn", Bool.random(using: &random) ? why : body, as: desk)
        case 10: _ = town.c.outcome("registration.undo", body, as: desk)
        case 11:
            let place: KeyValuePairs<String, JSON> = ["registration": id, "position": 1, "reason": "Lavora al caso"]
            _ = town.c.outcome("registration.prioritise", place, as: desk)
        default: try town.change(event, "capacity", .int(Int64.random(in: 1...3, using: &random)))
        }
        if Int.random(in: 0..<10, using: &random) == 0 {
            town.c.clock.advance(seconds: 20_000)
            try town.c.settle()
        }
    }

    @Test("answers are told when they change, and go with the person", arguments: StorageBackend.available)
    func answers(backend: StorageBackend) throws {
        let town = try EventTown(backend)
        let c = town.c
        let event = try town.event(["kind": "training_day"])
        let anna = try c.person("Anna")
        try c.ok("network.add", ["network": .int(town.network), "person": .int(anna.id.rawValue)])
        let law = TellingLaw(c, reader: anna)
        func own() throws -> [JSON] {
            try c.ok("registration.list", ["event": .int(event)], as: anna)["registrations"]?.array ?? []
        }
        let broken = try law.broken("register", own) {
            try c.ok(
                "registration.register",
                ["event": .int(event), "answers": .members(["needs": "Senza glutine"])],
                as: anna
            )
        }
        #expect(broken.isEmpty, "\(broken)")
        func told() throws -> String {
            try c.updates(for: town.facilitator).filter { $0.type.hasPrefix("registration.") }
                .map { String(decoding: JSON.object($0.data).text, as: UTF8.self) }.joined()
        }
        #expect(try told().contains("glutine") && told().contains("Anna"))
        try c.ok("person.erase", ["person": .int(anna.id.rawValue)])
        try c.settle()
        #expect(try !told().contains("glutine") && !told().contains("Anna"))
    }
}
