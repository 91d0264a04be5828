import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("What a poll in a webinar may not be", .serialized)
struct LivePollInputTests {
    @Test("questions and answers to choose from that are none", arguments: StorageBackend.available)
    func texts(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        func refused(_ more: [String: JSON]) throws -> WireError {
            try c.refusal("livePoll.create", scene.body(more), as: town.giulia)
        }
        func options(_ count: Int) -> JSON { .array((0..<count).map { .string("Risposta \($0)") }) }
        for (count, problem) in [(0, "empty"), (1, "too_few")] {
            let error = try refused(["options": options(count)])
            #expect(error.code == .invalid && error.fields == [FieldProblem(path: "with.options", problem: problem)])
        }
        for count in [11, 21] {
            let error = try refused(["options": options(count)])
            #expect(error.code == .invalid && error.fields == [FieldProblem(path: "with.options", problem: "too_many")])
        }
        for (text, problem) in [
            ("", "empty"), (" \u{A0}", "empty"), ("Due\nrighe", "not_allowed"), (" lunedì  ", "repeated"),
            (String(repeating: "a", count: 201), "too_long"),
        ] {
            let error = try refused(["options": .array(["Lunedì", .string(text)])])
            #expect(error.fields == [FieldProblem(path: "with.options.1", problem: problem)], "\(text)")
        }
        #expect(try refused(["options": .array(["Sì", 3])]).fields?.first?.path == "with.options.1")
        for question in ["", " \n "] {
            #expect(try refused(["question": .string(question)]).fields?.first?.path == "with.question")
        }
        #expect(try refused(["question": .string(String(repeating: "a", count: 10_240))]).code == .tooLarge)
        #expect(try refused(["choice": "three"]).code == .invalid)
        #expect(try refused(["results": "never"]).code == .invalid)
        #expect(try scene.list(as: town.giulia).isEmpty)
        // Ten are allowed, and the longest.
        try c.ok("livePoll.create", scene.body(["options": options(10)]), as: town.giulia)
        let long = JSON.array([.string(String(repeating: "è", count: 100)), "No"])
        try c.ok("livePoll.create", scene.body(["options": long]), as: town.giulia)
    }

    @Test("who does not run the event makes no poll", arguments: StorageBackend.available)
    func rights(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        for person in [town.anna, town.member, town.waiting] {
            #expect(try c.refusal("livePoll.create", scene.body(), as: person).code == .forbidden)
        }
        #expect(try c.refusal("livePoll.create", scene.body(), as: town.stranger).code == .notFound)
        #expect(try c.refusal("livePoll.list", ["event": .int(scene.event)], as: town.stranger).code == .notFound)
        town.clock(minutes: -16)
        #expect(try c.refusal("livePoll.create", scene.body(["open": .bool(true)]), as: town.giulia).code == .tooEarly)
        try c.ok("livePoll.create", scene.body(), as: town.giulia)
    }

    @Test("answers that the poll does not have", arguments: StorageBackend.available)
    func answers(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend)
        let (town, c) = (scene.town, scene.town.c)
        let single = try scene.create(["open": .bool(true)], as: town.giulia)
        let multiple = try scene.create(["choice": "multiple", "open": .bool(true)], as: town.giulia)
        func refused(_ poll: Int64, _ options: [Int64]) throws -> FieldProblem? {
            let error = try c.refusal("livePoll.answer", scene.answer(poll, options), as: town.anna)
            return error.code == .invalid && error.fields?.count == 1 ? error.fields?.first : nil
        }
        let many = FieldProblem(path: "with.options", problem: "too_many")
        #expect(try refused(single, [0, 1]) == many)
        #expect(try refused(multiple, (0..<21).map { $0 }) == many)
        for number in [Int64(-1), 3, 64, .max] {
            #expect(
                try refused(single, [number]) == FieldProblem(path: "with.options.0", problem: "out_of_range"),
                "\(number)"
            )
        }
        #expect(try refused(multiple, [1, 1]) == FieldProblem(path: "with.options.1", problem: "repeated"))
        let body: KeyValuePairs<String, JSON> = ["poll": .int(single)]
        #expect(try c.refusal("livePoll.answer", body, as: town.anna).fields?.first?.problem == "missing")
        let unknown = scene.answer(scene.event, [0])
        #expect(try c.refusal("livePoll.answer", unknown, as: town.anna).code == .notFound)
        for poll in try scene.list(as: town.giulia) { #expect(poll["answered"]?.int == 0) }
        try c.ok("livePoll.answer", scene.answer(multiple, [2, 1, 0]), as: town.anna)
    }

    @Test("their number is bounded, and pages follow one another", arguments: StorageBackend.available)
    func bounds(_ backend: StorageBackend) throws {
        let scene = try PollScene(backend) { $0.webinar.polls = 7 }
        let (town, c) = (scene.town, scene.town.c)
        let polls = try (0..<7).map { _ in try scene.create(as: town.giulia) }
        #expect(try c.refusal("livePoll.create", scene.body(), as: town.giulia).code == .full)
        for index in [1, 3, 5] { try c.ok("livePoll.open", scene.of(polls[index]), as: town.giulia) }
        try c.ok("livePoll.close", scene.of(polls[3]), as: town.giulia)
        func pages(as person: Member) throws -> [Int64] {
            var found: [Int64] = []
            var cursor: JSON?
            repeat {
                let page = try c.ok(
                    "livePoll.list",
                    ["event": .int(scene.event), "limit": 2, "cursor": cursor ?? .null],
                    as: person
                )
                found += (page["polls"]?.array ?? []).compactMap { $0["id"]?.int }
                cursor = page["cursor"]
            } while cursor != nil
            return found
        }
        let order = [5, 1, 6, 4, 2, 0, 3].map { polls[$0] }
        #expect(try pages(as: town.giulia) == order)
        #expect(try pages(as: town.member) == [5, 1, 3].map { polls[$0] })
        for cursor in ["x", "1", "1.2.3", "."] {
            let wrong = try c.refusal(
                "livePoll.list",
                ["event": .int(scene.event), "cursor": .string(cursor)],
                as: town.anna
            )
            #expect(wrong.code == .invalid, "\(cursor)")
        }
    }
}
