import CLibWebSockets
import Synchronization

/// One client's WebSocket, between its users' threads and the client loop.
final class ClientLink: ClientPeer, @unchecked Sendable {
    // Sendable: `shared` and `inbox` are locked; everything else is touched on the client loop's thread only.
    private struct Shared {
        var outbox: [[UInt8]] = []
        var bytes = 0
        var flushAsked = false
        var isOpen = true
        var wantsClose: (code: Int, reason: String)?
        var closed: (code: Int, reason: String)?
    }
    private let shared = Mutex(Shared())
    private let inbox: ClientInbox
    private let client: ClientLoop
    private let options: ClientOptions
    var number: UInt = 0
    var wsi: OpaquePointer?
    private var opening: CheckedContinuation<Result<Void, TransportError>, Never>?
    private var timer: LoopTimer?
    private var message: [UInt8] = []
    private var isEstablished = false

    private static let outboxLimit = 16 << 20

    init(client: ClientLoop, options: ClientOptions) {
        self.client = client
        self.options = options
        inbox = ClientInbox(highWater: options.unreadBytes)
    }

    var requestHeaders: [(String, String)] { options.headers }

    // MARK: From any thread

    func send(_ text: [UInt8]) -> Bool {
        let ask = shared.withLock { shared -> Bool? in
            guard shared.isOpen, shared.wantsClose == nil, shared.bytes + text.count <= Self.outboxLimit else {
                return nil
            }
            shared.outbox.append(text)
            shared.bytes += text.count
            defer { shared.flushAsked = true }
            return !shared.flushAsked
        }
        guard let ask else { return false }
        if ask { client.loop.execute { self.flush() } }
        return true
    }

    func close(code: Int, reason: String) {
        let ask = shared.withLock { shared in
            guard shared.isOpen, shared.wantsClose == nil else { return false }
            shared.wantsClose = (code, reason)
            return true
        }
        if ask { client.loop.execute { self.beginClose() } }
    }

    func nextMessage() async -> [UInt8]? {
        await inbox.next {
            client.loop.execute {
                if let wsi = self.wsi { lws_rx_flow_control(wsi, 1) }
            }
        }
    }

    var closeWords: (code: Int, reason: String)? { shared.withLock { $0.closed } }
    var unsentBytes: Int { shared.withLock { $0.bytes } }

    // MARK: On the loop

    func connect(to url: ClientURL, _ continuation: CheckedContinuation<Result<Void, TransportError>, Never>) {
        opening = continuation
        let parts = options.timeout.components
        let milliseconds = Int(parts.seconds) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000)
        timer = client.loop.schedule(afterMilliseconds: milliseconds) { [self] in
            settle(.failure(.timedOut))
            kill()
        }
        do throws(TransportError) {
            try client.connect(
                self,
                to: url,
                trust: options.trust,
                method: nil,
                subprotocol: options.subprotocol,
                origin: options.origin
            )
        } catch {
            settle(.failure(error))
            ended()
        }
    }

    private func settle(_ result: Result<Void, TransportError>) {
        timer?.cancel()
        timer = nil
        opening?.resume(returning: result)
        opening = nil
    }

    private func kill() {
        guard let wsi else { return }
        mtp_kill_soon(wsi)
        if let context = client.loop.context { lws_cancel_service(context) }
    }

    func failed(_ reason: String, status: Int) {
        settle(.failure(status > 0 && status != 101 ? .upgradeRefused(status: status) : .unreachable(reason)))
        ended()
    }

    func handle(_ reason: lws_callback_reasons, _ wsi: OpaquePointer, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        switch reason {
        case LWS_CALLBACK_CLIENT_ESTABLISHED:
            self.wsi = wsi
            isEstablished = true
            settle(.success(()))
            lws_callback_on_writable(wsi)
            return 0
        case LWS_CALLBACK_CLIENT_RECEIVE:
            message.append(contentsOf: bytes)
            if lws_is_final_fragment(wsi) != 0 {
                let whole = message
                message = []
                if inbox.append(whole) { lws_rx_flow_control(wsi, 0) }
            }
            return 0
        case LWS_CALLBACK_CLIENT_WRITEABLE:
            return write(to: wsi, mayClose: true)
        case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
            let code = bytes.count >= 2 ? Int(bytes[0]) << 8 | Int(bytes[1]) : 1005
            let isAnswer = shared.withLock { $0.closed != nil }
            noteClose(code, String(decoding: bytes.dropFirst(2), as: UTF8.self))
            return isAnswer ? -1 : 0
        default:
            return 0
        }
    }

    private func noteClose(_ code: Int, _ reason: String) {
        shared.withLock { shared in
            if shared.closed == nil { shared.closed = (code, reason) }
            shared.isOpen = false
        }
    }

    private func flush() {
        if let wsi, isEstablished, write(to: wsi, mayClose: false) < 0 { kill() }
    }

    private func beginClose() {
        guard let wsi, isEstablished else { return }
        lws_rx_flow_control(wsi, 1)
        lws_callback_on_writable(wsi)
        timer = client.loop.schedule(afterMilliseconds: 5000) { [weak self] in self?.kill() }
    }

    /// The close frame can be said from within libwebsockets' writeable callback only.
    private func write(to wsi: OpaquePointer, mayClose: Bool) -> Int32 {
        shared.withLock { $0.flushAsked = false }
        while true {
            if lws_partial_buffered(wsi) != 0 {
                lws_callback_on_writable(wsi)
                return 0
            }
            let batch = shared.withLock { shared -> [[UInt8]] in
                defer {
                    shared.outbox = []
                    shared.bytes = 0
                }
                return shared.outbox
            }
            guard !batch.isEmpty else { return mayClose ? sayCloseIfWanted(on: wsi) : 0 }
            for (place, text) in batch.enumerated() {
                if lws_partial_buffered(wsi) != 0 {
                    putBack(batch[place...])
                    break
                }
                guard writeText(text, to: wsi) else { return -1 }
            }
        }
    }

    private func putBack(_ texts: ArraySlice<[UInt8]>) {
        shared.withLock { shared in
            shared.outbox.insert(contentsOf: texts, at: 0)
            shared.bytes += texts.reduce(0) { $0 + $1.count }
        }
    }

    // A client's frames are masked in place, so each write has its own copy, with room for the header before it.
    private func writeText(_ text: [UInt8], to wsi: OpaquePointer) -> Bool {
        let room = mtp_lws_pre()
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room + text.count + 16) { buffer in
            guard let base = buffer.baseAddress else { return false }
            (base + room).update(from: text, count: text.count)
            return lws_write(wsi, base + room, text.count, LWS_WRITE_TEXT) >= 0
        }
    }

    private func sayCloseIfWanted(on wsi: OpaquePointer) -> Int32 {
        guard let words = shared.withLock({ $0.closed == nil ? $0.wantsClose : nil }) else { return 0 }
        noteClose(words.code, words.reason)
        // Not by `lws_close_reason` and -1: see Connection.sayClose. Raw bytes, hence masked here.
        let code = UInt16(clamping: words.code)
        let payload = [UInt8(code >> 8), UInt8(code & 0xFF)] + words.reason.utf8.prefix(123)
        let mask = (0..<4).map { _ in UInt8.random(in: 0...255) }
        var frame = [0x88, 0x80 | UInt8(payload.count)] + mask
        frame += payload.enumerated().map { $1 ^ mask[$0 & 3] }
        return lws_write(wsi, &frame, frame.count, LWS_WRITE_HTTP) >= 0 ? 0 : -1
    }

    func ended() {
        timer?.cancel()
        timer = nil
        wsi = nil
        settle(.failure(.connectionLost))
        noteClose(1006, "")
        if !message.isEmpty { message = [] }
        inbox.end()
        client.forget(self)
    }
}
