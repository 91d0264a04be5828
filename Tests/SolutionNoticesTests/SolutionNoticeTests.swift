import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Solutions among the notifications")
struct SolutionNoticeTests {
    @Test("who is asked to review is told, and nobody else", arguments: StorageBackend.available)
    func asked(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let solution = try town.draft()
        try town.conclude(solution)
        #expect(try town.told() == ["Bruno solution concluded"])
        try town.submit(solution, town.luca, town.carla)
        #expect(try town.told() == ["Carla review asked", "Luca review asked"])
        let one = try #require(try town.list(town.luca).first)
        #expect(one["solution"]?.int == solution && one["title"]?.string == "Sportello unico")
        #expect(one["by"]?.int == town.anna.id.rawValue && one["text"]?.string == "Sportello unico")

        try town.c.ok(
            "solution.return",
            ["solution": .int(solution), "revision": town.revision(solution), "reason": "Mancano i costi"],
            as: town.luca
        )
        #expect(try town.told() == ["Anna solution returned", "Bruno solution returned", "Carla solution returned"])
        try town.submit(solution)
        #expect(try town.told() == ["Carla review asked", "Luca review submitted"])
        try town.c.ok("solution.approve", town.step(solution), as: town.carla)
        #expect(try town.told() == ["Anna solution approved", "Bruno solution approved", "Luca solution approved"])
        try town.c.ok("solution.publish", town.step(solution), as: town.anna)
        #expect(try town.told() == ["Bruno solution published", "Carla solution published", "Luca solution published"])
        try town.c.ok("solution.withdraw", town.step(solution), as: town.bruno)
        #expect(try town.told() == ["Anna solution withdrawn", "Carla solution withdrawn", "Luca solution withdrawn"])
    }

    @Test(
        "where nobody is asked, those are told who may review it, up to the setting",
        arguments: StorageBackend.available
    )
    func open(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        try town.submit(town.draft())
        #expect(
            try town.told() == [
                "Carla review submitted", "Giulia review submitted", "Luca review submitted", "Marta review submitted",
            ]
        )
        let narrow = try NoticeTown(backend) { $0.notification.reach = 2 }
        try narrow.submit(narrow.draft())
        #expect(try narrow.told() == ["Giulia review submitted", "Luca review submitted"])
        // Who wants to hear nothing takes nobody's place.
        try narrow.choose("reviews", "off", narrow.giulia)
        try narrow.submit(narrow.draft("Altra"))
        #expect(try narrow.told() == ["Carla review submitted", "Luca review submitted"])
    }

    @Test(
        "each of a crowd is told once, a page at a time, in the order of what happened",
        arguments: StorageBackend.available
    )
    func crowd(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend) { $0.notification.reach = 1_000 }
        let crowd = try (0..<120).map { try town.c.person("Folla \($0)", city: town.genova) }
        try town.c.join(crowd, network: town.network)
        try town.c.settle()
        let (first, second) = (try town.draft("Prima"), try town.draft("Seconda"))
        try town.submit(first)
        try town.submit(second)
        try town.c.community.background.catchUp()
        // The follower told the first page alone; the rest waits for the tick.
        #expect(try town.c.rows(of: "solution_notice") == 2)
        #expect(try town.c.rows(of: "notification WHERE kind = 'review'") < 50)
        try town.c.settle()
        #expect(try town.c.rows(of: "solution_notice") == 0)
        #expect(try town.c.rows(of: "notification WHERE kind = 'review'") == 2 * 124)
        for member in crowd {
            #expect(try town.list(member).compactMap { $0["solution"]?.int } == [second, first])
        }
    }

    @Test(
        "both cities follow an adoption; its origin hears what arrives and that it is in use",
        arguments: StorageBackend.available
    )
    func adoption(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let solution = try town.published()
        let adoption = try town.adopt(solution)
        #expect(
            try town.told() == ["Anna adoption requested", "Bruno adoption requested", "Giulia adoption requested"]
        )
        let one = try #require(try town.list(town.anna).first)
        #expect(one["adoption"]?.int == adoption && one["title"]?.string == "Sportello unico")
        #expect(one["text"]?.string?.contains("Messina") == true)
        // Who agrees for Bologna is its referent from then on; Bruno hears no more of what goes on.
        try town.advance(adoption, to: "agreed", as: town.anna)
        #expect(try town.told() == ["Marta adoption agreed"])
        try town.advance(adoption, to: "kit_delivered", as: town.anna)
        #expect(try town.told() == ["Marta adoption kit_delivered"])
        try town.advance(adoption, to: "adapting", as: town.marta)
        #expect(try town.told() == ["Anna adoption adapting"])
        try town.advance(adoption, to: "in_use", as: town.marta)
        #expect(try town.told() == ["Anna adoption in_use", "Bruno adoption in_use"])
        try town.c.ok(
            "adoption.appoint",
            ["adoption": .int(adoption), "city": .int(town.bologna), "person": .int(town.dario.id.rawValue)],
            as: town.anna
        )
        #expect(try town.told() == ["Dario adoption appointed", "Marta adoption appointed"])
        try town.advance(adoption, to: "evaluated", as: town.marta)
        #expect(try town.told() == ["Dario adoption evaluated"])

        let second = try town.adopt(try town.published("Altra"))
        _ = try town.told()
        try town.advance(second, to: "abandoned", as: town.marta)
        #expect(try town.told() == ["Anna adoption abandoned", "Bruno adoption abandoned"])
    }

    @Test(
        "a newer version, a withdrawal and a successor are told to those whose city took the solution over",
        arguments: StorageBackend.available
    )
    func adopters(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let solution = try town.published()
        let other = try town.published("Il seguente")
        let adoption = try town.adopt(solution)
        try town.advance(adoption, to: "agreed", as: town.anna)
        _ = try town.told()
        try town.write(solution, "summary", as: town.anna)
        try town.submit(solution, town.luca)
        try town.c.ok("solution.approve", town.step(solution), as: town.luca)
        _ = try town.told()
        try town.c.ok("solution.publish", town.step(solution), as: town.anna)
        #expect(
            try town.told() == ["Bruno solution published", "Luca solution published", "Marta adoption published"]
        )
        let one = try #require(try town.list(town.marta).first)
        #expect(one["solution"]?.int == solution && one["adoption"] == nil)
        try town.c.ok(
            "solution.supersede",
            ["solution": .int(solution), "revision": town.revision(solution), "by": .int(other)],
            as: town.anna
        )
        #expect(
            try town.told() == ["Bruno solution superseded", "Luca solution superseded", "Marta adoption superseded"]
        )

        // Nobody follows this one in Messina: a facilitator asked for it.
        _ = try town.adopt(other, as: town.giulia)
        #expect(try town.told() == ["Anna adoption requested", "Bruno adoption requested"])
        try town.c.ok("solution.withdraw", town.step(other), as: town.anna)
        #expect(
            try town.told() == ["Bruno solution withdrawn", "Luca solution withdrawn", "Marta adoption withdrawn"]
        )
        // An adoption that was given up is followed by nobody.
        let third = try town.published("Terza")
        try town.advance(town.adopt(third), to: "abandoned", as: town.marta)
        _ = try town.told()
        try town.c.ok("solution.withdraw", town.step(third), as: town.anna)
        #expect(try town.told() == ["Bruno solution withdrawn", "Luca solution withdrawn"])
    }

    @Test("what one does not want is not told", arguments: StorageBackend.available)
    func muted(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        try town.choose("reviews", "off", town.luca)
        try town.choose("changes", "off", town.bruno)
        try town.choose("comments", "off", town.anna)
        try town.choose("adoptions", "off", town.anna)
        let set = try #require(try town.c.updates(for: town.luca).last { $0.type == "notification.set" })
        #expect(
            set.data["solutions"]?["reviews"]?.string == "off" && set.data["solutions"]?["comments"]?.string == "mail"
        )
        #expect(try town.c.snapshot(for: town.luca)["notifications"]?["solutions"]?["reviews"]?.string == "off")
        let solution = try town.draft()
        try town.conclude(solution)
        try town.submit(solution, town.luca, town.carla)
        #expect(try town.told() == ["Carla review asked"])
        try town.c.ok("solution.approve", town.step(solution), as: town.carla)
        #expect(try town.told() == ["Anna solution approved", "Luca solution approved"])
        try town.c.ok("solution.publish", town.step(solution), as: town.anna)
        _ = try town.told()
        _ = try town.adopt(solution)
        #expect(try town.told() == ["Bruno adoption requested", "Giulia adoption requested"])
        _ = try town.comment(try town.document(), "Bene, \(town.mention(town.anna))", as: town.luca)
        #expect(try town.told() == ["Bruno comment commented"])
        let unknown: KeyValuePairs<String, JSON> = ["solutions": .members(["reviews": "sometimes"])]
        #expect(try town.c.refusal("notification.set", unknown, as: town.luca).code == .invalid)
    }

    @Test("opening a solution or an adoption reads what is told of it", arguments: StorageBackend.available)
    func reading(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let solution = try town.published()
        let adoption = try town.adopt(solution)
        #expect(try town.unread(town.anna) == 2)
        try town.c.ok("notification.read", ["adoption": .int(adoption)], as: town.anna)
        #expect(try town.unread(town.anna) == 1)
        try town.c.ok("notification.read", ["solution": .int(solution)], as: town.anna)
        #expect(try town.unread(town.anna) == 0)
        #expect(try town.list(town.anna).allSatisfy { $0["read"]?.bool == true })
    }

    @Test("who left in the meantime is told nothing, and what was told is gone", arguments: StorageBackend.available)
    func lost(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let solution = try town.draft()
        try town.submit(solution, town.luca, town.carla)
        try town.c.ok("network.leave", ["network": .int(town.network)], as: town.luca)
        #expect(try town.told() == ["Carla review asked"])
        #expect(try town.unread(town.carla) == 1)
        try town.c.ok("network.leave", ["network": .int(town.network)], as: town.carla)
        #expect(try town.unread(town.carla) == 0 && town.list(town.carla).isEmpty)
    }

    @Test("a journal that is read for the first time is history", arguments: StorageBackend.available)
    func history(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        try town.submit(town.draft(), town.luca)
        town.c.clock.set(try LocalTime(local: "2026-11-26T10:00", zone: "Europe/Rome").resolved())
        #expect(try town.told().isEmpty)
    }
}
