import SocketTransport
public import WireProtocol

extension CommunityClient {
    /// Asks a query or gives a command; the value of `ok`.
    ///
    /// With a nonce it is sent again after an outage until it is answered. Without one an outage after sending throws
    /// ``ClientError/connectionLost``. Throws ``WireError`` when the server refuses.
    public func request(
        _ name: String,
        _ body: JSON = .members([:]),
        nonce: String? = nil,
        timeout: Duration = .seconds(30)
    ) async throws -> JSON {
        try await reply(to: name, body, nonce: nonce, isRepeatable: nonce != nil, timeout: timeout).ok
    }

    /// Asks a query, again after an outage; the value of `ok`.
    public func query(
        _ name: String,
        _ body: JSON = .members([:]),
        timeout: Duration = .seconds(30)
    ) async throws -> JSON {
        try await reply(to: name, body, nonce: nil, isRepeatable: true, timeout: timeout).ok
    }

    /// Gives a command under a nonce; the whole answer.
    public func command(
        _ name: String,
        _ body: JSON,
        nonce: String = Nonces.fresh(),
        timeout: Duration = .seconds(30)
    ) async throws -> ClientReply {
        try await reply(to: name, body, nonce: nonce, isRepeatable: true, timeout: timeout)
    }

    /// Sends a signal when connected; it is lost otherwise.
    public func signal(_ name: String, _ body: JSON) {
        guard isWelcome else { return }
        socket?.send(ClientFrame.signal(name: name, body: body.object ?? JSONObject()).text)
    }

    private func reply(
        to name: String,
        _ body: JSON,
        nonce: String?,
        isRepeatable: Bool,
        timeout: Duration
    ) async throws -> ClientReply {
        if case .stopped(let reason, _) = state { throw ClientError.stopped(reason) }
        lastID += 1
        let id = lastID
        let timer = Task {
            try await Task.sleep(for: timeout)
            self.fail(id, ClientError.timedOut)
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                pending[id] = Pending(
                    id: id,
                    name: name,
                    body: body.object ?? JSONObject(),
                    nonce: nonce,
                    isRepeatable: isRepeatable,
                    continuation: continuation
                )
                sendWaiting()
            }
        } onCancel: {
            Task { await self.fail(id, CancellationError()) }
        }
    }

    /// Sends what waits, in order, as far as the server takes requests at once.
    func sendWaiting() {
        guard isWelcome, let socket else { return }
        var inFlight = pending.values.reduce(0) { $0 + ($1.isSent ? 1 : 0) }
        for id in pending.keys.sorted() {
            guard inFlight < inFlightLimit else { return }
            guard let request = pending[id], !request.isSent else { continue }
            let frame = ClientFrame.Request(
                id: .int(id),
                name: request.name,
                body: request.body,
                nonce: request.nonce
            )
            guard socket.send(ClientFrame.request(frame).text) else { return }
            pending[id]?.isSent = true
            inFlight += 1
        }
    }

    func answered(_ object: JSON) {
        guard let id = object["id"]?.int, let request = pending.removeValue(forKey: id) else { return }
        if let ok = object["ok"] {
            request.continuation.resume(
                returning: ClientReply(ok: ok, seq: object["seq"]?.int, repeated: object["repeated"]?.bool ?? false)
            )
        } else if let error = object["error"]?.object {
            let refusal = (try? WireError.read(error, path: "error")) ?? Self.unknown(error)
            request.continuation.resume(throwing: refusal)
        } else {
            request.continuation.resume(throwing: ClientError.unexpected("neither ok nor error"))
        }
        sendWaiting()
    }

    /// A refusal with a code that this client does not know yet.
    private static func unknown(_ error: JSONObject) -> WireError {
        WireError(
            .internal,
            "\(error["code"]?.string ?? "?"): \(error["message"]?.string ?? "")",
            retryable: error["retryable"]?.bool ?? false
        )
    }

    func fail(_ id: Int64, _ error: any Error) {
        pending.removeValue(forKey: id)?.continuation.resume(throwing: error)
    }

    func failAll(_ error: any Error) {
        let waiting = pending.values
        pending = [:]
        for request in waiting { request.continuation.resume(throwing: error) }
    }

    /// What may be repeated waits for the next connection; the rest fails.
    func connectionLost() {
        for (id, request) in pending where request.isSent {
            if request.isRepeatable { pending[id]?.isSent = false } else { fail(id, ClientError.connectionLost) }
        }
    }

    // MARK: The outbox

    /// Keeps a command until the server has taken or refused it, also across restarts of this program when the outbox
    /// has a file.
    ///
    /// Its nonce; what becomes of it comes as ``ClientNews/outbox(_:)``.
    @discardableResult
    public func enqueue(_ name: String, _ body: JSON, nonce: String = Nonces.fresh()) throws -> String {
        let entry = OutboxEntry(nonce: nonce, name: name, body: body, state: .waiting)
        try outbox.append(entry)
        news.append(.outbox(entry))
        drainOutbox()
        return nonce
    }

    /// The commands not yet taken, oldest first.
    public var waitingCommands: [OutboxEntry] { outbox.entries }

    /// One at a time, so that their order holds when one has to wait.
    func drainOutbox() {
        guard outboxSender == nil, isWelcome, outbox.first != nil else { return }
        outboxSender = Task {
            while !Task.isCancelled, let entry = self.outbox.first {
                guard await self.send(entry) else { break }
            }
            if !Task.isCancelled { self.outboxSender = nil }
        }
    }

    /// Whether to go on with the next one.
    private func send(_ entry: OutboxEntry) async -> Bool {
        note(.sending, entry)
        do {
            let reply = try await reply(
                to: entry.name,
                entry.body,
                nonce: entry.nonce,
                isRepeatable: false,
                timeout: .seconds(30)
            )
            note(.sent(ok: reply.ok, repeated: reply.repeated), entry)
            return true
        } catch let error as WireError where error.retryable {
            note(.waiting, entry)
            try? await Task.sleep(for: .milliseconds(error.retryAfterMs ?? 1_000))
            return isWelcome
        } catch let error as WireError {
            note(.refused(error.code, message: error.message), entry)
            return true
        } catch {
            // The connection is gone: the next one begins with it again.
            note(.waiting, entry)
            if case ClientError.timedOut = error { return isWelcome }
            return false
        }
    }

    private func note(_ state: OutboxEntry.State, _ entry: OutboxEntry) {
        if let changed = outbox.set(state, of: entry.nonce) { news.append(.outbox(changed)) }
    }
}
