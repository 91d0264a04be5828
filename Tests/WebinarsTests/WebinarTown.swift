import CommunityKernel
import Journal
import ServerApp
import TestKit
import WireProtocol

/// A network with a facilitator, a speaker, one who has a seat, one who waits for one, a member and a stranger.
struct WebinarTown {
    let c: TestCommunity
    let network: Int64
    let giulia: Member
    let speaker: Member
    let anna: Member
    let waiting: Member
    let member: Member
    let stranger: Member

    static let secret = "un-segreto-condiviso-di-almeno-32-byte"

    init(
        _ backend: StorageBackend,
        in folder: TemporaryFolder? = nil,
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        c = try TestCommunity(backend, in: try folder ?? TemporaryFolder(), configure: configure)
        network = try c.network("rete")
        let city = try c.city()
        giulia = try c.person("Giulia", city: city)
        speaker = try c.person("Paolo", city: city)
        anna = try c.person("Anna Bianchi", city: city)
        waiting = try c.person("Marco", city: city)
        member = try c.person("Silvia", city: city)
        stranger = try c.person("Estraneo", city: city)
        try c.join([speaker, anna, waiting, member], network: network)
        try c.ok("network.add", ["network": .int(network), "person": .int(giulia.id.rawValue)])
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    /// With a Jitsi server whose tokens are signed with the shared secret.
    static func jitsi(_ configuration: inout Configuration) {
        configuration.jitsi.url = "https://meet.example.it"
        configuration.jitsi.application = "metropoli"
        configuration.jitsi.secret = secret
    }

    /// A published webinar on 10 December 2026 from 10:00 to 12:00 in Rome: Anna has its one seat, Marco waits.
    func event(_ room: JSON?) throws -> Int64 {
        func time(_ local: String) -> JSON { .members(["local": .string(local), "zone": "Europe/Rome"]) }
        let speakers = JSON.array([.int(speaker.id.rawValue)])
        let created: JSON
        if let room {
            created = try c.ok(
                "event.create",
                [
                    "network": .int(network), "kind": "webinar", "title": "Sportello <unico> & edilizia",
                    "start": time("2026-12-10T10:00"), "end": time("2026-12-10T12:00"), "capacity": 1,
                    "speakers": speakers, "room": room,
                ],
                as: giulia
            )
        } else {
            created = try c.ok(
                "event.create",
                [
                    "network": .int(network), "kind": "webinar", "title": "In sala",
                    "start": time("2026-12-10T10:00"), "end": time("2026-12-10T12:00"), "capacity": 1,
                    "speakers": speakers,
                ],
                as: giulia
            )
        }
        let event = try c.id(created)
        try c.ok("event.publish", ["event": .int(event), "revision": 1], as: giulia)
        for person in [anna, waiting] { try c.ok("registration.register", ["event": .int(event)], as: person) }
        return event
    }

    static let link = JSON.members(["provider": "link", "url": "https://meet.example.it/stanza-segreta"])

    /// Sets the clock to so many minutes after the start, negative before it.
    func clock(minutes: Int64, seconds: Int64 = 0) {
        c.clock.set(Self.start.advanced(bySeconds: minutes * 60 + seconds))
    }

    /// 10:00 in Rome.
    static let start = Instant(milliseconds: 1_796_893_200_000)

    func join(_ event: Int64, as member: Member) throws -> (url: String, expires: Instant) {
        let answer = try c.ok("webinar.join", ["event": .int(event)], as: member)
        guard let url = answer["url"]?.string, let expires = answer["expires"]?.string.flatMap(Instant.init) else {
            throw UnexpectedOutcome("webinar.join: \(answer)")
        }
        return (url, expires)
    }

    func refusal(_ event: Int64, as member: Member) throws -> WireError {
        try c.refusal("webinar.join", ["event": .int(event)], as: member)
    }
}
