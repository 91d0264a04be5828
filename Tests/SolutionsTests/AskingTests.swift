import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Asking more people for a review")
struct AskingTests {
    private func body(_ solution: Int64, _ people: [Member]) -> KeyValuePairs<String, JSON> {
        ["solution": .int(solution), "reviewers": .array(people.map { .int($0.id.rawValue) })]
    }

    /// `Name state` of each reviewer.
    private func reviewers(_ solution: Int64, _ town: SolutionTown) throws -> Set<String> {
        let all = try town.get(solution)["reviewers"]?.array ?? []
        return Set(all.map { "\($0["name"]?.string ?? "") \($0["state"]?.string ?? "")" })
    }

    @Test("whoever may submit may ask, in review alone", arguments: StorageBackend.available)
    func table(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let cityless = try c.person("Ugo")
        try c.join([cityless], network: town.network)
        let stranger = try c.person("Estraneo", city: town.genova)
        let members = [town.author, town.reviewer, town.adopter, town.facilitator, cityless, Member.system]
        for state in SolutionTown.states {
            for member in members {
                let solution = try town.solution(state)
                let before = try town.get(solution)
                switch c.outcome("solution.ask", body(solution, [town.adopter]), as: member) {
                case .done:
                    #expect(state == "in_review", "\(member.name) in \(state)")
                    #expect(try reviewers(solution, town).contains("Marta asked"))
                case .refused(let error):
                    #expect(state != "in_review", "\(member.name) in \(state): \(error.code)")
                    #expect(error.code == .conflict && error.current?["state"]?.string == state)
                    #expect(try town.get(solution) == before)
                }
                let may = try town.get(solution, as: member)["me"]?["ask"]?.bool
                #expect(may == (state == "in_review" ? true : nil), "\(member.name) in \(state)")
            }
            let solution = try town.solution(state)
            let hidden = try c.refusal("solution.ask", body(solution, [town.adopter]), as: stranger)
            #expect(hidden.code == .notFound, "\(state)")
        }
    }

    @Test("the text's revision stays, and so does who was asked or has answered", arguments: StorageBackend.available)
    func asked(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        try c.ok("network.change", ["network": .int(town.network), "settings": .members(["reviewers": 2])])
        let solution = try town.solution("draft")
        try c.ok(
            "solution.submit",
            [
                "solution": .int(solution), "revision": town.revision(solution),
                "reviewers": .array([.int(town.reviewer.id.rawValue)]),
            ],
            as: town.author
        )
        let revision = try town.revision(solution)
        let head = c.head
        let reply = try c.ok(
            "solution.ask",
            body(solution, [town.reviewer, town.adopter, town.adopter]),
            as: town.facilitator
        )
        #expect(reply["revision"] == revision && reply["state"]?.string == "in_review")
        let updates = try c.updates(for: town.author, after: head).filter { $0.type.hasPrefix("solution.") }
        #expect(updates.map(\.type) == ["solution.asked"] && updates[0].by == town.facilitator.id)
        let data = try #require(updates.first?.data)
        #expect(data["who"]?.array?.compactMap(\.int) == [town.adopter.id.rawValue])
        #expect(data["revision"] == revision && data["state"]?.string == "in_review" && data["id"]?.int == solution)
        let read = try town.get(solution)
        #expect(try reviewers(solution, town) == ["Luca asked", "Marta asked"])
        #expect(read["revision"] == revision && read["approvalsNeeded"]?.int == 2)
        let act = read["acts"]?.array?.last
        #expect(act?["act"]?.string == "asked" && act?["by"]?["name"]?.string == "Giulia")
        // Who was writing goes on with the revision that was read.
        try c.ok(
            "solution.write",
            ["solution": .int(solution), "part": "costs", "text": "Meno", "revision": revision],
            as: town.author
        )
        try c.ok("solution.approve", town.step(solution), as: town.adopter)

        let settled = c.head
        let before = try town.get(solution)
        let again = c.outcome("solution.ask", body(solution, [town.reviewer, town.adopter]), as: town.author)
        guard case .done(_, let seq, let repeated) = again else { throw UnexpectedOutcome("\(again)") }
        #expect(repeated && seq == nil && c.head == settled)
        #expect(try town.get(solution) == before)
        #expect(try reviewers(solution, town) == ["Luca asked", "Marta approved"])
        // The second city says so too.
        try c.ok("solution.approve", town.step(solution), as: town.reviewer)
        #expect(try town.get(solution)["state"]?.string == "tested")
    }

    @Test("one who may not be asked is refused with all others", arguments: StorageBackend.available)
    func refused(backend: StorageBackend) throws {
        let town = try SolutionTown(backend) { $0.solution.reviewersAsked = 2 }
        let c = town.c
        let solution = try town.solution("in_review")
        let stranger = try c.person("Estraneo", city: town.genova)
        let head = c.head
        func refusal(_ people: [Member]) throws -> WireError {
            let refusal = try c.refusal("solution.ask", body(solution, people), as: town.author)
            #expect(try reviewers(solution, town).isEmpty && c.head == head)
            return refusal
        }
        let outside = try refusal([town.adopter, stranger]).fields?.first
        #expect(outside?.path == "with.reviewers.1" && outside?.problem == "not_a_member")
        let own = try refusal([town.author]).fields?.first
        #expect(own?.path == "with.reviewers.0" && own?.problem == "same_city")
        #expect(try refusal([]).fields?.first?.path == "with.reviewers")
        #expect(try refusal(Array(repeating: town.adopter, count: 21)).code == .invalid)

        let third = try c.person("Terza", city: town.genova)
        try c.join([third], network: town.network)
        try c.ok("solution.ask", body(solution, [town.reviewer, town.adopter]), as: town.author)
        #expect(try c.refusal("solution.ask", body(solution, [third]), as: town.author).code == .full)
        // Who is one of them already takes no other place.
        try c.ok("solution.ask", body(solution, [town.reviewer]), as: town.author)
        let network = town.network
        try c.community.write { work in
            _ = try work.sql.execute("UPDATE network SET type = 'Gone' WHERE id = \(network)")
        }
        let dormant = try c.refusal("solution.ask", body(solution, [town.reviewer]), as: town.author)
        #expect(dormant.code == .unavailable)
    }
}
