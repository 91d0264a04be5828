import CommunityKernel
import Foundation
import Glibc
import HTTPAPI
import Journal
import Logging
import Synchronization
import TestKit
import WireProtocol

@testable import SocketTransport

/// A request's head as the transport would give it.
func head(
    _ method: String = "GET",
    _ path: String = "/",
    query: String = "",
    _ headers: [String: String] = [:],
    from address: String = "127.0.0.1",
    isLocalSocket: Bool = false,
    isTLS: Bool = false
) -> RequestHead {
    RequestHead(
        method: method,
        path: path,
        rawQuery: query,
        headers: ["host": "127.0.0.1:8080"].merging(headers) { $1 },
        remoteAddress: address,
        isLocalSocket: isLocalSocket,
        isTLS: isTLS,
        wantsClose: false,
        contentLength: 0
    )
}

/// Writes a note: the smallest command there can be.
struct WriteNote: ClientCommand {
    static let name = "note.write"
    typealias Reply = NoteReply
    var text = ""
    mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("text", &text, bytes: 1...10) }
}

/// Writes a note that is larger than other commands.
struct WriteLongNote: ClientCommand {
    static let name = "note.writeLong"
    typealias Reply = NoteReply
    var text = ""
    mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("text", &text, bytes: 1...1_000_000) }
}

/// What a note's command answers.
struct NoteReply: WireObject {
    var id: Int64 = 0
    mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("id", &id) }
}

/// That a note was written.
struct NoteWritten: ServerUpdate {
    static let name = "note.written"
    var text = ""
    mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("text", &text) }
}

/// Gives back what it was asked.
struct EchoNotes: ClientQuery {
    static let name = "note.echo"
    typealias Reply = EchoReply
    var limit: Int64?
    var tags: [String]?
    var refuse: String?
    mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("limit", &limit, in: 1...200)
        visitor.strings("tags", &tags, FieldRule(required: false, bounds: 0...5))
        visitor.text("refuse", &refuse)
    }
}

/// What ``EchoNotes`` gives back.
struct EchoReply: WireObject {
    var limit: Int64?
    var tags: [String]?
    var by: Int64 = 0
    mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("limit", &limit)
        visitor.strings("tags", &tags, FieldRule(required: false))
        visitor.integer("by", &by)
    }
}

/// Signs in; anybody may.
struct OpenTestSession: ClientCommand {
    static let name = "session.open"
    typealias Reply = TestSession
    mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// A session.
struct TestSession: WireObject {
    var token = ""
    var expires = Instant(milliseconds: 0)
    mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("token", &token)
        visitor.instant("expires", &expires)
    }
}

/// Signs out.
struct CloseTestSession: ClientCommand {
    static let name = "session.close"
    typealias Reply = Nothing
    mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// Brings the above.
///
/// The tokens are `good` of person 5, `bot` of bot 9.
struct NotesCapability: Capability {
    let name = "notes"
    let migrations: [Migration] = []

    func register(in registry: inout Registry) {
        registry.command(WriteNote.self, access: .person) { command, work in
            let seq = try work.append(NoteWritten(text: command.text), to: .community)
            return NoteReply(id: seq)
        }
        registry.command(
            WriteLongNote.self,
            access: .person,
            bodyBytes: 500_000,
            prepare: { command, _ in command.text.utf8.count },
            { _, bytes, _ in NoteReply(id: Int64(bytes)) }
        )
        registry.query(EchoNotes.self, access: .person, bots: true) { query, context in
            switch query.refuse {
            case "conflict": throw WireError.conflict("moved on", current: .members(["revision": .int(3)]))
            case "wait": throw WireError(.rateLimited, "slowly", retryAfterMs: 1_500)
            default: return EchoReply(limit: query.limit, tags: query.tags, by: context.actor.id.rawValue)
            }
        }
        registry.command(OpenTestSession.self, access: .anyone) { _, work in
            TestSession(token: "good", expires: work.now.advanced(bySeconds: 600))
        }
        registry.command(CloseTestSession.self, access: .person) { _, _ in Nothing() }
        registry.authenticator { token, _ in
            switch token {
            case "good": Authenticated(member: Member(id: MemberID(5), kind: .person, name: "Anna"), expires: nil)
            case "bot": Authenticated(member: Member(id: MemberID(9), kind: .bot, name: "Bot"), expires: nil)
            default: nil
            }
        }
        registry.route(
            WebRoute(
                "PUT",
                "/api/v1/papers",
                access: .person,
                body: .file(limit: 1_000),
                judge: { request, _ in if request.query["name"] == ["refused"] { throw WireError.notFound } },
                handle: { request, _ in
                    let bytes = request.bodyFile.flatMap { FileManager.default.contents(atPath: $0) } ?? Data()
                    return .json(PaperReply(name: request.query["name"]?.first ?? "", bytes: Int64(bytes.count)))
                }
            )
        )
        registry.route(
            WebRoute("GET", "/papers/{id}.txt", access: .anyone) { request, community in
                guard request.parameters["id"] == "1" else { throw WireError.notFound }
                return WebResponse(
                    headers: [("Content-Type", "text/plain"), ("ETag", "\"paper\"")],
                    body: .file(path: community.log.label)
                )
            }
        )
    }
}

/// What was uploaded.
struct PaperReply: WireObject {
    var name = ""
    var bytes: Int64 = 0
    mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("name", &name)
        visitor.integer("bytes", &bytes)
    }
}

/// The door on a real port, before a core with ``NotesCapability`` alone.
final class Door: Sendable {
    let api: HTTPAPI
    let community: Community
    let folder: TemporaryFolder
    let requests = RequestMetrics()
    private let sockets: SocketServer
    let localSocket: String

    init(
        _ backend: StorageBackend,
        admit: @escaping @Sendable (Member, String, Bool) -> WireError? = { _, _, _ in nil },
        configure: (inout HTTPSettings) -> Void = { _ in }
    ) throws {
        folder = try TemporaryFolder()
        let path = folder.path
        try FileManager.default.createDirectory(atPath: path + "/web", withIntermediateDirectories: true)
        for (name, text) in [
            ("index.html", "<script nonce=\"__NONCE__\"></script>"), ("app.53aa937fc8.js", "let a = 1;"),
            ("app.53aa937fc8.js.gz", "packed"), ("robots.txt", "none"),
        ] {
            try text.write(toFile: path + "/web/" + name, atomically: true, encoding: .utf8)
        }
        try "0123456789".write(toFile: path + "/paper", atomically: true, encoding: .utf8)
        // The label carries the paper's path to the route above.
        var log = Logger(label: path + "/paper")
        log.logLevel = .critical
        community = try Community(storage: backend.open(path), capabilities: [NotesCapability()], log: log)
        var settings = HTTPSettings(temporaryFolder: path + "/temporary")
        configure(&settings)
        let api = HTTPAPI(
            community: community,
            settings: settings,
            assets: AssetTable(folder: path + "/web"),
            requests: requests,
            admit: admit,
            localRoutes: [
                WebRoute("GET", "/admin/who", access: .administrator) { request, _ in
                    .json(PaperReply(name: request.actor.kind.rawValue, bytes: 0))
                }
            ],
            extraMetrics: { "extra 1\n" }
        )
        self.api = api
        localSocket = path + "/door.sock"
        sockets = SocketServer(
            TransportConfiguration(unixSocketPath: localSocket, subprotocols: [HTTPAPI.subprotocol])
        ) { DoorLoop(loop: $0, api: api) }
        try sockets.start()
    }

    var port: Int { sockets.port }
    var url: String { "http://127.0.0.1:\(port)" }

    /// What lies in the folder of uploads.
    var uploads: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/temporary")) ?? [] }

    func stop() throws {
        sockets.stop(deadline: .seconds(1))
        try community.stop()
    }

    func ask(
        _ method: String,
        _ path: String,
        token: String? = nil,
        _ headers: [(String, String)] = [],
        body: String = ""
    ) async throws -> HTTPReply {
        var headers = headers
        if let token { headers.append(("Authorization", "Bearer \(token)")) }
        return try await HTTPClient.request(method, url + path, headers: headers, body: Array(body.utf8))
    }
}

/// A plain blocking socket, for a request that stops halfway.
///
/// Every read has a time limit.
final class HalfRequest {
    private let descriptor: Int32

    init(_ port: Int, _ text: String) throws {
        descriptor = socket(AF_INET, 1, 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let failed = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard failed == 0 else { throw UnexpectedOutcome("connect \(errno)") }
        try send(text)
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Glibc.send(descriptor, bytes, bytes.count, 0x4000) == bytes.count else {
            throw UnexpectedOutcome("send \(errno)")
        }
    }

    /// The status of the next answer, whose head comes in one piece; nil when none came in time.
    func status() -> Int? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: " ")[1])
    }
}

/// Gives everything to the door.
actor DoorLoop: LoopHandler {
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let loop: ServiceLoop
    private let api: HTTPAPI

    init(loop: ServiceLoop, api: HTTPAPI) {
        self.loop = loop
        self.api = api
    }

    func upgrade(_ request: RequestHead) -> UpgradeDecision { api.upgradeDecision(request) }
    func opened(_ connection: Connection, request: RequestHead) {}
    func received(_ message: UnsafeRawBufferPointer, isText: Bool, on connection: Connection) {}
    func drained(_ connection: Connection) {}
    func closed(_ connection: Connection, code: Int) {}
    func begin(_ exchange: HTTPExchange) -> BodyPlan { api.begin(exchange) }
    func complete(_ exchange: HTTPExchange) { api.complete(exchange) }
    func aborted(_ exchange: HTTPExchange) { api.aborted(exchange) }
    func errorResponse(status: Int, for exchange: HTTPExchange?) -> HTTPResponse {
        api.errorResponse(status: status, for: exchange)
    }
}

/// Runs a test against a door and stops it after.
func withDoor(
    _ backend: StorageBackend,
    admit: @escaping @Sendable (Member, String, Bool) -> WireError? = { _, _, _ in nil },
    configure: (inout HTTPSettings) -> Void = { _ in },
    _ body: (Door) async throws -> Void
) async throws {
    let door = try Door(backend, admit: admit, configure: configure)
    do {
        try await body(door)
    } catch {
        try? door.stop()
        throw error
    }
    try door.stop()
}

extension HTTPReply {
    /// The body as JSON.
    var json: JSON { (try? JSONParser.parse(body)) ?? .null }
    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
}
