public import CommunityKernel
public import Journal
import Synchronization
public import WireProtocol

/// A clock that a seed sets for each command.
public final class SettableClock: WallClock {
    private let fixed = Mutex<Instant?>(nil)

    /// Shows the system's time until it is set.
    public init() {}

    /// The time set, else the system's.
    public var now: Instant { fixed.withLock { $0 } ?? SystemClock().now }

    /// Sets the time; nil for the system's.
    public func set(_ instant: Instant?) { fixed.withLock { $0 = instant } }
}

/// Loads seed files: each command runs through the same door as any client's, with a nonce made of its key, so that a
/// second run changes nothing.
public final class Seeder {
    /// What a run did.
    public struct Report: Sendable {
        /// Commands that changed something now.
        public var done = 0
        /// Commands that were loaded before.
        public var repeated = 0
    }

    private let community: Community
    private let clock: SettableClock
    private var replies: [String: JSON] = [:]
    private var networks: [String: Int64] = [:]
    private var channels: [String: Int64] = [:]
    private var organisations: [String: Int64] = [:]

    /// Makes a seeder for an open core whose clock is `clock`.
    public init(_ community: Community, clock: SettableClock) {
        self.community = community
        self.clock = clock
    }

    /// Loads files in the order given; stops at the first command that is refused.
    public func load(_ paths: [String]) throws -> Report {
        var report = Report()
        for path in paths {
            for command in try SeedFile(path: path).commands {
                if try run(command, path) { report.repeated += 1 } else { report.done += 1 }
            }
        }
        clock.set(nil)
        return report
    }

    /// Runs one command; whether it was loaded before.
    private func run(_ command: SeedCommand, _ path: String) throws -> Bool {
        clock.set(command.at)
        guard replies[command.key] == nil else { throw SeedError(path, command.key, "the key stands twice") }
        let body = try resolve(command.body, command, path)
        var actor = Member.system
        if let by = command.by {
            actor = Member(id: MemberID(try id(of: by, command, path)), kind: .person, name: by)
        }
        let request = Community.Request(
            name: command.name,
            body: body.object ?? JSONObject(),
            nonce: "seed-" + command.key
        )
        switch community.performAndWait(request, as: actor) {
        case .done(let reply, _, let repeated):
            replies[command.key] = try JSONParser.parse(reply, limits: .answers)
            return repeated
        case .refused(let error):
            let hint = error.code == .nonceReused ? " (the seed changed since it was loaded)" : ""
            throw SeedError(
                path,
                command.key,
                "\(command.name) was refused: \(error.code.rawValue): \(error.message)\(hint)"
            )
        }
    }

    // MARK: References

    private func resolve(_ value: JSON, _ command: SeedCommand, _ path: String) throws -> JSON {
        switch value {
        case .string(let text): return .string(try filled(text, command, path))
        case .array(let items): return .array(try items.map { try resolve($0, command, path) })
        case .object(let object):
            if object.members.count == 1, let member = object.members.first, let text = member.value.string,
                let number = try reference(member.name, text, command, path)
            {
                return .int(number)
            }
            return .object(
                JSONObject(
                    try object.members.map {
                        JSONObject.Member(name: $0.name, value: try resolve($0.value, command, path))
                    }
                )
            )
        default: return value
        }
    }

    private func reference(_ kind: String, _ text: String, _ command: SeedCommand, _ path: String) throws -> Int64? {
        switch kind {
        case "ref": return try id(of: text, command, path)
        case "network": return try find(text, in: \.networks, "network", command, path)
        case "channel": return try find(text, in: \.channels, "channel", command, path)
        case "organisation": return try find(text, in: \.organisations, "organisation", command, path)
        default: return nil
        }
    }

    private func id(of key: String, _ command: SeedCommand, _ path: String) throws -> Int64 {
        guard let reply = replies[key], let id = reply["id"]?.int ?? reply["channel"]?.int else {
            throw SeedError(path, command.key, "refers to \(key), which no earlier command of this run made")
        }
        return id
    }

    /// Fills `{{ref:KEY}}` with the number.
    private func filled(_ text: String, _ command: SeedCommand, _ path: String) throws -> String {
        var parts = text.split(separator: "{{ref:", omittingEmptySubsequences: false)[...]
        guard parts.count > 1 else { return text }
        var filled = String(parts.removeFirst())
        for part in parts {
            guard let end = part.firstRange(of: "}}") else {
                throw SeedError(path, command.key, "{{ref: without }}")
            }
            filled += String(try id(of: String(part[..<end.lowerBound]), command, path)) + part[end.upperBound...]
        }
        return filled
    }

    private func find(
        _ slug: String,
        in table: ReferenceWritableKeyPath<Seeder, [String: Int64]>,
        _ kind: String,
        _ command: SeedCommand,
        _ path: String
    ) throws -> Int64 {
        if let known = self[keyPath: table][slug] { return known }
        try learnSlugs()
        guard let found = self[keyPath: table][slug] else {
            throw SeedError(path, command.key, "there is no \(kind) \(slug)")
        }
        return found
    }

    private func learnSlugs() throws {
        for item in try ask("network.list", "networks") {
            guard let slug = item["slug"]?.string, let id = item["id"]?.int else { continue }
            networks[slug] = id
        }
        let slugs = Dictionary(networks.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        for item in try ask("channel.list", "channels") {
            guard let slug = item["slug"]?.string, let id = item["id"]?.int, let network = item["network"]?.int,
                let name = slugs[network]
            else { continue }
            channels["\(name)/\(slug)"] = id
        }
        for item in try ask("organisation.list", "organisations") {
            guard let slug = item["slug"]?.string, let id = item["id"]?.int else { continue }
            organisations[slug] = id
        }
    }

    private func ask(_ query: String, _ list: String) throws -> [JSON] {
        switch community.performAndWait(Community.Request(name: query, body: JSONObject()), as: .system) {
        case .done(let reply, _, _): try JSONParser.parse(reply, limits: .answers)[list]?.array ?? []
        case .refused(let error): throw error
        }
    }
}
