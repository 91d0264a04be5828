import CommunityKernel
import Journal
import Mail
import TestKit
import Testing
import WireProtocol

@Suite("Quiet hours and the mails of events", .serialized)
struct NoticeQuietTests {
    /// Sends what may go now; the subjects, in the order in which they came.
    private func send(_ count: Int, _ scene: NoticeScene, _ server: MailServer) throws -> [String] {
        let sender = try #require(
            scene.c.community.registry.services.lazy.compactMap { $0 as? MailSender }.first
        )
        let before = try scene.waiting().count
        _ = try sender.sendDue(in: scene.c.community)
        // Who waits for what never comes hangs.
        guard try before - scene.waiting().count >= count else {
            throw UnexpectedOutcome("still waiting: \(try scene.templates())")
        }
        return try (0..<count).map { _ in try server.next().header("subject") }
    }

    private func register(_ member: Member, _ event: Int64, in scene: NoticeScene) throws {
        try scene.c.ok(
            "registration.register",
            ["event": .int(event), "person": .int(member.id.rawValue)],
            as: scene.giulia
        )
        try scene.c.settle()
    }

    @Test(
        "at night they wait, but for answers to one's own acts and what is called off within a day",
        arguments: StorageBackend.available
    )
    func night(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let people = try scene.people("Anna", "Marco")
        let (anna, marco) = (people[0], people[1])
        // Tomorrow at ten, and in more than two weeks.
        let near = try scene.event(
            "Domani",
            ["start": NoticeScene.time("2026-11-24T10:00"), "end": NoticeScene.time("2026-11-24T12:00")]
        )
        let far = try scene.event("Più avanti")
        try register(anna, near, in: scene)
        #expect(try send(1, scene, server) == ["Iscrizione confermata: Domani"])

        try scene.at("2026-11-23T22:30")
        try register(anna, far, in: scene)
        #expect(try send(0, scene, server).isEmpty)
        #expect(try scene.templates() == ["confirmed Anna"])
        // Who registers at night reads the answer at night.
        _ = try scene.register(marco, far)
        #expect(try send(1, scene, server) == ["Iscrizione confermata: Più avanti"])
        try scene.change(near, "cancel", "reason", "Neve")
        #expect(try send(1, scene, server) == ["Incontro annullato: Domani"])
        try scene.change(far, "cancel", "reason", "Pochi iscritti")
        #expect(try send(0, scene, server).isEmpty)
        try scene.at("2026-11-24T06:59")
        #expect(try send(0, scene, server).isEmpty)
        // What was overtaken by then is not said any more.
        try scene.at("2026-11-24T07:00")
        #expect(
            try send(2, scene, server) == ["Incontro annullato: Più avanti", "Incontro annullato: Più avanti"]
        )
        #expect(try scene.templates().isEmpty)
    }

    @Test("one's own hours are kept, and waived where one asks for it", arguments: StorageBackend.available)
    func hours(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let people = try scene.people("Anna", "Marco")
        let lunch = JSON.members(["from": "13:00", "to": "15:00"])
        try scene.c.ok("notification.set", ["doNotDisturb": lunch], as: people[0])
        try scene.c.ok("notification.set", ["mailAnytime": .bool(true)], as: people[1])
        let event = try scene.event()
        try scene.at("2026-11-23T14:00")
        for person in people { try register(person, event, in: scene) }
        #expect(try send(1, scene, server).count == 1)
        #expect(try scene.templates() == ["confirmed Anna"])
        try scene.at("2026-11-23T15:00")
        #expect(try send(1, scene, server).count == 1)
        // Within a day of the old start or the new one, a change of the day does not wait either.
        try scene.at("2026-12-09T14:00")
        // A reminder of tomorrow can wait until three.
        _ = try send(1, scene, server)
        #expect(try scene.templates() == ["reminder Anna"])
        try scene.move(event, to: "2027-01-14T10:00", "2027-01-14T12:00")
        #expect(try send(2, scene, server) == ["Nuova data: Sportello unico", "Nuova data: Sportello unico"])
        try scene.move(event, to: "2027-01-15T10:00", "2027-01-15T12:00")
        #expect(try send(1, scene, server).count == 1)
        #expect(try scene.templates() == ["reminder Anna", "moved Anna"])
    }

    @Test("what would come too late does not wait", arguments: StorageBackend.available)
    func late(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let anna = try scene.people("Anna")[0]
        // On a Sunday, which is a holiday.
        let event = try scene.event(
            "Domenica",
            ["start": NoticeScene.time("2026-11-29T10:00"), "end": NoticeScene.time("2026-11-29T12:00")]
        )
        try register(anna, event, in: scene)
        #expect(try send(1, scene, server) == ["Iscrizione confermata: Domenica"])
        // The day before is none.
        try scene.at("2026-11-28T10:00")
        #expect(try send(1, scene, server).first?.hasPrefix("Promemoria: Domenica") == true)
        try scene.at("2026-11-29T09:00")
        #expect(try send(1, scene, server).first?.hasPrefix("Promemoria: Domenica") == true)
    }

    @Test("a digest tells of events too, as far as they are unread and readable", arguments: StorageBackend.available)
    func digest(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let people = try scene.people("Anna", "Marco")
        for person in people {
            try scene.c.ok(
                "notification.set",
                [
                    "mail": "daily",
                    "events": .members(["mailCalendar": .bool(false), "mailRegistrations": .bool(false)]),
                ],
                as: person
            )
        }
        let event = try scene.event()
        for person in people { try register(person, event, in: scene) }
        try scene.move(event, to: "2026-12-11T10:00", "2026-12-11T12:00")
        #expect(try scene.news(people[0]) == ["moved", "confirmed"])
        // One opens the event's page: what tells of it is read.
        let read = try scene.c.ok("notification.read", ["event": .int(event)], as: people[1])
        #expect(read["upTo"]?.int == 0)
        let list = try scene.c.ok("notification.list", as: people[1])
        #expect(list["unread"]?.int == 0)
        let head = scene.c.head
        try scene.c.ok("notification.read", ["event": .int(event)], as: people[1])
        #expect(scene.c.head == head)
        #expect(try scene.c.refusal("notification.read", as: people[1]).fields?.first?.path == "with.upTo")
        try scene.at("2026-11-24T08:00")
        #expect(try scene.waiting().compactMap { $0["template"]?.string } == ["digest"])
        let sender = try #require(
            scene.c.community.registry.services.lazy.compactMap { $0 as? MailSender }.first
        )
        _ = try sender.sendDue(in: scene.c.community)
        let mail = try server.next()
        #expect(mail.text.contains("Nuova data: Sportello unico"))
        #expect(mail.text.contains("Iscrizione confermata: Sportello unico"))
        #expect(mail.text.contains("https://rete.example.it/events/\(event)"))
    }

    @Test("there is a word for all that a digest may tell of an event", arguments: EventNews.allCases)
    func words(_ news: EventNews) {
        let said = MailWords.filled("digest.\(news.rawValue)", ["title": "Sportello unico"])
        for language in ["it", "en"] {
            #expect(said[language]?.string?.hasSuffix(": Sportello unico") == true, "\(news) \(language)")
        }
    }
}
