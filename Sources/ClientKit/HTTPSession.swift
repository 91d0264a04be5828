public import SocketTransport
public import WireProtocol

/// Signing in over HTTP.
public enum HTTPSession {
    /// What a sign-in gives.
    public struct Opened: Sendable {
        /// The session's token, to be kept like a password.
        public let token: String
        /// Who is signed in.
        public let person: JSON
        /// When the session ends, nil when it was not said.
        public let expires: Instant?
    }

    /// Opens a session by e-mail address and password.
    ///
    /// Throws ``WireError`` when the server refuses, and ``TransportError`` when it is not reached.
    public static func open(
        _ url: String,
        login: String,
        password: String,
        trust: ServerTrust = .system
    ) async throws -> Opened {
        let body = JSON.members(["login": .string(login), "password": .string(password)])
        let community = HTTPCommunity(url: url, token: nil, trust: trust)
        let answer = try await community.command("session.open", body, nonce: Nonces.fresh()).ok
        guard let token = answer["token"]?.string else { throw ClientError.unexpected("no token") }
        return Opened(
            token: token,
            person: answer["person"] ?? .null,
            expires: answer["expires"]?.string.flatMap { Instant($0) }
        )
    }

    /// Ends a session.
    public static func close(_ url: String, token: String, trust: ServerTrust = .system) async throws {
        let community = HTTPCommunity(url: url, token: token, trust: trust)
        _ = try await community.command("session.close", .members([:]), nonce: Nonces.fresh())
    }
}

/// The address of a server, as people write it.
enum ServerAddress {
    /// `http://…` or `https://…` without a slash at the end.
    static func http(_ url: String) -> String { base(url, plain: "http", secure: "https") }

    /// The WebSocket's address.
    static func webSocket(_ url: String) -> String { base(url, plain: "ws", secure: "wss") + "/ws" }

    private static func base(_ url: String, plain: String, secure: String) -> String {
        var rest = url
        while rest.hasSuffix("/") { rest.removeLast() }
        for (scheme, replacement) in [("https://", secure), ("wss://", secure), ("http://", plain), ("ws://", plain)]
        where rest.lowercased().hasPrefix(scheme) {
            return replacement + "://" + rest.dropFirst(scheme.count)
        }
        return plain + "://" + rest
    }
}
