import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Webinars are announced in the local networks")
struct AnnouncingTests {
    /// A national network and a local one with a member.
    private struct Scene {
        let national: EventScene
        let local: Int64
        let annunci: Int64
        let resident: Member

        init(_ backend: StorageBackend) throws {
            national = try EventScene(backend)
            let c = national.c
            let city = try c.city("Bologna")
            local = try c.network("bologna", type: "Local", settings: .members(["city": .int(city)]))
            resident = try c.person("Rita", city: city)
            try c.join([resident], network: local)
            annunci = try c.channel("annunci", in: local)
        }

        func read() throws -> [JSON] {
            try national.c.settle()
            try national.c.settle()
            return try national.c.ok("message.history", ["channel": .int(annunci)], as: resident)["messages"]?.array
                ?? []
        }
    }

    @Test("once, in plain words, and nobody is called by its title", arguments: StorageBackend.available)
    func once(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let event = try scene.national.published(["title": "Sportello *unico* @channel <b>"])
        let messages = try scene.read()
        #expect(try scene.read().count == 1 && messages.count == 1)
        let html = messages.first?["html"]?.string ?? ""
        #expect(html.contains("<strong>Sportello *unico* @channel &lt;b&gt;</strong>, il 01/12/2026 alle 10:00"))
        #expect(html.contains("#\(event)") && html.contains("#\(scene.national.network)"))
        #expect(messages.first?["mentions"]?.array?.isEmpty ?? true)
        // The event itself stays its network's.
        let refused = try scene.national.c.refusal("event.get", ["event": .int(event)], as: scene.resident)
        #expect(refused.code == .notFound)
    }

    @Test("not one of local reach, nor another kind of event, nor a draft", arguments: StorageBackend.available)
    func others(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        _ = try scene.national.published(["reach": "local"])
        _ = try scene.national.published(["kind": "training_day"])
        _ = try scene.national.draft()
        #expect(try scene.read().isEmpty)
    }
}
