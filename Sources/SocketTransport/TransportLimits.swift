import CLibWebSockets
import Glibc

/// Every bound of the transport, by name.
public struct TransportLimits: Sendable {
    /// A longer message from a client closes with ``oversizeCloseCode``.
    public var maxMessageBytes = 262_144
    /// A message in more frames closes with ``oversizeCloseCode``.
    public var maxFragments = 1024
    /// From a message's first byte to its last.
    public var messageCompletionSeconds: Double = 20
    /// The close code for messages over a limit.
    public var oversizeCloseCode = 1009
    /// The close code for a peer that takes nothing or answers no ping.
    public var slowCloseCode = 1001
    /// The text that a peer closed with ``slowCloseCode`` is sent before, if it can be written; none when empty.
    public var slowFarewell: [UInt8] = []
    /// Request line and headers together.
    public var maxHeaderBytes = 16 * 1024
    /// What one connection may have waiting; past it ``Connection/send(_:)`` answers `.full`.
    public var outboundBytes = 262_144
    /// Between two pings.
    public var pingSeconds: Double = 25
    /// From a ping to its pong.
    public var pongSeconds: Double = 10
    /// How long a connection may accept no byte while some wait.
    public var stalledWriteSeconds: Double = 30
    /// How long a close may take to flush and be answered.
    public var closeSeconds: Double = 5
    /// Connections of all loops together; 0 derives it from RLIMIT_NOFILE.
    public var maxConnections = 0
    /// Connections from one address.
    ///
    /// 0 sets no bound. A loopback address is never counted.
    public var maxConnectionsPerAddress = 0
    /// The kernel's queue of connections not yet accepted.
    public var listenBacklog: Int32 = 4096
    /// The most bytes given to one `send`.
    public var txPacketBytes = 65_536
    /// What one read of a WebSocket takes; costs this much memory for each connection.
    public var rxBufferBytes = 1024
    /// To send the headers, and (beyond a rate) the body, of a request.
    public var httpRequestSeconds: Double = 20
    /// A body may take ``httpRequestSeconds`` plus its length at this rate.
    public var minBodyBytesPerSecond = 16_384
    /// What is read and thrown away of a body whose request was refused, so that its sender reads the refusal.
    public var refusedBodyBytes = 16 << 20
    /// How long the handler may take to respond; then 503.
    public var httpResponseSeconds: Double = 60
    /// An idle HTTP connection is closed after this.
    public var keepAliveSeconds: Double = 30

    /// The defaults above.
    public init() {}

    /// Raises RLIMIT_NOFILE to its hard limit and tells how many connections that leaves.
    static func descriptorsForConnections() -> Int {
        var limits = rlimit()
        guard mtp_descriptor_limits(&limits) == 0 else { return 512 }
        if limits.rlim_cur < limits.rlim_max {
            // libwebsockets keeps tables as long as the limit: a million descriptors are enough for one process.
            limits.rlim_cur = min(limits.rlim_max, 1_048_576)
            _ = mtp_set_descriptor_limits(&limits)
            _ = mtp_descriptor_limits(&limits)
        }
        let open = Int(min(limits.rlim_cur, 1_048_576))
        return max(16, open - max(64, min(open / 10, 512)))
    }
}
