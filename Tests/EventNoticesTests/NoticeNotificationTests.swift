import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Events among the notifications")
struct NoticeNotificationTests {
    @Test(
        "others' acts and the queue are told, one's own are not, and nobody is named",
        arguments: StorageBackend.available
    )
    func registrations(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend)
        let people = try scene.people("Anna", "Bruno")
        let event = try scene.event("Sportello unico", ["capacity": 1])
        let seat = try scene.register(people[0], event)
        _ = try scene.register(people[1], event)
        #expect(try scene.news(people[0]).isEmpty && scene.news(people[1]).isEmpty)
        try scene.act("cancel", seat, as: people[0])
        #expect(try scene.news(people[0]).isEmpty && scene.news(people[1]) == ["promoted"])
        let one = try #require(try scene.c.ok("notification.list", as: people[1])["notifications"]?.array?.first)
        #expect(one["kind"]?.string == "registration" && one["event"]?.int == event)
        #expect(one["text"]?.string == "Sportello unico" && one["by"] == nil && one["message"] == nil)
        let added = try scene.c.updates(for: people[1]).last { $0.type == "notification.added" }
        #expect(added?.data["event"]?.int == event && added?.by.rawValue == 0)
        #expect(try scene.c.snapshot(for: people[1])["notifications"]?["unread"]?.int == 1)
    }

    @Test("moved and called off: everybody who has a part, once, however many", arguments: StorageBackend.available)
    func spread(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend)
        let names = (1...120).map { "P\($0)" }
        let people = try names.flatMap { try scene.people($0) }
        let event = try scene.event("Sportello unico", ["capacity": 60])
        for person in people { try scene.c.ok("registration.register", ["event": .int(event)], as: person) }
        try scene.discard()
        let revision = try scene.c.ok("event.get", ["event": .int(event)], as: scene.giulia)["revision"]?.int ?? 0
        try scene.c.ok(
            "event.reschedule",
            [
                "event": .int(event), "revision": .int(revision), "start": NoticeScene.time("2026-12-11T10:00"),
                "end": NoticeScene.time("2026-12-11T12:00"),
            ],
            as: scene.giulia
        )
        try scene.c.settle()
        #expect(try scene.c.rows(of: "attendee_spread") == 0)
        for person in people { #expect(try scene.news(person).filter { $0 == "moved" }.count == 1) }
        #expect(try scene.c.ok("mail.list", ["state": "waiting"])["waiting"]?.int == 60)
        try scene.change(event, "cancel", "reason", "x")
        for person in people { #expect(try scene.news(person).first == "called_off") }
        #expect(try scene.c.ok("mail.list", ["state": "waiting"])["waiting"]?.int == 180)
    }

    @Test("as each person chose; who leaves the network has nothing unread of it", arguments: StorageBackend.available)
    func choices(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend)
        let people = try scene.people("Anna", "Bruno")
        let choice = JSON.members(["showChanges": .bool(false)])
        try scene.c.ok("notification.set", ["events": choice], as: people[0])
        let settings = try scene.c.ok("notification.settings", as: people[0])
        #expect(settings["events"]?["showChanges"]?.bool == false && settings["events"]?["mailCalendar"]?.bool == true)
        let event = try scene.event()
        for person in people { _ = try scene.register(person, event) }
        try scene.move(event, to: "2026-12-11T10:00", "2026-12-11T12:00")
        #expect(try scene.news(people[0]).isEmpty && scene.news(people[1]) == ["moved"])
        try scene.c.ok("network.leave", ["network": .int(scene.network)], as: people[1])
        try scene.c.settle()
        let list = try scene.c.ok("notification.list", as: people[1])
        #expect(list["unread"]?.int == 0 && list["notifications"]?.array?.isEmpty == true)
    }

    @Test(
        "what happened long ago is history, and erasure and export take it along",
        arguments: StorageBackend.available
    )
    func history(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend)
        let people = try scene.people("Anna", "Bruno")
        let event = try scene.event()
        for person in people { try scene.c.ok("registration.register", ["event": .int(event)], as: person) }
        // The follower comes to it a week later only, as with a journal older than the capability.
        scene.c.clock.advance(seconds: 7 * 86_400)
        try scene.c.settle()
        #expect(try scene.templates().isEmpty)
        let export = try scene.c.export(of: people[0])["reminders"]?.array
        #expect(export?.first?["event"]?.int == event)
        try scene.c.ok("person.erase", ["person": .int(people[0].id.rawValue)])
        try scene.c.settle()
        #expect(try scene.c.rows(of: "attendee") == 1 && scene.templates().isEmpty)
        try scene.at("2026-12-10T09:00")
        #expect(try scene.templates() == ["reminder Bruno"])
    }
}
