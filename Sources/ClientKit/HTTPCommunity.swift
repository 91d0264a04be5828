import Foundation
public import SocketTransport
public import WireProtocol

/// The commands and queries over HTTP, for programs that do one thing and end.
public struct HTTPCommunity: Sendable {
    private let url: String
    private let token: String?
    private let trust: ServerTrust
    private let timeout: Duration

    /// For a server; without a token only what needs no credentials.
    public init(url: String, token: String?, trust: ServerTrust = .system, timeout: Duration = .seconds(10)) {
        self.url = ServerAddress.http(url)
        self.token = token
        self.trust = trust
        self.timeout = timeout
    }

    /// Asks a query.
    ///
    /// Throws ``WireError`` for a refusal, ``TransportError`` when the server is not reached.
    public func query(_ name: String, _ fields: KeyValuePairs<String, String> = [:]) async throws -> JSON {
        let query = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await send("GET", "/api/v1/\(name)" + (query.isEmpty ? "" : "?\(query)"), [], nil).ok
    }

    /// Gives a command under a nonce.
    public func command(_ name: String, _ body: JSON, nonce: String) async throws -> ClientReply {
        try await send("POST", "/api/v1/\(name)", [("Idempotency-Key", nonce)], body.text)
    }

    /// Uploads a file for a channel, under a nonce: the same upload under the same one is the same file.
    public func upload(
        _ bytes: [UInt8],
        name: String,
        channel: ChannelID,
        nonce: String = Nonces.fresh()
    ) async throws -> JSON {
        let path = "/api/v1/files?name=\(Self.encoded(name))&channel=\(channel)"
        let key = [("Idempotency-Key", nonce)]
        return try await send("PUT", path, key, bytes, type: "application/octet-stream").ok
    }

    private func send(
        _ method: String,
        _ path: String,
        _ extra: [(String, String)],
        _ body: [UInt8]?,
        type: String = "application/json"
    ) async throws -> ClientReply {
        var headers = extra + [("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", type)) }
        if let token { headers.append(("Authorization", "Bearer \(token)")) }
        let reply = try await HTTPClient.request(
            method,
            url + path,
            headers: headers,
            body: body ?? [],
            timeout: timeout,
            trust: trust
        )
        var limits = JSONLimits()
        limits.keys = 1_000_000
        let answer = (try? JSONParser.parse(reply.body, limits: limits)) ?? .null
        guard reply.status == 200 else { throw Self.refusal(reply, answer) }
        return ClientReply(ok: answer, seq: nil, repeated: reply.header("idempotency-replayed") == "true")
    }

    private static func refusal(_ reply: HTTPReply, _ problem: JSON) -> any Error {
        guard let code = problem["code"]?.string.flatMap(WireErrorCode.init) else {
            return ClientError.unexpected("status \(reply.status)")
        }
        let fields = problem["fields"]?.array?.compactMap { field in
            FieldProblem(path: field["path"]?.string ?? "", problem: field["problem"]?.string ?? "")
        }
        let wait = problem["retryAfterMs"]?.int ?? reply.header("retry-after").flatMap { Int64($0) }.map { $0 * 1_000 }
        return WireError(
            code,
            problem["detail"]?.string ?? problem["title"]?.string ?? code.rawValue,
            retryable: problem["retryable"]?.bool,
            retryAfterMs: wait,
            fields: fields,
            current: problem["current"]
        )
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    private static let allowed = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}

extension HTTPCommunity {
    /// The channel that people call `network-slug/channel-slug`, or by its number; nil when the caller knows of none.
    public func channel(called name: String) async throws -> ChannelID? {
        if let number = Int64(name), number > 0 { return ChannelID(number) }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let networks = try await query("network.list")["networks"]?.array ?? []
        guard let network = networks.first(where: { $0["slug"]?.string == String(parts[0]) })?["id"]?.int else {
            return nil
        }
        let channels = try await query("channel.list", ["network": String(network)])["channels"]?.array ?? []
        let named = channels.filter { $0["slug"]?.string == String(parts[1]) }
        // A private channel may bear the name of an open one.
        let found = named.first { $0["kind"]?.string != "private" } ?? named.first
        return found?["id"]?.int.map(ChannelID.init)
    }

    /// The comune with that slug or ISTAT code; nil when there is none.
    public func municipality(called name: String) async throws -> OrganisationID? {
        var cursor: String?
        repeat {
            let page =
                if let cursor {
                    try await query("organisation.list", ["kind": "comune", "cursor": cursor])
                } else {
                    try await query("organisation.list", ["kind": "comune"])
                }
            let found = page["organisations"]?.array?.first {
                $0["slug"]?.string == name || $0["istat"]?.string == name
            }
            if let id = found?["id"]?.int { return OrganisationID(id) }
            cursor = page["cursor"]?.string
        } while cursor != nil
        return nil
    }
}
