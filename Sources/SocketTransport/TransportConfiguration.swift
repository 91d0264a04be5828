import CLibWebSockets

/// Where a certificate and its private key are.
public struct TLSFiles: Sendable, Equatable {
    /// PEM, leaf first, then the chain.
    public var certificatePath: String
    /// PEM.
    public var privateKeyPath: String

    /// Names the two files.
    public init(certificatePath: String, privateKeyPath: String) {
        self.certificatePath = certificatePath
        self.privateKeyPath = privateKeyPath
    }

    /// Throws ``TransportError/certificateUnreadable(_:)`` when they cannot be read or do not belong together.
    public func check() throws(TransportError) {
        guard mtp_certificate_fits(certificatePath, privateKeyPath) == 1 else {
            throw .certificateUnreadable("\(certificatePath), \(privateKeyPath)")
        }
    }
}

/// What a ``SocketServer`` listens on, and its bounds.
public struct TransportConfiguration: Sendable {
    /// An IPv4 or IPv6 address, or `localhost`.
    public var host: String
    /// 0 lets the kernel pick; several loops then share the port it picked.
    public var port: Int
    /// How many ``ServiceLoop``s, each with its own thread.
    public var loops: Int
    /// With files, the port speaks TLS only; the local socket stays plain.
    public var tls: TLSFiles?
    /// A socket of mode 0600, served by loop 0.
    public var unixSocketPath: String?
    /// The subprotocols ``LoopHandler/upgrade(_:)`` may choose.
    ///
    /// libwebsockets must know them beforehand.
    public var subprotocols: [String]
    /// Every bound of form, time and memory.
    public var limits: TransportLimits

    /// Everything but the address has a default.
    public init(
        host: String = "127.0.0.1",
        port: Int = 0,
        loops: Int = 1,
        tls: TLSFiles? = nil,
        unixSocketPath: String? = nil,
        subprotocols: [String] = [],
        limits: TransportLimits = TransportLimits()
    ) {
        self.host = host
        self.port = port
        self.loops = max(1, loops)
        self.tls = tls
        self.unixSocketPath = unixSocketPath
        self.subprotocols = subprotocols
        self.limits = limits
    }
}
