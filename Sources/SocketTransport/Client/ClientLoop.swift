import CLibWebSockets
import Glibc
import Synchronization

/// The one service thread of all clients of the process.
///
/// It begins with the first and stays.
final class ClientLoop: @unchecked Sendable {
    // Sendable: `peers`, `vhosts` and `nextNumber` are touched on the loop's thread only.
    let loop = ServiceLoop(index: 0xFFFF)
    private var peers: [UInt: any ClientPeer] = [:]
    private var vhosts: [String: OpaquePointer] = [:]
    private var nextNumber: UInt = 0

    private static let started = Mutex<Result<ClientLoop, TransportError>?>(nil)

    /// The running loop.
    static func shared() throws(TransportError) -> ClientLoop {
        try started.withLock { started in
            if let started { return started }
            let made = start()
            started = made
            return made
        }.get()
    }

    private static func start() -> Result<ClientLoop, TransportError> {
        let client = ClientLoop()
        let (ready, failure) = (Gate(), Box<TransportError?>(nil))
        _ = LoopThread("metropoli-client") {
            do throws(TransportError) {
                try client.loop.begin(TransportLimits(), usesTLS: true) { loop, context throws(TransportError) in
                    loop.client = client
                    client.vhosts[""] = try LoopContext.makeClientVhost(in: context, certificateFile: nil)
                }
            } catch {
                failure.value.withLock { $0 = error }
                ready.open()
                return
            }
            ready.open()
            client.loop.run()
        }
        ready.wait()
        if let error = failure.value.withLock({ $0 }) { return .failure(error) }
        return .success(client)
    }

    func peer(of wsi: OpaquePointer) -> (any ClientPeer)? {
        peers[UInt(bitPattern: lws_get_opaque_user_data(wsi))]
    }

    func forget(_ peer: some ClientPeer) { peers[peer.number] = nil }

    private func vhost(for trust: ServerTrust) throws(TransportError) -> OpaquePointer? {
        guard case .file(let path) = trust else { return vhosts[""] }
        if let vhost = vhosts[path] { return vhost }
        guard let context = loop.context else { return nil }
        let vhost = try LoopContext.makeClientVhost(in: context, certificateFile: path)
        vhosts[path] = vhost
        return vhost
    }

    /// Begins to connect.
    ///
    /// What becomes of it comes to the peer by callbacks. Loop thread only.
    func connect(
        _ peer: some ClientPeer,
        to url: ClientURL,
        trust: ServerTrust,
        method: String?,
        subprotocol: String?,
        origin: String?
    )
        throws(TransportError)
    {
        nextNumber += 1
        peer.number = nextNumber
        peers[nextNumber] = peer
        var info = lws_client_connect_info()
        var copies: [UnsafeMutablePointer<CChar>?] = []
        defer { for copy in copies { free(copy) } }
        func copy(_ text: String?) -> UnsafePointer<CChar>? {
            guard let text else { return nil }
            let made = strdup(text)
            copies.append(made)
            return made.map { UnsafePointer($0) }
        }
        info.context = loop.context
        info.vhost = try vhost(for: trust)
        info.address = copy(url.host)
        info.port = Int32(url.port)
        info.path = copy(url.path)
        info.host = copy(url.authority)
        info.origin = copy(origin)
        info.protocol = copy(subprotocol)
        info.local_protocol_name = copy("client")
        info.method = copy(method)
        info.ietf_version_or_minus_one = -1
        info.alpn = copy("http/1.1")
        info.opaque_user_data = UnsafeMutableRawPointer(bitPattern: nextNumber)
        var flags = Int32(LCCSCF_HTTP_NO_FOLLOW_REDIRECT.rawValue)
        if url.isSecure {
            flags |= Int32(LCCSCF_USE_SSL.rawValue)
            if trust == .anyCertificate {
                flags |= Int32(
                    LCCSCF_ALLOW_SELFSIGNED.rawValue | LCCSCF_SKIP_SERVER_CERT_HOSTNAME_CHECK.rawValue
                        | LCCSCF_ALLOW_INSECURE.rawValue | LCCSCF_ALLOW_EXPIRED.rawValue
                )
            }
        }
        info.ssl_connection = flags
        if let wsi = lws_client_connect_via_info(&info) {
            if peers[peer.number] != nil { peer.wsi = wsi }
        } else {
            peer.failed("the connection could not be begun", status: 0)
        }
    }
}

/// One socket of a client, on the client loop's thread.
protocol ClientPeer: AnyObject {
    var number: UInt { get set }
    var wsi: OpaquePointer? { get set }
    var requestHeaders: [(String, String)] { get }

    /// Never connected, or the handshake was refused.
    func failed(_ reason: String, status: Int)
    /// A reason of libwebsockets; -1 closes.
    func handle(_ reason: lws_callback_reasons, _ wsi: OpaquePointer, _ bytes: UnsafeRawBufferPointer) -> Int32
    /// The socket is gone.
    func ended()
}

/// What libwebsockets calls for every socket of a client: a thunk.
func clientCallback(
    wsi: OpaquePointer?,
    reason: lws_callback_reasons,
    user: UnsafeMutableRawPointer?,
    input: UnsafeMutableRawPointer?,
    count: Int
) -> Int32 {
    guard let wsi, let raw = lws_context_user(lws_get_context(wsi)) else { return 0 }
    let loop = Unmanaged<ServiceLoop>.fromOpaque(raw).takeUnretainedValue()
    if reason == LWS_CALLBACK_EVENT_WAIT_CANCELLED {
        loop.runMailbox()
        return 0
    }
    guard let client = loop.client, let peer = client.peer(of: wsi) else { return 0 }
    switch reason {
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        let status = Int(lws_http_client_http_response(wsi))
        peer.failed(
            String(decoding: UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : count), as: UTF8.self),
            status: status
        )
        return 0
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
        return append(peer.requestHeaders, at: input, room: count)
            ? peer.handle(reason, wsi, UnsafeRawBufferPointer(start: nil, count: 0)) : -1
    case LWS_CALLBACK_CLIENT_CLOSED, LWS_CALLBACK_CLOSED_CLIENT_HTTP, LWS_CALLBACK_WSI_DESTROY:
        peer.wsi = nil
        peer.ended()
        client.forget(peer)
        return 0
    default:
        return peer.handle(reason, wsi, UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : count))
    }
}

private func append(_ headers: [(String, String)], at input: UnsafeMutableRawPointer?, room: Int) -> Bool {
    guard let position = input?.assumingMemoryBound(to: UnsafeMutablePointer<UInt8>.self) else { return true }
    var room = room
    for (name, value) in headers where HTTPStatus.isSafe(name) && HTTPStatus.isSafe(value) {
        let line = Array("\(name): \(value)\r\n".utf8)
        room -= line.count
        guard room > 64 else { return false }
        position.pointee.update(from: line, count: line.count)
        position.pointee += line.count
    }
    return true
}
