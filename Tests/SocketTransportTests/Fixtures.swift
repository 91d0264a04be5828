import Glibc
import SocketTransport
import Synchronization

/// A handler whose answers a test gives; it records what happened.
actor TestHandler: LoopHandler {
    let loop: ServiceLoop
    let script: Script
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private(set) var connections: [ConnectionID: Connection] = [:]

    init(loop: ServiceLoop, script: Script) {
        self.loop = loop
        self.script = script
    }

    func upgrade(_ request: RequestHead) -> UpgradeDecision { script.upgrade(request) }

    func opened(_ connection: Connection, request: RequestHead) {
        connections[connection.id] = connection
        script.log.add("opened \(request.path)")
        script.opened(connection)
    }

    func received(_ message: UnsafeRawBufferPointer, isText: Bool, on connection: Connection) {
        script.received(message, isText, connection, Array(connections.values))
    }

    func drained(_ connection: Connection) {
        script.log.add("drained")
        script.drained(connection)
    }

    func closed(_ connection: Connection, code: Int) {
        connections[connection.id] = nil
        script.log.add("closed \(code)")
    }

    func begin(_ exchange: HTTPExchange) -> BodyPlan {
        script.log.add("\(exchange.head.method) \(exchange.head.path)")
        return script.begin(exchange)
    }

    func complete(_ exchange: HTTPExchange) { script.complete(exchange) }
    func aborted(_ exchange: HTTPExchange) { script.log.add("aborted \(exchange.head.path)") }
}

/// What a ``TestHandler`` does; echo and 200 by default.
struct Script: Sendable {
    var log = Log()
    var upgrade: @Sendable (RequestHead) -> UpgradeDecision = { _ in .accept(subprotocol: nil) }
    var opened: @Sendable (Connection) -> Void = { _ in }
    var received: @Sendable (UnsafeRawBufferPointer, Bool, Connection, [Connection]) -> Void = {
        message,
        isText,
        connection,
        _ in
        _ = connection.send(OutboundFrame(message, isText: isText))
    }
    var drained: @Sendable (Connection) -> Void = { _ in }
    var begin: @Sendable (HTTPExchange) -> BodyPlan = { _ in .collect(limit: 1 << 20) }
    var complete: @Sendable (HTTPExchange) -> Void = { exchange in
        exchange.respond(
            HTTPResponse(status: 200, headers: [("Content-Type", "text/plain")], body: .bytes(exchange.body))
        )
    }
}

/// Facts in order; a test waits for one of them.
final class Log: Sendable {
    private struct State {
        var lines: [String] = []
        var waiters: [(String, Int, CheckedContinuation<Void, Never>)] = []
    }
    private let state = Mutex(State())

    func add(_ line: String) {
        let ready = state.withLock { state in
            state.lines.append(line)
            let lines = state.lines
            func isTrue(_ waiter: (String, Int, CheckedContinuation<Void, Never>)) -> Bool {
                lines.count { $0 == waiter.0 } >= waiter.1
            }
            let ready = state.waiters.filter(isTrue)
            state.waiters.removeAll(where: isTrue)
            return ready
        }
        for waiter in ready { waiter.2.resume() }
    }

    /// Returns once the line was added so many times.
    func wait(for line: String, times: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isTrue = state.withLock { state in
                if state.lines.count(where: { $0 == line }) >= times { return true }
                state.waiters.append((line, times, continuation))
                return false
            }
            if isTrue { continuation.resume() }
        }
    }

    var lines: [String] { state.withLock { $0.lines } }
}

/// A server on a port the kernel picked, stopped when it is let go.
final class RunningServer: Sendable {
    let server: SocketServer
    let script: Script

    init(_ script: Script = Script(), configure: (inout TransportConfiguration) -> Void = { _ in }) throws {
        var configuration = TransportConfiguration()
        configure(&configuration)
        self.script = script
        server = SocketServer(configuration) { TestHandler(loop: $0, script: script) }
        try server.start()
    }

    deinit { server.stop(deadline: .seconds(3)) }

    var port: Int { server.port }
    func socket() throws -> RawSocket { try RawSocket(port: port) }
    func upgraded(_ path: String = "/ws") throws -> RawSocket {
        let socket = try RawSocket(port: port)
        try socket.upgrade(path)
        return socket
    }
}

/// A folder that is removed when it is let go.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/transport-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RawSocket.Failure(what: "mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    var names: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var found: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { found.append(name) }
        }
        return found.sorted()
    }
}
