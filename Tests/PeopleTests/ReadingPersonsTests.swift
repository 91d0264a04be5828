import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Finding people", .serialized)
struct ReadingPersonsTests {
    @Test("people are listed to those who share a network, by page and by name", arguments: StorageBackend.available)
    func listing(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let members = try ["Dèlia", "Anna", "Carlo", "Bruno"].map { try c.person($0) }
        let stranger = try c.person("Zeno")
        try c.join(members, network: network)
        func names(_ body: KeyValuePairs<String, JSON>, as member: Member) throws -> [String] {
            try c.ok("person.list", body, as: member)["people"]?.array?.compactMap { $0["name"]?.string } ?? []
        }
        #expect(try names([:], as: members[1]) == ["Anna", "Bruno", "Carlo", "Dèlia"])
        #expect(try names([:], as: stranger).isEmpty)
        #expect(try names(["text": "DELIA"], as: members[1]) == ["Dèlia"])
        #expect(try names(["text": "%"], as: members[1]).isEmpty)
        let page = try c.ok("person.list", ["limit": 3], as: members[1])
        let rest = try c.ok("person.list", ["limit": 3, "cursor": page["cursor"] ?? .null], as: members[1])
        #expect(rest["people"]?.array?.compactMap { $0["name"]?.string } == ["Dèlia"])
        #expect(rest["cursor"] == nil)
        #expect(try c.refusal("person.list", ["network": 999_999], as: stranger).code == .notFound)
        #expect(try names([:], as: .system).count == 5)
    }

    @Test(
        "people are in order by name, organisation or state, either way, page by page",
        arguments: StorageBackend.available
    )
    func order(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let bari = try c.city("Bari")
        let members = try [
            ("Carlo", bari), ("Anna", try c.city("Roma")), ("Dario", bari), ("Bruno", try c.city("Àcqui")),
        ]
        .map { try c.person($0, city: $1) }
        try c.join(members, network: network)
        try c.ok("person.create", ["name": "Elsa", "email": "elsa@example.it"])
        func names(_ order: String, descending: Bool = false, as member: Member = .system) throws -> [String] {
            var names: [String] = []
            var cursor: JSON = .null
            repeat {
                let body: KeyValuePairs<String, JSON> = [
                    "sort": .string(order), "descending": .bool(descending), "limit": 2, "cursor": cursor,
                ]
                let page = try c.ok("person.list", body, as: member)
                names += page["people"]?.array?.compactMap { $0["name"]?.string } ?? []
                cursor = page["cursor"] ?? .null
            } while cursor != .null
            return names
        }
        #expect(try names("name", descending: true) == ["Elsa", "Dario", "Carlo", "Bruno", "Anna"])
        #expect(try names("organisation") == ["Elsa", "Bruno", "Carlo", "Dario", "Anna"])
        #expect(try names("organisation", descending: true) == ["Anna", "Dario", "Carlo", "Bruno", "Elsa"])
        #expect(try names("organisation", as: members[0]) == ["Bruno", "Carlo", "Dario", "Anna"])
        try c.ok("person.suspend", ["person": .int(members[0].id.rawValue)])
        #expect(try names("state") == ["Anna", "Bruno", "Dario", "Elsa", "Carlo"])
        #expect(try c.refusal("person.list", ["sort": "state"], as: members[1]).code == .forbidden)
        #expect(try c.refusal("person.list", ["sort": "email"]).code == .invalid)
    }

    @Test(
        "one person is told to those who share a network, with the networks shared",
        arguments: StorageBackend.available
    )
    func onePerson(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let (first, second) = (try c.network(), try c.network("piani"))
        let (anna, bruno, carla) = (try c.person("Anna"), try c.person("Bruno"), try c.person("Carla"))
        try c.join([anna, bruno], network: first)
        try c.join([bruno], network: second)
        let body: KeyValuePairs<String, JSON> = ["person": .int(bruno.id.rawValue)]
        func networks(as member: Member) throws -> [Int64] {
            try c.ok("person.get", body, as: member)["networks"]?.array?.compactMap { $0["id"]?.int } ?? []
        }
        let found = try c.ok("person.get", body, as: anna)
        #expect(found["person"]?["name"]?.string == "Bruno")
        #expect(found["person"]?["organisationName"]?.string == "Città di Bruno")
        #expect(found["person"]?["email"] == nil && found["person"]?["roles"] == nil)
        #expect(try networks(as: anna) == [first])
        #expect(try networks(as: bruno) == [first, second])
        #expect(try c.refusal("person.get", body, as: carla).code == .notFound)
        try c.ok("person.assignRoles", ["person": .int(bruno.id.rawValue), "roles": .array(["monitor"])])
        try c.ok("person.assignRoles", ["person": .int(carla.id.rawValue), "roles": .array(["admin"])])
        let seen = try c.ok("person.get", body, as: carla)
        #expect(seen["person"]?["roles"]?.array == [.string("monitor")])
        #expect(seen["person"]?["email"] != nil && seen["person"]?["state"]?.string == "active")
        #expect(try networks(as: carla) == [first, second])
        try c.ok("person.suspend", body)
        #expect(try c.refusal("person.get", body, as: anna).code == .notFound)
        #expect(try c.ok("person.get", body, as: carla)["person"]?["state"]?.string == "suspended")
        try c.ok("person.erase", body)
        #expect(try c.refusal("person.get", body, as: carla).code == .notFound)
    }
}
