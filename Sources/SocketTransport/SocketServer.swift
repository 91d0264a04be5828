import Synchronization

/// Listens, and runs one ``LoopHandler`` on each of its loops.
public final class SocketServer: Sendable {
    private let configuration: TransportConfiguration
    private let makeHandler: @Sendable (ServiceLoop) -> any LoopHandler
    private let bounds: SharedBounds
    /// The loops; they serve between ``start()`` and ``stop(deadline:)``.
    public let loops: [ServiceLoop]

    private enum Phase { case fresh, started, stopped }
    private struct State {
        var phase = Phase.fresh
        var port = 0
        var threads: [LoopThread] = []
    }
    private let state = Mutex(State())

    /// Makes the loops; nothing runs before ``start()``.
    ///
    /// `makeHandler` is called on each loop's own thread.
    public init(
        _ configuration: TransportConfiguration,
        makeHandler: @escaping @Sendable (ServiceLoop) -> any LoopHandler
    ) {
        self.configuration = configuration
        self.makeHandler = makeHandler
        bounds = SharedBounds(limits: configuration.limits)
        loops = (0..<configuration.loops).map { ServiceLoop(index: $0) }
    }

    /// Returns when every loop listens.
    public func start() throws(TransportError) {
        let isFresh = state.withLock { state in
            defer { state.phase = .started }
            return state.phase == .fresh
        }
        guard isFresh else { throw .alreadyStarted }
        let limits = configuration.limits
        let sockets = try ListeningSocket.make(
            host: configuration.host,
            port: configuration.port,
            count: loops.count,
            backlog: limits.listenBacklog
        )
        var local: ListeningSocket?
        if let path = configuration.unixSocketPath { local = try .makeLocal(path: path, backlog: limits.listenBacklog) }
        state.withLock { $0.port = sockets[0].port }
        for (place, loop) in loops.enumerated() {
            do throws(TransportError) {
                try begin(loop, on: sockets[place], local: place == 0 ? local : nil)
            } catch {
                stop(deadline: .seconds(2))
                throw error
            }
        }
    }

    private func begin(_ loop: ServiceLoop, on socket: ListeningSocket, local: ListeningSocket?) throws(TransportError)
    {
        let (ready, failure) = (Gate(), Box<TransportError?>(nil))
        let thread = LoopThread("metropoli-\(loop.index)") { [configuration, bounds, makeHandler] in
            do throws(TransportError) {
                try loop.begin(configuration.limits, usesTLS: configuration.tls != nil) {
                    loop,
                    context throws(TransportError) in
                    let server = ServerLoop(
                        loop: loop,
                        configuration: configuration,
                        bounds: bounds,
                        handler: makeHandler(loop)
                    )
                    loop.server = server
                    try server.prepare(context)
                }
                loop.server?.listen(on: socket, isLocal: false)
                if let local { loop.server?.listen(on: local, isLocal: true) }
            } catch {
                failure.value.withLock { $0 = error }
                loop.abandonStart()
                ready.open()
                return
            }
            ready.open()
            loop.run()
            loop.server = nil
        }
        ready.wait()
        state.withLock { $0.threads.append(thread) }
        if let error = failure.value.withLock({ $0 }) { throw error }
    }

    /// The port listened on; what the kernel picked if 0 was asked for.
    public var port: Int { state.withLock { $0.port } }

    /// Refuses new connections; those that are in stay.
    public func stopListening() {
        for loop in loops { loop.execute { loop.server?.stopListening() } }
    }

    /// Flushes, closes, ends the loops and waits for their threads; returns at the deadline at the latest.
    public func stop(deadline: Duration = .seconds(5)) {
        let threads = state.withLock { state in
            state.phase = .stopped
            defer { state.threads = [] }
            return state.threads
        }
        let end = ContinuousClock.now + deadline
        let milliseconds =
            Int(deadline.components.seconds) * 1000 + Int(deadline.components.attoseconds / 1_000_000_000_000_000)
        for loop in loops {
            loop.execute {
                guard let server = loop.server else { return }
                // The last tenth is for taking the context down.
                loop.schedule(afterMilliseconds: max(1, milliseconds * 8 / 10)) { loop.requestEnd() }
                server.drain { loop.requestEnd() }
            }
        }
        for thread in threads { _ = thread.wait(until: end) }
    }

    /// Reads certificate and key again, for connections from now on.
    ///
    /// Throws ``TransportError/certificateUnreadable(_:)`` when they cannot be read or do not belong together: those in
    /// use stay. Nothing to do without TLS.
    public func reloadCertificates() throws(TransportError) {
        guard let tls = configuration.tls else { return }
        try tls.check()
        for loop in loops { loop.execute { loop.server?.reloadCertificates() } }
    }

    /// Counts over all loops.
    public var statistics: TransportStatistics {
        var sum = TransportStatistics()
        for loop in loops { sum += loop.counters.snapshot }
        return sum
    }
}

/// A locked value that threads share.
final class Box<Value: Sendable>: Sendable {
    let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
}
