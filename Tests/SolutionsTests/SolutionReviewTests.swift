import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Reviews of solutions", .serialized)
struct SolutionReviewTests {
    @Test("a review is asked of members of other cities", arguments: StorageBackend.available)
    func asking(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.create()
        let stranger = try c.person("Estraneo")
        func submit(_ person: Member) throws -> KeyValuePairs<String, JSON> {
            [
                "solution": .int(solution), "revision": try town.revision(solution),
                "reviewers": .array([.int(person.id.rawValue)]),
            ]
        }
        #expect(
            try c.refusal("solution.submit", submit(stranger), as: town.author).fields?.first?.problem == "not_a_member"
        )
        #expect(
            try c.refusal("solution.submit", submit(town.author), as: town.author).fields?.first?.problem == "same_city"
        )
        try c.ok("solution.submit", submit(town.reviewer), as: town.author)
        #expect(try town.get(solution)["reviewers"]?.array?.first?["state"]?.string == "asked")
        let silent = try c.refusal("solution.return", town.step(solution), as: town.reviewer)
        #expect(silent.fields?.first?.path == "with.reason")
        let head = c.head
        try c.ok(
            "solution.return",
            ["solution": .int(solution), "revision": town.revision(solution), "reason": "Mancano i tempi"],
            as: town.reviewer
        )
        let update = try c.updates(for: town.author, after: head).first { $0.type == "solution.returned" }
        #expect(update?.data["reason"]?.string == "Mancano i tempi" && update?.data["state"]?.string == "draft")
        let after = try town.get(solution)
        #expect(after["reviewers"]?.array?.first?["reason"]?.string == "Mancano i tempi")
        #expect(after["acts"]?.array?.compactMap { $0["act"]?.string } == ["created", "submitted", "returned"])
    }

    @Test("tested needs a concluded experiment and another city", arguments: StorageBackend.available)
    func tested(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.create()
        let experiment = try town.experiment(solution)
        try c.ok("solution.submit", town.step(solution), as: town.author)
        #expect(try c.refusal("solution.approve", town.step(solution), as: town.author).code == .forbidden)
        #expect(try c.refusal("solution.approve", town.step(solution), as: .system).code == .forbidden)
        let early = try c.refusal("solution.approve", town.step(solution), as: town.reviewer)
        #expect(early.code == .invalid && early.fields?.map(\.path) == ["with.experiments"])
        try c.ok("experiment.advance", ["experiment": .int(experiment), "to": "started"], as: town.author)
        #expect(try c.refusal("solution.approve", town.step(solution), as: town.reviewer).code == .invalid)
        try c.ok(
            "experiment.advance",
            ["experiment": .int(experiment), "to": "concluded", "outcome": "partial"],
            as: town.author
        )
        let stale = try c.refusal(
            "solution.approve",
            ["solution": .int(solution), "revision": 1],
            as: town.reviewer
        )
        #expect(stale.code == .conflict && stale.current?["revision"]?.int == 2)
        #expect(try c.ok("solution.approve", town.step(solution), as: town.reviewer)["state"]?.string == "tested")
        let reviewer = try town.get(solution)["reviewers"]?.array?.first
        #expect(reviewer?["name"]?.string == "Luca" && reviewer?["city"]?["name"]?.string == "Genova")
        #expect(reviewer?["state"]?.string == "approved")
    }

    @Test("who started a solution does not approve it, for whatever city", arguments: StorageBackend.available)
    func ownApproval(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.solution("draft")
        let mandate: KeyValuePairs<String, JSON> = [
            "person": .int(town.author.id.rawValue), "organisation": .int(town.genova), "role": "employee",
        ]
        try c.ok("mandate.grant", mandate)
        try c.ok("solution.submit", town.step(solution), as: town.author)
        #expect(try c.refusal("solution.approve", town.step(solution), as: town.author).code == .forbidden)
        #expect(try town.get(solution)["me"]?["approve"]?.bool == false)
        #expect(try c.ok("solution.approve", town.step(solution), as: town.reviewer)["state"]?.string == "tested")
    }

    @Test("a network may want the approval of several cities", arguments: StorageBackend.available)
    func severalApprovals(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let settings = JSON.members(["reviewers": 2])
        try c.ok("network.change", ["network": .int(town.network), "settings": settings])
        let solution = try town.solution("draft")
        try c.ok("solution.submit", town.step(solution), as: town.author)
        #expect(try town.get(solution)["approvalsNeeded"]?.int == 2)
        #expect(try c.ok("solution.approve", town.step(solution), as: town.reviewer)["state"]?.string == "in_review")
        let again = try c.refusal("solution.approve", town.step(solution), as: town.reviewer)
        #expect(again.code == .conflict && again.current?["state"]?.string == "in_review")
        #expect(try c.refusal("solution.publish", town.step(solution), as: town.author).code == .conflict)
        let step = try town.step(solution)
        let back: KeyValuePairs<String, JSON> = [
            "solution": .int(solution), "revision": step[1].value, "reason": "Mancano i costi",
        ]
        try c.ok("solution.return", back, as: town.facilitator)
        // Given back, it comes back changed: the first approval counts no more.
        try c.ok("solution.submit", town.step(solution), as: town.author)
        #expect(try c.ok("solution.approve", town.step(solution), as: town.adopter)["state"]?.string == "in_review")
        #expect(try c.ok("solution.approve", town.step(solution), as: town.reviewer)["state"]?.string == "tested")
    }

    @Test(
        "who acts for two cities approves for the one that has not yet, and once",
        arguments: StorageBackend.available
    )
    func approvalOfTwoCities(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        try c.ok(
            "network.change",
            ["network": .int(town.network), "settings": .members(["reviewers": 3])]
        )
        let torino = try c.city("Torino")
        let (both, colleague) = (try c.person("Bice", city: torino), try c.person("Gino", city: torino))
        try c.join([both, colleague], network: town.network)
        try c.ok(
            "mandate.grant",
            ["person": .int(both.id.rawValue), "organisation": .int(town.messina), "role": "employee"]
        )
        let solution = try town.solution("draft")
        try c.ok("solution.submit", town.step(solution), as: town.author)
        try c.ok("solution.approve", town.step(solution), as: colleague)
        func may(_ member: Member) throws -> Bool {
            try town.get(solution, as: member)["me"]?["approve"]?.bool ?? false
        }
        #expect(try !may(colleague) && may(both))
        try c.ok("solution.approve", town.step(solution), as: both)
        #expect(try !may(both) && !may(town.adopter) && may(town.reviewer))
        // Messina has said so by now, and so has she.
        #expect(try c.refusal("solution.approve", town.step(solution), as: town.adopter).code == .conflict)
        #expect(try c.refusal("solution.approve", town.step(solution), as: both).code == .conflict)
        #expect(try c.ok("solution.approve", town.step(solution), as: town.reviewer)["state"]?.string == "tested")
    }
}
