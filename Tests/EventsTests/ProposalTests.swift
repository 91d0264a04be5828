import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Proposed meetings")
struct ProposalTests {
    private func drafts(_ scene: EventScene) throws -> [JSON] {
        try scene.c.ok("event.list", ["state": "draft"], as: scene.giulia)["events"]?.array ?? []
    }

    private func move(_ scene: EventScene, to time: String) throws {
        scene.c.clock.set(Instant(time) ?? scene.c.clock.now)
        try scene.c.settle()
    }

    @Test(
        "four months after a coordination meeting the next one is proposed, once",
        arguments: StorageBackend.available
    )
    func proposed(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend, type: "Coordination")
        try scene.c.settle()
        #expect(try drafts(scene).isEmpty)
        let meeting = try scene.published([
            "kind": "coordination_meeting", "title": "Gruppo tecnico", "place": "Roma",
            "start": EventScene.at("2026-12-31T10:00"), "end": EventScene.at("2026-12-31T13:00"),
        ])
        try move(scene, to: "2026-12-31T11:00:00Z")
        #expect(try drafts(scene).isEmpty)
        try move(scene, to: "2026-12-31T12:00:01Z")
        try move(scene, to: "2026-12-31T13:00:00Z")
        let proposed = try drafts(scene)
        #expect(proposed.count == 1)
        // The month has no 31st day; the 30th is a Friday.
        #expect(proposed.first?["start"]?["local"] == "2027-04-30T10:00")
        #expect(proposed.first?["end"]?["local"] == "2027-04-30T13:00")
        #expect(proposed.first?["title"] == "Gruppo tecnico")
        #expect(proposed.first?["place"] == "Roma")
        #expect(proposed.first?["createdBy"] == nil)
        // What the facilitators call off is not proposed again.
        let id = try scene.c.id(proposed[0])
        try scene.c.ok("event.cancel", ["event": .int(id), "revision": 1, "reason": "Non serve"], as: scene.giulia)
        try move(scene, to: "2027-01-10T12:00:00Z")
        #expect(try drafts(scene).isEmpty)
        #expect(try scene.get(meeting)["state"] == "ended")
    }

    @Test("a network says how often it meets, and a Saturday becomes a Monday", arguments: StorageBackend.available)
    func setting(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend, type: "Coordination")
        try scene.c.ok(
            "network.change",
            ["network": .int(scene.network), "settings": .members(["meetingEveryMonths": 1])]
        )
        _ = try scene.published([
            "kind": "coordination_meeting", "start": EventScene.day("2027-01-06"), "end": EventScene.day("2027-01-06"),
        ])
        // Long after: the first that is still to come.
        try move(scene, to: "2027-02-07T12:00:00Z")
        try scene.c.settle()
        #expect(try drafts(scene).first?["start"] == EventScene.day("2027-03-08"))
    }

    @Test("other types propose nothing", arguments: StorageBackend.available)
    func others(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        _ = try scene.published()
        try move(scene, to: "2027-02-07T12:00:00Z")
        try move(scene, to: "2027-02-08T12:00:00Z")
        #expect(try drafts(scene).isEmpty)
    }
}
