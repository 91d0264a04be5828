import CommunityKernel
import Journal
import ServerApp
import TestKit
import WireProtocol

/// A network in which Bologna writes solutions, Genova reviews them and Messina takes them over.
struct SolutionTown {
    let c: TestCommunity
    let network: Int64
    let bologna: Int64
    let genova: Int64
    let messina: Int64
    let facilitator: Member
    /// Of Bologna.
    let author: Member
    /// Of Genova.
    let reviewer: Member
    /// Of Messina.
    let adopter: Member

    static let parts = [
        "summary", "context", "organisation", "acts", "technology", "training", "communication", "costs", "indicators",
        "risks", "contacts",
    ]
    static let states = ["draft", "in_review", "tested", "published", "superseded", "withdrawn"]

    init(_ backend: StorageBackend, configure: (inout Configuration) -> Void = { _ in }) throws {
        let c = try TestCommunity(backend, configure: configure)
        network = try c.network("rete")
        bologna = try c.city("Bologna")
        genova = try c.city("Genova")
        messina = try c.city("Messina")
        facilitator = try c.person("Giulia")
        author = try c.person("Anna", city: bologna)
        reviewer = try c.person("Luca", city: genova)
        adopter = try c.person("Marta", city: messina)
        try c.ok("network.add", ["network": .int(network), "person": .int(facilitator.id.rawValue)])
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(facilitator.id.rawValue), "role": "facilitator"]
        )
        try c.join([author, reviewer, adopter], network: network)
        self.c = c
    }

    func create(_ title: String = "Sportello unico") throws -> Int64 {
        try c.id(
            c.ok(
                "solution.create",
                [
                    "network": .int(network), "title": .string(title), "city": .int(bologna), "area": "edilizia",
                ],
                as: author
            )
        )
    }

    func get(_ solution: Int64, version: Int64? = nil, as member: Member? = nil) throws -> JSON {
        guard let version else { return try c.ok("solution.get", ["solution": .int(solution)], as: member ?? author) }
        return try c.ok(
            "solution.get",
            ["solution": .int(solution), "version": .int(version)],
            as: member ?? author
        )
    }

    func revision(_ solution: Int64) throws -> JSON { try get(solution)["revision"] ?? .null }

    /// Writes all parts and the licence.
    func fill(_ solution: Int64, _ text: String = "Testo") throws {
        for part in Self.parts {
            try c.ok(
                "solution.write",
                [
                    "solution": .int(solution), "part": .string(part), "text": .string("\(text) di \(part)"),
                    "revision": revision(solution),
                ],
                as: author
            )
        }
        try c.ok(
            "solution.license",
            ["solution": .int(solution), "licence": "CC-BY-4.0", "revision": revision(solution)],
            as: author
        )
    }

    func experiment(_ solution: Int64) throws -> Int64 {
        try c.id(
            c.ok(
                "experiment.create",
                [
                    "network": .int(network), "city": .int(bologna), "area": "edilizia", "title": "Prova a Bologna",
                    "solution": .int(solution),
                ],
                as: author
            )
        )
    }

    func conclude(_ experiment: Int64) throws {
        try c.ok("experiment.advance", ["experiment": .int(experiment), "to": "started"], as: author)
        try c.ok(
            "experiment.advance",
            ["experiment": .int(experiment), "to": "concluded", "outcome": "success"],
            as: author
        )
    }

    /// The body of a step: the solution on its newest revision.
    func step(_ solution: Int64) throws -> KeyValuePairs<String, JSON> {
        ["solution": .int(solution), "revision": try revision(solution)]
    }

    /// A fresh solution in a state, with a concluded experiment and everything written.
    func solution(_ state: String, _ title: String = "Sportello unico") throws -> Int64 {
        let solution = try create(title)
        try fill(solution)
        try conclude(experiment(solution))
        if state == "draft" { return solution }
        try c.ok("solution.submit", step(solution), as: author)
        if state == "in_review" { return solution }
        try c.ok("solution.approve", step(solution), as: reviewer)
        if state == "tested" { return solution }
        try c.ok("solution.publish", step(solution), as: author)
        switch state {
        case "superseded":
            let newer = try self.solution("published", "Il seguente")
            try c.ok(
                "solution.supersede",
                ["solution": .int(solution), "revision": revision(solution), "by": .int(newer)],
                as: author
            )
        case "withdrawn":
            try c.ok("solution.withdraw", step(solution), as: author)
        default: break
        }
        return solution
    }

    func adopt(_ solution: Int64, version: Int64 = 1) throws -> Int64 {
        try c.id(
            c.ok(
                "adoption.request",
                ["solution": .int(solution), "version": .int(version), "city": .int(messina)],
                as: adopter
            )
        )
    }
}
