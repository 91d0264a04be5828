import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

/// What somebody who reads a network alone knows of its polls, by updates and nothing else.
private struct PollsHeard: Equatable {
    struct Poll: Equatable {
        var state: String
        var answered: Int64 = 0
        var counts: [Int64]?
    }

    var polls: [Int64: Poll] = [:]

    init() {}

    init(_ list: [JSON]) {
        for poll in list {
            polls[poll["id"]?.int ?? 0] = Poll(
                state: poll["state"]?.string ?? "",
                answered: poll["answered"]?.int ?? -1,
                counts: poll["counts"]?.array?.compactMap(\.int)
            )
        }
    }

    mutating func apply(_ update: PastUpdate) {
        guard let id = update.data["id"]?.int else { return }
        let counts = update.data["counts"]?.array?.compactMap(\.int)
        switch update.type {
        case "livePoll.opened":
            let isLive = update.data["results"]?.string == "live"
            let options = update.data["options"]?.array?.count ?? 0
            polls[id] = Poll(state: "open", counts: isLive ? Array(repeating: 0, count: options) : nil)
        case "livePoll.answered", "livePoll.closed":
            polls[id]?.answered = update.data["answered"]?.int ?? -1
            polls[id]?.counts = counts
            if update.type == "livePoll.closed" { polls[id]?.state = "closed" }
        case "livePoll.removed": polls[id] = nil
        default: break
        }
    }
}

@Suite("Polls in a webinar: the law", .serialized)
struct LivePollLawTests {
    /// A poll as it has to be.
    private struct Known {
        let id: Int64
        let options: Int
        let isMultiple: Bool
        var state = "prepared"
        var chosen: [Int64: Set<Int64>] = [:]

        var counts: [Int64] {
            (0..<Int64(options)).map { option in Int64(chosen.values.count { $0.contains(option) }) }
        }
    }

    @Test(
        "counts are what each answered last, and updates tell the network what a fresh answer does",
        arguments: StorageBackend.available,
        [11, 12, 13, 14]
    )
    func law(_ backend: StorageBackend, seed: UInt64) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        var random = SeededGenerator(seed: seed)
        let people = [town.anna, town.giulia, town.speaker]
        let before = c.head
        var known: [Known] = []
        var answers = 0
        for _ in 0..<120 {
            let organiser = Bool.random(using: &random) ? town.giulia : town.speaker
            let index = known.indices.randomElement(using: &random)
            switch (Int.random(in: 0..<12, using: &random), index) {
            case (0, _), (_, nil):
                let (options, isMultiple) = (Int.random(in: 2...6, using: &random), Bool.random(using: &random))
                let opens = Bool.random(using: &random)
                let id = try scene.create(
                    [
                        "options": .array((0..<options).map { .string("R\($0)") }), "open": .bool(opens),
                        "choice": isMultiple ? "multiple" : "single",
                        "results": Bool.random(using: &random) ? "live" : "afterwards",
                    ],
                    as: organiser
                )
                known.append(
                    Known(id: id, options: options, isMultiple: isMultiple, state: opens ? "open" : "prepared")
                )
            case (1, let index?):
                let outcome = c.outcome("livePoll.open", scene.of(known[index].id), as: organiser)
                #expect(outcome.isDone == (known[index].state != "closed"))
                if outcome.isDone { known[index].state = "open" }
            case (2, let index?) where known.count > 2:
                let outcome = c.outcome("livePoll.close", scene.of(known[index].id), as: organiser)
                #expect(outcome.isDone == (known[index].state != "prepared"))
                if outcome.isDone { known[index].state = "closed" }
            case (3, let index?) where known.count > 4:
                try c.ok("livePoll.remove", scene.of(known[index].id), as: organiser)
                known.remove(at: index)
            case (_, let index?):
                let person = people.randomElement(using: &random) ?? town.anna
                let most = known[index].isMultiple ? known[index].options : 1
                let options = (0..<Int64(known[index].options)).shuffled(using: &random)
                    .prefix(Int.random(in: 0...most, using: &random))
                let outcome = c.outcome("livePoll.answer", scene.answer(known[index].id, Array(options)), as: person)
                #expect(outcome.isDone == (known[index].state == "open"))
                guard outcome.isDone else { continue }
                known[index].chosen[person.id.rawValue] = options.isEmpty ? nil : Set(options)
                answers += 1
            }
            try compare(scene, known)
        }
        #expect(answers > 30)
        var heard = PollsHeard()
        for update in try c.updates(for: town.member, after: before) { heard.apply(update) }
        let fresh = PollsHeard(try scene.list(as: town.member))
        // A prepared poll that was removed is not among what the member hears, nor is any other.
        #expect(heard == fresh)
    }

    private func compare(_ scene: PollScene, _ known: [Known]) throws {
        let (giulia, anna) = (scene.town.giulia, scene.town.anna)
        for (reader, list) in [(giulia, try scene.list(as: giulia)), (anna, try scene.list(as: anna))] {
            let shown = known.filter { reader.id == giulia.id || $0.state != "prepared" }
            #expect(Set(list.compactMap { $0["id"]?.int }) == Set(shown.map(\.id)))
            for poll in list {
                let expected = try #require(known.first { $0.id == poll["id"]?.int })
                #expect(poll["state"]?.string == expected.state)
                #expect(poll["answered"]?.int == Int64(expected.chosen.count))
                let mine = expected.chosen[reader.id.rawValue] ?? []
                #expect(poll["mine"]?.array?.compactMap(\.int) == mine.sorted())
                let isShown =
                    reader.id == giulia.id || expected.state == "closed" || poll["results"]?.string == "live"
                #expect(poll["counts"]?.array?.compactMap(\.int) == (isShown ? expected.counts : nil))
            }
        }
    }
}

extension Outcome {
    fileprivate var isDone: Bool {
        if case .done = self { true } else { false }
    }
}
