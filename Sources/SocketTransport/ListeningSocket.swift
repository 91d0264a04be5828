import CLibWebSockets
import Glibc
import Synchronization

/// A bound, listening descriptor.
final class ListeningSocket: Sendable {
    let descriptor: Int32
    let port: Int
    private let localPath: String?
    private let isClosed = Atomic<Bool>(false)

    private init(descriptor: Int32, port: Int, localPath: String? = nil) {
        self.descriptor = descriptor
        self.port = port
        self.localPath = localPath
    }

    deinit { close() }

    /// Idempotent.
    func close() {
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        Glibc.close(descriptor)
        if let localPath { unlink(localPath) }
    }

    /// One socket for each loop.
    ///
    /// They share the port; that nobody else listens there is tried first.
    static func make(host: String, port: Int, count: Int, backlog: Int32) throws(TransportError) -> [ListeningSocket] {
        if count > 1 && port != 0 { _ = try one(host: host, port: port, shared: false, backlog: nil) }
        var sockets = [try one(host: host, port: port, shared: count > 1, backlog: backlog)]
        while sockets.count < count {
            sockets.append(try one(host: host, port: sockets[0].port, shared: true, backlog: backlog))
        }
        return sockets
    }

    private static func one(
        host: String,
        port: Int,
        shared: Bool,
        backlog: Int32?
    ) throws(TransportError) -> ListeningSocket {
        let name = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        guard (0...65_535).contains(port), var address = resolve(host, port: UInt16(port)) else {
            throw .addressUnusable(name)
        }
        let descriptor = mtp_stream_socket(Int32(address.ss_family), mtp_nonblocking())
        guard descriptor >= 0 else { throw .addressUnusable(name) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        if shared { setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &yes, socklen_t(MemoryLayout<Int32>.size)) }
        var size = socklen_t(
            address.ss_family == sa_family_t(AF_INET) ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        )
        var failed = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        if failed == 0, let backlog { failed = Glibc.listen(descriptor, backlog) }
        guard failed == 0 else {
            let reason = errno
            Glibc.close(descriptor)
            if reason == EADDRINUSE { throw .addressInUse(name) }
            throw .addressUnusable(name)
        }
        size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        let picked = withUnsafeBytes(of: &address) { Int($0[2]) << 8 | Int($0[3]) }
        return ListeningSocket(descriptor: descriptor, port: picked)
    }

    /// A socket file of mode 0600.
    ///
    ///
    ///
    /// A dead one that lies there is replaced, a live one is an error.
    static func makeLocal(path: String, backlog: Int32) throws(TransportError) -> ListeningSocket {
        guard var address = localAddress(path) else { throw .localSocketUnusable(path) }
        let descriptor = mtp_stream_socket(AF_UNIX, mtp_nonblocking())
        guard descriptor >= 0 else { throw .localSocketUnusable(path) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        func attempt(_ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ descriptor: Int32) -> Int32 {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call(descriptor, $0, size) }
            }
        }
        let probe = mtp_stream_socket(AF_UNIX, 0)
        let isAlive = attempt(connect, probe) == 0
        Glibc.close(probe)
        if isAlive {
            Glibc.close(descriptor)
            throw .addressInUse(path)
        }
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
        // The mode is set before anyone may connect: between bind and listen, connect is refused.
        guard attempt(bind, descriptor) == 0 else {
            Glibc.close(descriptor)
            throw .localSocketUnusable(path)
        }
        guard chmod(path, 0o600) == 0, Glibc.listen(descriptor, backlog) == 0 else {
            Glibc.close(descriptor)
            unlink(path)
            throw .localSocketUnusable(path)
        }
        return ListeningSocket(descriptor: descriptor, port: 0, localPath: path)
    }

    static func localAddress(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }

    private static func resolve(_ host: String, port: UInt16) -> sockaddr_storage? {
        var hints = addrinfo()
        hints.ai_socktype = mtp_stream()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host == "localhost" ? "127.0.0.1" : host, String(port), &hints, &found) == 0, let found else {
            return nil
        }
        defer { freeaddrinfo(found) }
        guard let address = found.pointee.ai_addr else { return nil }
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { target in
            target.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(found.pointee.ai_addrlen)))
        }
        return storage
    }
}
