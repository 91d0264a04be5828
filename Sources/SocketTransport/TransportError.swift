/// Why a server could not start, or a client could not connect.
public enum TransportError: Error, Sendable, Equatable {
    /// Another process listens there.
    case addressInUse(String)
    /// The address is not one of this machine, or its form is wrong.
    case addressUnusable(String)
    /// The certificate or its key cannot be read or do not belong together.
    case certificateUnreadable(String)
    /// The local socket's folder is missing or may not be written.
    case localSocketUnusable(String)
    /// libwebsockets could not make a context; the text says what it was asked for.
    case contextRefused(String)
    /// A server is started once.
    case alreadyStarted
    /// A client's address is not `ws`, `wss`, `http` or `https`.
    case malformedURL(String)
    /// No connection: the reason as libwebsockets tells it.
    case unreachable(String)
    /// The peer answered the upgrade with another status.
    case upgradeRefused(status: Int)
    /// The peer did not answer in time.
    case timedOut
    /// The connection ended before the answer was complete.
    case connectionLost
}

extension TransportError: CustomStringConvertible {
    /// One plain sentence.
    public var description: String {
        switch self {
        case .addressInUse(let address): "another process already listens on \(address)"
        case .addressUnusable(let address): "cannot listen on \(address)"
        case .certificateUnreadable(let path): "the certificate or key cannot be used: \(path)"
        case .localSocketUnusable(let path): "cannot make the local socket \(path)"
        case .contextRefused(let what): "libwebsockets refused \(what)"
        case .alreadyStarted: "the server was already started"
        case .malformedURL(let url): "not a ws, wss, http or https address: \(url)"
        case .unreachable(let reason): "no connection: \(reason)"
        case .upgradeRefused(let status): "the server refused the upgrade with status \(status)"
        case .timedOut: "no answer in time"
        case .connectionLost: "the connection ended early"
        }
    }
}
