public import SocketTransport

// What the real-time door asks before a connection is its own.
extension HTTPAPI {
    /// The subprotocol of the wire protocol, version 1.
    public static let subprotocol = "metropoli.v1"

    /// Whether an upgrade to WebSocket is let in.
    public func upgradeDecision(_ head: RequestHead) -> UpgradeDecision {
        let caller = Caller(head, doorkeeper)
        if let refusal = misdirected(caller) {
            return .respond(SecurityHeaders.complete(refusal, isSecure: caller.isSecure))
        }
        guard head.path == "/ws" else { return refused(404, caller) }
        // A missing Origin is no browser; it needs a token then.
        guard !caller.isForeign else { return refused(403, caller) }
        guard head.offeredSubprotocols.contains(Self.subprotocol) else { return refused(400, caller) }
        return .accept(subprotocol: Self.subprotocol)
    }

    /// The token in the session cookie of a request; nil without one.
    public func sessionCookie(in head: RequestHead) -> String? {
        guard let header = head.header("cookie") else { return nil }
        return SessionCookie.token(in: header, isSecure: Caller(head, doorkeeper).isSecure)
    }

    private func refused(_ status: Int, _ caller: Caller) -> UpgradeDecision {
        let problem = Problem(status: status).response
        return .respond(SecurityHeaders.complete(problem, isSecure: caller.isSecure))
    }
}
