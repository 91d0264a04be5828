import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Adoptions and experiments", .serialized)
struct AdoptionTests {
    private static let order = ["requested", "agreed", "kit_delivered", "adapting", "in_use", "evaluated"]

    @Test("steps follow each other, whatever is asked for", arguments: StorageBackend.available)
    func steps(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        for (place, state) in Self.order.enumerated() {
            let solution = try town.solution("published")
            let adoption = try town.adopt(solution)
            for step in Self.order[1...].prefix(place) { try advance(adoption, step, town) }
            for (other, step) in Self.order.enumerated() where other != place + 1 {
                let refused = try c.refusal(
                    "adoption.advance",
                    ["adoption": .int(adoption), "to": .string(step)],
                    as: town.facilitator
                )
                #expect(refused.code == .conflict && refused.current?["state"]?.string == state, "\(state) → \(step)")
            }
            guard state != "evaluated" else { continue }
            #expect(try advance(adoption, "abandoned", town)["state"]?.string == "abandoned")
            let over = try c.refusal("adoption.advance", ["adoption": .int(adoption), "to": "agreed"], as: town.author)
            #expect(over.current?["state"]?.string == "abandoned")
        }
    }

    @discardableResult
    private func advance(_ adoption: Int64, _ step: String, _ town: SolutionTown) throws -> JSON {
        try town.c.ok("adoption.advance", ["adoption": .int(adoption), "to": .string(step)], as: town.facilitator)
    }

    @Test("one per version and city; both sides have a referent", arguments: StorageBackend.available)
    func sides(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.solution("published")
        let own: KeyValuePairs<String, JSON> = ["solution": .int(solution), "version": 1, "city": .int(town.bologna)]
        #expect(try c.refusal("adoption.request", own, as: town.author).fields?.first?.problem == "same_city")
        let others: KeyValuePairs<String, JSON> = [
            "solution": .int(solution), "version": 1, "city": .int(town.messina),
        ]
        #expect(try c.refusal("adoption.request", others, as: town.reviewer).code == .forbidden)
        let adoption = try town.adopt(solution)
        #expect(try town.adopt(solution) == adoption)
        // Nobody agrees for the other side.
        let agree: KeyValuePairs<String, JSON> = ["adoption": .int(adoption), "to": "agreed", "note": "Con piacere"]
        #expect(try c.refusal("adoption.advance", agree, as: town.adopter).code == .forbidden)
        #expect(try c.refusal("adoption.advance", agree, as: town.reviewer).code == .forbidden)
        try c.ok("adoption.advance", agree, as: town.author)
        let again = try c.refusal("adoption.request", others, as: town.adopter)
        #expect(again.code == .conflict && again.current?["state"]?.string == "agreed")
        let read = try c.ok("adoption.get", ["adoption": .int(adoption)], as: town.adopter)
        #expect(read["referent"]?["name"]?.string == "Marta" && read["originReferent"]?["name"]?.string == "Anna")
        #expect(read["steps"]?.array?.last?["html"]?.string?.contains("Con piacere") == true)
        #expect(read["may"]?.array?.compactMap(\.string) == ["kit_delivered", "abandoned"])
        #expect(try town.get(solution)["transferred"]?.bool == false)
        for step in ["kit_delivered", "adapting", "in_use"] {
            try c.ok("adoption.advance", ["adoption": .int(adoption), "to": .string(step)], as: town.adopter)
        }
        #expect(try town.get(solution)["transferred"]?.bool == true)
        let colleague = try c.person("Collega", city: town.messina)
        try c.join([colleague], network: town.network)
        func appoint(_ person: Member) -> KeyValuePairs<String, JSON> {
            ["adoption": .int(adoption), "city": .int(town.messina), "person": .int(person.id.rawValue)]
        }
        #expect(
            try c.refusal("adoption.appoint", appoint(town.author), as: town.adopter).fields?.first?.path
                == "with.person"
        )
        #expect(try c.refusal("adoption.appoint", appoint(colleague), as: town.author).code == .forbidden)
        try c.ok("adoption.appoint", appoint(colleague), as: town.adopter)
        #expect(
            try c.ok("adoption.get", ["adoption": .int(adoption)], as: town.adopter)["referent"]?["name"]?.string
                == "Collega"
        )
    }

    @Test("an experiment begins, ends with an outcome, and is then fixed", arguments: StorageBackend.available)
    func experiments(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let experiment = try town.experiment(town.create())
        func advance(_ to: String, _ outcome: String? = nil) -> KeyValuePairs<String, JSON> {
            guard let outcome else { return ["experiment": .int(experiment), "to": .string(to)] }
            return ["experiment": .int(experiment), "to": .string(to), "outcome": .string(outcome)]
        }
        #expect(try c.refusal("experiment.advance", advance("started"), as: town.reviewer).code == .forbidden)
        let early = try c.refusal("experiment.advance", advance("concluded", "success"), as: town.author)
        #expect(early.code == .conflict && early.current?["state"]?.string == "proposed")
        #expect(
            try c.refusal("experiment.advance", advance("started", "success"), as: town.author).fields?.first?.problem
                == "not_allowed"
        )
        #expect(try c.ok("experiment.advance", advance("started"), as: town.author)["state"]?.string == "started")
        #expect(
            try c.refusal("experiment.advance", advance("concluded"), as: town.author).fields?.first?.path
                == "with.outcome"
        )
        try c.ok("experiment.advance", advance("concluded", "failed"), as: town.author)
        #expect(try c.refusal("experiment.advance", advance("started"), as: town.author).code == .conflict)
        let change: KeyValuePairs<String, JSON> = ["experiment": .int(experiment), "title": "Altro"]
        #expect(try c.refusal("experiment.change", change, as: town.author).code == .conflict)
        let read = try c.ok("experiment.get", ["experiment": .int(experiment)], as: town.reviewer)
        #expect(read["outcome"]?.string == "failed" && read["mayChange"]?.bool == false)
    }

    @Test("adoptions and experiments come in pages, and of one city's solutions", arguments: StorageBackend.available)
    func pages(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let (first, second) = (try town.solution("published"), try town.solution("published", "Un altro"))
        let experiment = try town.experiment(first)
        let adoptions = try [town.adopt(first), town.adopt(second)]
        func all(_ query: String, _ names: String, _ filter: KeyValuePairs<String, JSON> = [:]) throws -> [Int64] {
            var (found, cursor): ([Int64], JSON?) = ([], nil)
            repeat {
                let page = try next(query, filter, cursor)
                let ids = page[names]?.array?.compactMap { $0["id"]?.int } ?? []
                #expect(ids.count == 1 || (ids.isEmpty && cursor == nil))
                found += ids
                cursor = page["cursor"]
            } while cursor != nil
            return found
        }
        func next(_ query: String, _ filter: KeyValuePairs<String, JSON>, _ cursor: JSON?) throws -> JSON {
            switch (filter.first, cursor) {
            case (let one?, let cursor?):
                try c.ok(query, [one.key: one.value, "limit": 1, "cursor": cursor], as: town.author)
            case (let one?, nil): try c.ok(query, [one.key: one.value, "limit": 1], as: town.author)
            case (nil, let cursor?): try c.ok(query, ["limit": 1, "cursor": cursor], as: town.author)
            case (nil, nil): try c.ok(query, ["limit": 1], as: town.author)
            }
        }
        #expect(try all("adoption.list", "adoptions") == adoptions.reversed())
        #expect(try all("adoption.list", "adoptions", ["origin": .int(town.bologna)]) == adoptions.reversed())
        #expect(try all("adoption.list", "adoptions", ["origin": .int(town.messina)]).isEmpty)
        #expect(try all("adoption.list", "adoptions", ["city": .int(town.messina)]) == adoptions.reversed())
        let tried = try all("experiment.list", "experiments")
        #expect(tried.count == 3 && tried.first == experiment && tried == tried.sorted(by: >))
        #expect(try c.ok("adoption.list", as: town.author)["cursor"] == nil)
        for query in ["adoption.list", "experiment.list"] {
            let wrong = try c.refusal(query, ["cursor": "x"], as: town.author)
            #expect(wrong.fields?.map(\.path) == ["with.cursor"], "\(query)")
        }
    }

    @Test("who is erased keeps no name in solutions", arguments: StorageBackend.available)
    func erased(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.solution("published")
        let adoption = try town.adopt(solution)
        let export = try c.export(of: town.adopter)
        #expect(export["adoptionSteps"]?.array?.first?["adoption"]?.int == adoption)
        let experiment = try #require(town.get(solution)["experiments"]?.array?.first?["id"])
        for person in [town.adopter, town.author] {
            try c.ok("person.erase", ["person": .int(person.id.rawValue)])
        }
        try c.settle()
        let read = try c.ok("adoption.get", ["adoption": .int(adoption)], as: town.facilitator)
        #expect(read["referent"] == nil && read["createdBy"] == nil)
        #expect(read["steps"]?.array?.first?["by"] == nil)
        let whole = try town.get(solution, as: town.facilitator)
        let tried = try c.ok("experiment.get", ["experiment": experiment], as: town.facilitator)
        #expect(whole["createdBy"] == nil && tried["createdBy"] == nil)
        // Nor does the journal say who began them, whoever reads it from the first update on.
        let begun = try c.updates(for: town.facilitator).filter {
            ["solution.created", "experiment.created", "adoption.requested"].contains($0.type)
        }
        #expect(begun.count == 3 && begun.allSatisfy { $0.data["createdBy"] == nil && $0.data["city"]?.int != nil })
    }
}
