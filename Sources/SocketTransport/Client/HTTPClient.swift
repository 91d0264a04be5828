import CLibWebSockets

/// What a server answered.
public struct HTTPReply: Sendable {
    /// The status code.
    public let status: Int
    /// Lower-case names.
    ///
    /// Of headers that libwebsockets does not know, only some are told.
    public let headers: [(String, String)]
    /// The content.
    public let body: [UInt8]

    /// The first header of a name.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.0 == name }?.1
    }
}

/// Single HTTP/1.1 requests, on the process's client thread.
public enum HTTPClient {
    /// To `http://…` or `https://…`.
    ///
    /// Redirects are not followed.
    public static func request(
        _ method: String,
        _ url: String,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        timeout: Duration = .seconds(30),
        trust: ServerTrust = .system
    ) async throws(TransportError) -> HTTPReply {
        try await run(method, ClientURL(url), headers, body, timeout, trust)
    }

    /// To a server behind a local socket.
    public static func request(
        _ method: String,
        unixSocket: String,
        path: String,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        timeout: Duration = .seconds(30)
    ) async throws(TransportError) -> HTTPReply {
        try await run(method, ClientURL(localSocket: unixSocket, path: path), headers, body, timeout, .system)
    }

    private static func run(
        _ method: String,
        _ url: ClientURL,
        _ headers: [(String, String)],
        _ body: [UInt8],
        _ timeout: Duration,
        _ trust: ServerTrust
    ) async throws(TransportError) -> HTTPReply {
        let client = try ClientLoop.shared()
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<HTTPReply, TransportError>, Never>) in
            client.loop.execute {
                ClientRequest(client: client, method: method, headers: headers, body: body, continuation)
                    .start(url, timeout: timeout, trust: trust)
            }
        }
        return try result.get()
    }
}

/// One request, on the client loop's thread.
final class ClientRequest: ClientPeer {
    var number: UInt = 0
    var wsi: OpaquePointer?
    private let client: ClientLoop
    private let method: String
    private let headers: [(String, String)]
    private let body: [UInt8]
    private var sent = 0
    private var continuation: CheckedContinuation<Result<HTTPReply, TransportError>, Never>?
    private var timer: LoopTimer?
    private var status = 0
    private var replyHeaders: [(String, String)] = []
    private var reply: [UInt8] = []
    private static let replyLimit = 256 << 20
    private static let unknownHeaders = [
        "idempotency-replayed", "x-request-id", "x-content-type-options", "content-security-policy", "x-frame-options",
        "referrer-policy", "cross-origin-opener-policy",
    ]

    init(
        client: ClientLoop,
        method: String,
        headers: [(String, String)],
        body: [UInt8],
        _ continuation: CheckedContinuation<Result<HTTPReply, TransportError>, Never>
    ) {
        self.client = client
        self.method = method
        self.headers = headers
        self.body = body
        self.continuation = continuation
    }

    var requestHeaders: [(String, String)] {
        let hasBody = !body.isEmpty || ["POST", "PUT", "PATCH"].contains(method)
        return hasBody ? headers + [("Content-Length", String(body.count))] : headers
    }

    func start(_ url: ClientURL, timeout: Duration, trust: ServerTrust) {
        let parts = timeout.components
        let milliseconds = Int(parts.seconds) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000)
        timer = client.loop.schedule(afterMilliseconds: milliseconds) { [self] in
            settle(.failure(.timedOut))
            if let wsi { mtp_kill_soon(wsi) }
            client.loop.libwebsocketsNeedsService()
        }
        do throws(TransportError) {
            try client.connect(self, to: url, trust: trust, method: method, subprotocol: nil, origin: nil)
        } catch {
            settle(.failure(error))
            client.forget(self)
        }
    }

    private func settle(_ result: Result<HTTPReply, TransportError>) {
        timer?.cancel()
        timer = nil
        continuation?.resume(returning: result)
        continuation = nil
    }

    func failed(_ reason: String, status: Int) {
        settle(.failure(.unreachable(reason)))
        client.forget(self)
    }

    func handle(_ reason: lws_callback_reasons, _ wsi: OpaquePointer, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        self.wsi = wsi
        switch reason {
        case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
            if !body.isEmpty {
                lws_client_http_body_pending(wsi, 1)
                lws_callback_on_writable(wsi)
            }
            return 0
        case LWS_CALLBACK_CLIENT_HTTP_WRITEABLE:
            return writeBody(to: wsi)
        case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
            readHead(wsi)
            if method == "HEAD" || status == 204 || status == 304 {
                finish()
                return -1
            }
            return 0
        case LWS_CALLBACK_RECEIVE_CLIENT_HTTP:
            return readSome(wsi)
        case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ:
            reply.append(contentsOf: bytes)
            return reply.count > Self.replyLimit ? -1 : 0
        case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
            finish()
            return -1
        default:
            return 0
        }
    }

    private func finish() {
        settle(.success(HTTPReply(status: status, headers: replyHeaders, body: reply)))
    }

    private func readSome(_ wsi: OpaquePointer) -> Int32 {
        let room = mtp_lws_pre()
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: room + 16_384) { buffer in
            guard let base = buffer.baseAddress else { return -1 }
            var start: UnsafeMutablePointer<CChar>? = base + room
            var count: Int32 = 16_384 - 1
            return lws_http_client_read(wsi, &start, &count) < 0 ? -1 : 0
        }
    }

    private func writeBody(to wsi: OpaquePointer) -> Int32 {
        guard sent < body.count else { return 0 }
        if lws_partial_buffered(wsi) != 0 {
            lws_callback_on_writable(wsi)
            return 0
        }
        let end = min(body.count, sent + 32_768)
        let isLast = end == body.count
        if isLast { lws_client_http_body_pending(wsi, 0) }
        let room = mtp_lws_pre()
        let written = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room + end - sent) { buffer -> Int32 in
            guard let base = buffer.baseAddress else { return -1 }
            body.withUnsafeBufferPointer { source in
                if let from = source.baseAddress { (base + room).update(from: from + sent, count: end - sent) }
            }
            return lws_write(wsi, base + room, end - sent, isLast ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP)
        }
        sent = end
        guard written >= 0 else { return -1 }
        if !isLast { lws_callback_on_writable(wsi) }
        return 0
    }

    private func readHead(_ wsi: OpaquePointer) {
        status = Int(lws_http_client_http_response(wsi))
        let parser = RequestParser(wsi: wsi)
        for raw in 0..<WSI_TOKEN_COUNT.rawValue {
            let token = lws_token_indexes(raw)
            guard lws_hdr_total_length(wsi, token) > 0, let pointer = lws_token_to_string(token) else { continue }
            let name = String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            guard name.hasSuffix(":"), !name.hasPrefix(":"), let value = parser.text(token) else { continue }
            replyHeaders.append((String(name.dropLast()), RequestHead.trimmed(value)))
        }
        for name in Self.unknownHeaders {
            if let value = parser.custom(name + ":") { replyHeaders.append((name, RequestHead.trimmed(value))) }
        }
    }

    func ended() {
        settle(.failure(.connectionLost))
    }
}
