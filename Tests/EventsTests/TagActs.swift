import CommunityKernel
import Journal
import TestKit
import WireProtocol

/// What happens in a community while somebody's calendar program asks for the feed again and again; each by its name.
struct TagActs {
    /// What the feeds may depend on, in an order in which each finds what it needs.
    static let names =
        [
            "publish", "another's seat", "title", "text", "place", "room", "capacity", "register", "reschedule",
            "leave seat", "wait",
            "promote",
            "check in", "postpone", "come back", "cancel", "draft", "series", "plan", "series cancel", "leave network",
            "join",
            "appoint", "dismiss", "administrator", "no administrator", "erase speaker", "begin and end", "grow old",
        ] + ["rename reader", "message", "name network"]
    /// What the feeds do not show.
    static let elsewhere: Set<String> = ["rename reader", "another's seat", "message", "name network"]

    let scene: EventScene
    private(set) var done: Set<String> = []
    private var events: [Int64] = []
    private var series: Int64?
    private var count = 0
    private let marco: Member
    private let channel: Int64

    init(_ scene: EventScene) throws {
        self.scene = scene
        marco = scene.marco
        channel = try scene.c.channel("generale", in: scene.network)
        try scene.c.ok("channel.join", ["channel": .int(channel)], as: scene.giulia)
        // The last administrator stays one.
        try scene.c.ok("person.assignRoles", ["person": .int(scene.stranger.id.rawValue), "roles": .array(["admin"])])
    }

    private var c: TestCommunity { scene.c }

    /// Does it, as far as it can be done now.
    mutating func perform(_ act: String, _ random: inout SeededGenerator) throws {
        count += 1
        // Whatever changes, changes at a time of its own; time alone may move an event out of a feed.
        if !Self.elsewhere.contains(act) { c.clock.advance(seconds: 61) }
        let event = events.randomElement(using: &random)
        switch act {
        case "publish": try publish()
        case "title": change(event, act, ["title": .string("Titolo \(count)")])
        case "text": change(event, act, ["text": .string("Testo \(count)")])
        case "place": change(event, act, ["place": .string("Sala \(count)")])
        case "room":
            change(
                event,
                act,
                ["room": .members(["provider": "link", "url": .string("https://meet.example.it/\(count)")])]
            )
        case "capacity": change(event, act, ["capacity": 1])
        case "reschedule", "come back":
            let day = 1 + count % 27
            let times = [
                "start": EventScene.at("2027-01-\(day < 10 ? "0" : "")\(day)T10:00"),
                "end": EventScene.at("2027-01-\(day < 10 ? "0" : "")\(day)T12:00"),
            ]
            ask("event.reschedule", of: event, act, times)
        case "postpone": ask("event.postpone", of: event, act, ["reason": .string("Neve \(count)")])
        case "cancel":
            ask("event.cancel", of: event, act, ["reason": .string("Neve \(count)")])
            try publish()
        case "draft": tried(act, scene.create(["title": .string("Bozza \(count)")]))
        case "register": register(scene.anna, event, act)
        case "another's seat": for event in events { register(marco, event, act) }
        case "wait", "promote", "leave seat", "check in": try seats(act)
        case "series", "plan", "series cancel": try cycle(act)
        case "leave network":
            tried(act, ask("network.leave", ["network": .int(scene.network)], as: scene.anna))
        case "join": tried(act, ask("network.add", ["network": .int(scene.network), "person": id(scene.anna)]))
        case "appoint": tried(act, ask("network.appoint", role("facilitator")))
        case "dismiss": tried(act, ask("network.appoint", role("member")))
        default: try others(act)
        }
        // Who left comes back, so that there is something to see.
        if act != "leave network", !Self.elsewhere.contains(act) {
            _ = ask("network.add", ["network": .int(scene.network), "person": id(scene.anna)])
        }
    }

    private mutating func publish() throws {
        let day = 1 + count % 27
        let local = "2026-12-\(day < 10 ? "0" : "")\(day)"
        events.append(
            try scene.published([
                "title": .string("Incontro \(count)"), "speakers": .array([id(marco)]),
                "room": .members(["provider": "jitsi"]),
                "start": EventScene.at("\(local)T10:00"), "end": EventScene.at("\(local)T12:00"),
            ])
        )
        events = events.suffix(6)
        done.insert("publish")
    }

    /// Seats and the queue of an event with one seat: Anna waits behind Marco, moves up, goes.
    private mutating func seats(_ act: String) throws {
        let event = try scene.published(["capacity": 1, "title": .string("Un posto \(count)")])
        register(act == "leave seat" ? scene.anna : marco, event, act)
        register(act == "leave seat" ? marco : scene.anna, event, act)
        guard act != "wait" else { return }
        let list = try c.ok("registration.list", ["event": .int(event)], as: scene.giulia)["registrations"]?.array ?? []
        let first = list.first { $0["state"]?.string == "confirmed" }?["id"] ?? .null
        if act == "check in" {
            c.clock.set(Instant("2026-12-01T09:00:00Z") ?? c.clock.now)
            tried(act, ask("registration.checkIn", ["registration": first]))
        } else {
            tried(act, ask("registration.cancel", ["registration": first]))
        }
        _ = try c.settle()
    }

    private mutating func cycle(_ act: String) throws {
        if act == "series" || series == nil {
            let made = try scene.answer(
                ask(
                    "series.create",
                    [
                        "network": .int(scene.network), "kind": "webinar", "title": .string("Ciclo \(count)"),
                        "rule": "FREQ=WEEKLY;COUNT=3", "start": EventScene.at("2027-02-02T10:00"),
                        "end": EventScene.at("2027-02-02T11:00"),
                    ]
                )
            )
            let id = try c.id(made)
            series = id
            tried("series", ask("series.publish", ["series": .int(id), "revision": 1]))
        }
        guard let series, act != "series" else { return }
        let revision = try c.ok("series.get", ["series": .int(series)], as: scene.giulia)["revision"] ?? .null
        if act == "plan" {
            tried(
                act,
                ask(
                    "series.update",
                    ["series": .int(series), "revision": revision, "planned": .int(Int64(20 + count))]
                )
            )
        } else {
            tried(act, ask("series.cancel", ["series": .int(series), "revision": revision, "reason": "Neve"]))
            self.series = nil
        }
    }

    private mutating func others(_ act: String) throws {
        switch act {
        case "administrator", "no administrator":
            let roles = JSON.array(act == "administrator" ? ["admin"] : [])
            tried(act, ask("person.assignRoles", ["person": id(scene.anna), "roles": roles], as: .system))
        case "erase speaker":
            let speaker = try c.person("Relatrice \(count)")
            _ = ask("network.add", ["network": .int(scene.network), "person": id(speaker)])
            _ = try scene.published(["speakers": .array([id(speaker)]), "title": .string("Con relatrice \(count)")])
            tried(act, ask("person.erase", ["person": id(speaker)], as: .system))
            try c.settle()
        case "begin and end":
            c.clock.advance(seconds: 6 * 3_600)
            try c.settle()
            done.insert(act)
        case "grow old":
            // Beyond the days for which a feed shows what is over.
            c.clock.advance(seconds: 40 * 86_400)
            try c.settle()
            done.insert(act)
        case "rename reader":
            tried(act, ask("person.change", ["person": id(scene.anna), "name": .string("Anna \(count)")], as: .system))
        case "message":
            tried(act, ask("message.post", ["channel": .int(channel), "text": .string("Ciao \(count)")]))
        case "name network":
            let name = JSON.members(["it": .string("Rete \(count)"), "en": .string("Network \(count)")])
            tried(act, ask("network.change", ["network": .int(scene.network), "name": name], as: .system))
        default: throw UnexpectedOutcome("no such act: \(act)")
        }
    }

    // MARK: Asking

    private func id(_ member: Member) -> JSON { .int(member.id.rawValue) }

    private func role(_ role: String) -> [String: JSON] {
        ["network": .int(scene.network), "person": id(scene.anna), "role": .string(role)]
    }

    private func ask(_ name: String, _ fields: [String: JSON], as member: Member? = nil) -> Outcome {
        scene.ask(name, fields, as: member)
    }

    private mutating func tried(_ act: String, _ outcome: Outcome) {
        if case .done = outcome { done.insert(act) }
    }

    private mutating func ask(_ name: String, of event: Int64?, _ act: String, _ fields: [String: JSON]) {
        guard let event, let revision = try? scene.revision(event) else { return }
        var fields = fields
        (fields["event"], fields["revision"]) = (.int(event), revision)
        tried(act, ask(name, fields))
    }

    private mutating func change(_ event: Int64?, _ act: String, _ fields: [String: JSON]) {
        ask("event.update", of: event, act, fields)
    }

    private mutating func register(_ person: Member, _ event: Int64?, _ act: String) {
        tried(act, ask("registration.register", ["event": event.map { .int($0) } ?? .null], as: person))
    }
}
