import SocketTransport
import Synchronization
import Testing

@Suite("Slow readers", .timeLimit(.minutes(1)))
struct SlowReaderTests {
    @Test("1 MiB writes to a slow reader keep the framing, and a full queue says so")
    func framing() async throws {
        let results = Results()
        var script = Script()
        script.received = { _, _, connection, _ in
            for number in 0..<40 {
                let frame = OutboundFrame([UInt8](repeating: UInt8(65 + number % 26), count: 1 << 20))
                let result = connection.send(frame)
                results.add(result)
                if case .full = result { break }
            }
            for _ in 0..<3 { results.add(connection.send(OutboundFrame("small".utf8))) }
        }
        let server = try RunningServer(script) { $0.limits.outboundBytes = 4 << 20 }
        let socket = try RawSocket(port: server.port, receiveBuffer: 4096)
        try socket.upgrade()
        try socket.sendText("go")
        await results.waitForFull()
        let expected = results.taken
        #expect(expected >= 4)
        for number in 0..<expected {
            let frame = try #require(try socket.frame())
            #expect(frame.opcode == 1 && frame.isFinal && frame.payload.count == 1 << 20)
            #expect(frame.payload.first == UInt8(65 + number % 26) && frame.payload.last == frame.payload.first)
        }
        for _ in 0..<results.smallTaken { #expect(try socket.frame()?.text == "small") }
        await script.log.wait(for: "drained")
        try socket.sendText("go")
        #expect(try socket.frame()?.payload.count == 1 << 20)
        #expect(server.server.statistics.partialWrites > 0)
    }

    @Test("who takes nothing is cut, and nobody else notices")
    func stalled() async throws {
        var script = Script()
        script.received = { message, _, connection, _ in
            if message.count == 2 { _ = connection.send(OutboundFrame([UInt8](repeating: 65, count: 16 << 20))) }
            _ = connection.send(OutboundFrame("ok".utf8))
        }
        let server = try RunningServer(script) {
            $0.limits.stalledWriteSeconds = 0.5
            $0.limits.slowCloseCode = 4008
        }
        let slow = try RawSocket(port: server.port, receiveBuffer: 4096)
        try slow.upgrade()
        let lively = try server.upgraded()
        try slow.sendText("go")
        try lively.sendText("hello")
        #expect(try lively.frame()?.text == "ok")
        await script.log.wait(for: "closed 4008")
        try lively.sendText("hello")
        #expect(try lively.frame()?.text == "ok")
        #expect(server.server.statistics.queuedBytes == 0)
    }
}

/// What `send` said, over one burst.
final class Results: Sendable {
    private let state = Mutex<(taken: Int, full: Bool, small: Int)>((0, false, 0))
    private let log = Log()

    func add(_ result: SendResult) {
        let isFull = state.withLock { state in
            switch result {
            case .written, .queued:
                if state.full { state.small += 1 } else { state.taken += 1 }
                return false
            case .full:
                state.full = true
                return true
            case .closing:
                return false
            }
        }
        if isFull { log.add("full") }
    }

    func waitForFull() async { await log.wait(for: "full") }
    var taken: Int { state.withLock { $0.taken } }
    var smallTaken: Int { state.withLock { $0.small } }
}
