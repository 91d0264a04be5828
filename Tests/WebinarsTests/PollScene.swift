import CommunityKernel
import ServerApp
import TestKit
import WireProtocol

/// A town in the middle of its webinar, and what is asked of it about polls.
struct PollScene {
    let town: WebinarTown
    let event: Int64

    init(
        _ backend: StorageBackend,
        in folder: TemporaryFolder? = nil,
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        town = try WebinarTown(backend, in: folder, configure: configure)
        event = try town.event(WebinarTown.link)
        town.clock(minutes: 5)
    }

    /// A poll with three answers, of which `more` says what is not the default.
    func body(_ more: [String: JSON] = [:]) -> KeyValuePairs<String, JSON> {
        [
            "event": .int(event), "question": more["question"] ?? "Quando?",
            "options": more["options"] ?? .array(["Lunedì", "Martedì", "Mai"]), "choice": more["choice"] ?? "single",
            "results": more["results"] ?? "afterwards", "open": more["open"] ?? .bool(false),
        ]
    }

    func create(_ more: [String: JSON] = [:], as person: Member) throws -> Int64 {
        try town.c.id(town.c.ok("livePoll.create", body(more), as: person))
    }

    func of(_ poll: Int64) -> KeyValuePairs<String, JSON> { ["poll": .int(poll)] }

    func answer(_ poll: Int64, _ options: [Int64]) -> KeyValuePairs<String, JSON> {
        ["poll": .int(poll), "options": .array(options.map { .int($0) })]
    }

    func list(as person: Member) throws -> [JSON] {
        try town.c.ok("livePoll.list", ["event": .int(event)], as: person)["polls"]?.array ?? []
    }

    /// The counts of the first poll, nil where the person does not see them.
    func counts(as person: Member) throws -> [Int64]? {
        try list(as: person).first?["counts"]?.array?.compactMap(\.int)
    }

    /// What the person chose in the first poll.
    func mine(as person: Member) throws -> [Int64]? {
        try list(as: person).first?["mine"]?.array?.compactMap(\.int)
    }
}
