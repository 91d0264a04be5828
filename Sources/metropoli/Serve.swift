import ArgumentParser
import Foundation
import Journal
import ServerApp
import SocketTransport
import WireProtocol

/// The subcommand `metropoli serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server.",
        discussion: """
            Prints `listening on http://HOST:PORT` when it is ready. SIGTERM and SIGINT end it cleanly, SIGHUP reads the \
            TLS files again. With METROPOLI_ADMIN_EMAIL and METROPOLI_ADMIN_PASSWORD set and nobody in the store, it \
            creates that administrator.
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("Where to listen; port 0 lets the system choose.", valueName: "host:port"))
    var listen: String?

    func run() async throws {
        try await stopping {
            let configuration = try common.load(listen.map { ["listen": $0] } ?? [:])
            // Before the server begins, so that no signal finds the default handler.
            let signals = SignalWaiter()
            let log = LogSetup.logger(configuration)
            LogSetup.warn(of: ConfigurationLoader.strangers(in: ProcessInfo.processInfo.environment), log)
            let server: Server
            do {
                server = try Server(configuration, log: log)
            } catch let error as TransportError {
                throw Stop(.unavailable, "\(error)")
            } catch let error as ConfigurationError {
                throw Stop(.configuration, error.description)
            }
            do {
                try AdministratorSetup.run(server.community, configuration, ProcessInfo.processInfo.environment)
            } catch let error as WireError {
                try server.stop()
                throw Stop(.configuration, "the administrator cannot be made: \(error.message)")
            }
            say("listening on \(server.url)")
            signals.wait { server.reload() }
            try server.stop()
        }
    }
}

/// Where signals are heard: a handler writes their numbers, one thread reads them.
///
/// Blocking the signals and waiting for them would not do: the main thread is there before, and has them unblocked.
private struct SignalPipe {
    let readEnd: Int32
    let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }
}

private let signalPipe = SignalPipe()

/// Waits for the signals that end or reload the server.
struct SignalWaiter {
    init() {
        // Made before a handler can need it.
        _ = signalPipe.writeEnd
        for number in [SIGTERM, SIGINT, SIGHUP] {
            signal(number) { number in
                let before = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(signalPipe.writeEnd, &byte, 1)
                errno = before
            }
        }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Returns with the first SIGTERM or SIGINT; calls `reload` for each SIGHUP.
    func wait(reload: () -> Void) {
        var byte: UInt8 = 0
        while true {
            let count = read(signalPipe.readEnd, &byte, 1)
            if count == 1, Int32(byte) == SIGHUP {
                reload()
            } else if count == 1 || errno != EINTR {
                return
            }
        }
    }
}
