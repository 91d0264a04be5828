/// An address of a server, taken apart.
struct ClientURL: Sendable {
    var host: String
    var port: Int
    var isSecure: Bool
    /// With the query.
    var path: String

    init(_ text: String) throws(TransportError) {
        guard let end = text.firstRange(of: "://") else { throw .malformedURL(text) }
        let secure: Bool
        switch text[..<end.lowerBound].lowercased() {
        case "ws", "http": secure = false
        case "wss", "https": secure = true
        default: throw .malformedURL(text)
        }
        let rest = text[end.upperBound...]
        let slash = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        var authority = rest[..<slash]
        path = slash == rest.endIndex ? "/" : String(rest[slash...])
        if path.hasPrefix("?") { path = "/" + path }
        var port: Int?
        if authority.hasPrefix("["), let bracket = authority.firstIndex(of: "]") {
            host = String(authority[authority.index(after: authority.startIndex)..<bracket])
            authority = authority[authority.index(after: bracket)...]
            if authority.hasPrefix(":") {
                port = Int(authority.dropFirst()) ?? -1
            } else if !authority.isEmpty {
                port = -1
            }
        } else if let colon = authority.lastIndex(of: ":") {
            host = String(authority[..<colon])
            port = Int(authority[authority.index(after: colon)...]) ?? -1
        } else {
            host = String(authority)
        }
        isSecure = secure
        self.port = port ?? (secure ? 443 : 80)
        let isPlain = path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard !host.isEmpty, (1...65_535).contains(self.port), isPlain else { throw .malformedURL(text) }
    }

    /// A server behind a local socket.
    init(localSocket: String, path: String) {
        host = "+" + localSocket
        port = 80
        isSecure = false
        self.path = path
    }

    /// The `Host` header.
    var authority: String {
        if host.hasPrefix("+") { return "localhost" }
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
}

/// Whose certificates a client believes.
public enum ServerTrust: Sendable, Equatable {
    /// The system's authorities.
    case system
    /// The authorities, or the self-signed certificate, in a PEM file.
    case file(String)
    /// Any certificate: for tests.
    case anyCertificate
}
