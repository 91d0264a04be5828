import CLibWebSockets
import Glibc

/// Accepts on one descriptor and hands the sockets to libwebsockets.
///
/// libwebsockets' own listener spins when descriptors run out; this one pauses.
final class Listener {
    private let socket: ListeningSocket
    private unowned let server: ServerLoop
    private let vhost: OpaquePointer
    private let isLocal: Bool
    private let isTLS: Bool
    private var poll: UnsafeMutablePointer<uv_poll_t>?
    private var pause: LoopTimer?

    init(_ socket: ListeningSocket, server: ServerLoop, vhost: OpaquePointer, isLocal: Bool, isTLS: Bool) {
        self.socket = socket
        self.server = server
        self.vhost = vhost
        self.isLocal = isLocal
        self.isTLS = isTLS
        let poll = UnsafeMutablePointer<uv_poll_t>.allocate(capacity: 1)
        self.poll = poll
        uv_poll_init(server.loop.uv, poll, socket.descriptor)
        lendToC(poll)
        begin()
    }

    private func begin() {
        guard let poll else { return }
        uv_poll_start(poll, Int32(UV_READABLE.rawValue)) { poll, _, _ in Listener.owner(of: poll)?.acceptAll() }
    }

    /// Idempotent.
    func stop() {
        guard let poll else { return }
        self.poll = nil
        pause?.cancel()
        pause = nil
        uv_poll_stop(poll)
        endLoan(poll)
        socket.close()
    }

    // At most 64 in one turn, so that a storm does not starve those who are in.
    private func acceptAll() {
        for _ in 0..<64 {
            guard poll != nil else { return }
            let descriptor = mtp_accept(socket.descriptor)
            if descriptor >= 0 {
                admit(descriptor)
            } else if errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM {
                return waitForDescriptors()
            } else if errno != EINTR && errno != ECONNABORTED {
                return
            }
        }
    }

    private func waitForDescriptors() {
        guard let poll, pause == nil else { return }
        uv_poll_stop(poll)
        pause = server.loop.schedule(afterMilliseconds: 100) { [unowned self] in
            pause = nil
            begin()
        }
    }

    private func admit(_ descriptor: Int32) {
        guard server.bounds.admit() else { return refuse(descriptor) }
        var counted: CountedAddress?
        if server.bounds.countsAddresses && !isLocal {
            let address = PeerAddress.of(descriptor)
            if !PeerAddress.isLoopback(address) {
                counted = server.bounds.count(address)
                if counted == nil {
                    server.bounds.release()
                    return refuse(descriptor)
                }
            }
        }
        if !isLocal {
            var yes: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
        server.loop.counters.accepted.add(1)
        server.loop.counters.socketsOpen.add(1)
        let session = HTTPSession(server: server, isLocalSocket: isLocal, isTLS: isTLS, countedAddress: counted)
        guard let wsi = lws_adopt_socket_vhost(vhost, descriptor) else {
            // libwebsockets has closed the descriptor.
            return server.socketGone()
        }
        SocketOwner.lend(session, to: wsi)
    }

    private func refuse(_ descriptor: Int32) {
        server.loop.counters.refused.add(1)
        close(descriptor)
    }

    // +1 while libuv may call back; given back once, when the handle starts to close.
    private func lendToC(_ poll: UnsafeMutablePointer<uv_poll_t>) {
        poll.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    private func endLoan(_ poll: UnsafeMutablePointer<uv_poll_t>) {
        if let data = poll.pointee.data { Unmanaged<Listener>.fromOpaque(data).release() }
        poll.pointee.data = nil
        uv_close(mtp_poll_handle(poll)) { handle in
            guard let handle else { return }
            UnsafeMutableRawPointer(handle).deallocate()
        }
    }

    private static func owner(of poll: UnsafeMutablePointer<uv_poll_t>?) -> Listener? {
        guard let data = poll?.pointee.data else { return nil }
        return Unmanaged<Listener>.fromOpaque(data).takeUnretainedValue()
    }
}
