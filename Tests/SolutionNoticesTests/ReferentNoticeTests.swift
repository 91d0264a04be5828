import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Notices of adoptions that nobody follows any more")
struct ReferentNoticeTests {
    @Test(
        "once a referent was removed from the network, the members of that city are told",
        arguments: StorageBackend.available
    )
    func removed(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let solution = try town.published()
        let adoption = try town.c.id(
            town.c.ok(
                "adoption.request",
                ["solution": .int(solution), "version": 1, "city": .int(town.genova)],
                as: town.luca
            )
        )
        func remove(_ member: Member) throws {
            try town.c.ok(
                "network.remove",
                ["network": .int(town.network), "person": .int(member.id.rawValue)],
                as: town.giulia
            )
        }
        _ = try town.told()
        try town.advance(adoption, to: "agreed", as: town.anna)
        #expect(try town.told() == ["Luca adoption agreed"])
        try remove(town.luca)
        _ = try town.told()
        try town.advance(adoption, to: "kit_delivered", as: town.anna)
        #expect(try town.told() == ["Carla adoption kit_delivered"])
        // Anna follows it for Bologna, until she is removed too.
        try town.advance(adoption, to: "adapting", as: town.carla)
        #expect(try town.told() == ["Anna adoption adapting"])
        try remove(town.anna)
        _ = try town.told()
        try town.advance(adoption, to: "in_use", as: town.carla)
        #expect(try town.told() == ["Bruno adoption in_use"])
        try town.advance(adoption, to: "evaluated", as: town.carla)
        #expect(try town.told() == ["Bruno adoption evaluated"])
        try town.c.ok(
            "solution.withdraw",
            [
                "solution": .int(solution),
                "revision": try town.c.ok("solution.get", ["solution": .int(solution)], as: town.bruno)["revision"]
                    ?? .null,
            ],
            as: town.bruno
        )
        #expect(try town.told() == ["Carla adoption withdrawn"])
    }
}
