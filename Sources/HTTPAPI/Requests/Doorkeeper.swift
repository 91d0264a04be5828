import Foundation
import SocketTransport

/// What the settings say about hosts, origins and proxies, made ready for comparing.
struct Doorkeeper: Sendable {
    private let names: Set<String>
    private let origins: Set<WebOrigin>
    private let secureNames: Set<String>
    private let proxies: Set<String>
    private let metricsAddresses: Set<String>
    private let allowsLoopback: Bool
    private let allowsAddresses: Bool

    init(_ settings: HTTPSettings) {
        let listen = settings.listenHost.lowercased()
        let published = WebOrigin(settings.publicURL)
        let configured = settings.origins.compactMap { WebOrigin($0) }
        allowsAddresses = ["0.0.0.0", "::", "*"].contains(listen)
        allowsLoopback = allowsAddresses || listen == "localhost" || listen == "::1" || listen.hasPrefix("127.")
        origins = Set(configured + [published].compactMap { $0 })
        names = Set(origins.map(\.host) + settings.hosts.map { $0.lowercased() } + [listen])
        secureNames = published?.scheme == "https" ? Set([published?.host].compactMap { $0 }) : []
        proxies = Set(settings.trustedProxies)
        metricsAddresses = Set(settings.metricsAddresses)
    }

    func allows(_ host: HostName) -> Bool {
        if names.contains(host.name) { return true }
        return (allowsLoopback && host.isLoopback) || (allowsAddresses && host.isAddress)
    }

    func allows(_ origin: WebOrigin) -> Bool { origins.contains(origin) }

    func isProxy(_ address: String) -> Bool { proxies.contains(address) }

    /// A public address that begins with `https://` is reached through TLS, whoever ends it.
    func isSecure(_ host: HostName) -> Bool { secureNames.contains(host.name) }

    func mayReadMetrics(_ caller: Caller) -> Bool {
        caller.isLocalSocket || (!caller.hidesBehindProxy && metricsAddresses.contains(caller.address))
    }
}

/// Where a request came from, through which door, and what its headers say about that.
struct Caller: Sendable {
    /// The client's address; behind a trusted proxy the one that the proxy names.
    let address: String
    let host: HostName?
    /// Through TLS, at this server or at a trusted proxy.
    let isSecure: Bool
    let isLocalSocket: Bool
    /// Forwarded by somebody who is no trusted proxy, or by one that does not say for whom: the address is not the
    /// client's.
    let hidesBehindProxy: Bool
    private let own: WebOrigin?
    private let origin: String?
    private let fetchSite: String?
    private let isKnownOrigin: Bool

    init(_ head: RequestHead, _ doorkeeper: Doorkeeper) {
        let isForwarded = head.header("x-forwarded-for") != nil || head.header("forwarded") != nil
        let isTrusted = doorkeeper.isProxy(head.remoteAddress)
        isLocalSocket = head.isLocalSocket
        var address = head.remoteAddress
        if isTrusted {
            // Each proxy appends whom it saw: the last one that is no proxy of ours is the client.
            let chain = (head.header("x-forwarded-for") ?? "").split(separator: ",").map { Self.trimmed($0) }
            let client = chain.last { !doorkeeper.isProxy($0) }
            hidesBehindProxy = client == nil
            address = client ?? address
        } else {
            hidesBehindProxy = isForwarded
        }
        self.address = String(address.prefix(64))
        let forwardedHost = isTrusted ? head.header("x-forwarded-host") : nil
        let host = HostName(forwardedHost ?? head.header("host") ?? "")
        self.host = host
        let endedTLS = isTrusted && head.header("x-forwarded-proto")?.lowercased() == "https"
        let isSecure = head.isTLS || endedTLS || host.map { doorkeeper.isSecure($0) } ?? false
        self.isSecure = isSecure
        own = host.map { WebOrigin(scheme: isSecure ? "https" : "http", host: $0.name, port: $0.port) }
        origin = head.header("origin")
        fetchSite = head.header("sec-fetch-site")?.lowercased()
        isKnownOrigin = origin.flatMap { WebOrigin($0) }.map { [own] in $0 == own || doorkeeper.allows($0) } ?? false
    }

    /// Whether a browser says that another site's page asks.
    var isForeign: Bool {
        if origin != nil { return !isKnownOrigin }
        return fetchSite == "cross-site" || fetchSite == "same-site"
    }

    /// Whether a browser says that a page of ours asks.
    var isSameOrigin: Bool { origin == nil ? fetchSite == "same-origin" : isKnownOrigin }

    private static func trimmed(_ text: Substring) -> String { text.trimmingCharacters(in: .whitespaces) }
}
