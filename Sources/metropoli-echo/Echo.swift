import Glibc
import SocketTransport

/// Sends every message back as it came.
actor EchoHandler: LoopHandler {
    private let loop: ServiceLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(loop: ServiceLoop) { self.loop = loop }

    func upgrade(_ request: RequestHead) -> UpgradeDecision { .accept(subprotocol: nil) }
    func opened(_ connection: Connection, request: RequestHead) {}
    func drained(_ connection: Connection) { connection.pauseReading(false) }
    func closed(_ connection: Connection, code: Int) {}
    func begin(_ exchange: HTTPExchange) -> BodyPlan { .none }
    func complete(_ exchange: HTTPExchange) { exchange.respond(errorResponse(status: 404, for: exchange)) }

    func received(_ message: UnsafeRawBufferPointer, isText: Bool, on connection: Connection) {
        _ = connection.send(OutboundFrame(message, isText: isText))
        // Whoever does not read its echo is not read either.
        if !connection.isWritable { connection.pauseReading(true) }
    }
}

@main
struct Echo {
    static func main() {
        var address = ("127.0.0.1", 0)
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            guard argument == "--listen", let value = arguments.popFirst(), let colon = value.lastIndex(of: ":"),
                let port = Int(value[value.index(after: colon)...])
            else { fail("usage: metropoli-echo [--listen HOST:PORT]") }
            address = (String(value[..<colon]), port)
        }
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        var limits = TransportLimits()
        limits.maxMessageBytes = 16 << 20
        limits.maxFragments = 1 << 20
        limits.outboundBytes = 64 << 20
        let server = SocketServer(TransportConfiguration(host: address.0, port: address.1, limits: limits)) {
            EchoHandler(loop: $0)
        }
        do { try server.start() } catch { fail("metropoli-echo: \(error)") }
        print("listening on http://\(address.0):\(server.port)")
        fflush(nil)
        var caught: Int32 = 0
        sigwait(&signals, &caught)
        server.stop(deadline: .seconds(2))
    }

    static func fail(_ text: String) -> Never {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        exit(2)
    }
}
