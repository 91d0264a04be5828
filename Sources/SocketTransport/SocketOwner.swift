import CLibWebSockets

/// Which Swift object a libwebsockets socket belongs to: first an ``HTTPSession``, then perhaps a ``Connection``.
enum SocketOwner {
    /// +1, kept in the socket's opaque pointer until ``endLoan(of:)``.
    static func lend(_ owner: AnyObject, to wsi: OpaquePointer) {
        lws_set_opaque_user_data(wsi, Unmanaged.passRetained(owner).toOpaque())
    }

    /// The only release; the second call finds nothing.
    static func endLoan(of wsi: OpaquePointer) -> AnyObject? {
        guard let raw = lws_get_opaque_user_data(wsi) else { return nil }
        lws_set_opaque_user_data(wsi, nil)
        return Unmanaged<AnyObject>.fromOpaque(raw).takeRetainedValue()
    }

    @inline(__always)
    static func connection(of wsi: OpaquePointer) -> Connection? {
        guard let raw = lws_get_opaque_user_data(wsi) else { return nil }
        // Only sockets past ESTABLISHED get here, and those are lent a Connection.
        return unsafeDowncast(Unmanaged<AnyObject>.fromOpaque(raw).takeUnretainedValue(), to: Connection.self)
    }

    static func session(of wsi: OpaquePointer) -> HTTPSession? {
        guard let raw = lws_get_opaque_user_data(wsi) else { return nil }
        return Unmanaged<AnyObject>.fromOpaque(raw).takeUnretainedValue() as? HTTPSession
    }

    /// Whichever of the closing reasons comes first ends the loan; the later ones find nothing.
    static func ended(_ wsi: OpaquePointer) {
        switch endLoan(of: wsi) {
        case let connection as Connection:
            connection.server.forget(connection)
            connection.server.socketGone()
        case let session as HTTPSession:
            session.ended()
            session.server.socketGone()
        default:
            break
        }
    }
}
