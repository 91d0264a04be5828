import CommunityKernel
import Foundation
import Journal
import Mail
import TestKit
import Testing
import WireProtocol

@Suite("Mails of events", .serialized)
struct NoticeMailTests {
    @Test(
        "who has a seat gets an invitation, its change and its end under one UID",
        arguments: StorageBackend.available
    )
    func invitation(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let anna = try scene.people("Anna")[0]
        let event = try scene.event("Sportello unico", ["place": "Roma, via dei Prefetti 46"])
        _ = try scene.register(anna, event)
        let mail = try scene.sent(1, by: server)[0]
        #expect(mail.header("subject") == "Iscrizione confermata: Sportello unico" && !mail.hasDefects)
        #expect(mail.text.contains("giovedì 10 dicembre 2026, ore 10:00"))
        #expect(mail.text.contains("Dove: Roma, via dei Prefetti 46"))
        #expect(mail.text.contains("https://rete.example.it/events/\(event)"))
        #expect(mail.html.contains("https://rete.example.it/events/\(event)"))
        let first = Invitation(mail)
        #expect(first.errors == 0 && first.components == 1 && first.method == "REQUEST")
        #expect(first.fields["SEQUENCE"] == "0" && first.fields["STATUS"] == "CONFIRMED")
        #expect(first.fields["SUMMARY"] == "Sportello unico" && first.fields["attendees"] == "1")
        #expect(first.fields["ATTENDEE"]?.lowercased() == "mailto:\(mail.receiver)")
        #expect(first.fields["ORGANIZER"]?.lowercased() == "mailto:rete@example.it")

        try scene.move(event, to: "2026-12-11T15:00", "2026-12-11T17:00")
        let moved = try scene.sent(1, by: server)[0]
        #expect(moved.header("subject") == "Nuova data: Sportello unico")
        let second = Invitation(moved)
        #expect(second.method == "REQUEST" && second.fields["SEQUENCE"] == "1")
        #expect(second.fields["DTSTART"] == "20261211T150000" && second.fields["UID"] == first.fields["UID"])

        try scene.change(event, "update", "place", "Bologna")
        let changed = try scene.sent(1, by: server)[0]
        #expect(changed.header("subject") == "Incontro aggiornato: Sportello unico")
        #expect(Invitation(changed).fields["SEQUENCE"] == "2" && Invitation(changed).fields["LOCATION"] == "Bologna")

        try scene.change(event, "cancel", "reason", "Pochi iscritti")
        let off = try scene.sent(1, by: server)[0]
        #expect(off.header("subject") == "Incontro annullato: Sportello unico")
        #expect(off.text.contains("Motivo: Pochi iscritti"))
        let last = Invitation(off)
        #expect(last.method == "CANCEL" && last.fields["SEQUENCE"] == "3" && last.fields["STATUS"] == "CANCELLED")
        #expect(last.fields["UID"] == first.fields["UID"] && last.errors == 0)
    }

    @Test(
        "the queue: place, promotion, cancellation, each once and to whom it concerns",
        arguments: StorageBackend.available
    )
    func queue(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let people = try scene.people("Anna", "Bruno", "Carla", "Dario")
        let event = try scene.event("Sportello unico", ["capacity": 1])
        let seat = try scene.register(people[0], event)
        for person in people[1...] { _ = try scene.register(person, event) }
        let mails = try scene.sent(4, by: server)
        let receivers = Dictionary(
            uniqueKeysWithValues: zip(["Anna", "Bruno", "Carla", "Dario"], mails.map(\.receiver))
        )
        #expect(mails[1].header("subject") == "In lista d’attesa: Sportello unico")
        #expect(mails[1].text.contains("posizione 1") && mails[3].text.contains("posizione 3"))
        #expect(mails[1].part("text/calendar") == nil)

        try scene.act("cancel", seat, as: people[0])
        let freed = try scene.sent(2, by: server)
        #expect(freed[0].receiver == receivers["Anna"] && Invitation(freed[0]).method == "CANCEL")
        #expect(freed[1].receiver == receivers["Bruno"] && Invitation(freed[1]).method == "REQUEST")
        #expect(freed[1].header("subject") == "Si è liberato un posto: Sportello unico")

        // What is called off is told to everybody who still has a part in it.
        try scene.change(event, "cancel", "reason", "Sciopero")
        let off = try scene.sent(3, by: server)
        #expect(Set(off.map(\.receiver)) == Set(["Bruno", "Carla", "Dario"].compactMap { receivers[$0] }))
        #expect(off.allSatisfy { Invitation($0).method == "CANCEL" })
    }

    @Test("offers say until when, lapse, and closing ends the wait", arguments: StorageBackend.available)
    func offers(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let people = try scene.people("Anna", "Bruno", "Carla")
        let event = try scene.event("Sportello unico", ["capacity": 1, "offers": .bool(true)])
        let seat = try scene.register(people[0], event)
        for person in people[1...] { _ = try scene.register(person, event) }
        _ = try scene.sent(3, by: server)
        try scene.act("cancel", seat, as: people[0])
        let offered = try scene.sent(2, by: server)[1]
        #expect(offered.header("subject").hasPrefix("Un posto per te fino a mercoledì 25 novembre 2026, ore 10:00"))
        #expect(
            offered.text.contains("Accetta il posto:\r\nhttps://rete.example.it/events/\(event)")
                || offered.text.contains("Accetta il posto:\nhttps://rete.example.it/events/\(event)")
        )
        try scene.at("2026-11-25T10:00")
        #expect(try scene.templates() == ["lapsed Bruno", "offered Carla"])
        let registrations = try scene.c.ok("registration.list", ["event": .int(event), "state": "offered"])
        let carla = try scene.c.id(registrations["registrations"]?.array?.first ?? .null)
        try scene.act("accept", carla, as: people[2])
        // The offer that was taken is not mailed any more.
        let mails = try scene.sentOrDropped(by: server, expecting: 2)
        #expect(
            mails.map { $0.header("subject") } == [
                "Il posto riservato è scaduto: Sportello unico", "Iscrizione confermata: Sportello unico",
            ]
        )
        _ = try scene.register(people[0], event)
        _ = try scene.sent(1, by: server)
        try scene.at("2026-12-10T10:00")
        #expect(try scene.templates().contains("expired Anna"))
    }

    @Test("requests are approved or not, with the reason", arguments: StorageBackend.available)
    func approval(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let people = try scene.people("Anna", "Bruno")
        let event = try scene.event("Sportello unico", ["approval": .bool(true)])
        let first = try scene.register(people[0], event)
        let second = try scene.register(people[1], event)
        #expect(try scene.waiting().isEmpty)
        try scene.act("approve", first, as: scene.giulia, reason: "Benvenuta")
        try scene.act("reject", second, as: scene.giulia, reason: "Solo per i comuni; \\nBcc: tutti@example.it")
        let mails = try scene.sent(2, by: server)
        #expect(mails[0].header("subject") == "Richiesta approvata: Sportello unico")
        #expect(mails[0].text.contains("Benvenuta") && Invitation(mails[0]).method == "REQUEST")
        #expect(mails[1].header("subject") == "Richiesta non accolta: Sportello unico")
        #expect(mails[1].text.contains("Solo per i comuni") && mails[1].part("text/calendar") == nil)
        #expect(mails[1].header("bcc").isEmpty)
        #expect(try scene.news(people[0]) == ["approved"] && scene.news(people[1]) == ["rejected"])
    }

    @Test("put off and brought back: out of the calendar, and in again", arguments: StorageBackend.available)
    func postponed(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let anna = try scene.people("Anna")[0]
        let event = try scene.event()
        _ = try scene.register(anna, event)
        try scene.change(event, "postpone", "reason", "Sala occupata")
        try scene.move(event, to: "2027-01-12T10:00", "2027-01-12T12:00")
        let mails = try scene.sent(3, by: server).map { Invitation($0) }
        #expect(mails.map(\.method) == ["REQUEST", "CANCEL", "REQUEST"])
        #expect(mails.map { $0.fields["SEQUENCE"] } == ["0", "1", "2"])
        #expect(Set(mails.map { $0.fields["UID"] }).count == 1)
    }

    @Test("mails are in the reader's language, and as each person chose", arguments: StorageBackend.available)
    func choices(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let people = try scene.people("Anna", "Bruno", "Carla")
        try scene.c.ok("person.change", ["person": .int(people[0].id.rawValue), "language": "en"])
        func choose(_ person: Member, _ choice: KeyValuePairs<String, JSON>) throws {
            try scene.c.ok("notification.set", ["events": JSON.members(choice)], as: person)
        }
        try choose(people[1], ["mailCalendar": .bool(false)])
        try choose(people[2], ["mailCalendar": .bool(false), "mailRegistrations": .bool(false)])
        let event = try scene.event()
        for person in people { _ = try scene.register(person, event) }
        let mails = try scene.sent(2, by: server)
        #expect(mails[0].header("subject") == "Registration confirmed: Sportello unico")
        #expect(
            mails[0].header("content-language") == "en" && mails[0].text.contains("Thursday 10 December 2026, 10:00")
        )
        #expect(mails[0].header("list-unsubscribe") == "<https://rete.example.it/me>")
        #expect(mails[0].text.contains("attachment") && !mails[1].text.contains("llegato"))
        #expect(mails[1].part("text/calendar") == nil && mails[1].header("subject").hasPrefix("Iscrizione confermata"))
        try scene.move(event, to: "2026-12-11T15:00", "2026-12-11T17:00")
        #expect(try scene.templates() == ["moved Anna"])
        // Reminders are a choice of their own.
        try choose(people[1], ["mailReminders": .bool(false), "showReminders": .bool(false)])
        try scene.discard()
        try scene.at("2026-12-10T15:00")
        #expect(try scene.templates() == ["reminder Anna", "reminder Carla"])
        #expect(try scene.news(people[2]).first == "reminder" && scene.news(people[1]) == ["moved"])
    }

    @Test(
        "nothing that a title, a place or a name holds becomes a field of its own",
        arguments: StorageBackend.available
    )
    func injection(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let evil = "Riunione; \"A\", B\\nC {name} <b>x</b>"
        let anna = try scene.people("Anna \"capo\"; X=1:mailto:z@example.it, <i>")[0]
        // The door takes no line break in a title or a place; what looks like one to a calendar comes through.
        #expect(throws: UnexpectedOutcome.self) { try scene.event("A\u{202E}gpj") }
        #expect(throws: UnexpectedOutcome.self) { try scene.event("A\r\nATTENDEE:mailto:spia@example.it") }
        let place = "Roma; END:VEVENT, \\nATTENDEE:mailto:spia@example.it \"x\""
        let event = try scene.event(evil, ["place": .string(place)])
        _ = try scene.register(anna, event)
        let mail = try scene.sent(1, by: server)[0]
        let read = Invitation(mail)
        #expect(read.errors == 0 && read.components == 1 && read.fields["attendees"] == "1")
        #expect(read.fields["SUMMARY"]?.hasPrefix("Riunione; \"A\", B\\nC {name} <b>x</b>") == true)
        #expect(read.fields["LOCATION"]?.contains("spia@example.it") == true)
        #expect(read.fields["ATTENDEE"]?.lowercased() == "mailto:\(mail.receiver)")
        let lines = read.text.split(whereSeparator: \.isNewline)
        #expect(lines.filter { $0.hasPrefix("BEGIN:VEVENT") }.count == 1)
        #expect(!lines.contains { $0.hasPrefix("ATTENDEE:mailto:spia") })
        #expect(mail.html.contains("&lt;b&gt;x&lt;/b&gt;") && !mail.html.contains("<b>x</b>"))
        #expect(mail.text.contains("{name}") && !mail.hasDefects)
    }

    @Test("who left the network is told that the seat is gone, and nothing else", arguments: StorageBackend.available)
    func leaving(_ backend: StorageBackend) throws {
        let server = try MailServer()
        let scene = try NoticeScene(backend, server)
        let anna = try scene.people("Anna")[0]
        let event = try scene.event()
        _ = try scene.register(anna, event)
        try scene.c.ok("network.leave", ["network": .int(scene.network)], as: anna)
        try scene.c.settle()
        let mails = try scene.sentOrDropped(by: server, expecting: 1)
        #expect(mails.map { $0.header("subject") } == ["Iscrizione annullata: Sportello unico"])
        #expect(try scene.news(anna).isEmpty)
        try scene.move(event, to: "2026-12-11T15:00", "2026-12-11T17:00")
        #expect(try scene.waiting().isEmpty)
    }
}

extension NoticeScene {
    /// Sends what is due, of which some is not said any more, and reads so many mails back.
    func sentOrDropped(by server: MailServer, expecting count: Int) throws -> [ReceivedMail] {
        guard let sender = c.community.registry.services.lazy.compactMap({ $0 as? MailSender }).first else {
            throw UnexpectedOutcome("nobody sends mail")
        }
        _ = try sender.sendDue(in: c.community)
        let states = try c.ok("mail.list", ["limit": 100])["mails"]?.array?.compactMap { $0["state"]?.string } ?? []
        #expect(!states.contains("waiting") && !states.contains("failed"))
        return try (0..<count).map { _ in try server.next() }
    }
}
