import Synchronization

/// What a ``WebSocketClient`` connects to, and how.
public struct ClientOptions: Sendable {
    /// `ws://…` or `wss://…`.
    public var url: String
    /// Offered as `Sec-WebSocket-Protocol`.
    public var subprotocol: String?
    /// Sent with the upgrade.
    public var headers: [(String, String)]
    /// The `Origin` header; a client that is no browser sends none.
    public var origin: String?
    /// For the connection and the handshake.
    public var timeout: Duration
    /// Whose certificates to believe.
    public var trust: ServerTrust
    /// Reading from the socket pauses while more than this is unread.
    public var unreadBytes: Int

    /// Everything but the address has a default.
    public init(
        url: String,
        subprotocol: String? = nil,
        headers: [(String, String)] = [],
        origin: String? = nil,
        timeout: Duration = .seconds(10),
        trust: ServerTrust = .system,
        unreadBytes: Int = 8 << 20
    ) {
        self.url = url
        self.subprotocol = subprotocol
        self.headers = headers
        self.origin = origin
        self.timeout = timeout
        self.trust = trust
        self.unreadBytes = unreadBytes
    }
}

/// A WebSocket connection to a server, on the process's client thread.
///
/// Let go, it closes.
public final class WebSocketClient: Sendable {
    private let link: ClientLink
    /// Text messages as they come, for one reader; ends when the connection is closed and all were read.
    public let messages: AsyncStream<[UInt8]>

    private init(link: ClientLink) {
        self.link = link
        messages = AsyncStream { await link.nextMessage() }
    }

    deinit { link.close(code: 1001, reason: "") }

    /// Connects and upgrades.
    public static func connect(_ options: ClientOptions) async throws(TransportError) -> WebSocketClient {
        let url = try ClientURL(options.url)
        let client = try ClientLoop.shared()
        let link = ClientLink(client: client, options: options)
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Void, TransportError>, Never>) in
            client.loop.execute { link.connect(to: url, continuation) }
        }
        switch result {
        case .success: return WebSocketClient(link: link)
        case .failure(let error): throw error
        }
    }

    /// Sends a text message.
    ///
    /// False when the connection is closed, or 16 MiB already wait.
    @discardableResult
    public func send(_ text: [UInt8]) -> Bool { link.send(text) }

    /// The code of the close frame that came or was sent.
    ///
    ///
    ///
    /// 1006 without one; nil while open.
    public var closeCode: Int? { link.closeWords?.code }
    /// The words of the peer's close frame.
    public var closeReason: String? { link.closeWords?.reason }
    /// Bytes that wait to be sent.
    public var unsentBytes: Int { link.unsentBytes }

    /// Sends what waits, then the close frame.
    ///
    /// Idempotent.
    public func close(code: Int = 1000, reason: String = "") { link.close(code: code, reason: reason) }
}
