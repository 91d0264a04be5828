import Foundation
public import SocketTransport
public import WireProtocol

/// A client of the community: it connects, comes back after outages, gives every update once and in order, and keeps
/// sending what was written until the server has it.
///
/// ```swift
/// let client = CommunityClient(CommunityClient.Options(url: "http://127.0.0.1:8080", token: token))
/// await client.start()
/// for await news in client.updates { … }
/// ```
public actor CommunityClient {
    /// How a client is set up.
    public struct Options: Sendable {
        /// `http://…`, `https://…`, `ws://…` or `wss://…`, without a path.
        public var url: String
        /// The session's or bot's token.
        public var token: String
        /// One id per installation and window.
        public var device: String
        /// The program, such as `bot/1.0`.
        public var client = "clientkit/1.0"
        /// Where to keep the cursor; nil for memory only.
        public var cursorPath: String?
        /// Where to keep the outbox; nil for memory only.
        public var outboxPath: String?
        /// Where to go on; beats the file.
        public var cursor: Cursor?
        /// The waits between attempts.
        public var backoff = Backoff()
        /// For connecting, and for a connection to become live.
        public var connectTimeout = Duration.seconds(15)
        /// Whose certificates to believe.
        public var trust = ServerTrust.system
        /// Whether to come back by itself.
        public var reconnects = true

        /// For a server and a token.
        public init(url: String, token: String, device: String = Nonces.fresh()) {
            self.url = url
            self.token = token
            self.device = device
        }
    }

    struct Pending {
        let id: Int64
        let name: String
        let body: JSONObject
        let nonce: String?
        /// Whether it may be sent again on another connection.
        let isRepeatable: Bool
        var isSent = false
        let continuation: CheckedContinuation<ClientReply, any Error>
    }

    let options: Options
    let news: NewsQueue
    let stateContinuation: AsyncStream<ClientState>.Continuation
    private let cursorFile: CursorFile?

    /// Everything that comes, for one reader.
    public nonisolated let updates: AsyncStream<ClientNews>
    /// Every change of the state, for one reader.
    public nonisolated let states: AsyncStream<ClientState>
    /// Where it stands now.
    public internal(set) var state = ClientState.idle
    /// Who is signed in, once known.
    public internal(set) var person: WelcomePerson?
    /// Up to where everything came.
    public internal(set) var cursor: Cursor?

    var socket: WebSocketClient?
    var isWelcome = false
    var epoch: String?
    var isClosed = false
    var offsets = StreamOffsets()
    var backoff: Backoff
    var goodbye: Bye?
    var holeAt: Int64?
    var pending: [Int64: Pending] = [:]
    var lastID: Int64 = 0
    var inFlightLimit = 32
    var outbox: Outbox
    var runner: Task<Void, Never>?
    var outboxSender: Task<Void, Never>?
    private var handledCursor: Cursor?
    private var savedAt = ContinuousClock.now - .seconds(60)
    private let handledSignal: AsyncStream<ClientNews>
    private var handledTask: Task<Void, Never>?

    /// Makes a client that has not begun.
    public init(_ options: Options) {
        self.options = options
        backoff = options.backoff
        outbox = Outbox(path: options.outboxPath)
        let cursorFile = options.cursorPath.map(CursorFile.init)
        self.cursorFile = cursorFile
        cursor = options.cursor ?? cursorFile?.load()
        let (states, stateContinuation) = AsyncStream.makeStream(
            of: ClientState.self,
            bufferingPolicy: .bufferingNewest(64)
        )
        self.states = states
        self.stateContinuation = stateContinuation
        let (handled, handledContinuation) = AsyncStream.makeStream(of: ClientNews.self)
        handledSignal = handled
        let keepsCursor = options.cursorPath != nil
        let queue = NewsQueue { news in
            if keepsCursor { handledContinuation.yield(news) }
        }
        news = queue
        updates = AsyncStream { await queue.next() }
    }

    /// Signs in by e-mail address and password; the client for it, not begun.
    public static func signedIn(_ url: String, login: String, password: String) async throws -> CommunityClient {
        let session = try await HTTPSession.open(url, login: login, password: password)
        return CommunityClient(Options(url: url, token: session.token))
    }

    /// Connects, and stays connected until ``close()``.
    public func start() {
        guard runner == nil, !isClosed else { return }
        runner = Task { await run() }
        handledTask = Task { [handledSignal] in
            for await news in handledSignal { self.handled(news) }
        }
    }

    /// Ends the connection and both streams.
    ///
    /// What waits in the outbox's file waits for the next run.
    public func close() async {
        guard !isClosed else { return }
        isClosed = true
        socket?.close(code: 1000, reason: "")
        runner?.cancel()
        outboxSender?.cancel()
        handledTask?.cancel()
        failAll(ClientError.stopped("closed"))
        saveCursor()
        set(.stopped(reason: "closed", closeCode: nil))
        stateContinuation.finish()
        news.end()
    }

    func set(_ state: ClientState) {
        self.state = state
        stateContinuation.yield(state)
    }

    /// Waits until everything is there.
    ///
    /// Throws ``ClientError/stopped(_:)`` when the server does not let it in.
    public func waitUntilLive(timeout: Duration = .seconds(15)) async throws {
        let end = ContinuousClock.now + timeout
        while true {
            switch state {
            case .live: return
            case .stopped(let reason, _): throw ClientError.stopped(reason)
            default: break
            }
            guard ContinuousClock.now < end else { throw ClientError.timedOut }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    // MARK: The cursor on disk

    /// The reader has dealt with a piece of news: what came up to it need not come again.
    private func handled(_ news: ClientNews) {
        guard let epoch = cursor?.epoch else { return }
        switch news {
        case .update(let update): handledCursor = Cursor(epoch: epoch, seq: update.seq)
        case .live(let seq):
            handledCursor = Cursor(epoch: epoch, seq: seq)
            savedAt = ContinuousClock.now - .seconds(60)
        case .snapshot(let snapshot): handledCursor = snapshot["seq"]?.int.map { Cursor(epoch: epoch, seq: $0) }
        default: return
        }
        if ContinuousClock.now - savedAt >= .seconds(1) { saveCursor() }
    }

    private func saveCursor() {
        guard let cursorFile, let handledCursor else { return }
        savedAt = ContinuousClock.now
        cursorFile.save(handledCursor)
    }
}
