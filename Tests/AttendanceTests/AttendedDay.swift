import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A webinar from 10:00 to 12:00 in Rome on 10 December 2026, and what is done about who was there.
struct AttendedDay {
    let town: EventTown
    let event: Int64

    init(_ backend: StorageBackend) throws {
        town = try EventTown(backend)
        event = try town.event()
    }

    var c: TestCommunity { town.c }

    func at(_ time: String) throws { c.clock.set(try #require(Instant("2026-12-10T\(time)Z"))) }

    func record(_ person: Member, _ joined: String, _ left: String) throws -> Int64 {
        try c.ok("attendance.record", recording(person, joined, left), as: town.facilitator)["minutes"]?.int ?? -1
    }

    func recording(_ person: Member, _ joined: String, _ left: String) -> KeyValuePairs<String, JSON> {
        [
            "event": .int(event), "person": .int(person.id.rawValue), "joined": .string("2026-12-10T\(joined)Z"),
            "left": .string("2026-12-10T\(left)Z"),
        ]
    }

    func registered(_ member: Member) throws -> Int64 { try c.id(town.register(member, event)) }

    func issue(_ registration: Int64) throws -> JSON {
        try c.ok("certificate.issue", ["registration": .int(registration)], as: town.facilitator)
    }
}
