import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("The laws of attendance (domain 5)", .serialized)
struct AttendanceLawTests {
    /// The planned time is 09:00 to 11:00 UTC.
    private static let planned: Int64 = 7_200
    private static let start = Instant("2026-12-10T09:00:00.000Z") ?? Instant(milliseconds: 0)
    private static let enough: Int64 = 96

    /// One person as things must be: each second of the planned time that was attended, ticked.
    private struct Model {
        var state = "confirmed"
        var seconds = [Bool](repeating: false, count: Int(planned))
        /// Whether any time stands, however long.
        var isRecorded = false
        /// When the registration last changed, in seconds after the start.
        var changed: Int64 = -1_000_000

        var minutes: Int64 { Int64(seconds.filter { $0 }.count) / 60 }

        mutating func mark(_ from: Int64, _ to: Int64) {
            isRecorded = true
            for second in max(0, from)..<max(max(0, from), min(AttendanceLawTests.planned, to)) {
                seconds[Int(second)] = true
            }
        }

        /// From the check-in to the end, or all the time when it was entered afterwards.
        mutating func presume() {
            if !isRecorded { mark(changed >= AttendanceLawTests.planned ? 0 : changed, AttendanceLawTests.planned) }
        }

        mutating func become(_ next: String, at now: Int64) {
            state = next
            changed = now
        }

        mutating func judge(at now: Int64) {
            let next = minutes >= enough ? "attended" : "partial"
            if next != state { become(next, at: now) }
        }
    }

    @Test(
        "time counts once however it overlaps, and an event is settled once, in whatever order things happen",
        arguments: StorageBackend.available
    )
    func interleavings(backend: StorageBackend) throws {
        for seed in 1...8 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let day = try AttendedDay(backend)
            let people = try day.town.people(5)
            let registrations = try people.map(day.registered)
            var models = people.map { _ in Model() }
            var now: Int64 = 60
            for step in 0..<70 {
                // The first half while the event goes on, the second when it is over, all before the clock settles.
                now += Int64.random(in: 1...(step == 35 ? 1 : 200), using: &random)
                if step == 35 { now = max(now, Self.planned + 60) }
                day.c.clock.set(Self.start.advanced(bySeconds: now))
                try day.c.settle()
                let index = Int.random(in: 0..<people.count, using: &random)
                let place = "seed \(seed), step \(step)"
                try act(day, people[index], registrations[index], &models[index], now, &random, place)
                if step > 50, Int.random(in: 0..<4, using: &random) == 0 { try settle(day, &models, now, place) }
                try check(day, people, models, now, place)
            }
            try settle(day, &models, now, "seed \(seed), the last")
            // Settled is settled: a second time finds nobody, and tells nobody anything.
            let head = day.c.head
            let again = try day.c.ok("attendance.settle", ["event": .int(day.event)], as: day.town.facilitator)
            #expect(["attended", "partial", "noShow"].allSatisfy { again[$0]?.int == 0 })
            #expect(day.c.head == head)
            try check(day, people, models, now, "seed \(seed), settled")
        }
    }

    private func act(
        _ day: AttendedDay,
        _ person: Member,
        _ registration: Int64,
        _ model: inout Model,
        _ now: Int64,
        _ random: inout SeededGenerator,
        _ place: String
    ) throws {
        switch Int.random(in: 0..<10, using: &random) {
        case 0...5:
            let joined = Int64.random(in: -1_800...8_000, using: &random)
            let left = joined + Int64.random(in: 1...2_400, using: &random)
            func at(_ seconds: Int64) -> JSON { .string(Self.start.advanced(bySeconds: seconds).description) }
            let body: KeyValuePairs<String, JSON> = [
                "event": .int(day.event), "person": .int(person.id.rawValue), "joined": at(joined), "left": at(left),
            ]
            let minutes = try day.c.ok("attendance.record", body, as: day.town.facilitator)["minutes"]?.int
            model.mark(joined, left)
            #expect(minutes == model.minutes, "\(place)")
            switch model.state {
            case "confirmed", "no_show": model.become("checked_in", at: now)
            case "attended", "partial": model.judge(at: now)
            default: break
            }
        case 6:
            let body: KeyValuePairs<String, JSON> = ["event": .int(day.event), "person": .int(person.id.rawValue)]
            let isDone = isDone(day.c.outcome("attendance.clear", body, as: day.town.facilitator))
            #expect(isDone == model.isRecorded, "\(place)")
            guard isDone else { return }
            model.seconds = Model().seconds
            model.isRecorded = false
            if ["attended", "partial"].contains(model.state) { model.judge(at: now) }
        case 7, 8:
            let body: KeyValuePairs<String, JSON> = ["registration": .int(registration)]
            let isDone = isDone(day.c.outcome("registration.checkIn", body, as: day.town.facilitator))
            #expect(isDone == (model.state == "confirmed"), "\(place)")
            if isDone { model.become("checked_in", at: now) }
        default:
            let body: KeyValuePairs<String, JSON> = ["registration": .int(registration)]
            let isDone = isDone(day.c.outcome("registration.undo", body, as: day.town.facilitator))
            #expect(isDone == ["checked_in", "no_show"].contains(model.state), "\(place)")
            if isDone { model.become("confirmed", at: now) }
        }
    }

    private func isDone(_ outcome: Outcome) -> Bool {
        if case .done = outcome { return true }
        return false
    }

    private func settle(_ day: AttendedDay, _ models: inout [Model], _ now: Int64, _ place: String) throws {
        let told = try day.c.ok("attendance.settle", ["event": .int(day.event)], as: day.town.facilitator)
        var counts: [String: Int64] = [:]
        for index in models.indices where ["confirmed", "checked_in"].contains(models[index].state) {
            if models[index].state == "confirmed" {
                models[index].become("no_show", at: now)
            } else {
                // Of whom nothing but the check-in is known: from then to the end, all of it when that was over.
                models[index].presume()
                models[index].judge(at: now)
            }
            counts[models[index].state, default: 0] += 1
        }
        #expect(told["attended"]?.int == counts["attended"] ?? 0, "\(place)")
        #expect(told["partial"]?.int == counts["partial"] ?? 0, "\(place)")
        #expect(told["noShow"]?.int == counts["no_show"] ?? 0, "\(place)")
    }

    private func check(_ day: AttendedDay, _ people: [Member], _ models: [Model], _ now: Int64, _ place: String) throws
    {
        let list =
            try day.c.ok(
                "attendance.list",
                ["event": .int(day.event), "limit": 500],
                as: day.town.facilitator
            )["people"]?.array ?? []
        let states = try day.town.states(day.event)
        for (person, model) in zip(people, models) {
            #expect(states[person.id.rawValue] == model.state, "\(place): \(person.name)")
            let row = list.first { $0["person"]?["id"]?.int == person.id.rawValue }
            // When it is over, what the check-in alone will come to is shown.
            var shown = model
            if model.state == "checked_in", now >= Self.planned { shown.presume() }
            #expect((row?["minutes"]?.int ?? 0) == shown.minutes, "\(place): \(person.name)")
            let intervals = row?["intervals"]?.array ?? []
            for (former, next) in zip(intervals, intervals.dropFirst()) {
                let (left, joined) = (former["left"]?.string ?? "", next["joined"]?.string ?? "")
                #expect(left < joined, "\(place): intervals overlap")
            }
        }
    }
}
