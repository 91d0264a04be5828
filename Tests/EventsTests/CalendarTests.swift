import CICal
import CommunityKernel
import Events
import Foundation
import Journal
import TestKit
import Testing
import WireProtocol

/// A calendar read back by libical's parser.
private struct ReadCalendar {
    let text: String
    private(set) var events: [[String: String]] = []
    private(set) var errors = 0
    private(set) var zones: [String] = []

    init(_ bytes: [UInt8]) {
        text = String(decoding: bytes, as: UTF8.self)
        guard let calendar = icalparser_parse_string(text) else {
            errors = -1
            return
        }
        defer { icalcomponent_free(calendar) }
        errors = Int(icalcomponent_count_errors(calendar))
        var zone = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT)
        while let found = zone {
            if let name = Self.value(found, ICAL_TZID_PROPERTY) { zones.append(name) }
            zone = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT)
        }
        var next = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT)
        while let event = next {
            var fields: [String: String] = [:]
            for (name, kind) in [
                ("UID", ICAL_UID_PROPERTY), ("SUMMARY", ICAL_SUMMARY_PROPERTY), ("SEQUENCE", ICAL_SEQUENCE_PROPERTY),
                ("STATUS", ICAL_STATUS_PROPERTY), ("DTSTART", ICAL_DTSTART_PROPERTY), ("DTEND", ICAL_DTEND_PROPERTY),
                ("LOCATION", ICAL_LOCATION_PROPERTY), ("TRANSP", ICAL_TRANSP_PROPERTY),
                ("DESCRIPTION", ICAL_DESCRIPTION_PROPERTY), ("ATTENDEE", ICAL_ATTENDEE_PROPERTY),
            ] {
                fields[name] = Self.value(event, kind)
            }
            // Its zone is the one that the calendar brings.
            let start = icalcomponent_get_dtstart(event)
            let utc = icaltime_convert_to_zone(start, icaltimezone_get_utc_timezone())
            if let seconds = icaltime_as_ical_string(utc) { fields["UTC"] = String(cString: seconds) }
            events.append(fields)
            next = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)
        }
    }

    private static func value(_ component: OpaquePointer, _ kind: icalproperty_kind) -> String? {
        guard let property = icalcomponent_get_first_property(component, kind),
            let value = icalproperty_get_value(property)
        else { return nil }
        if kind == ICAL_SUMMARY_PROPERTY || kind == ICAL_DESCRIPTION_PROPERTY || kind == ICAL_LOCATION_PROPERTY {
            return icalvalue_get_text(value).map { String(cString: $0) }
        }
        return icalvalue_as_ical_string(value).map { String(cString: $0) }
    }
}

@Suite("Calendars", .serialized)
struct CalendarTests {
    private func ics(_ scene: EventScene, _ event: Int64, as member: Member? = nil) throws -> [UInt8] {
        let response = try scene.c.get("/events/{id}.ics", ["id": String(event)], as: member ?? scene.anna)
        guard case .bytes(let bytes) = response.body else { throw UnexpectedOutcome("no bytes") }
        return bytes
    }

    private func feed(_ scene: EventScene, _ url: String, tag: String? = nil) throws -> WebResponse {
        let secret = url.split(separator: "/").last?.dropLast(4) ?? ""
        let route = try #require(scene.c.community.registry.routes.first { $0.pattern == "/calendar/{secret}.ics" })
        let request = WebRequest(
            parameters: ["secret": String(secret)],
            query: [:],
            headers: tag.map { ["if-none-match": $0] } ?? [:],
            body: [],
            bodyFile: nil,
            actor: .nobody,
            address: nil
        )
        return try route.handle(request, scene.c.community)
    }

    private func bytes(_ response: WebResponse) -> [UInt8] {
        if case .bytes(let bytes) = response.body { bytes } else { [] }
    }

    @Test(
        "what is written into titles stays a title, and lines are at most 75 octets",
        arguments: StorageBackend.available
    )
    func injection(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let title = "Sì; a, b\\n \"c\" END:VEVENT: perché così è molto lungo questo titolo 😀😀😀😀😀😀😀"
        let event = try scene.published([
            "title": .string(title), "place": "Sala;1, \"Rossa\"\\nX",
            "text": .string("Uno\r\nEND:VEVENT\r\nBEGIN:VEVENT\u{7}\nDTSTART:20200101"),
        ])
        let read = ReadCalendar(try ics(scene, event))
        #expect(read.errors == 0)
        #expect(read.events.count == 1)
        #expect(read.events.first?["SUMMARY"] == title)
        #expect(read.events.first?["LOCATION"] == "Sala;1, \"Rossa\"\\nX")
        let lines = read.text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") && !$0.contains("\r") })
        #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == 1)
        #expect(read.text.hasSuffix("END:VCALENDAR\r\n"))
        #expect(!read.text.contains("\u{7}"))
    }

    @Test(
        "times are right in the zone that the calendar brings, on both sides of a change of clocks",
        arguments: StorageBackend.available
    )
    func zones(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        for (local, zone, utc) in [
            ("2027-03-27T10:00", "Europe/Rome", "20270327T090000Z"),
            ("2027-03-28T10:00", "Europe/Rome", "20270328T080000Z"),
            ("2027-11-07T12:00", "America/New_York", "20271107T170000Z"),
            ("2027-07-01T12:00", "Asia/Kolkata", "20270701T063000Z"),
            ("1995-09-24T12:00", "Europe/Rome", "19950924T110000Z"),
            ("2027-01-10T12:00", "Australia/Sydney", "20270110T010000Z"),
            ("2027-06-10T12:00", "UTC", "20270610T120000Z"),
        ] {
            let event = try scene.published([
                "start": EventScene.at(local, zone), "end": EventScene.at(String(local.prefix(11)) + "22:00", zone),
            ])
            let read = ReadCalendar(try ics(scene, event))
            #expect(read.events.first?["UTC"] == utc, "\(local) \(zone)")
            #expect(read.zones == (zone == "UTC" ? [] : [zone]))
        }
        // Outlook understands a rule.
        let rome = try String(decoding: ics(scene, try scene.published()), as: UTF8.self)
        #expect(rome.contains("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"))
        #expect(rome.contains("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"))
        let day = try scene.published(["start": EventScene.day("2019-11-29"), "end": EventScene.day("2019-11-29")])
        let whole = try String(decoding: ics(scene, day), as: UTF8.self)
        #expect(whole.contains("DTSTART;VALUE=DATE:20191129\r\n"))
        #expect(whole.contains("DTEND;VALUE=DATE:20191130\r\n"))
        #expect(!whole.contains("VTIMEZONE"))
    }

    @Test("an event keeps its UID; moving and calling off raise SEQUENCE", arguments: StorageBackend.available)
    func sequence(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let event = try scene.published()
        let first = ReadCalendar(try ics(scene, event)).events.first ?? [:]
        _ = try scene.answer(
            scene.ask(
                "event.reschedule",
                [
                    "event": .int(event), "revision": 2, "start": EventScene.at("2026-12-02T10:00"),
                    "end": EventScene.at("2026-12-02T12:00"),
                ]
            )
        )
        let second = ReadCalendar(try ics(scene, event)).events.first ?? [:]
        try scene.c.ok("event.cancel", ["event": .int(event), "revision": 3, "reason": "Neve"], as: scene.giulia)
        let third = ReadCalendar(try ics(scene, event)).events.first ?? [:]
        #expect(first["UID"]?.hasPrefix("event-\(event)@") == true)
        #expect(Set([first, second, third].map { $0["UID"] }).count == 1)
        #expect([first, second, third].map { $0["SEQUENCE"] } == ["0", "1", "2"])
        #expect([first, second, third].map { $0["STATUS"] } == ["CONFIRMED", "CONFIRMED", "CANCELLED"])
        #expect(third["DESCRIPTION"]?.hasPrefix("Neve") == true)
    }

    @Test("a feed shows what its person may see now, until it is revoked", arguments: StorageBackend.available)
    func feed(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let c = scene.c
        let event = try scene.published(["title": "Visibile"])
        _ = try scene.draft(["title": "Bozza"])
        let url = try #require(try c.ok("calendar.feed", as: scene.anna)["url"]?.string)
        #expect(try c.ok("calendar.feed", as: scene.anna)["url"]?.string == url)
        let facilitators = try #require(try c.ok("calendar.feed", as: scene.giulia)["url"]?.string)
        #expect(ReadCalendar(bytes(try feed(scene, facilitators))).events.count == 1)
        let first = try feed(scene, url)
        let tag = try #require(first.headers.first { $0.0 == "ETag" }?.1)
        #expect(first.headers.contains { $0 == ("Content-Type", "text/calendar; charset=utf-8") })
        #expect(ReadCalendar(bytes(first)).events.map { $0["SUMMARY"] } == ["Visibile"])
        // Unchanged, also as time goes by.
        c.clock.advance(seconds: 3_600)
        #expect(try feed(scene, url, tag: tag).status == 304)
        try c.ok("event.update", ["event": .int(event), "revision": 2, "title": "Altro"], as: scene.giulia)
        let changed = try feed(scene, url, tag: tag)
        #expect(changed.status == 200)
        #expect(ReadCalendar(bytes(changed)).events.map { $0["SUMMARY"] } == ["Altro"])
        // Who leaves the network sees its events no more.
        try c.ok("network.leave", ["network": .int(scene.network)], as: scene.anna)
        #expect(ReadCalendar(bytes(try feed(scene, url))).events.isEmpty)
        try c.ok("calendar.revoke", as: scene.anna)
        #expect(throws: WireError.self) { _ = try feed(scene, url) }
        let other = try c.ok("calendar.feed", as: scene.anna)["url"]?.string
        #expect(other != url)
        // Nor does an address outlive its person.
        try c.ok("person.suspend", ["person": .int(scene.giulia.id.rawValue)])
        #expect(throws: WireError.self) { _ = try feed(scene, facilitators) }
        try c.ok("person.erase", ["person": .int(scene.anna.id.rawValue)])
        try c.settle()
        #expect(try c.rows(of: "calendar_feed") == 1)
        for secret in ["", "x", String(repeating: "a", count: 100), "%00"] {
            #expect(throws: WireError.self) { _ = try feed(scene, "/calendar/\(secret).ics") }
        }
    }

    @Test("an event that one may not know of has no calendar", arguments: StorageBackend.available)
    func hidden(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let draft = try scene.draft()
        #expect(throws: WireError.self) { _ = try ics(scene, draft) }
        #expect(throws: WireError.self) { _ = try ics(scene, try scene.published(), as: scene.stranger) }
        #expect(ReadCalendar(try ics(scene, draft, as: scene.giulia)).events.first?["STATUS"] == "TENTATIVE")
    }

    @Test(
        "an invitation names who is asked, and turns into a withdrawal with the event",
        arguments: StorageBackend.available
    )
    func invitation(_ backend: StorageBackend) throws {
        let scene = try EventScene(backend)
        let event = try scene.published()
        let address = PublicAddress("https://metropoli.example/")
        let calendar = EventCalendar(address: address, community: "Metropoli")
        func invite() throws -> String {
            try scene.c.community.read { context in
                let record = try #require(try EventStore.event(EventID(event), context.sql))
                let text = try calendar.invitation(
                    record,
                    .request,
                    to: CalendarParty(
                        name: "Anna \"la\" Bianchi; x\r\nATTENDEE:mailto:y@example.it",
                        email: "anna@example.it"
                    ),
                    answer: .tentative,
                    from: CalendarParty(name: "Metropoli", email: "noreply@example.it"),
                    now: context.now,
                    context.sql
                )
                return String(decoding: text, as: UTF8.self)
            }
        }
        let request = try invite()
        let read = ReadCalendar(Array(request.utf8))
        #expect(read.errors == 0)
        #expect(read.events.first?["ATTENDEE"] == "mailto:anna@example.it")
        #expect(request.contains("METHOD:REQUEST\r\n"))
        #expect(request.replacingOccurrences(of: "\r\n ", with: "").contains("PARTSTAT=TENTATIVE"))
        #expect(request.components(separatedBy: "\r\nATTENDEE").count == 2)
        #expect(request.contains("URL:https://metropoli.example/events/\(event)\r\n"))
        try scene.c.ok("event.cancel", ["event": .int(event), "revision": 2, "reason": "Neve"], as: scene.giulia)
        let withdrawn = try invite()
        #expect(withdrawn.contains("METHOD:CANCEL\r\n"))
        #expect(withdrawn.contains("STATUS:CANCELLED\r\n"))
        #expect(withdrawn.contains("SEQUENCE:1\r\n"))
    }

    @Test("a feed of a thousand events is built in a moment")
    func thousand() throws {
        let scene = try EventScene(.sqlite)
        for number in 0..<10 {
            let answer = try scene.answer(
                scene.ask(
                    "series.create",
                    [
                        "network": .int(scene.network), "kind": "webinar", "title": .string("Serie \(number)"),
                        "rule": "FREQ=DAILY;COUNT=100", "start": EventScene.at("2026-12-01T10:00"),
                        "end": EventScene.at("2026-12-01T11:00"), "text": "Di che cosa si parla",
                    ]
                )
            )
            try scene.c.ok("series.publish", ["series": answer["id"] ?? .null, "revision": 1], as: scene.giulia)
        }
        let url = try #require(try scene.c.ok("calendar.feed", as: scene.anna)["url"]?.string)
        let clock = ContinuousClock()
        var size = 0
        let taken = try clock.measure { size = bytes(try feed(scene, url)).count }
        #expect(ReadCalendar(bytes(try feed(scene, url))).events.count == 1_000)
        #expect(size < 1_000_000)
        // A debug build on a shared machine; it takes a tenth of this.
        #expect(taken < .seconds(5), "\(taken)")
    }
}
