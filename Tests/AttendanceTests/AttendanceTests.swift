import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Attendance", .serialized)
struct AttendanceTests {
    @Test(
        "time within the planned start and end counts, what overlaps once, whole minutes rounded down",
        arguments: StorageBackend.available
    )
    func counted(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let (town, c, event) = (day.town, day.c, day.event)
        let person = try town.people(1)[0]
        _ = try day.registered(person)
        try day.at("12:00:00")
        // The planned time is 09:00 to 11:00 UTC.
        #expect(try day.record(person, "08:30:00", "09:10:30") == 10)
        #expect(try day.record(person, "09:10:00", "09:20:59") == 20)
        // Another device at the same time.
        #expect(try day.record(person, "09:05:00", "09:15:00") == 20)
        #expect(try day.record(person, "10:50:00", "11:30:00") == 30)
        #expect(try day.record(person, "10:50:00", "11:30:00") == 30)
        #expect(try town.states(event)[person.id.rawValue] == "checked_in")
        let list = try c.ok("attendance.list", ["event": .int(event)], as: person)
        #expect(list["planned"]?.int == 120 && list["threshold"]?.int == 80)
        #expect(list["people"]?.array?[0]["intervals"]?.array?.count == 2)
    }

    @Test("clearing the time of who was not there checks nobody in", arguments: StorageBackend.available)
    func cleared(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let person = try day.town.people(1)[0]
        let registration = try day.registered(person)
        try day.at("12:00:00")
        _ = try day.record(person, "09:00:00", "09:30:00")
        try day.town.act("undo", registration, as: day.town.facilitator)
        let body: KeyValuePairs<String, JSON> = ["event": .int(day.event), "person": .int(person.id.rawValue)]
        try day.c.ok("attendance.clear", body, as: day.town.facilitator)
        #expect(try day.town.states(day.event)[person.id.rawValue] == "confirmed")
        try day.c.ok("attendance.settle", ["event": .int(day.event)], as: day.town.facilitator)
        #expect(try day.town.states(day.event)[person.id.rawValue] == "no_show")
    }

    @Test("what was not or could not be is refused, and nothing is written", arguments: StorageBackend.available)
    func refused(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let (town, c, event) = (day.town, day.c, day.event)
        let people = try town.people(2)
        let registration = try day.registered(people[0])
        let early = try c.refusal(
            "attendance.record",
            day.recording(people[0], "09:00:00", "09:30:00"),
            as: town.facilitator
        )
        #expect(early.code == .tooEarly && (early.retryAfterMs ?? 0) > 0)
        try day.at("09:30:00")
        let backwards = try c.refusal(
            "attendance.record",
            day.recording(people[0], "09:30:00", "09:30:00"),
            as: town.facilitator
        )
        #expect(backwards.fields?.first?.path == "with.left")
        #expect(
            try c.refusal("attendance.record", day.recording(people[0], "09:00:00", "09:30:00"), as: people[0]).code
                == .forbidden
        )
        let stranger = try c.person("Estraneo")
        #expect(
            try c.refusal("attendance.record", day.recording(stranger, "09:00:00", "09:30:00"), as: town.facilitator)
                .code
                == .notFound
        )
        let soon = try c.refusal("certificate.issue", ["registration": .int(registration)], as: town.facilitator)
        #expect(soon.code == .conflict && soon.current?["state"] != nil)
        #expect(
            try c.ok("attendance.list", ["event": .int(event)], as: people[0])["people"]?.array?[0]["minutes"]?.int
                == 0
        )
    }

    @Test(
        "from the threshold on there is a certificate, that anyone checks and the organiser withdraws",
        arguments: StorageBackend.available
    )
    func certified(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let (town, c, event) = (day.town, day.c, day.event)
        let people = try town.people(3)
        let registrations = try people.map(day.registered)
        try day.at("12:00:00")
        #expect(try day.record(people[0], "09:00:00", "10:36:00") == 96)
        #expect(try day.record(people[1], "09:00:00", "10:35:59") == 95)
        let short = try c.refusal("certificate.issue", ["registration": .int(registrations[1])], as: town.facilitator)
        #expect(short.code == .conflict && short.current?["state"]?.string == "checked_in")
        let absent = try c.refusal("certificate.issue", ["registration": .int(registrations[2])], as: town.facilitator)
        #expect(absent.current?["state"]?.string == "confirmed")
        let own = try c.refusal("certificate.issue", ["registration": .int(registrations[0])], as: people[0])
        #expect(own.code == .forbidden)

        let issued = try day.issue(registrations[0])
        let again = try day.issue(registrations[0])
        #expect(again["id"] == issued["id"] && again["code"] == issued["code"])
        #expect(try town.states(event)[people[0].id.rawValue] == "attended")
        let code = issued["code"]?.string ?? ""
        #expect(code.count == 19)
        let typed = code.lowercased().replacing("-", with: " ").replacing("0", with: "o")
        let facts = try c.ok("certificate.verify", ["code": .string(typed)], as: .nobody)
        #expect(facts["name"]?.string == "P1" && facts["event"]?.string == "Sportello unico")
        #expect(facts["date"]?.string == "2026-12-10" && facts["hours"]?.double == 1.6)
        #expect(facts["valid"]?.bool == true)
        #expect(try c.refusal("certificate.verify", ["code": "0000-0000-0000-0000"], as: .nobody).code == .notFound)

        let id = issued["id"] ?? .null
        let withdrawal: KeyValuePairs<String, JSON> = ["certificate": id, "reason": "Nome sbagliato"]
        #expect(try c.refusal("certificate.withdraw", withdrawal, as: people[0]).code == .forbidden)
        try c.ok("certificate.withdraw", withdrawal, as: town.facilitator)
        #expect(try c.refusal("certificate.withdraw", withdrawal, as: town.facilitator).code == .conflict)
        #expect(try c.ok("certificate.verify", ["code": .string(code)], as: .nobody)["valid"]?.bool == false)
        // What was withdrawn comes back by being issued one by one, with another code, and not with all.
        let all = try c.ok("certificate.issueAll", ["event": .int(event)], as: town.facilitator)
        #expect(all["issued"]?.int == 0)
        #expect(try day.issue(registrations[0])["code"] != issued["code"])
        let own2 = try c.ok("certificate.list", [:], as: people[0])["certificates"]?.array ?? []
        #expect(own2.count == 2 && own2[1]["reason"]?.string == "Nome sbagliato")
    }

    @Test(
        "who is checked in and of whom nothing else is known was there from then to the end",
        arguments: StorageBackend.available
    )
    func checkedIn(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let (town, c, event) = (day.town, day.c, day.event)
        let people = try town.people(2)
        let registrations = try people.map(day.registered)
        try day.at("09:24:00")
        try town.act("checkIn", registrations[0], as: town.facilitator)
        try day.at("11:30:00")
        // Entered from the list on paper.
        try town.act("checkIn", registrations[1], as: town.facilitator)
        let settled = try c.ok("attendance.settle", ["event": .int(event)], as: town.facilitator)
        #expect(settled["attended"]?.int == 2 && settled["noShow"]?.int == 0)
        let hours = try c.ok("attendance.hours", ["network": .int(town.network)], as: town.facilitator)
        #expect(hours["people"]?.array?.map { $0["minutes"]?.int ?? 0 } == [120, 96])
        #expect(hours["organisations"]?.array?.first?["minutes"]?.int == 216)
        #expect(try c.refusal("attendance.hours", ["network": .int(town.network)], as: people[0]).code == .forbidden)
        let own = try c.ok("attendance.hours", [:], as: people[0])
        #expect(own["people"]?.array?.count == 1 && own["people"]?.array?[0]["minutes"]?.int == 96)
    }

    @Test(
        "a day after the end the clock settles who came, who came for a part and who did not",
        arguments: StorageBackend.available
    )
    func settled(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let (town, c, event) = (day.town, day.c, day.event)
        let people = try town.people(3)
        _ = try people.map(day.registered)
        try day.at("12:00:00")
        try c.settle()
        _ = try day.record(people[0], "09:00:00", "11:00:00")
        _ = try day.record(people[1], "09:00:00", "09:30:00")
        try c.settle()
        #expect(try town.states(event)[people[2].id.rawValue] == "confirmed")
        c.clock.set(try #require(Instant("2026-12-11T11:00:00Z")))
        try c.settle()
        let states = try town.states(event)
        #expect(people.map { states[$0.id.rawValue] } == ["attended", "partial", "no_show"])
        // What is learnt later puts it right.
        #expect(try day.record(people[1], "09:30:00", "11:00:00") == 120)
        #expect(try day.record(people[2], "09:00:00", "10:00:00") == 60)
        let later = try town.states(event)
        #expect(people.map { later[$0.id.rawValue] } == ["attended", "attended", "checked_in"])
        try c.ok(
            "attendance.clear",
            ["event": .int(event), "person": .int(people[1].id.rawValue)],
            as: town.facilitator
        )
        #expect(try town.states(event)[people[1].id.rawValue] == "partial")
    }

    @Test("a ticket lets in once, a made-up one never", arguments: StorageBackend.available)
    func admitted(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let (town, c, event) = (day.town, day.c, day.event)
        let people = try town.people(2)
        let registration = try day.registered(people[0])
        _ = try day.registered(people[1])
        let list = try c.ok("attendance.list", ["event": .int(event)], as: people[0])
        #expect(list["people"]?.array?.count == 1)
        let ticket = list["people"]?.array?[0]["ticket"]?.string ?? ""
        let seen = try c.ok("attendance.list", ["event": .int(event)], as: town.facilitator)
        #expect(seen["people"]?.array?.allSatisfy { $0["ticket"] == nil } == true)
        try day.at("08:50:00")
        #expect(try c.refusal("attendance.admit", ["code": .string(ticket)], as: people[1]).code == .forbidden)
        let other = "\(registration + 1)" + ticket.drop { $0 != "-" }
        #expect(try c.refusal("attendance.admit", ["code": .string(other)], as: town.facilitator).code == .notFound)
        let came = try c.ok("attendance.admit", ["code": .string(ticket)], as: town.facilitator)
        #expect(came["person"]?["name"]?.string == "P1" && came["state"]?.string == "checked_in")
        let again = try c.refusal("attendance.admit", ["code": .string(ticket)], as: town.facilitator)
        #expect(again.code == .conflict && again.current?["state"]?.string == "checked_in")
    }

    @Test("with a person go presence and certificates, also for who has the code", arguments: StorageBackend.available)
    func erased(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let (town, c, event) = (day.town, day.c, day.event)
        let person = try town.people(1)[0]
        let registration = try day.registered(person)
        try day.at("12:00:00")
        _ = try day.record(person, "09:00:00", "11:00:00")
        let code = try day.issue(registration)["code"] ?? .null
        try c.ok("person.erase", ["person": .int(person.id.rawValue)])
        try c.settle()
        #expect(try c.refusal("certificate.verify", ["code": code], as: .nobody).code == .notFound)
        let seen = try c.ok("attendance.list", ["event": .int(event)], as: town.facilitator)
        #expect(seen["people"]?.array?.allSatisfy { $0["minutes"]?.int == 0 } == true)
    }
}
