import CLibWebSockets
import Glibc
import Synchronization

typealias SocketCallback =
    @convention(c) (
        OpaquePointer?, lws_callback_reasons, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, Int
    ) -> Int32

/// Makes the libwebsockets context of a loop, with everything switched off that traps.md names.
struct LoopContext {
    /// The one vhost for plain sockets, and the one for TLS.
    var plain: OpaquePointer?
    var secure: OpaquePointer?

    // OpenSSL's and libwebsockets' global tables are filled by the first contexts: one at a time.
    private static let making = Mutex(())

    /// C strings and the protocol table that must outlive the context.
    ///
    /// Never freed: a few dozen bytes for each loop.
    private static func protocolTable(
        _ names: [String],
        callback: @escaping SocketCallback,
        limits: TransportLimits
    ) -> UnsafeMutablePointer<lws_protocols> {
        let table = UnsafeMutablePointer<lws_protocols>.allocate(capacity: names.count + 1)
        for (place, name) in names.enumerated() {
            var entry = lws_protocols()
            entry.name = UnsafePointer(strdup(name))
            entry.callback = callback
            entry.per_session_data_size = 0
            entry.rx_buffer_size = limits.rxBufferBytes
            entry.tx_packet_size = limits.txPacketBytes
            (table + place).initialize(to: entry)
        }
        (table + names.count).initialize(to: lws_protocols())
        return table
    }

    static func makeContext(
        for loop: ServiceLoop,
        limits: TransportLimits,
        usesTLS: Bool
    ) throws(TransportError) -> OpaquePointer {
        lws_set_log_level(0, nil)
        var info = lws_context_creation_info()
        info.port = mtp_port_no_listen_server()
        info.options =
            mtp_option_libuv() | mtp_option_validate_utf8() | mtp_option_explicit_vhosts()
            | mtp_option_skip_canonical_name()
        // Each initialisation moves a global index under the handshakes of other contexts: only who needs it.
        if usesTLS { info.options |= mtp_option_ssl_global_init() }
        // The context outlives the loop's thread, so it keeps the loop alive.
        info.user = Unmanaged.passRetained(loop).toOpaque()
        info.gid = -1
        info.uid = -1
        info.max_http_header_data = UInt16(clamping: limits.maxHeaderBytes)
        info.max_http_header_data2 = UInt32(clamping: limits.maxHeaderBytes)
        info.timeout_secs = UInt32(limits.httpRequestSeconds.rounded(.up))
        info.pt_serv_buf_size = 32_768
        info.count_threads = 1
        var foreign: UnsafeMutableRawPointer? = UnsafeMutableRawPointer(loop.uv)
        let made = making.withLock { _ in
            // A loop of our own: libwebsockets then installs no signal handlers.
            withUnsafeMutablePointer(to: &foreign) { foreign -> UInt in
                info.foreign_loops = foreign
                return UInt(bitPattern: lws_create_context(&info))
            }
        }
        guard let context = OpaquePointer(bitPattern: made) else {
            throw .contextRefused("a context on libuv (is libwebsockets-evlib-uv installed?)")
        }
        return context
    }

    static func makeServerVhost(
        in context: OpaquePointer,
        tls: TLSFiles?,
        subprotocols: [String],
        limits: TransportLimits
    ) throws(TransportError) -> OpaquePointer {
        var info = lws_context_creation_info()
        info.port = mtp_port_no_listen_server()
        // An unknown method or a broken request line comes to us as raw bytes, so that it can be answered.
        info.options = mtp_option_fallback_to_raw()
        if tls != nil { info.options |= mtp_option_ssl_global_init() }
        info.protocols = UnsafePointer(
            protocolTable(["http"] + subprotocols, callback: serverCallback, limits: limits)
        )
        info.extensions = nil
        info.alpn = UnsafePointer(strdup("http/1.1"))
        info.vhost_name = UnsafePointer(strdup(tls == nil ? "plain" : "secure"))
        info.keepalive_timeout = Int32(limits.keepAliveSeconds.rounded(.up))
        info.timeout_secs_ah_idle = UInt32(limits.httpRequestSeconds.rounded(.up))
        info.max_http_header_data = UInt16(clamping: limits.maxHeaderBytes)
        if let tls {
            guard access(tls.certificatePath, R_OK) == 0 else { throw .certificateUnreadable(tls.certificatePath) }
            guard access(tls.privateKeyPath, R_OK) == 0 else { throw .certificateUnreadable(tls.privateKeyPath) }
            info.ssl_cert_filepath = UnsafePointer(strdup(tls.certificatePath))
            info.ssl_private_key_filepath = UnsafePointer(strdup(tls.privateKeyPath))
        }
        let made = making.withLock { _ in UInt(bitPattern: lws_create_vhost(context, &info)) }
        guard let vhost = OpaquePointer(bitPattern: made) else {
            if let tls { throw .certificateUnreadable(tls.certificatePath) }
            throw .contextRefused("a virtual host")
        }
        return vhost
    }

    static func makeClientVhost(
        in context: OpaquePointer,
        certificateFile: String?
    ) throws(TransportError) -> OpaquePointer {
        var info = lws_context_creation_info()
        info.port = mtp_port_no_listen()
        info.options = mtp_option_ssl_global_init()
        var limits = TransportLimits()
        limits.rxBufferBytes = 16_384
        info.protocols = UnsafePointer(protocolTable(["client"], callback: clientCallback, limits: limits))
        info.alpn = UnsafePointer(strdup("http/1.1"))
        info.vhost_name = UnsafePointer(strdup(certificateFile ?? "client"))
        if let certificateFile {
            guard access(certificateFile, R_OK) == 0 else { throw .certificateUnreadable(certificateFile) }
            info.client_ssl_ca_filepath = UnsafePointer(strdup(certificateFile))
        }
        let made = making.withLock { _ in UInt(bitPattern: lws_create_vhost(context, &info)) }
        guard let vhost = OpaquePointer(bitPattern: made) else { throw .contextRefused("a client's virtual host") }
        return vhost
    }
}
