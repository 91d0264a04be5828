import CICal
import CommunityKernel
import Foundation
import Journal
import Mail
import ServerApp
import TestKit
import Testing
import WireProtocol

/// A network with a facilitator whose events people register for, and whose mails go to a server of the test's own.
///
/// It begins on Monday 23 November 2026 at 10:00 in Rome.
struct NoticeScene {
    let c: TestCommunity
    let network: Int64
    let giulia: Member
    private let city: Int64

    init(
        _ backend: StorageBackend,
        _ server: MailServer? = nil,
        in folder: TemporaryFolder? = nil,
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        c = try TestCommunity(backend, in: folder ?? TemporaryFolder()) { configuration in
            Self.configure(&configuration, server)
            configure(&configuration)
        }
        network = try c.network("rete")
        city = try c.city()
        giulia = try c.person("Giulia", city: city)
        try c.join([giulia], network: network)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
        try at("2026-11-23T10:00")
        try discard()
    }

    static func configure(_ configuration: inout Configuration, _ server: MailServer?) {
        configuration.publicUrl = "https://rete.example.it"
        guard let server else { return }
        configuration.mail.server = "localhost"
        configuration.mail.port = Int64(server.port)
        configuration.mail.tls = "off"
        configuration.mail.from = "rete@example.it"
        configuration.mail.perMinute = 60_000
        configuration.mail.timeout = 5
    }

    /// People of the network, whose invitations were mailed long ago.
    func people(_ names: String...) throws -> [Member] {
        let people = try names.map { try c.person($0, city: city) }
        try c.join(people, network: network)
        try discard()
        return people
    }

    /// What was mailed so far is none of the test's business.
    func discard() throws {
        try c.settle()
        while true {
            let mails = try waiting()
            for mail in mails { try c.ok("mail.discard", ["mail": mail["id"] ?? .null]) }
            if mails.isEmpty { return }
        }
    }

    /// Moves the clock to a moment in Rome and lets the server do what is due then.
    func at(_ local: String) throws {
        c.clock.set(try LocalTime(local: local, zone: "Europe/Rome").resolved())
        try c.settle()
    }

    // MARK: Events

    static func time(_ local: String) -> JSON { .members(["local": .string(local), "zone": "Europe/Rome"]) }

    /// A published webinar on Thursday 10 December 2026 from 10:00 to 12:00 in Rome; its id.
    func event(_ title: String = "Sportello unico", _ fields: [String: JSON] = [:]) throws -> Int64 {
        let usual: [String: JSON] = [
            "network": .int(network), "kind": "webinar", "title": .string(title),
            "start": Self.time("2026-12-10T10:00"), "end": Self.time("2026-12-10T12:00"),
        ]
        let members = usual.merging(fields) { $1 }.map { JSONObject.Member(name: $0.key, value: $0.value) }
        let request = Community.Request(name: "event.create", body: JSONObject(members))
        guard case .done(let reply, _, _) = c.community.performAndWait(request, as: giulia) else {
            throw UnexpectedOutcome("event.create was refused")
        }
        let id = try c.id(JSONParser.parse(reply, limits: .answers))
        try c.ok("event.publish", ["event": .int(id), "revision": 1], as: giulia)
        return id
    }

    /// Runs `event.NAME` on the newest revision.
    func change(_ event: Int64, _ name: String, _ key: String, _ value: JSON, _ more: (String, JSON)? = nil) throws {
        let revision = try c.ok("event.get", ["event": .int(event)], as: giulia)["revision"] ?? .null
        var members = [
            JSONObject.Member(name: "event", value: .int(event)), .init(name: "revision", value: revision),
            .init(name: key, value: value),
        ]
        if let more { members.append(.init(name: more.0, value: more.1)) }
        let request = Community.Request(name: "event.\(name)", body: JSONObject(members))
        if case .refused(let error) = c.community.performAndWait(request, as: giulia) {
            throw UnexpectedOutcome("event.\(name): \(error.message)")
        }
        try c.settle()
    }

    func move(_ event: Int64, to start: String, _ end: String) throws {
        try change(event, "reschedule", "start", Self.time(start), ("end", Self.time(end)))
    }

    func register(_ member: Member, _ event: Int64) throws -> Int64 {
        let id = try c.id(c.ok("registration.register", ["event": .int(event)], as: member))
        try c.settle()
        return id
    }

    func act(_ name: String, _ registration: Int64, as member: Member, reason: String? = nil) throws {
        if let reason {
            let body: KeyValuePairs<String, JSON> = ["registration": .int(registration), "reason": .string(reason)]
            try c.ok("registration.\(name)", body, as: member)
        } else {
            try c.ok("registration.\(name)", ["registration": .int(registration)], as: member)
        }
        try c.settle()
    }

    // MARK: What people are told

    /// The mails that wait, the oldest first.
    func waiting() throws -> [JSON] {
        (try c.ok("mail.list", ["state": "waiting", "limit": 100])["mails"]?.array ?? []).reversed()
    }

    /// What waits to be sent: `template person`.
    func templates() throws -> [String] {
        try waiting().map { mail in
            let name = mail["name"]?.string ?? ""
            return "\(mail["template"]?.string?.dropFirst("event.".count) ?? "") \(name)"
        }
    }

    /// Sends what is due and reads so many mails back.
    func sent(_ count: Int, by server: MailServer) throws -> [ReceivedMail] {
        guard let sender = c.community.registry.services.lazy.compactMap({ $0 as? MailSender }).first else {
            throw UnexpectedOutcome("nobody sends mail")
        }
        #expect(try waiting().count == count)
        _ = try sender.sendDue(in: c.community)
        return try (0..<count).map { _ in try server.next() }
    }

    /// A member's notifications of events, the newest first.
    func news(_ member: Member) throws -> [String] {
        try c.ok("notification.list", as: member)["notifications"]?.array?.compactMap { $0["news"]?.string } ?? []
    }
}

/// An invitation read back by libical's parser.
struct Invitation {
    let text: String
    var errors = -1
    var components = 0
    var method = ""
    var fields: [String: String] = [:]

    init(_ mail: ReceivedMail) {
        let parts = mail.parts.filter { $0["type"]?.string == "text/calendar" }
        text = parts.first?["text"]?.string ?? ""
        // The one that programs show and the one that people open are the same.
        #expect(parts.count == 2 && parts.allSatisfy { $0["text"]?.string == text })
        #expect(parts.last?["name"]?.string == "invite.ics")
        guard let calendar = icalparser_parse_string(text) else { return }
        defer { icalcomponent_free(calendar) }
        errors = Int(icalcomponent_count_errors(calendar))
        method = Self.property(calendar, ICAL_METHOD_PROPERTY) ?? ""
        components = Int(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT))
        #expect(parts.allSatisfy { $0["parameters"]?["method"]?.string == method })
        guard let event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT) else { return }
        for (name, kind) in [
            ("UID", ICAL_UID_PROPERTY), ("SEQUENCE", ICAL_SEQUENCE_PROPERTY), ("SUMMARY", ICAL_SUMMARY_PROPERTY),
            ("DTSTART", ICAL_DTSTART_PROPERTY), ("STATUS", ICAL_STATUS_PROPERTY), ("LOCATION", ICAL_LOCATION_PROPERTY),
            ("ATTENDEE", ICAL_ATTENDEE_PROPERTY), ("ORGANIZER", ICAL_ORGANIZER_PROPERTY),
        ] {
            fields[name] = Self.property(event, kind)
        }
        fields["attendees"] = String(icalcomponent_count_properties(event, ICAL_ATTENDEE_PROPERTY))
    }

    private static func property(_ component: OpaquePointer, _ kind: icalproperty_kind) -> String? {
        guard let property = icalcomponent_get_first_property(component, kind),
            let value = icalproperty_get_value(property)
        else { return nil }
        if kind == ICAL_SUMMARY_PROPERTY || kind == ICAL_LOCATION_PROPERTY {
            return icalvalue_get_text(value).map { String(cString: $0) }
        }
        return icalvalue_as_ical_string(value).map { String(cString: $0) }
    }
}
