import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("What updates of documents tell (protocol 9)")
struct DocumentTellingTests {
    @Test("every act on a document tells what it changed, as the list gives it", arguments: StorageBackend.available)
    func acts(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network("rete")
        let (anna, marco) = (try c.person("Anna"), try c.person("Marco"))
        try c.join([anna, marco], network: network)
        let law = TellingLaw(c, reader: marco)
        func list() throws -> [JSON] {
            try ["draft", "published", "archived"].flatMap { state in
                try c.ok("document.list", ["network": .int(network), "state": .string(state)], as: marco)["documents"]?
                    .array ?? []
            }
        }
        var id: Int64 = 0
        var broken = try law.broken("create", list) {
            id = try c.id(
                c.ok("document.create", ["network": .int(network), "title": "Linee", "text": "Uno"], as: anna)
            )
        }
        let acts: [(String, KeyValuePairs<String, JSON>)] = [
            ("rename", ["document": .int(id), "title": "Linee guida"]), ("publish", ["document": .int(id), "base": 1]),
            ("archive", ["document": .int(id)]), ("unarchive", ["document": .int(id)]),
        ]
        func states() throws -> [JSON] { try list().map(stateful) }
        for (name, body) in acts {
            broken += try law.broken(name, states) {
                try c.ok("document.\(name)", body, as: anna)
            }
        }
        try c.ok("document.save", ["document": .int(id), "base": 1, "text": "Due"], as: anna)
        broken += try law.broken("restore", list) {
            try c.ok("document.restore", ["document": .int(id), "base": 2, "revision": 1], as: anna)
        }
        #expect(broken.isEmpty, "\(broken)")
    }

    /// A document's revision is that of its text: what else changes is looked at all the same.
    private func stateful(_ document: JSON) -> JSON {
        guard let object = document.object else { return document }
        return .object(JSONObject(object.members.filter { $0.name != "revision" }))
    }
}
