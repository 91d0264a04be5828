public import CommunityKernel
import Journal
public import WireProtocol

/// A network with a facilitator and people, in which events take place.
public struct EventTown {
    /// The community.
    public let c: TestCommunity
    /// Its id.
    public let network: Int64
    /// Who runs its events.
    public let facilitator: Member

    /// Makes it on a fresh store.
    public init(_ backend: StorageBackend, type: String = "NationalThematic") throws {
        c = try TestCommunity(backend)
        network = try c.network("rete", type: type)
        facilitator = try c.person("Giulia")
        try c.ok("network.add", ["network": .int(network), "person": .int(facilitator.id.rawValue)])
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(facilitator.id.rawValue), "role": "facilitator"]
        )
    }

    /// People of the network.
    public func people(_ count: Int) throws -> [Member] {
        let city = try c.city()
        let people = try (1...count).map { try c.person("P\($0)", city: city) }
        try c.join(people, network: network)
        return people
    }

    /// A published webinar on 10 December 2026 from 10:00 to 12:00 in Rome, with further fields; its id.
    public func event(_ fields: [String: JSON] = [:]) throws -> Int64 {
        func time(_ local: String) -> JSON { .members(["local": .string(local), "zone": "Europe/Rome"]) }
        let usual: [String: JSON] = [
            "network": .int(network), "kind": "webinar", "title": "Sportello unico",
            "start": time("2026-12-10T10:00"), "end": time("2026-12-10T12:00"),
        ]
        let members = usual.merging(fields) { $1 }.map { JSONObject.Member(name: $0.key, value: $0.value) }
        let created = try run("event.create", JSONObject(members), as: facilitator)
        let id = try c.id(created)
        try c.ok("event.publish", ["event": .int(id), "revision": 1], as: facilitator)
        return id
    }

    private func run(_ name: String, _ body: JSONObject, as member: Member) throws -> JSON {
        switch c.community.performAndWait(.init(name: name, body: body), as: member) {
        case .done(let reply, _, _): return try JSONParser.parse(reply, limits: .answers)
        case .refused(let error): throw UnexpectedOutcome("\(name): \(error.message)")
        }
    }

    /// Changes an event, on its newest revision.
    public func change(_ event: Int64, _ name: String, _ value: JSON) throws {
        let revision = try get(event)["revision"] ?? .null
        try c.ok("event.update", ["event": .int(event), "revision": revision, name: value], as: facilitator)
    }

    /// An event as a member reads it, the facilitator unless told.
    public func get(_ event: Int64, as member: Member? = nil) throws -> JSON {
        try c.ok("event.get", ["event": .int(event)], as: member ?? facilitator)
    }

    /// Registers somebody for an event; where the person stands.
    @discardableResult
    public func register(_ member: Member, _ event: Int64) throws -> JSON {
        try c.ok("registration.register", ["event": .int(event)], as: member)
    }

    /// Runs one of the commands that name a registration; the state after it.
    @discardableResult
    public func act(_ name: String, _ registration: Int64, as member: Member) throws -> String {
        try c.ok("registration.\(name)", ["registration": .int(registration)], as: member)["state"]?.string ?? ""
    }

    /// All registrations of an event, as the facilitator sees them.
    public func list(_ event: Int64) throws -> [JSON] {
        try c.ok("registration.list", ["event": .int(event), "limit": 500], as: facilitator)["registrations"]?.array
            ?? []
    }

    /// The states of an event's registrations by person.
    public func states(_ event: Int64) throws -> [Int64: String] {
        Dictionary(
            try list(event).compactMap { item in
                guard let person = item["person"]?.int, let state = item["state"]?.string else { return nil }
                return (person, state)
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
