import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// A facilitator's view of the scheduled announcements, changed by updates alone; their texts are asked for.
private struct AnnouncementsModel: Equatable {
    var announcements: [Int64: [String: JSON]] = [:]
    var seen: [Int64: Set<Int64>] = [:]

    private static let told: Set<String> = ["id", "channel", "at", "state", "message", "reason"]

    init(_ c: TestCommunity, as member: Member, messages: [Int64]) throws {
        for item in try c.ok("announcement.list", as: member)["announcements"]?.array ?? [] {
            announcements[item["id"]?.int ?? 0] = Self.fields(item.object ?? JSONObject())
        }
        for message in messages {
            let people = try c.ok("announcement.acknowledgements", ["message": .int(message)], as: member)["people"]
            let ids = Set((people?.array ?? []).compactMap { $0["id"]?.int })
            if !ids.isEmpty { seen[message] = ids }
        }
    }

    private static func fields(_ object: JSONObject) -> [String: JSON] {
        Dictionary(
            object.members.filter { told.contains($0.name) }.map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    mutating func apply(_ update: PastUpdate) {
        switch update.type {
        case "announcement.scheduled", "announcement.sent", "announcement.cancelled", "announcement.failed":
            guard let id = update.data["id"]?.int else { return }
            var fields = Self.fields(update.data)
            fields["state"] = .string(String(update.type.dropFirst("announcement.".count)))
            announcements[id] = fields
        case "announcement.acknowledged":
            seen[update.data["message"]?.int ?? 0, default: []].insert(update.data["person"]?.int ?? 0)
        default: break
        }
    }
}

@Suite("Announcements: the law")
struct AnnouncementsLawTests {
    @Test("a stale state plus the updates after it is a fresh state", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network()
        let channel = try c.channel("annunci", in: network)
        let people = try ["Giulia", "Anna", "Marco"].map { try c.person($0) }
        try c.join(people, network: network, channel: channel)
        let (giulia, anna) = (people[0], people[1])
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
        func schedule(_ minute: Int) throws -> Int64 {
            let at = JSON.members(["local": .string("2026-11-22T11:\(minute)"), "zone": "Europe/Rome"])
            return try c.id(
                c.ok(
                    "announcement.schedule",
                    ["channel": .int(channel), "text": "Avviso", "at": at, "acknowledge": .bool(true)],
                    as: giulia
                )
            )
        }
        func messages() throws -> [Int64] {
            let history = try c.ok("message.history", ["channel": .int(channel)], as: anna)["messages"]?.array ?? []
            return history.compactMap { $0["id"]?.int }
        }
        var cancelled: Int64 = 0
        let acts: [() throws -> Void] = [
            { _ = try schedule(20) },
            { cancelled = try schedule(30) },
            { try c.ok("announcement.cancel", ["announcement": .int(cancelled)], as: giulia) },
            {
                c.clock.advance(seconds: 1_500)
                try c.settle()
            },
            { try c.ok("announcement.acknowledge", ["message": .int(messages()[0])], as: anna) },
            { _ = try schedule(40) },
            {
                c.clock.advance(seconds: 200_000)
                try c.settle()
            },
        ]
        var stale = [(seq: c.head, model: try AnnouncementsModel(c, as: giulia, messages: []))]
        for act in acts {
            try act()
            stale.append((c.head, try AnnouncementsModel(c, as: giulia, messages: messages())))
        }
        let fresh = try AnnouncementsModel(c, as: giulia, messages: messages())
        for (seq, start) in stale {
            var model = start
            for update in try c.updates(for: giulia, after: seq) { model.apply(update) }
            #expect(model == fresh, "from \(seq)")
        }
        #expect(Set(fresh.announcements.values.compactMap { $0["state"]?.string }) == ["sent", "cancelled", "failed"])
        #expect(fresh.seen.count == 1)
    }
}
