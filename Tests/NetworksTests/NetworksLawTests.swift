import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A client's view of its person and networks, changed by updates alone.
private struct OwnModel {
    var person: [String: JSON]
    var networks: [Int64: [String: JSON]] = [:]
    private let me: Int64

    init(_ snapshot: JSON, me: Int64) {
        self.me = me
        person = Self.fields(snapshot["person"] ?? .null)
        for network in snapshot["networks"]?.array ?? [] { networks[network["id"]?.int ?? 0] = Self.fields(network) }
    }

    private static func fields(_ json: JSON) -> [String: JSON] {
        Dictionary(
            (json.object?.members ?? []).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    mutating func apply(_ update: PastUpdate) {
        let data = Self.fields(.object(update.data))
        let network = data["network"]?.int ?? 0
        switch update.type {
        case "network.created", "network.changed":
            networks[data["id"]?.int ?? 0, default: [:]].merge(data) { _, new in new }
        case "network.joined" where data["person"]?.int == me: networks[network]?["role"] = data["role"] ?? "member"
        case "network.left" where data["person"]?.int == me: networks[network]?["role"] = nil
        case "network.appointed" where data["person"]?.int == me: networks[network]?["role"] = data["role"]
        case "network.tuned":
            networks[network]?["favourite"] = data["favourite"]?.bool == true ? .bool(true) : nil
            networks[network]?["notify"] = data["notify"] == "default" ? nil : data["notify"]
        case "person.changed": person.merge(data) { _, new in new }
        default: break
        }
    }
}

@Suite("Networks and people: the law")
struct NetworksLawTests {
    @Test("a stale snapshot plus the updates after it is a fresh snapshot", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try c.person("Anna")
        let other = try c.person("Bruno")
        let first = try c.network("semplificazione")
        let me = anna.id.rawValue
        let acts: [() throws -> Void] = [
            { try c.ok("network.join", ["network": .int(first)], as: anna) },
            { _ = try c.network("piani-strategici") },
            { try c.ok("network.tune", ["network": .int(first), "favourite": .bool(true)], as: anna) },
            { try c.ok("network.tune", ["network": .int(first), "notify": "all"], as: anna) },
            { try c.ok("network.join", ["network": .int(first)], as: other) },
            { try c.ok("network.appoint", ["network": .int(first), "person": .int(me), "role": "facilitator"]) },
            { try c.ok("person.change", ["person": .int(me), "name": "Anna Verdi", "language": "en"], as: anna) },
            { try c.ok("network.appoint", ["network": .int(first), "person": .int(me), "role": "member"]) },
            { try c.ok("network.leave", ["network": .int(first)], as: anna) },
            { try c.ok("network.tune", ["network": .int(first), "favourite": .bool(false)], as: anna) },
            { try c.ok("network.join", ["network": .int(first)], as: anna) },
            { try c.ok("person.assignRoles", ["person": .int(me), "roles": .array(["monitor"])]) },
        ]
        var stale = [(seq: c.head, snapshot: try c.snapshot(for: anna))]
        for act in acts {
            try act()
            stale.append((c.head, try c.snapshot(for: anna)))
        }
        let fresh = OwnModel(try c.snapshot(for: anna), me: me)
        for (seq, snapshot) in stale {
            var model = OwnModel(snapshot, me: me)
            for update in try c.updates(for: anna, after: seq) { model.apply(update) }
            #expect(model.person == fresh.person, "from \(seq)")
            #expect(model.networks == fresh.networks, "from \(seq)")
        }
        // The acts must have changed something, or the comparison says nothing.
        #expect(OwnModel(stale[0].snapshot, me: me).networks != fresh.networks)
        #expect(OwnModel(stale[0].snapshot, me: me).person != fresh.person)
    }
}
