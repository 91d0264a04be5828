/// The head of an HTTP request, after the checks of `RequestChecks`.
public struct RequestHead: Sendable {
    /// `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE` or `OPTIONS`.
    public let method: String
    /// Percent-decoded, dot segments resolved, valid UTF-8, without NUL, control characters and backslash.
    public let path: String
    /// What follows `?`, percent-encoded again from what libwebsockets decoded: `a=1&b=%C3%A8`.
    public let rawQuery: String
    /// By lower-case name; see ``header(_:)``.
    public let headers: [String: String]
    /// The peer's address without port; empty for the local socket.
    public let remoteAddress: String
    /// Came through the socket of mode 0600.
    public let isLocalSocket: Bool
    /// Came through TLS.
    public let isTLS: Bool
    /// HTTP/1.0, `Connection: close` and a request whose end libwebsockets does not see end the connection after the
    /// response.
    let wantsClose: Bool
    let contentLength: Int

    /// A header's value by name, in any case.
    ///
    /// Several fields of one name are joined by `,`.
    public func header(_ name: String) -> String? { headers[name] ?? headers[name.lowercased()] }

    /// What `Sec-WebSocket-Protocol` offers, in its order.
    public var offeredSubprotocols: [String] { RequestHead.list(header("sec-websocket-protocol") ?? "") }

    static func list(_ value: String) -> [String] {
        value.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        var utf8 = Substring(text).utf8
        while let first = utf8.first, first == 0x20 || first == 0x09 { utf8.removeFirst() }
        while let last = utf8.last, last == 0x20 || last == 0x09 { utf8.removeLast() }
        return String(Substring(utf8))
    }
}
