import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Notices of solutions: the law")
struct SolutionNoticeLawTests {
    /// A client's view, changed by updates alone.
    private struct Model: Equatable {
        var unread: Int64
        var solutions: JSON?

        init(_ snapshot: JSON) {
            unread = snapshot["notifications"]?["unread"]?.int ?? -1
            solutions = snapshot["notifications"]?["solutions"]
        }

        mutating func apply(_ update: PastUpdate) {
            switch update.type {
            case "notification.added", "notification.read": unread = update.data["unread"]?.int ?? -1
            case "notification.set": solutions = update.data["solutions"]
            default: break
            }
        }
    }

    @Test("a stale snapshot plus the updates after it is a fresh snapshot", arguments: StorageBackend.available)
    func law(_ backend: StorageBackend) throws {
        let town = try NoticeTown(backend)
        let c = town.c
        let (document, other) = (try town.document(), try town.document("Altro"))
        let solution = try town.draft()
        let next = try c.network("altra")
        try c.join([town.giulia], network: next)
        let facilitator: KeyValuePairs<String, JSON> = [
            "network": .int(next), "person": .int(town.giulia.id.rawValue), "role": "facilitator",
        ]
        try c.ok("network.appoint", facilitator)
        let acts: [() throws -> Void] = [
            { _ = try town.comment(document, "Bene, \(town.mention(town.anna))", as: town.luca) },
            { _ = try town.comment(other, "Bene", as: town.luca) },
            { try town.submit(solution, town.luca) },
            {
                try c.ok(
                    "solution.return",
                    ["solution": .int(solution), "revision": town.revision(solution), "reason": "Mancano i costi"],
                    as: town.luca
                )
            },
            { try c.ok("notification.read", ["document": .int(document)], as: town.anna) },
            { try town.choose("comments", "off", town.anna) },
            { _ = try town.comment(document, "Ancora", as: town.luca) },
            { try town.choose("comments", "app", town.anna) },
            { try c.ok("document.move", ["document": .int(other), "network": .int(next)], as: town.giulia) },
            { _ = try town.comment(document, "Infine", as: town.luca) },
        ]
        var stale: [(seq: Int64, model: Model)] = []
        for act in acts {
            // Before and after the followers have read.
            stale.append((c.head, Model(try c.snapshot(for: town.anna))))
            try act()
            stale.append((c.head, Model(try c.snapshot(for: town.anna))))
            try c.settle()
        }
        let fresh = Model(try c.snapshot(for: town.anna))
        for (seq, model) in stale {
            var model = model
            for update in try c.updates(for: town.anna, after: seq) { model.apply(update) }
            #expect(model == fresh, "from \(seq)")
        }
        // The solution that came back, and the last comment.
        #expect(fresh.unread == 2 && fresh.solutions?["comments"]?.string == "app" && stale[0].model != fresh)
    }
}
