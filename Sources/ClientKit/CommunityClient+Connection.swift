import SocketTransport
import WireProtocol

extension CommunityClient {
    /// Connects again and again until closed or sent away.
    func run() async {
        while !isClosed {
            let end = await connectOnce()
            endConnection()
            if isClosed { return }
            if case .final(let reason, let code) = end { return stop(reason, code) }
            guard case .retry(let reason) = end else { return }
            guard options.reconnects else { return stop(reason, nil) }
            var wait = backoff.next(chance: Double.random(in: 0...1))
            if let least = goodbye?.retryAfterMs { wait = max(wait, Double(least) / 1_000) }
            goodbye = nil
            set(.waiting(seconds: wait, reason: reason))
            try? await Task.sleep(for: .seconds(wait))
        }
    }

    private enum End {
        case retry(String)
        case final(String, Int?)
    }

    private func connectOnce() async -> End {
        set(.connecting)
        let socket: WebSocketClient
        do {
            socket = try await WebSocketClient.connect(
                ClientOptions(
                    url: ServerAddress.webSocket(options.url),
                    subprotocol: "metropoli.v1",
                    timeout: options.connectTimeout,
                    trust: options.trust
                )
            )
        } catch {
            switch error {
            case .upgradeRefused(let status) where [400, 401, 403, 404, 426].contains(status):
                return .final("the server refuses the connection (\(status))", nil)
            case .malformedURL: return .final(error.description, nil)
            // The C library's words end with what ends a C string.
            default: return .retry(error.description.filter { $0 != "\0" })
            }
        }
        guard !isClosed else { return .retry("closed") }
        self.socket = socket
        sayHello(on: socket)
        // A connection that never becomes live is given up.
        let watchdog = Task { [options] in
            try await Task.sleep(for: options.connectTimeout)
            if !self.isWelcome { socket.close(code: 1000, reason: "no welcome") }
        }
        defer { watchdog.cancel() }
        for await frame in socket.messages {
            guard read(frame) else {
                socket.close(code: 1000, reason: "a hole")
                return .retry("something was missing")
            }
        }
        let code = socket.closeCode
        if let code, (4400...4499).contains(code) {
            return .final(Self.words(code, socket.closeReason), code)
        }
        return .retry(Self.words(code, socket.closeReason))
    }

    private func sayHello(on socket: WebSocketClient) {
        var hello = Hello()
        hello.token = options.token
        hello.device = options.device
        hello.client = options.client
        hello.cursor = cursor
        socket.send(ClientFrame.hello(hello).text)
    }

    private static func words(_ code: Int?, _ reason: String?) -> String {
        switch code {
        case CloseCode.slow: "too slow"
        case CloseCode.restart: "the server restarts"
        case CloseCode.malformed: "the server did not understand"
        case CloseCode.credentials: "the sign-in is not valid any more"
        case CloseCode.origin: "this origin is not allowed"
        case CloseCode.helloLate: "the server waited in vain"
        case CloseCode.replaced: "replaced by another window"
        default: reason.flatMap { $0.isEmpty ? nil : $0 } ?? "the connection ended"
        }
    }

    private func stop(_ reason: String, _ code: Int?) {
        failAll(ClientError.stopped(reason))
        set(.stopped(reason: reason, closeCode: code))
        stateContinuation.finish()
        news.end()
    }

    private func endConnection() {
        socket = nil
        isWelcome = false
        outboxSender?.cancel()
        outboxSender = nil
        connectionLost()
    }

    // MARK: Reading

    /// Reads one frame; false when an update is missing and the connection is to begin again from the cursor.
    private func read(_ frame: [UInt8]) -> Bool {
        for line in frame.split(separator: 0x0A) {
            // A snapshot has many keys; the server's own objects are within other bounds than a client's.
            var limits = JSONLimits()
            limits.keys = 10_000_000
            guard let object = try? JSONParser.parse(line, limits: limits) else { continue }
            if !take(object) { return false }
        }
        return true
    }

    private func take(_ object: JSON) -> Bool {
        if let update = object["update"] { return take(update: update) }
        if object["id"] != nil { answered(object) }
        if let live = object["live"]?.int { becameLive(live) }
        if let head = object["head"]?.int, state == .live { advance(to: head) }
        if let welcome = object["welcome"]?.object { take(welcome: welcome) }
        if let resumed = object["resumed"] { offsets.take(resumed["offsets"]) }
        if let snapshot = object["snapshot"] { take(snapshot: snapshot) }
        if let reset = object["reset"] {
            cursor = nil
            news.append(.reset(reason: reset["reason"]?.string ?? ""))
        }
        if let name = object["signal"]?.string { news.append(.signal(name: name, body: object["with"] ?? .null)) }
        if let bye = object["bye"]?.object { goodbye = try? Bye.read(bye) }
        return true
    }

    private func take(update: JSON) -> Bool {
        guard let update = ClientUpdate(update) else { return true }
        switch offsets.judge(update, after: cursor?.seq ?? 0, me: person?.id) {
        case .known: return true
        case .hole:
            // A hole at the same place again would never close: begin from a snapshot.
            if holeAt == update.seq { cursor = nil }
            holeAt = update.seq
            return false
        case .apply:
            advance(to: update.seq)
            news.append(.update(update))
            return true
        }
    }

    private func take(welcome object: JSONObject) {
        guard let welcome = try? Welcome.read(object, path: "welcome") else { return }
        person = welcome.person
        inFlightLimit = Int(max(1, welcome.limits.inFlight))
        isWelcome = true
        epoch = welcome.epoch
        set(.catchingUp)
        news.append(.welcome(welcome))
        sendWaiting()
        drainOutbox()
    }

    private func take(snapshot: JSON) {
        offsets.take(snapshot["offsets"])
        if let epoch { cursor = Cursor(epoch: epoch, seq: snapshot["seq"]?.int ?? 0) }
        news.append(.snapshot(snapshot))
    }

    private func becameLive(_ seq: Int64) {
        advance(to: seq)
        backoff.reset()
        set(.live)
        news.append(.live(seq))
    }

    private func advance(to seq: Int64) {
        if let cursor, seq > cursor.seq { self.cursor = Cursor(epoch: cursor.epoch, seq: seq) }
    }
}
