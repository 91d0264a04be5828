import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Roles and sponsors", .serialized)
struct NetworkRolesTests {
    @Test("what a role may do is the network type's to say", arguments: StorageBackend.available)
    func rights(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        for (type, mayCallAll) in [("NationalThematic", false), ("Coordination", true)] {
            let network = try c.network(type.lowercased(), type: type)
            let channel = try c.channel("generale", in: network)
            let people = try (0..<16).map { try c.person("\(type) \($0)") }
            for person in people {
                try c.ok("network.add", ["network": .int(network), "person": .int(person.id.rawValue)])
                try c.ok("channel.join", ["channel": .int(channel)], as: person)
            }
            let call: KeyValuePairs<String, JSON> = ["channel": .int(channel), "text": "@[channel] si vota"]
            if mayCallAll {
                try c.ok("message.post", call, as: people[0])
            } else {
                #expect(try c.refusal("message.post", call, as: people[0]).code == .forbidden)
            }
            let other = try c.person("Altra")
            for command in ["network.add", "network.remove"] {
                let refusal = try c.refusal(
                    command,
                    ["network": .int(network), "person": .int(other.id.rawValue)],
                    as: people[0]
                )
                #expect(refusal.code == .forbidden)
            }
        }
        let types = try c.ok("network.types")["types"]?.array ?? []
        let body = types.first { $0["id"]?.string == "Coordination" }
        #expect(body?["roles"]?.array?[0]["may"]?.array?.map(\.string) == ["mentionEverybody"])
        #expect(body?["roles"]?.array?[1]["label"]?["it"]?.string == "Segreteria")
    }

    /// A European network with a facilitator and a guest.
    private func european(_ c: TestCommunity) throws -> (network: Int64, host: Member, guest: Member) {
        let network = try c.network("europa", type: "European")
        let host = try c.person("Ospitante")
        try c.ok("network.add", ["network": .int(network), "person": .int(host.id.rawValue)])
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(host.id.rawValue), "role": "facilitator"]
        )
        let mandate = JSON.members(["organisation": .int(try c.city()), "role": "guest", "to": "2040-01-01"])
        let created = try c.ok(
            "person.create",
            ["name": "Guest", "email": "guest@example.eu", "mandates": .array([mandate])]
        )
        return (network, host, Member(id: MemberID(try c.id(created)), kind: .person, name: "Guest"))
    }

    private func sponsor(of guest: Member, in network: Int64, _ c: TestCommunity) throws -> Int64? {
        let members = try c.ok("network.members", ["network": .int(network)])["members"]?.array ?? []
        return members.first { $0["id"]?.int == guest.id.rawValue }?["sponsor"]?["id"]?.int
    }

    @Test("a guest takes part while the sponsor does", arguments: StorageBackend.available)
    func guests(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let (network, host, guest) = try european(c)
        let adding: KeyValuePairs<String, JSON> = ["network": .int(network), "person": .int(guest.id.rawValue)]
        // The server itself is nobody to turn to.
        #expect(try c.refusal("network.add", adding).fields?.first?.path == "with.sponsor")
        let head = c.head
        try c.ok("network.add", adding, as: host)
        #expect(try sponsor(of: guest, in: network, c) == host.id.rawValue)
        let told = try c.updates(for: host, after: head)
        #expect(told.map(\.type) == ["network.joined", "network.sponsored"])
        #expect(told.last?.data["sponsor"]?.int == host.id.rawValue)

        // The sponsor goes, and the guest with the sponsor; another one lets the guest in again.
        let before = c.head
        try c.ok("network.leave", ["network": .int(network)], as: host)
        #expect(try c.refusal("network.members", ["network": .int(network)], as: guest).code == .notFound)
        #expect(try c.updates(for: guest, after: before).last?.type == "access.lost")
        let second = try c.person("Seconda")
        try c.ok("network.add", ["network": .int(network), "person": .int(second.id.rawValue)])
        try c.ok(
            "network.add",
            [
                "network": .int(network), "person": .int(guest.id.rawValue),
                "sponsor": .int(second.id.rawValue),
            ]
        )
        #expect(try sponsor(of: guest, in: network, c) == second.id.rawValue)

        // A sponsor who is suspended takes the guest along, and brings the guest back.
        try c.ok("person.suspend", ["person": .int(second.id.rawValue)])
        #expect(try c.refusal("network.get", ["network": .int(network)], as: guest).code == .notFound)
        try c.ok("person.restore", ["person": .int(second.id.rawValue)])
        #expect(try c.ok("network.get", ["network": .int(network)], as: guest)["role"]?.string == "member")
    }

    @Test("only members answer for guests, and only guests have a sponsor", arguments: StorageBackend.available)
    func refusals(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let (network, host, guest) = try european(c)
        let stranger = try c.person("Estranea")
        func add(_ person: Member, by sponsor: Member) throws -> WireError {
            try c.refusal(
                "network.add",
                [
                    "network": .int(network), "person": .int(person.id.rawValue),
                    "sponsor": .int(sponsor.id.rawValue),
                ],
                as: host
            )
        }
        for (person, sponsor) in [(guest, stranger), (guest, guest), (stranger, host)] {
            let refusal = try add(person, by: sponsor)
            #expect(refusal.code == .invalid)
            #expect(refusal.fields?.first?.path == "with.sponsor")
            #expect(try c.refusal("network.get", ["network": .int(network)], as: person).code == .notFound)
        }
        try c.ok("network.add", ["network": .int(network), "person": .int(guest.id.rawValue)], as: host)
        #expect(try add(guest, by: stranger).code == .invalid)
        #expect(try sponsor(of: guest, in: network, c) == host.id.rawValue)
    }
}
