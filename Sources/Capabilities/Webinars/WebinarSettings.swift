/// How rooms on the network are opened.
public struct WebinarSettings: Sendable {
    /// Minutes before the start from which on one may enter.
    public var opensBefore: Int64 = 15
    /// Minutes after the end for which one may still enter.
    public var closesAfter: Int64 = 0
    /// The Jitsi server.
    public var jitsi = JitsiSettings()

    /// The defaults: no server is known.
    public init() {}
}

/// A Jitsi server that admits by JSON Web Tokens.
public struct JitsiSettings: Sendable {
    /// How tokens are signed.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// HMAC with SHA-256: Prosody's `app_secret`.
        case hs256 = "HS256"
        /// RSA with SHA-256: Prosody's `asap_key_server`, and Jitsi as a service.
        case rs256 = "RS256"
    }

    /// Where its rooms are: `https://meet.example.it`; with the tenant as a path where there is one; empty for none.
    public var url = ""
    /// The application, `iss`.
    public var application = ""
    /// For whom tokens are, `aud`.
    public var audience = "jitsi"
    /// The domain or tenant, `sub`; empty for the host of the address.
    public var subject = ""
    /// How tokens are signed.
    public var algorithm = Algorithm.hs256
    /// The shared secret, for HS256.
    public var secret = ""
    /// The private key in PEM, for RS256.
    public var key = ""
    /// The key's name, `kid`; empty for none.
    public var keyName = ""

    /// No server.
    public init() {}
}
