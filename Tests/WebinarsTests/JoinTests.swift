import CommunityKernel
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("The way into a room", .serialized)
struct JoinTests {
    @Test("it is for those with a seat, speakers and facilitators alone", arguments: StorageBackend.available)
    func people(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend)
        let event = try town.event(WebinarTown.link)
        town.clock(minutes: 0)
        for person in [town.anna, town.speaker, town.giulia] {
            #expect(try town.join(event, as: person).url == "https://meet.example.it/stanza-segreta")
        }
        #expect(try town.refusal(event, as: town.waiting).code == .forbidden)
        #expect(try town.refusal(event, as: town.member).code == .forbidden)
        #expect(try town.refusal(event, as: town.stranger).code == .notFound)
        #expect(try town.refusal(event, as: .nobody).code == .unauthenticated)
        #expect(try town.refusal(999_999, as: town.anna).code == .notFound)
        let registration = try town.c.ok("event.get", ["event": .int(event)], as: town.anna)["me"]?["registration"]
        try town.c.ok("registration.checkIn", ["registration": registration ?? .null], as: town.giulia)
        #expect(try town.join(event, as: town.anna).url == "https://meet.example.it/stanza-segreta")
    }

    @Test("it opens a quarter of an hour before the start and closes with the end", arguments: StorageBackend.available)
    func window(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend)
        let event = try town.event(WebinarTown.link)
        for person in [town.anna, town.giulia] {
            town.clock(minutes: -15, seconds: -1)
            let early = try town.refusal(event, as: person)
            #expect(early.code == .tooEarly)
            #expect(early.retryable)
            #expect(early.retryAfterMs == 1_000)
            town.clock(minutes: -15)
            #expect(try town.join(event, as: person).expires == WebinarTown.start.advanced(bySeconds: 7_200))
            town.clock(minutes: 119, seconds: 59)
            _ = try town.join(event, as: person)
            town.clock(minutes: 120)
            #expect(try town.refusal(event, as: person).code == .closed)
            try town.c.settle()
            #expect(try town.refusal(event, as: person).code == .closed)
        }
    }

    @Test("the window is a setting, and moves with the event", arguments: StorageBackend.available)
    func settings(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend) {
            $0.webinar.opensBefore = 30
            $0.webinar.closesAfter = 10
        }
        let event = try town.event(WebinarTown.link)
        town.clock(minutes: -30)
        _ = try town.join(event, as: town.anna)
        let facts = try town.c.ok("webinar.get", ["event": .int(event)], as: town.anna)
        #expect(facts["opens"]?.string == "2026-12-10T08:30:00.000Z")
        #expect(facts["closes"]?.string == "2026-12-10T11:10:00.000Z")
        let revision = try town.c.ok("event.get", ["event": .int(event)], as: town.giulia)["revision"] ?? .null
        func time(_ local: String) -> JSON { .members(["local": .string(local), "zone": "Europe/Rome"]) }
        try town.c.ok(
            "event.reschedule",
            [
                "event": .int(event), "revision": revision, "start": time("2026-12-10T11:00"),
                "end": time("2026-12-10T12:00"),
            ],
            as: town.giulia
        )
        #expect(try town.refusal(event, as: town.anna).code == .tooEarly)
        town.clock(minutes: 129)
        _ = try town.join(event, as: town.anna)
        town.clock(minutes: 130)
        #expect(try town.refusal(event, as: town.anna).code == .closed)
    }

    @Test("an event called off, a draft and one without a room let nobody in", arguments: StorageBackend.available)
    func states(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend)
        let event = try town.event(WebinarTown.link)
        let bare = try town.event(nil)
        town.clock(minutes: 0)
        #expect(try town.refusal(bare, as: town.anna).code == .conflict)
        let revision = try town.c.ok("event.get", ["event": .int(event)], as: town.giulia)["revision"] ?? .null
        try town.c.ok(
            "event.cancel",
            ["event": .int(event), "revision": revision, "reason": "Pochi iscritti"],
            as: town.giulia
        )
        for person in [town.giulia, town.speaker] {
            let refusal = try town.refusal(event, as: person)
            #expect(refusal.code == .conflict)
            #expect(refusal.current?["state"]?.string == "cancelled")
        }
    }

    @Test("nobody learns the address before, by any answer or update", arguments: StorageBackend.available)
    func secrecy(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend)
        let event = try town.event(WebinarTown.link)
        let body: KeyValuePairs<String, JSON> = ["event": .int(event)]
        for person in [town.anna, town.speaker, town.waiting, town.member] {
            let answers = [
                try town.c.ok("event.get", body, as: person), try town.c.ok("webinar.get", body, as: person),
                try town.c.ok("event.list", [:], as: person), try town.c.snapshot(for: person),
            ]
            for answer in answers {
                #expect(!String(decoding: answer.text, as: UTF8.self).contains("stanza-segreta"))
            }
            for update in try town.c.updates(for: person) {
                #expect(!String(decoding: JSON.object(update.data).text, as: UTF8.self).contains("stanza-segreta"))
            }
        }
        let own = try town.c.ok("webinar.get", body, as: town.anna)
        #expect(own["part"]?.string == "participant")
        #expect(own["provider"]?.string == "link")
        #expect(own["ready"] == nil)
        #expect(try town.c.ok("webinar.get", body, as: town.waiting)["part"] == nil)
        #expect(try town.c.ok("webinar.get", body, as: town.giulia)["ready"]?.bool == true)
        #expect(try town.c.refusal("webinar.get", body, as: town.stranger).code == .notFound)
    }

    @Test("a room has an encrypted address or none", arguments: StorageBackend.available)
    func encrypted(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend)
        for url in ["http://meet.example.it/a", "ftp://meet.example.it", "javascript:alert(1)", "https://a b"] {
            #expect(throws: UnexpectedOutcome.self) {
                try town.event(.members(["provider": "link", "url": .string(url)]))
            }
        }
    }

    @Test("a server that is not configured is told as that", arguments: StorageBackend.available)
    func unconfigured(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend)
        for provider in ["jitsi", "bigbluebutton"] {
            let event = try town.event(.members(["provider": .string(provider)]))
            town.clock(minutes: 0)
            let refusal = try town.refusal(event, as: town.anna)
            #expect(refusal.code == .unavailable)
            #expect(!refusal.retryable)
            let facts = try town.c.ok("webinar.get", ["event": .int(event)], as: town.giulia)
            #expect(facts["ready"]?.bool == false)
            town.clock(minutes: -1_000)
        }
    }

    @Test("a repeated join gets the same link", arguments: StorageBackend.available)
    func repeated(_ backend: StorageBackend) throws {
        let town = try WebinarTown(backend, configure: WebinarTown.jitsi)
        let event = try town.event(.members(["provider": "jitsi"]))
        town.clock(minutes: 0)
        let first = try town.c.ok("webinar.join", ["event": .int(event)], as: town.anna, nonce: "entra-1")
        town.clock(minutes: 1)
        #expect(try town.c.ok("webinar.join", ["event": .int(event)], as: town.anna, nonce: "entra-1") == first)
        #expect(try town.c.ok("webinar.join", ["event": .int(event)], as: town.anna, nonce: "entra-2") != first)
    }
}
