import CLibWebSockets

/// Reads a request's head out of libwebsockets' header table, refusing what libwebsockets lets pass.
///
/// It cannot tell: lines ended by LF alone, continuation lines, and unknown headers given twice. It does not see a header
/// that follows one whose name is the beginning of a name libwebsockets knows (`X-Auth`, `Accept-CH`): who sends such a
/// name hides a header of the same request, which is why connections of proxies are not used twice.
///
/// libwebsockets itself, before anything here is asked, ends the connection without a word for `%00` behind other
/// characters of a path and anywhere in a query (`/health%00`, `?text=a%00b`), and words 403 for a percent sign without
/// two digits. `%00` at the end of a path after a slash it drops: see ``hidesNUL(after:)``.
struct RequestParser {
    let wsi: OpaquePointer

    private static let methods: [(lws_token_indexes, String)] = [
        (WSI_TOKEN_GET_URI, "GET"), (WSI_TOKEN_POST_URI, "POST"), (WSI_TOKEN_HEAD_URI, "HEAD"),
        (WSI_TOKEN_PUT_URI, "PUT"), (WSI_TOKEN_DELETE_URI, "DELETE"), (WSI_TOKEN_PATCH_URI, "PATCH"),
        (WSI_TOKEN_OPTIONS_URI, "OPTIONS"),
    ]
    private static let known: [(lws_token_indexes, String)] = [
        (WSI_TOKEN_HOST, "host"), (WSI_TOKEN_ORIGIN, "origin"), (WSI_TOKEN_HTTP_AUTHORIZATION, "authorization"),
        (WSI_TOKEN_HTTP_COOKIE, "cookie"), (WSI_TOKEN_HTTP_CONTENT_TYPE, "content-type"),
        (WSI_TOKEN_HTTP_CONTENT_LENGTH, "content-length"), (WSI_TOKEN_HTTP_IF_NONE_MATCH, "if-none-match"),
        (WSI_TOKEN_HTTP_IF_MODIFIED_SINCE, "if-modified-since"), (WSI_TOKEN_HTTP_IF_MATCH, "if-match"),
        (WSI_TOKEN_HTTP_IF_RANGE, "if-range"), (WSI_TOKEN_HTTP_RANGE, "range"), (WSI_TOKEN_HTTP_ACCEPT, "accept"),
        (WSI_TOKEN_HTTP_ACCEPT_ENCODING, "accept-encoding"), (WSI_TOKEN_HTTP_ACCEPT_LANGUAGE, "accept-language"),
        (WSI_TOKEN_HTTP_USER_AGENT, "user-agent"), (WSI_TOKEN_X_FORWARDED_FOR, "x-forwarded-for"),
        (WSI_TOKEN_PROTOCOL, "sec-websocket-protocol"), (WSI_TOKEN_VERSION, "sec-websocket-version"),
        (WSI_TOKEN_KEY, "sec-websocket-key"), (WSI_TOKEN_CONNECTION, "connection"),
        (WSI_TOKEN_HTTP_EXPECT, "expect"), (WSI_TOKEN_HTTP_REFERER, "referer"),
        (WSI_TOKEN_HTTP_CONTENT_DISPOSITION, "content-disposition"),
        (WSI_TOKEN_HTTP_CONTENT_ENCODING, "content-encoding"),
        (WSI_TOKEN_HTTP_AC_REQUEST_HEADERS, "access-control-request-headers"),
    ]
    private static let unknown = [
        "idempotency-key", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "x-forwarded-proto",
        "x-forwarded-host", "forwarded", "x-request-id", "last-event-id", "access-control-request-method", "priority",
    ]
    /// A blank before the colon makes another header for libwebsockets, but perhaps not for a proxy.
    private static let smuggled = [
        "content-length :", "content-length\t:", "transfer-encoding :", "transfer-encoding\t:", "host :",
    ]

    /// The head, or the status that refuses it.
    func parse(isLocalSocket: Bool, isTLS: Bool, remoteAddress: () -> String) -> Result<RequestHead, Refusal> {
        guard let (uri, method) = Self.methods.first(where: { lws_hdr_total_length(wsi, $0.0) > 0 }) else {
            return .failure(Refusal(status: 405))
        }
        let version = text(WSI_TOKEN_HTTP) ?? ""
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else { return .failure(Refusal(status: 400)) }
        guard let path = path(uri), Self.isAcceptable(path) else { return .failure(Refusal(status: 400)) }
        guard count(WSI_TOKEN_HOST) == 1, count(WSI_TOKEN_HTTP_CONTENT_LENGTH) <= 1,
            !isPresent(WSI_TOKEN_HTTP_TRANSFER_ENCODING),
            !Self.smuggled.contains(where: { custom($0) != nil })
        else { return .failure(Refusal(status: 400)) }

        var headers: [String: String] = [:]
        for (token, name) in Self.known where isPresent(token) {
            guard let value = text(token), Self.isPrintable(value) else { return .failure(Refusal(status: 400)) }
            headers[name] = RequestHead.trimmed(value)
        }
        for name in Self.unknown {
            // A nonce is judged by its form, whatever its bytes are; with them made good it has none that is allowed.
            guard let value = custom(name + ":", repairs: name == "idempotency-key") else { continue }
            guard Self.isPrintable(value) else { return .failure(Refusal(status: 400)) }
            headers[name] = RequestHead.trimmed(value)
        }
        guard let host = headers["host"], !host.isEmpty,
            !host.utf8.contains(where: { $0 == 0x2C || $0 == 0x20 || $0 == 0x2F })
        else { return .failure(Refusal(status: 400)) }
        var length = 0
        var hidesEnd = false
        if isPresent(WSI_TOKEN_HTTP_CONTENT_LENGTH) {
            guard let value = headers["content-length"], let number = Self.length(value) else {
                return .failure(Refusal(status: 400))
            }
            length = number
        } else {
            // There is no body then (RFC 9112, 6.3), but libwebsockets waits for one: nothing more is read.
            hidesEnd = ["POST", "PUT", "PATCH"].contains(method)
        }
        let connection = RequestHead.list(headers["connection"] ?? "").map { $0.lowercased() }
        return .success(
            RequestHead(
                method: method,
                path: path,
                rawQuery: query(),
                headers: headers,
                remoteAddress: remoteAddress(),
                isLocalSocket: isLocalSocket,
                isTLS: isTLS,
                wantsClose: hidesEnd || version == "HTTP/1.0" || connection.contains("close"),
                contentLength: length
            )
        )
    }

    /// Whether the path ended in NUL, which libwebsockets does not count: `/%00` would be `/`.
    ///
    /// It keeps one NUL behind a path, and one more before a query; the bytes read here lie in its header table, before
    /// the query or the version of HTTP.
    func hidesNUL(after path: UnsafeRawBufferPointer) -> Bool {
        guard let start = path.baseAddress else { return false }
        let query = fragments(WSI_TOKEN_HTTP_URI_ARGS).first
        // A query that begins with an empty argument has a NUL of its own there.
        if let query, query.isEmpty { return false }
        let behind = UnsafeRawBufferPointer(start: start + path.count, count: query == nil ? 2 : 3)
        return behind.allSatisfy { $0 == 0 }
    }

    struct Refusal: Error {
        let status: Int
    }

    // MARK: Checks

    static func length(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 15, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        return Int(text)
    }

    private static func isAcceptable(_ path: String) -> Bool {
        path.utf8.first == 0x2F && !path.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0x5C }
    }

    private static func isPrintable(_ value: String) -> Bool {
        !value.utf8.contains { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }
    }

    // MARK: libwebsockets' table

    func isPresent(_ token: lws_token_indexes) -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1) { buffer in
            lws_hdr_total_length(wsi, token) > 0 || lws_hdr_copy_fragment(wsi, buffer.baseAddress, 1, token, 0) == 0
        }
    }

    /// How many fields of a name came.
    func count(_ token: lws_token_indexes) -> Int {
        let fragments = self.fragments(token)
        return fragments.count
    }

    /// All fields of a name, joined by `,`; nil if one is not UTF-8.
    func text(_ token: lws_token_indexes) -> String? {
        let separator: [UInt8] = token == WSI_TOKEN_HTTP_COOKIE ? [0x3B, 0x20] : [0x2C]
        return String(validating: Array(fragments(token).joined(separator: separator)), as: UTF8.self)
    }

    func custom(_ name: String, repairs: Bool = false) -> String? {
        let length = lws_hdr_custom_length(wsi, name, Int32(name.utf8.count))
        guard length >= 0 else { return nil }
        let bytes = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(length) + 2) { buffer -> [UInt8] in
            let copied = lws_hdr_custom_copy(wsi, buffer.baseAddress, length + 2, name, Int32(name.utf8.count))
            return buffer.prefix(max(0, Int(copied))).map { UInt8(bitPattern: $0) }
        }
        // Bytes that are no UTF-8 are answered like control characters: refused.
        return String(validating: bytes, as: UTF8.self) ?? (repairs ? String(decoding: bytes, as: UTF8.self) : "\u{0}")
    }

    private func fragments(_ token: lws_token_indexes) -> [[UInt8]] {
        var all: [[UInt8]] = []
        let room = Int(lws_hdr_total_length(wsi, token)) + 2
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: room) { buffer in
            while all.count < 64 {
                let copied = lws_hdr_copy_fragment(wsi, buffer.baseAddress, Int32(room), token, Int32(all.count))
                guard copied >= 0 else { return }
                all.append(buffer.prefix(Int(copied)).map { UInt8(bitPattern: $0) })
            }
        }
        return all
    }

    private func path(_ token: lws_token_indexes) -> String? {
        // libwebsockets cuts a path at `&` and `;` as it does a query.
        String(validating: Array(fragments(token).joined(separator: [0x26])), as: UTF8.self)
    }

    private func query() -> String {
        fragments(WSI_TOKEN_HTTP_URI_ARGS).map { Self.encoded($0) }.joined(separator: "&")
    }

    /// Percent-encodes what libwebsockets decoded; the first `=` stays.
    private static func encoded(_ argument: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        var isName = true
        for byte in argument {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F, 0x3A, 0x2C, 0x40:
                text.append(byte)
            case 0x3D where isName:
                isName = false
                text.append(byte)
            default:
                text += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
