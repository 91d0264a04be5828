import CLibWebSockets
import Glibc

/// What one loop of a server holds: its handler, connections, sessions and listeners.
///
/// Loop thread only.
final class ServerLoop {
    let loop: ServiceLoop
    let limits: TransportLimits
    let handler: any LoopHandler
    let bounds: SharedBounds
    var connections = DeadlineTable<Connection>()
    var sessions = SessionDeadlines()
    private(set) var plainVhost: OpaquePointer?
    private(set) var secureVhost: OpaquePointer?
    private var listeners: [Listener] = []
    private let subprotocols: [String]
    private let tls: TLSFiles?
    private var nextNumber: UInt64 = 0
    private let pingRoom: UnsafeMutablePointer<UInt8>
    private static let pingBytes = 4
    private var cachedDate = ("", Int(0))
    private var whenEmpty: (() -> Void)?
    private var saidAllAt: UInt32?

    init(loop: ServiceLoop, configuration: TransportConfiguration, bounds: SharedBounds, handler: any LoopHandler) {
        self.loop = loop
        self.handler = handler
        self.bounds = bounds
        limits = configuration.limits
        subprotocols = configuration.subprotocols
        tls = configuration.tls
        pingRoom = .allocate(capacity: mtp_lws_pre() + 16)
        pingRoom.initialize(repeating: 0x70, count: mtp_lws_pre() + 16)
    }

    deinit { pingRoom.deallocate() }

    func prepare(_ context: OpaquePointer) throws(TransportError) {
        plainVhost = try LoopContext.makeServerVhost(in: context, tls: nil, subprotocols: subprotocols, limits: limits)
        if let tls {
            secureVhost = try LoopContext.makeServerVhost(
                in: context,
                tls: tls,
                subprotocols: subprotocols,
                limits: limits
            )
        }
        loop.everyTick { [unowned self] in sweep() }
    }

    // MARK: Listening

    func listen(on socket: ListeningSocket, isLocal: Bool) {
        guard let vhost = isLocal ? plainVhost : secureVhost ?? plainVhost else { return }
        listeners.append(Listener(socket, server: self, vhost: vhost, isLocal: isLocal, isTLS: !isLocal && tls != nil))
    }

    func stopListening() {
        for listener in listeners { listener.stop() }
        listeners = []
    }

    func reloadCertificates() {
        guard let tls, let context = loop.context else { return }
        lws_tls_cert_updated(context, tls.certificatePath, tls.privateKeyPath, nil, 0, nil, 0)
    }

    /// libwebsockets takes the first offered name that it knows; with none offered, none.
    func subprotocolThatLibwebsocketsPicks(_ offered: [String]) -> String?? {
        guard !offered.isEmpty else { return .some(nil) }
        guard let picked = offered.first(where: { subprotocols.contains($0) }) else { return nil }
        return .some(picked)
    }

    // MARK: Connections

    /// An HTTP session turned into a WebSocket connection.
    func established(_ session: HTTPSession, wsi: OpaquePointer) -> Connection? {
        guard let request = session.pendingUpgrade else { return nil }
        session.ended()
        nextNumber += 1
        let id = ConnectionID(raw: UInt64(loop.index) << 48 | nextNumber)
        let connection = Connection(id: id, wsi: wsi, server: self, session: session)
        connection.slot = connections.insert(connection)
        connection.deadlines.ping = after(limits.pingSeconds)
        reschedule(connection)
        loop.counters.connectionsOpen.add(1)
        return (handler.enterOpened(connection, request: request), connection).1
    }

    func forget(_ connection: Connection) {
        connections.remove(connection.slot)
        loop.counters.connectionsOpen.add(-1)
        connection.ended()
    }

    /// A socket of any kind is gone for good.
    func socketGone() {
        loop.counters.socketsOpen.add(-1)
        bounds.release()
        finishDrainIfEmpty()
    }

    /// Kills without a word: for sockets that failed or take nothing.
    func abandon(_ wsi: OpaquePointer) {
        _ = mtp_shutdown_all(lws_get_socket_fd(wsi))
        mtp_kill_soon(wsi)
        if let context = loop.context { lws_cancel_service(context) }
    }

    func writePing(_ wsi: OpaquePointer) -> Bool {
        loop.counters.pings.add(1)
        // With a payload: libwebsockets does not tell of a pong without one.
        return lws_write(wsi, pingRoom + mtp_lws_pre(), Self.pingBytes, LWS_WRITE_PING) >= 0
    }

    // MARK: Time

    func after(_ seconds: Double) -> UInt32 {
        loop.tick &+ UInt32(max(1, (seconds * 10).rounded(.up))) &+ 1
    }

    func reschedule(_ connection: Connection) {
        connections.set(connection.deadlines.next, at: connection.slot)
    }

    private func sweep() {
        for connection in connections.takeDue(at: loop.tick) { connection.deadlinePassed(at: loop.tick) }
        for session in sessions.takeDue(at: loop.tick) { session.deadlinePassed() }
        finishDrainIfEmpty()
        if loop.tick % 5 == 0 {
            for session in sessions.all { session.cutIfFlooding() }
        }
    }

    /// An HTTP date, made once a second.
    var date: String {
        let now = time(nil)
        if cachedDate.1 == now { return cachedDate.0 }
        var parts = tm()
        var clock = now
        gmtime_r(&clock, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let text =
            "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
        cachedDate = (text, now)
        return text
    }

    // MARK: Stopping

    /// Closes every connection with 1001 after its queue, and answers the requests that are in, then calls back.
    func drain(then done: @escaping () -> Void) {
        stopListening()
        for connection in connections.all { connection.close(code: 1001, reason: "server stops") }
        whenEmpty = done
        finishDrainIfEmpty()
    }

    /// Idle HTTP sockets are not waited for.
    private func finishDrainIfEmpty() {
        guard let done = whenEmpty, sessions.count == 0 else { return }
        if connections.count > 0 {
            // All has been said: those who do not answer the close get 300 ms.
            guard connections.all.allSatisfy(\.hasSaidClose) else { return }
            saidAllAt = saidAllAt ?? loop.tick
            guard let since = saidAllAt, loop.tick &- since >= 3 else { return }
        }
        whenEmpty = nil
        done()
    }

    /// Closes what is still open, at the end of the loop: without a word, but telling the handler.
    func killAll() {
        for wsi in openSockets() {
            _ = mtp_shutdown_all(lws_get_socket_fd(wsi))
            mtp_kill_now(wsi)
        }
        // Those with a partial write close when libwebsockets meets the error.
        for _ in 0..<20 { uv_run(loop.uv, UV_RUN_NOWAIT) }
        for wsi in openSockets() { SocketOwner.ended(wsi) }
    }

    private func openSockets() -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        withUnsafeMutablePointer(to: &found) { found in
            uv_walk(
                loop.uv,
                { handle, found in
                    guard let handle, let found, handle.pointee.type == UV_POLL, uv_is_closing(handle) == 0,
                        let data = handle.pointee.data
                    else { return }
                    // The listeners are stopped, so it is libwebsockets' own: its event pipe, or a socket with an owner.
                    let wsi = OpaquePointer(data)
                    guard lws_get_opaque_user_data(wsi) != nil else { return }
                    found.assumingMemoryBound(to: [OpaquePointer].self).pointee.append(wsi)
                },
                found
            )
        }
        return found
    }
}
