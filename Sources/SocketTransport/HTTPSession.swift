import CLibWebSockets
import Glibc

/// A socket that speaks HTTP, until it is upgraded or closed.
final class HTTPSession {
    unowned let server: ServerLoop
    let isLocalSocket: Bool
    let isTLS: Bool
    let countedAddress: CountedAddress?
    private var wsi: OpaquePointer?
    private(set) var exchange: HTTPExchange?
    private(set) var pendingUpgrade: RequestHead?
    private var outgoing: OutgoingResponse?
    private var upload: Upload?
    private var isDiscarding = false
    private var discarded = 0
    private var lingers = false
    private var requests = 0
    private var completions = 0
    /// The whole body came while it was held.
    private var heldWhole = false
    var slot = -1
    private var due: UInt32 = 0
    private var dueMeans = DueMeaning.none

    private enum DueMeaning { case none, body, response, stall, linger }
    /// Reading is paused while a body is held; what libwebsockets had read before is at most this.
    private static let heldBytes = 64 << 10

    init(server: ServerLoop, isLocalSocket: Bool, isTLS: Bool, countedAddress: CountedAddress?) {
        self.server = server
        self.isLocalSocket = isLocalSocket
        self.isTLS = isTLS
        self.countedAddress = countedAddress
    }

    private var remoteAddress: String {
        guard let wsi, !isLocalSocket else { return "" }
        return PeerAddress.of(lws_get_socket_fd(wsi))
    }

    private func parse(
        _ wsi: OpaquePointer,
        path: UnsafeRawBufferPointer? = nil
    ) -> Result<RequestHead, RequestParser.Refusal> {
        self.wsi = wsi
        let parser = RequestParser(wsi: wsi)
        if let path, parser.hidesNUL(after: path) { return .failure(RequestParser.Refusal(status: 400)) }
        return parser.parse(isLocalSocket: isLocalSocket, isTLS: isTLS) { remoteAddress }
    }

    // MARK: Upgrade

    /// 0 lets libwebsockets go on with the upgrade, -1 closes.
    func confirmUpgrade(_ wsi: OpaquePointer) -> Int32 {
        self.wsi = wsi
        server.loop.counters.requests.add(1)
        // The pointer that the callback brings may dangle (CVE-2025-11677): ask the header table.
        let wanted = (RequestParser(wsi: wsi).text(WSI_TOKEN_UPGRADE) ?? "").lowercased()
        // Anything unknown was already answered 403 by libwebsockets.
        guard wanted == "websocket" || wanted == "h2c" else { return -1 }
        guard wanted == "websocket" else { return refuseNow(status: 400, on: wsi) }
        switch parse(wsi) {
        case .failure(let refusal):
            return refuseNow(status: refusal.status, on: wsi)
        case .success(let head):
            if let refusal = UpgradeCheck.refusal(of: head) {
                let response = server.handler.enterErrorResponse(status: refusal.status, for: nil)
                return refuseNow(refusal.completing(response), on: wsi)
            }
            switch server.handler.enterUpgrade(head) {
            case .refuse(let status):
                return refuseNow(status: status, on: wsi)
            case .respond(let response):
                return refuseNow(response, on: wsi)
            case .accept(let subprotocol):
                guard subprotocol == server.subprotocolThatLibwebsocketsPicks(head.offeredSubprotocols) else {
                    return refuseNow(status: 400, on: wsi)
                }
                pendingUpgrade = head
                return 0
            }
        }
    }

    private func refuseNow(status: Int, on wsi: OpaquePointer) -> Int32 {
        refuseNow(server.handler.enterErrorResponse(status: status, for: nil), on: wsi)
    }

    private func refuseNow(_ response: HTTPResponse, on wsi: OpaquePointer) -> Int32 {
        let outgoing = OutgoingResponse(response, isHead: false, date: server.date, closes: true)
        _ = outgoing.step(to: wsi, counters: server.loop.counters, loop: server.loop) {}
        return -1
    }

    /// Something that is no HTTP of ours: an unknown method, CONNECT, or no request at all.
    func answerRaw(_ bytes: UnsafeRawBufferPointer, on wsi: OpaquePointer) -> Int32 {
        let method = bytes.prefix {
            ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x2D || $0 == 0x5F
        }
        let isMethod = !method.isEmpty && method.count < 32 && method.count < bytes.count && bytes[method.count] == 0x20
        return refuseNow(status: isMethod ? 405 : 400, on: wsi)
    }

    // MARK: Request

    /// The head is in; `path` is where libwebsockets keeps the path in its header table.
    ///
    /// 0 goes on, -1 closes.
    func beginRequest(_ wsi: OpaquePointer, path: UnsafeRawBufferPointer) -> Int32 {
        mtp_no_timeout(wsi)
        server.loop.counters.requests.add(1)
        requests += 1
        completions = 0
        heldWhole = false
        guard exchange == nil, outgoing == nil else { return -1 }
        switch parse(wsi, path: path) {
        case .failure(let refusal):
            isDiscarding = true
            write(server.handler.enterErrorResponse(status: refusal.status, for: nil), isHead: false, closes: true)
        case .success(let head):
            let exchange = HTTPExchange(head: head, session: self)
            self.exchange = exchange
            take(server.handler.enterBegin(exchange), for: exchange, from: wsi)
        }
        return 0
    }

    private func take(_ plan: BodyPlan, for exchange: HTTPExchange, from wsi: OpaquePointer) {
        exchange.plan = plan
        let length = exchange.head.contentLength
        guard !exchange.isAnswered else { return }
        switch plan {
        case .refuse(let response):
            return exchange.respond(response)
        case .none where length > 0:
            return answer(exchange, status: 400)
        case .collect(let limit) where length > limit, .file(_, let limit) where length > limit:
            return answer(exchange, status: 413)
        case .hold:
            pauseReading(true)
            return setDue(.response, after: server.limits.httpResponseSeconds)
        case .file(let path, _):
            upload = Upload(file: UploadFile(path: path), session: self, exchange: exchange)
        case .none, .collect:
            break
        }
        guard length > 0 else { return bodyIsIn() }
        if exchange.head.header("expect")?.lowercased() == "100-continue" {
            var line = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
            lws_write(wsi, &line, line.count, LWS_WRITE_HTTP)
        }
        let seconds =
            server.limits.httpRequestSeconds + Double(length) / Double(max(1, server.limits.minBodyBytesPerSecond))
        setDue(.body, after: seconds)
    }

    /// The owner has decided what becomes of a body that was held.
    func proceed(_ plan: BodyPlan, for exchange: HTTPExchange) {
        guard exchange === self.exchange, case .hold = exchange.plan, !exchange.isAnswered, let wsi else { return }
        let held = exchange.body
        exchange.body = []
        pauseReading(false)
        take(plan, for: exchange, from: wsi)
        guard !exchange.isAnswered else { return }
        held.withUnsafeBytes { keep($0, of: exchange) }
        if heldWhole { bodyIsIn() }
    }

    func receiveBody(_ piece: UnsafeRawBufferPointer) -> Int32 {
        server.loop.counters.bytesIn.add(piece.count)
        guard !isDiscarding, let exchange, !exchange.isComplete, !exchange.isAnswered else {
            discarded += piece.count
            return discarded > server.limits.refusedBodyBytes ? -1 : 0
        }
        if exchange.received == 0 && isMisreadHead(piece, of: exchange) {
            return wsi.map { refuseNow(status: 400, on: $0) } ?? -1
        }
        exchange.received += piece.count
        if case .hold = exchange.plan, exchange.received > Self.heldBytes { return -1 }
        keep(piece, of: exchange)
        return 0
    }

    private func keep(_ piece: UnsafeRawBufferPointer, of exchange: HTTPExchange) {
        guard !piece.isEmpty else { return }
        switch exchange.plan {
        case .collect, .hold: exchange.body.append(contentsOf: piece)
        case .file: upload?.take(Array(piece))
        case .none, .refuse: break
        }
    }

    /// libwebsockets 4.1.6 reads the body of a *pipelined* request from where its head began.
    ///
    ///
    ///
    /// The connection is out of
    /// step then, so it is refused; the price is a later body that really begins with its own request line.
    private func isMisreadHead(_ piece: UnsafeRawBufferPointer, of exchange: HTTPExchange) -> Bool {
        guard requests > 1 else { return false }
        let start = piece.drop { $0 == 0x0D || $0 == 0x0A }.prefix(exchange.head.method.utf8.count + 2)
        return "\(exchange.head.method) /".lowercased().utf8.starts(
            with: start.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        )
    }

    /// libwebsockets has read as many bytes as the length said; with pipelined requests it says so more than once.
    func bodyComplete() -> Int32 {
        if lingers { return -1 }
        // For a body that it misread, libwebsockets would go on saying so for ever.
        completions += 1
        if completions > 100 { return -1 }
        guard let exchange, !exchange.isComplete, !exchange.isAnswered else { return 0 }
        if case .hold = exchange.plan {
            heldWhole = true
            return 0
        }
        bodyIsIn()
        return 0
    }

    private func bodyIsIn() {
        guard let exchange, !exchange.isComplete else { return }
        exchange.isComplete = true
        // What comes now belongs to the next request: leave it in the socket until this one is answered.
        pauseReading(true)
        if let upload {
            setDue(.response, after: server.limits.httpResponseSeconds)
            return upload.finish()
        }
        handOver(exchange)
    }

    private func handOver(_ exchange: HTTPExchange) {
        setDue(.response, after: server.limits.httpResponseSeconds)
        server.handler.enterComplete(exchange)
    }

    /// The uploaded file is on disk, or could not be written.
    func uploadEnded(_ exchange: HTTPExchange, byteCount: Int?) {
        upload = nil
        guard exchange === self.exchange, !exchange.isAnswered else { return }
        guard let byteCount else { return answer(exchange, status: 503) }
        exchange.fileByteCount = byteCount
        handOver(exchange)
    }

    func answer(_ exchange: HTTPExchange, status: Int) {
        exchange.respond(server.handler.enterErrorResponse(status: status, for: exchange))
    }

    func pauseReading(_ paused: Bool) {
        guard let wsi else { return }
        lws_rx_flow_control(wsi, paused ? 0 : 1)
    }

    // MARK: Response

    func send(_ response: HTTPResponse, for exchange: HTTPExchange) {
        guard exchange === self.exchange, wsi != nil, outgoing == nil else { return }
        // Answered before the body came: read on for a while, then close, or the peer would lose the answer.
        let isEarly = !exchange.isComplete && exchange.head.contentLength > 0
        if isEarly { isDiscarding = true }
        if !exchange.isComplete || upload != nil {
            upload?.discard()
            upload = nil
        }
        write(
            response,
            isHead: exchange.head.method == "HEAD",
            closes: response.closes || isEarly || exchange.head.wantsClose
        )
    }

    private func write(_ response: HTTPResponse, isHead: Bool, closes: Bool) {
        guard let wsi else { return }
        outgoing = OutgoingResponse(response, isHead: isHead, date: server.date, closes: closes)
        setDue(.stall, after: server.limits.stalledWriteSeconds)
        lws_rx_flow_control(wsi, 1)
        lws_callback_on_writable(wsi)
    }

    /// 0 goes on, -1 closes.
    func becameWritable(_ wsi: OpaquePointer) -> Int32 {
        guard let outgoing else { return 0 }
        let wake: @Sendable () -> Void = { [carried = LoopBound(Weak(self))] in
            guard let session = carried.value.object, let wsi = session.wsi else { return }
            lws_callback_on_writable(wsi)
        }
        switch outgoing.step(to: wsi, counters: server.loop.counters, loop: server.loop, wake: wake) {
        case .failed:
            return -1
        case .blocked:
            setDue(.stall, after: server.limits.stalledWriteSeconds)
            lws_callback_on_writable(wsi)
            return 0
        case .waitsForFile:
            setDue(.stall, after: server.limits.stalledWriteSeconds)
            return 0
        case .wroteAll:
            return finishResponse(outgoing, on: wsi)
        }
    }

    private func finishResponse(_ outgoing: OutgoingResponse, on wsi: OpaquePointer) -> Int32 {
        let exchange = exchange
        self.outgoing = nil
        self.exchange = nil
        exchange?.context = nil
        clearDue()
        guard outgoing.closes else { return lws_http_transaction_completed(wsi) != 0 ? -1 : 0 }
        guard let exchange, exchange.received < exchange.head.contentLength, !isTLS else { return -1 }
        lingers = true
        _ = mtp_shutdown_sending(lws_get_socket_fd(wsi))
        setDue(.linger, after: 2)
        return 0
    }

    // MARK: Ends

    /// The socket is gone, or speaks WebSocket now.
    func ended() {
        clearDue()
        wsi = nil
        upload?.discard()
        upload = nil
        outgoing = nil
        if let exchange {
            self.exchange = nil
            exchange.session = nil
            server.handler.enterAborted(exchange)
            exchange.context = nil
        }
    }

    private func setDue(_ meaning: DueMeaning, after seconds: Double) {
        dueMeans = meaning
        due = server.after(seconds)
        server.sessions.set(due, for: self)
    }

    private func clearDue() {
        due = 0
        dueMeans = .none
        server.sessions.remove(self)
    }

    func deadlinePassed() {
        guard let wsi else { return }
        let meaning = dueMeans
        clearDue()
        switch meaning {
        case .none:
            return
        case .body:
            if let exchange, !exchange.isAnswered { answer(exchange, status: 408) }
        case .response:
            if let exchange, !exchange.isAnswered { answer(exchange, status: 503) }
        case .stall, .linger:
            server.abandon(wsi)
        }
    }

    /// A peer that sends more requests while it does not take the answer would keep libwebsockets turning.
    func cutIfFlooding() {
        guard let wsi, outgoing != nil, lws_partial_buffered(wsi) != 0 else { return }
        if mtp_unread_bytes(lws_get_socket_fd(wsi)) > 0 { server.abandon(wsi) }
    }
}

/// A weak reference in a value.
struct Weak<Object: AnyObject> {
    weak var object: Object?
    init(_ object: Object) { self.object = object }
}
