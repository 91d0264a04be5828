public import CommunityKernel
import Foundation
public import Journal
import Logging
public import ServerApp
public import WireProtocol

/// The whole core on a fresh store, without sockets, driven by a manual clock.
///
/// Followers and ticks run when told.
public final class TestCommunity {
    /// The core.
    public let community: Community
    /// Its clock.
    public let clock = ManualClock()
    /// The data folder.
    public let folder: TemporaryFolder
    private var isStopped = false
    private var organisations = 0
    private var people = 0

    /// Opens it.
    ///
    /// `configure` changes settings before.
    public convenience init(_ backend: StorageBackend, configure: (inout Configuration) -> Void = { _ in }) throws {
        try self.init(backend, in: try TemporaryFolder(), configure: configure)
    }

    /// Opens it on a folder that another one may have left.
    public init(
        _ backend: StorageBackend,
        in folder: TemporaryFolder,
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        self.folder = folder
        var configuration = Configuration()
        configuration.data = folder.path
        configuration.limits.rate = "off"
        configure(&configuration)
        var options = Community.Options()
        options.background = false
        options.readers = 2
        var log = Logger(label: "test")
        log.logLevel = .critical
        community = try Community(
            storage: try backend.open(folder.path),
            capabilities: InstalledCapabilities.all(configuration),
            clock: clock,
            log: log,
            options: options
        )
    }

    deinit { try? stop() }

    /// Ends it, so that another one can open its folder.
    public func stop() throws {
        if isStopped { return }
        isStopped = true
        try community.stop()
    }

    // MARK: Asking

    /// Runs a command or query; how it ended.
    public func outcome(
        _ name: String,
        _ body: KeyValuePairs<String, JSON> = [:],
        as member: Member = .system,
        nonce: String? = nil
    ) -> Outcome {
        community.performAndWait(
            Community.Request(name: name, body: JSON.members(body).object ?? JSONObject(), nonce: nonce),
            as: member
        )
    }

    /// Runs a command or query that must succeed; its `ok`.
    @discardableResult
    public func ok(
        _ name: String,
        _ body: KeyValuePairs<String, JSON> = [:],
        as member: Member = .system,
        nonce: String? = nil
    ) throws -> JSON {
        switch outcome(name, body, as: member, nonce: nonce) {
        case .done(let reply, _, _): return try JSONParser.parse(reply, limits: .answers)
        case .refused(let error):
            throw UnexpectedOutcome("\(name) was refused: \(error.code.rawValue): \(error.message)")
        }
    }

    /// Runs a command or query that must be refused; the refusal.
    @discardableResult
    public func refusal(
        _ name: String,
        _ body: KeyValuePairs<String, JSON> = [:],
        as member: Member = .system,
        nonce: String? = nil
    ) throws -> WireError {
        switch outcome(name, body, as: member, nonce: nonce) {
        case .done(let reply, _, _):
            throw UnexpectedOutcome("\(name) was accepted: \(String(decoding: reply, as: UTF8.self))")
        case .refused(let error): return error
        }
    }

    /// Lets the followers read to the journal's end and runs the ticks that are due.
    public func settle() throws {
        try community.background.catchUp()
        try community.background.runTicks()
        try community.background.catchUp()
    }

    // MARK: Reading

    /// What a member gets in a resume after `seq`: each update it was entitled to, once, in order.
    public func updates(for member: Member, after seq: Int64 = 0) throws -> [PastUpdate] {
        var window = ReplayWindow()
        var cursor = seq
        var found: [PastUpdate] = []
        while true {
            let page = try community.read { context in
                try context.sql.replay(to: member.id, after: cursor, limit: 100, bytes: 1 << 20, &window)
            }
            found += page.updates.compactMap { PastUpdate(frame: $0.frame) }
            cursor = page.upTo
            if page.streams != nil { return found }
        }
    }

    /// The journal's head.
    public var head: Int64 { community.writer.committedHead }

    /// A member's first whole state.
    public func snapshot(for member: Member) throws -> JSON {
        try JSONParser.parse(try community.snapshot(for: member).frame, limits: .answers)["snapshot"] ?? .null
    }

    /// The answer of a route that a capability brings, by its pattern.
    public func get(
        _ pattern: String,
        _ parameters: [String: String] = [:],
        query: [String: [String]] = [:],
        as member: Member = .system
    ) throws -> WebResponse {
        guard let route = community.registry.routes.first(where: { $0.method == "GET" && $0.pattern == pattern }) else {
            throw UnexpectedOutcome("there is no route \(pattern)")
        }
        let request = WebRequest(
            parameters: parameters,
            query: query,
            headers: [:],
            body: [],
            bodyFile: nil,
            actor: member,
            address: nil
        )
        return try route.handle(request, community)
    }

    /// What the export of a person holds.
    public func export(of member: Member) throws -> JSON {
        let person: KeyValuePairs<String, JSON> = ["person": .int(member.id.rawValue)]
        guard let file = try ok("person.export", person, as: member)["file"]?.int,
            case .file(let path) = try get("/files/{id}", ["id": String(file)], as: member).body
        else { throw UnexpectedOutcome("there is no export") }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return try JSONParser.parse(bytes, limits: .answers)
    }

    /// How many rows a table has.
    public func rows(of table: String) throws -> Int64 {
        try community.read { try $0.sql.count(SQLQuery(stringLiteral: "SELECT COUNT(*) FROM \(table)")) }
    }

    // MARK: Making people and places

    /// A metropolitan city; its id.
    public func city(_ name: String = "Bologna") throws -> Int64 {
        organisations += 1
        return try id(
            ok(
                "organisation.create",
                ["kind": "citta_metropolitana", "slug": .string("cm-\(organisations)"), "name": .string(name)]
            )
        )
    }

    /// A person with a mandate (`employee`) in a city, by default a fresh one.
    public func person(_ name: String, city: Int64? = nil, role: String = "employee") throws -> Member {
        people += 1
        let organisation = try city ?? self.city("Città di \(name)")
        let mandate = JSON.members(["organisation": .int(organisation), "role": .string(role)])
        let person = try id(
            ok(
                "person.create",
                [
                    "name": .string(name), "email": .string("p\(people)@example.it"),
                    "mandates": .array([mandate]),
                ]
            )
        )
        return Member(id: MemberID(person), kind: .person, name: name)
    }

    /// A network; its id.
    public func network(
        _ slug: String = "semplificazione",
        type: String = "NationalThematic",
        settings: JSON? = nil
    ) throws -> Int64 {
        let name = JSON.members(["it": .string(slug), "en": .string(slug)])
        guard let settings else {
            return try id(ok("network.create", ["type": .string(type), "slug": .string(slug), "name": name]))
        }
        return try id(
            ok("network.create", ["type": .string(type), "slug": .string(slug), "name": name, "settings": settings])
        )
    }

    /// The id of a network's channel by its slug.
    public func channel(_ slug: String, in network: Int64) throws -> Int64 {
        let list = try ok("channel.list", ["network": .int(network)])["channels"]?.array ?? []
        guard let found = list.first(where: { $0["slug"]?.string == slug }) else {
            throw UnexpectedOutcome("there is no channel \(slug)")
        }
        return try id(found)
    }

    /// Lets people join a network and one of its channels.
    public func join(_ members: [Member], network: Int64, channel: Int64? = nil) throws {
        for member in members {
            try ok("network.join", ["network": .int(network)], as: member)
            if let channel { try ok("channel.join", ["channel": .int(channel)], as: member) }
        }
    }

    /// The `id` of an answer.
    public func id(_ answer: JSON) throws -> Int64 {
        guard let id = answer["id"]?.int else { throw UnexpectedOutcome("no id in \(answer)") }
        return id
    }
}

/// A test met an answer that it did not expect.
public struct UnexpectedOutcome: Error, CustomStringConvertible {
    /// What happened.
    public let description: String

    /// Makes it.
    public init(_ description: String) { self.description = description }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// A text.
    public init(stringLiteral text: String) { self = .string(text) }
    /// A whole number.
    public init(integerLiteral number: Int64) { self = .int(number) }
}
