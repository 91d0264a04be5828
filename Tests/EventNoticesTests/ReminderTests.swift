import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("Reminders")
struct ReminderTests {
    @Test("seven days, one day and one hour before, each once", arguments: StorageBackend.available)
    func each(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend)
        let people = try scene.people("Anna", "Bruno")
        let event = try scene.event("Sportello unico", ["capacity": 1])
        for person in people { _ = try scene.register(person, event) }
        try scene.discard()
        for (before, moment) in [
            ("2026-12-03T09:59", "2026-12-03T10:00"), ("2026-12-09T09:59", "2026-12-09T10:00"),
            ("2026-12-10T08:59", "2026-12-10T09:00"),
        ] {
            try scene.at(before)
            #expect(try scene.templates().isEmpty)
            try scene.at(moment)
            // Who waits has nothing to be reminded of.
            #expect(try scene.templates() == ["reminder Anna"])
            try scene.at(moment)
            #expect(try scene.templates() == ["reminder Anna"])
            try scene.discard()
        }
        #expect(try scene.news(people[0]) == ["reminder", "reminder", "reminder"])
        try scene.at("2026-12-10T11:00")
        #expect(try !scene.templates().contains { $0.hasPrefix("reminder") })
    }

    @Test("none whose moment was past when the person got the seat", arguments: StorageBackend.available)
    func late(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend)
        let people = try scene.people("Anna", "Bruno")
        let event = try scene.event()
        try scene.at("2026-12-05T10:00")
        _ = try scene.register(people[0], event)
        try scene.at("2026-12-09T10:01")
        _ = try scene.register(people[1], event)
        #expect(try scene.templates() == ["confirmed Anna", "reminder Anna", "confirmed Bruno"])
        try scene.discard()
        try scene.at("2026-12-10T09:00")
        #expect(try scene.templates() == ["reminder Anna", "reminder Bruno"])
    }

    @Test("they move with the event, and those that went do not come again", arguments: StorageBackend.available)
    func moved(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend)
        let anna = try scene.people("Anna")[0]
        let event = try scene.event()
        _ = try scene.register(anna, event)
        try scene.at("2026-12-03T10:00")
        try scene.move(event, to: "2026-12-12T15:00", "2026-12-12T16:00")
        try scene.discard()
        for moment in ["2026-12-05T15:00", "2026-12-09T10:00", "2026-12-10T09:00", "2026-12-11T14:59"] {
            try scene.at(moment)
            #expect(try scene.templates().isEmpty, "\(moment)")
        }
        try scene.at("2026-12-11T15:00")
        #expect(try scene.templates() == ["reminder Anna"])
        // Moved nearer than an hour: nothing is left to be reminded of.
        try scene.discard()
        try scene.move(event, to: "2026-12-11T15:30", "2026-12-11T16:00")
        #expect(try scene.templates() == ["moved Anna"])
        try scene.at("2026-12-11T15:29")
        #expect(try scene.templates() == ["moved Anna"])
    }

    @Test("none of what is put off, called off or given back", arguments: StorageBackend.available)
    func off(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend)
        let anna = try scene.people("Anna")[0]
        let (first, second, third) = (try scene.event("A"), try scene.event("B"), try scene.event("C"))
        for event in [first, second] { _ = try scene.register(anna, event) }
        let seat = try scene.register(anna, third)
        try scene.change(first, "cancel", "reason", "x")
        try scene.change(second, "postpone", "reason", "x")
        try scene.act("cancel", seat, as: anna)
        try scene.discard()
        try scene.at("2026-12-09T10:00")
        #expect(try scene.templates().isEmpty)
    }

    @Test("they survive a restart, and what came due meanwhile comes once", arguments: StorageBackend.available)
    func restart(_ backend: StorageBackend) throws {
        let folder = try TemporaryFolder()
        let scene = try NoticeScene(backend, in: folder)
        let anna = try scene.people("Anna")[0]
        let event = try scene.event()
        _ = try scene.register(anna, event)
        try scene.at("2026-12-03T10:00")
        try scene.discard()
        try scene.c.stop()
        let c = try TestCommunity(backend, in: folder) { NoticeScene.configure(&$0, nil) }
        func reminders() throws -> Int {
            try c.settle()
            return try c.ok("mail.list", ["state": "waiting", "limit": 100])["mails"]?.array?
                .filter { $0["template"]?.string == "event.reminder" }.count ?? 0
        }
        c.clock.set(try LocalTime(local: "2026-12-04T10:00", zone: "Europe/Rome").resolved())
        #expect(try reminders() == 0)
        // It was away for both of the others.
        c.clock.set(try LocalTime(local: "2026-12-10T09:30", zone: "Europe/Rome").resolved())
        #expect(try reminders() == 1)
        #expect(try reminders() == 1)
        #expect(try c.rows(of: "attendee") == 1)
    }

    @Test("the settings name them", arguments: StorageBackend.available)
    func settings(_ backend: StorageBackend) throws {
        let scene = try NoticeScene(backend) { $0.event.reminders = ["30m"] }
        let anna = try scene.people("Anna")[0]
        _ = try scene.register(anna, scene.event())
        try scene.discard()
        try scene.at("2026-12-10T09:29")
        #expect(try scene.templates().isEmpty)
        try scene.at("2026-12-10T09:30")
        #expect(try scene.templates() == ["reminder Anna"])
        let never = try NoticeScene(backend) { $0.event.reminders = [] }
        let bruno = try never.people("Bruno")[0]
        _ = try never.register(bruno, never.event())
        try never.discard()
        try never.at("2026-12-10T09:59")
        #expect(try never.templates().isEmpty)
    }
}
