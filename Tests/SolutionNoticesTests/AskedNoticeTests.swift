import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Notices of reviews asked for later")
struct AskedNoticeTests {
    private func ask(_ solution: Int64, _ people: Member..., as member: Member, _ town: NoticeTown) throws {
        try town.c.ok(
            "solution.ask",
            ["solution": .int(solution), "reviewers": .array(people.map { .int($0.id.rawValue) })],
            as: member
        )
    }

    @Test("who is asked while it is in review is told once, like those before", arguments: StorageBackend.available)
    func asked(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let solution = try town.draft()
        try town.conclude(solution)
        try town.submit(solution, town.luca)
        _ = try town.told()
        try ask(solution, town.luca, town.carla, as: town.bruno, town)
        #expect(try town.told() == ["Carla review asked"])
        let one = try #require(try town.list(town.carla).first)
        #expect(one["solution"]?.int == solution && one["by"]?.int == town.bruno.id.rawValue)
        try ask(solution, town.carla, town.luca, as: town.anna, town)
        #expect(try town.told().isEmpty)

        // Twice in the same moment, before anybody is told: each hears what concerns that person.
        let second = try town.draft("Seconda")
        try town.submit(second, town.luca)
        try ask(second, town.carla, as: town.anna, town)
        try ask(second, town.marta, as: town.anna, town)
        #expect(try town.told() == ["Carla review asked", "Luca review asked", "Marta review asked"])

        // It waited for anybody, when somebody was asked: the others hear of it all the same.
        let both = try town.draft("Per tutti")
        try town.submit(both)
        try ask(both, town.carla, as: town.anna, town)
        #expect(
            try town.told() == [
                "Carla review asked", "Carla review submitted", "Giulia review submitted", "Luca review submitted",
                "Marta review submitted",
            ]
        )

        // Where anybody could come forward, one is asked by name.
        let open = try town.draft("Terza")
        try town.conclude(open)
        try town.submit(open)
        _ = try town.told()
        try ask(open, town.luca, as: town.anna, town)
        #expect(try town.told() == ["Luca review asked"])
        // Who has answered before being told is asked no more.
        try ask(open, town.marta, as: town.anna, town)
        try town.c.ok("solution.approve", town.step(open), as: town.marta)
        #expect(try town.told() == ["Anna solution approved", "Bruno solution approved", "Luca solution approved"])
    }

    @Test("what is older than a day when it is read is history, the rest is told", arguments: StorageBackend.available)
    func late(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let (first, second) = (try town.draft("Prima"), try town.draft("Seconda"))
        try town.submit(first, town.luca)
        town.c.clock.set(try LocalTime(local: "2026-11-25T09:00", zone: "Europe/Rome").resolved())
        try town.submit(second, town.luca)
        try ask(first, town.carla, as: town.anna, town)
        town.c.clock.set(try LocalTime(local: "2026-11-25T10:30", zone: "Europe/Rome").resolved())
        #expect(try town.told() == ["Carla review asked", "Luca review asked"])
        #expect(try town.list(town.luca).first?["solution"]?.int == second)
        #expect(try town.list(town.carla).first?["solution"]?.int == first)
    }
}
