import CommunityKernel
import Journal
import WireProtocol

/// What one version of a solution says, as it is kept once it is published.
struct SolutionContent {
    let title: String
    let licence: String
    let text: String
    let parts: [KitPart: String]
    let cost: SolutionCost?

    init(_ solution: SolutionRecord, _ parts: [KitPart: String], text: String) {
        title = solution.title
        licence = solution.licence ?? ""
        cost = solution.cost
        self.text = text
        self.parts = parts
    }

    /// What a reader is shown.
    init(shown view: SolutionView) {
        title = view.title ?? ""
        licence = view.licence ?? ""
        cost = view.knownCost
        text = view.text ?? ""
        var parts: [KitPart: String] = [:]
        for part in KitPart.allCases { parts[part] = view.parts?[part.rawValue]?.string }
        self.parts = parts
    }

    /// What was kept or is brought along.
    init(_ json: JSON) {
        title = json["title"]?.string ?? ""
        licence = json["licence"]?.string ?? ""
        let cost = SolutionCost(once: json["cost"]?["once"]?.int, yearly: json["cost"]?["yearly"]?.int)
        self.cost = cost.isEmpty ? nil : cost
        text = json["text"]?.string ?? ""
        var parts: [KitPart: String] = [:]
        for part in KitPart.allCases { parts[part] = json["parts"]?[part.rawValue]?.string }
        self.parts = parts
    }

    /// In one order, so that the same content always has the same hash.
    ///
    /// A cost that is not known does not stand there: versions from before there were any keep their hash.
    var json: JSON {
        var members = [
            JSONObject.Member(name: "title", value: .string(title)),
            JSONObject.Member(name: "licence", value: .string(licence)),
            JSONObject.Member(name: "text", value: .string(text)),
            JSONObject.Member(name: "parts", value: Self.json(of: parts)),
        ]
        if let cost {
            let amounts = [("once", cost.once), ("yearly", cost.yearly)].compactMap { name, euros in
                euros.map { JSONObject.Member(name: name, value: .int($0)) }
            }
            members.append(JSONObject.Member(name: "cost", value: .object(JSONObject(amounts))))
        }
        return .object(JSONObject(members))
    }

    /// SHA-256 of all that, hexadecimal.
    var hash: String { Secret.hex(Secret.sha256(json.text)) }

    /// Parts by name, in the kit's order.
    static func json(of parts: [KitPart: String]) -> JSON {
        .object(
            JSONObject(
                KitPart.allCases.compactMap { part in
                    parts[part].map { JSONObject.Member(name: part.rawValue, value: .string($0)) }
                }
            )
        )
    }

    static func insert(_ content: SolutionContent, _ solution: SolutionRecord, _ work: UnitOfWork) throws {
        let text = String(decoding: content.json.text, as: UTF8.self)
        try work.sql.execute(
            """
            INSERT INTO solution_version (solution, version, content, hash, publisher, at)
            VALUES (\(solution.id), \(solution.version), \(text), \(content.hash), \(work.actor.id), \(work.now))
            """
        )
    }

    static func content(of solution: SolutionID, version: Int64, _ sql: any SQLReader) throws -> SolutionContent? {
        let stored = try sql.first(
            "SELECT content FROM solution_version WHERE solution = \(solution) AND version = \(version)"
        ) { $0.text(0) }
        return try stored.map { SolutionContent(try JSONParser.parse(Array($0.utf8), limits: .answers)) }
    }
}
