import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

/// Two cities, an administrator of the platform, one of the first city, and an employee of it.
private struct Scene {
    let c: TestCommunity
    let cities: [Int64]
    let chief: Member
    let deputy: Member
    let anna: Member

    init(_ backend: StorageBackend) throws {
        c = try TestCommunity(backend)
        cities = [try c.city("Bologna"), try c.city("Torino")]
        chief = try c.person("Capo", city: cities[1])
        try c.ok("person.assignRoles", ["person": .int(chief.id.rawValue), "roles": .array(["admin"])])
        deputy = try c.person("Vice", city: cities[0], role: "administrator")
        anna = try c.person("Anna", city: cities[0])
    }

    func entries(_ filter: KeyValuePairs<String, JSON> = [:], as member: Member? = nil) throws -> [JSON] {
        try c.ok("audit.list", filter, as: member ?? chief)["entries"]?.array ?? []
    }
}

@Suite("Audit")
struct AuditTests {
    @Test("administrators read every act, newest first, with the actor's name", arguments: StorageBackend.available)
    func all(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let body: KeyValuePairs<String, JSON> = ["person": .int(scene.anna.id.rawValue), "reason": "assente"]
        try scene.c.ok("person.suspend", body, as: scene.chief)
        let entries = try scene.entries()
        let numbers = entries.compactMap { $0["number"]?.int }
        #expect(numbers == Array((1...Int64(numbers.count)).reversed()))
        let last = try #require(entries.first)
        #expect(last["act"]?.string == "person.suspend" && last["detail"]?.string == "assente")
        #expect(last["actor"]?.int == scene.chief.id.rawValue && last["actorName"]?.string == "Capo")
        #expect(last["actorKind"]?.string == "person" && last["subject"]?.int == scene.anna.id.rawValue)
        #expect(last["at"]?.string == scene.c.clock.now.description)
        let first = try #require(entries.last)
        #expect(first["actor"] == nil && first["actorKind"]?.string == "system" && first["actorName"] == nil)
        #expect(first["organisation"]?.int == scene.cities[0] && first["detail"] == nil)
    }

    @Test(
        "an organisation's administrators read its entries alone, as long as the mandate lasts; others none",
        arguments: StorageBackend.available
    )
    func access(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.c
        let own: KeyValuePairs<String, JSON> = ["organisation": .int(scene.cities[0])]
        let other: KeyValuePairs<String, JSON> = ["organisation": .int(scene.cities[1])]
        let entries = try scene.entries(own, as: scene.deputy)
        #expect(!entries.isEmpty && entries.allSatisfy { $0["organisation"]?.int == scene.cities[0] })
        let acts = entries.compactMap { $0["act"]?.string }
        #expect(acts.contains("mandate.grant"))
        #expect(try c.refusal("audit.list", other, as: scene.deputy).code == .forbidden)
        #expect(try c.refusal("audit.list", as: scene.deputy).code == .forbidden)
        #expect(try c.refusal("audit.list", own, as: scene.anna).code == .forbidden)
        #expect(try c.refusal("audit.list", own, as: .nobody).code == .unauthenticated)
        #expect(try c.refusal("audit.list", own, as: Member(id: MemberID(5), kind: .bot, name: "")).code == .forbidden)
        for role in ["moderator", "monitor"] {
            let roles: KeyValuePairs<String, JSON> = [
                "person": .int(scene.anna.id.rawValue), "roles": .array([.string(role)]),
            ]
            try c.ok("person.assignRoles", roles)
            #expect(try c.refusal("audit.list", as: scene.anna).code == .forbidden)
        }
        let mandates = try c.ok("person.me", as: scene.deputy)["mandates"]?.array
        try c.ok("mandate.end", ["mandate": mandates?.first?["id"] ?? 0])
        #expect(try c.refusal("audit.list", own, as: scene.deputy).code == .forbidden)
    }

    @Test("entries are filtered and come in pages", arguments: StorageBackend.available)
    func filters(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let all = try scene.entries()
        let noon = scene.c.clock.now
        scene.c.clock.advance(seconds: 60)
        let person = JSON.int(scene.anna.id.rawValue)
        try scene.c.ok("person.change", ["person": person, "name": "Anna B."], as: scene.chief)
        #expect(try scene.entries(["act": "mandate.grant"]).count == 3)
        #expect(
            try scene.entries(["actor": .int(scene.chief.id.rawValue)]).map { $0["act"]?.string } == ["person.change"]
        )
        #expect(
            try scene.entries(["subject": person]).compactMap { $0["act"]?.string }
                == ["person.change", "person.create", "mandate.grant"]
        )
        let later = JSON.string(noon.advanced(bySeconds: 1).description)
        #expect(try scene.entries(["since": later]).count == 1)
        #expect(try scene.entries(["until": later]).count == all.count)
        #expect(try scene.entries(["act": "mandate.grant", "organisation": .int(scene.cities[1])]).count == 1)
        var found: [Int64] = []
        var more = true
        while more {
            let before = JSON.int(found.last ?? 1 << 50)
            let page = try scene.c.ok("audit.list", ["before": before, "limit": 3], as: scene.chief)
            found += (page["entries"]?.array ?? []).compactMap { $0["number"]?.int }
            more = page["more"]?.bool ?? false
        }
        #expect(found == Array((1...Int64(all.count + 1)).reversed()))
    }

    @Test(
        "an export holds the acts without the others' words, and an erasure leaves the chain whole",
        arguments: StorageBackend.available
    )
    func exportAndErase(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let person: KeyValuePairs<String, JSON> = ["person": .int(scene.anna.id.rawValue), "reason": "parolasegreta"]
        try scene.c.ok("person.suspend", person, as: scene.chief)
        try scene.c.ok("person.restore", ["person": .int(scene.anna.id.rawValue)], as: scene.chief)
        let export = try scene.c.export(of: scene.anna)
        #expect(export["actsOnPerson"]?.array?.first?["act"]?.string == "person.restore")
        #expect(!String(decoding: export.text, as: UTF8.self).contains("parolasegreta"))
        let before = try scene.entries().count
        try scene.c.ok("person.erase", ["person": .int(scene.anna.id.rawValue)])
        #expect(try scene.entries().count == before + 1)
        #expect(try StoreCheck.problems(scene.c.community.storage).isEmpty)
    }
}
