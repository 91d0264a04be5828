import Glibc
import SocketTransport
import Synchronization
import Testing

@Suite("Server", .timeLimit(.minutes(1)))
struct ServerTests {
    @Test("a stop with 200 open connections says 1001 to each and keeps its deadline")
    func stop() async throws {
        let server = try RunningServer()
        let sockets = try (0..<200).map { _ in try server.upgraded() }
        await server.script.log.wait(for: "opened /ws", times: 200)
        #expect(server.server.statistics.connectionsOpen == 200)
        let began = ContinuousClock.now
        server.server.stop(deadline: .seconds(4))
        #expect(began.duration(to: .now) < .seconds(4))
        for socket in sockets { #expect(try socket.closeCode() == 1001) }
        #expect(server.script.log.lines.count { $0.hasPrefix("closed") } == 200)
        #expect(throws: RawSocket.Failure.self) { try server.socket() }
        #expect(!server.server.loops[0].execute {})
    }

    @Test("jobs from many threads all run on the loop, and none after its end")
    func execute() async throws {
        let server = try RunningServer { $0.loops = 2 }
        let (ran, done) = (Counted(), Log())
        await withTaskGroup(of: Void.self) { group in
            for loop in server.server.loops {
                for _ in 0..<20 {
                    group.addTask {
                        for _ in 0..<500 {
                            loop.execute {
                                if loop.isCurrent, ran.next() == 20_000 { done.add("all ran") }
                            }
                        }
                    }
                }
            }
        }
        await done.wait(for: "all ran")
        server.server.stop()
        #expect(server.server.loops.allSatisfy { !$0.execute { done.add("late") } })
        #expect(done.lines == ["all ran"])
    }

    @Test("an actor on a loop is entered by await, and still answers when the loop has ended")
    func actorOnLoop() async throws {
        actor Counter {
            let loop: ServiceLoop
            var count = 0
            nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
            init(loop: ServiceLoop) { self.loop = loop }
            func add() -> Int {
                count += 1
                return count
            }
        }
        let server = try RunningServer()
        let counter = Counter(loop: server.server.loops[0])
        for _ in 0..<100 { _ = await counter.add() }
        server.server.stop()
        #expect(await counter.add() == 101)
    }

    @Test("two loops share one port that the kernel picked, and the statistics add up")
    func twoLoops() async throws {
        let seen = Log()
        var script = Script()
        script.received = { message, _, connection, _ in
            seen.add("loop \(connection.loop.index)")
            _ = connection.send(OutboundFrame(message))
        }
        let server = try RunningServer(script) { $0.loops = 2 }
        let sockets = try (0..<64).map { _ in try server.upgraded() }
        for socket in sockets {
            try socket.sendText("x")
            #expect(try socket.frame()?.text == "x")
        }
        await script.log.wait(for: "opened /ws", times: 64)
        #expect(Set(seen.lines) == ["loop 0", "loop 1"])
        #expect(server.server.statistics.connectionsOpen == 64)
    }

    @Test("a port in use is told, with one loop and with two", arguments: [1, 2])
    func inUse(loops: Int) throws {
        let first = try RunningServer { $0.loops = loops }
        #expect(throws: TransportError.addressInUse("127.0.0.1:\(first.port)")) {
            _ = try RunningServer { configuration in
                configuration.port = first.port
                configuration.loops = loops
            }
        }
        #expect(throws: TransportError.self) { _ = try RunningServer { $0.host = "203.0.113.1" } }
    }

    @Test("over the bound, sockets are refused, and there is room again when one leaves")
    func bound() async throws {
        let server = try RunningServer { $0.limits.maxConnections = 3 }
        var sockets = try (0..<3).map { _ in try server.upgraded() }
        let refused = try server.socket()
        #expect((try? refused.isAtEnd()) != false)
        #expect(server.server.statistics.refused == 1)
        sockets.removeLast()
        await server.script.log.wait(for: "closed 1006")
        // The socket itself is freed one turn later: two round trips on the same loop are more than that.
        try sockets[0].sendText("x")
        _ = try sockets[0].frame()
        try sockets[0].sendText("x")
        _ = try sockets[0].frame()
        _ = try server.upgraded()
    }

    @Test("the local socket has mode 0600, serves both protocols, and goes with the server")
    func localSocket() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        var script = Script()
        script.complete = { exchange in
            let head = exchange.head
            exchange.respond(
                HTTPResponse(status: 200, body: .bytes(Array("\(head.isLocalSocket) \(head.remoteAddress)".utf8)))
            )
        }
        do {
            let server = try RunningServer(script) { $0.unixSocketPath = path }
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            let reply = try await HTTPClient.request("GET", unixSocket: path, path: "/x")
            #expect(reply.status == 200 && String(decoding: reply.body, as: UTF8.self) == "true ")
            #expect(throws: TransportError.addressInUse(path)) { _ = try RunningServer { $0.unixSocketPath = path } }
            server.server.stop()
        }
        #expect(folder.names.isEmpty)
    }

    @Test("SIGTERM and SIGINT end the echo server with 0, also with a connection open", arguments: [SIGTERM, SIGINT])
    func signals(signal: Int32) throws {
        let echo = try EchoProcess()
        let socket = try RawSocket(port: echo.port)
        try socket.upgrade()
        try socket.send(RawSocket.frame([0, 255], opcode: 2))
        #expect(try socket.frame()?.payload == [0, 255])
        #expect(echo.end(with: signal) == 0)
        #expect(try socket.closeCode() == 1001)
    }
}

/// Counts over threads.
final class Counted: Sendable {
    private let count = Atomic<Int>(0)
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

/// The real program, as a child.
final class EchoProcess {
    let process: pid_t
    let port: Int

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw RawSocket.Failure(what: "pipe") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        defer { posix_spawn_file_actions_destroy(&actions) }
        let path = try Self.program()
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), strdup("--listen"), strdup("127.0.0.1:0"), nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let failure = posix_spawn(&child, path, &actions, nil, &arguments, nil)
        close(ends[1])
        guard failure == 0 else { throw RawSocket.Failure(what: "spawn \(path): \(failure)") }
        process = child
        var line = ""
        var byte: UInt8 = 0
        while read(ends[0], &byte, 1) == 1, byte != 0x0A { line.unicodeScalars.append(Unicode.Scalar(byte)) }
        close(ends[0])
        guard line.hasPrefix("listening on http://"), let number = Int(line.split(separator: ":").last ?? "") else {
            throw RawSocket.Failure(what: "said \(line)")
        }
        port = number
    }

    /// The exit status, or the signal as a negative number.
    func end(with signal: Int32) -> Int32 {
        kill(process, signal)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }

    /// Beside the test bundle.
    private static func program() throws -> String {
        var path = [UInt8](repeating: 0, count: 4096)
        let count = path.withUnsafeMutableBytes { room in
            room.baseAddress.map { readlink("/proc/self/exe", $0, 4095) } ?? 0
        }
        let own = String(decoding: path.prefix(max(0, count)), as: UTF8.self)
        var folders = [String(own[..<(own.lastIndex(of: "/") ?? own.startIndex)])]
        for argument in CommandLine.arguments where argument.contains("/") && argument.contains(".xctest") {
            folders.append(String(argument[..<(argument.lastIndex(of: "/") ?? argument.startIndex)]))
        }
        for folder in folders where access(folder + "/metropoli-echo", X_OK) == 0 { return folder + "/metropoli-echo" }
        throw RawSocket.Failure(what: "metropoli-echo is not beside \(folders)")
    }
}
