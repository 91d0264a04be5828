/// What is set about the HTTP door.
public struct HTTPSettings: Sendable {
    /// The host of `listen`: with a loopback address the loopback names are allowed as `Host`, with a wildcard address
    /// every address is, names are not.
    public var listenHost = "127.0.0.1"
    /// The address that people type, `https://metropoli.example.it`; empty for none.
    public var publicURL = ""
    /// Further browser origins: exact scheme, host and port.
    public var origins: [String] = []
    /// Further names allowed as `Host`, without port.
    public var hosts: [String] = []
    /// The addresses of proxies whose X-Forwarded-* headers are believed.
    public var trustedProxies: [String] = []
    /// The addresses that read `/metrics` and the details of `/health` without credentials.
    public var metricsAddresses = ["127.0.0.1", "::1"]
    /// Where bodies lie while they are uploaded; it should be on the disk where they will stay.
    public var temporaryFolder: String
    /// The largest body of a command, bytes.
    public var bodyBytes = 262_144
    /// Bodies on their way to disk at the same time, of one member.
    public var uploadsPerMember = 10
    /// Bodies on their way to disk at the same time, of everybody.
    public var uploads = 40
    /// Whom to write to about the community, for the public pages; empty for nobody named.
    public var contact = ""
    /// The community's name, for the description of the interface.
    public var communityName = "Metropoli Strategiche"

    /// Whether a text is an origin: `http` or `https`, a host, perhaps a port, and nothing more.
    public static func isOrigin(_ text: String) -> Bool {
        guard WebOrigin(text) != nil, let colon = text.firstRange(of: "://") else { return false }
        return !text[colon.upperBound...].contains("/")
    }

    /// Everything but the temporary folder has a default.
    public init(temporaryFolder: String) {
        self.temporaryFolder = temporaryFolder
    }
}
