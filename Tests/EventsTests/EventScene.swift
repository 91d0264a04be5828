import CommunityKernel
import Journal
import ServerApp
import TestKit
import WireProtocol

/// A national network with a facilitator, two members and a stranger.
///
/// The clock of a TestCommunity starts on 22 November 2026 at 10:00 UTC, 11:00 in Rome.
struct EventScene {
    let c: TestCommunity
    let network: Int64
    let giulia: Member
    let anna: Member
    let marco: Member
    let stranger: Member

    init(_ backend: StorageBackend, type: String = "NationalThematic") throws {
        c = try TestCommunity(backend)
        network = try c.network(type: type)
        giulia = try c.person("Giulia")
        anna = try c.person("Anna")
        marco = try c.person("Marco")
        stranger = try c.person("Sara")
        for member in [giulia, anna, marco] {
            try c.ok("network.add", ["network": .int(network), "person": .int(member.id.rawValue)])
        }
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    static func at(_ local: String, _ zone: String = "Europe/Rome") -> JSON {
        .members(["local": .string(local), "zone": .string(zone)])
    }

    static func day(_ date: String) -> JSON { .members(["date": .string(date)]) }

    /// Asks for an event to be made; how that ended.
    func create(
        _ more: [String: JSON] = [:],
        as member: Member? = nil,
        nonce: String? = nil
    ) -> Outcome {
        var fields: [String: JSON] = [
            "network": .int(network), "kind": "webinar", "title": "Lo sportello unico",
            "start": Self.at("2026-12-01T10:00"), "end": Self.at("2026-12-01T12:00"),
        ]
        for (name, value) in more { fields[name] = value }
        return ask("event.create", fields, as: member, nonce: nonce)
    }

    /// Runs a command or query with any fields, by default as the facilitator.
    func ask(
        _ name: String,
        _ fields: [String: JSON],
        as member: Member? = nil,
        nonce: String? = nil
    ) -> Outcome {
        let members = fields.sorted { $0.key < $1.key }.map { JSONObject.Member(name: $0.key, value: $0.value) }
        return c.community.performAndWait(
            Community.Request(name: name, body: JSONObject(members), nonce: nonce),
            as: member ?? giulia
        )
    }

    /// A draft; its id.
    func draft(_ more: [String: JSON] = [:]) throws -> Int64 { try c.id(answer(create(more))) }

    /// A published event; its id.
    func published(_ more: [String: JSON] = [:]) throws -> Int64 {
        let event = try draft(more)
        try c.ok("event.publish", ["event": .int(event), "revision": 1], as: giulia)
        return event
    }

    func answer(_ outcome: Outcome) throws -> JSON {
        switch outcome {
        case .done(let reply, _, _): return try JSONParser.parse(reply, limits: .answers)
        case .refused(let error): throw UnexpectedOutcome("refused: \(error.code.rawValue): \(error.message)")
        }
    }

    func refusal(_ outcome: Outcome) throws -> WireError {
        switch outcome {
        case .done(let reply, _, _):
            throw UnexpectedOutcome("accepted: \(String(decoding: reply, as: UTF8.self))")
        case .refused(let error): return error
        }
    }

    func get(_ event: Int64, as member: Member? = nil) throws -> JSON {
        try c.ok("event.get", ["event": .int(event)], as: member ?? giulia)
    }

    func revision(_ event: Int64) throws -> JSON { try get(event)["revision"] ?? .null }
}

extension WireError {
    /// Each problem as `path problem`.
    var problems: [String] { (fields ?? []).map { "\($0.path) \($0.problem)" } }
}
