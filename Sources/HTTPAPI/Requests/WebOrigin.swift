/// An origin of the web: scheme, host and port, compared exactly (RFC 6454).
struct WebOrigin: Hashable, Sendable {
    let scheme: String
    let host: String
    let port: Int

    init(scheme: String, host: String, port: Int?) {
        self.scheme = scheme
        self.host = host
        self.port = port ?? (scheme == "https" ? 443 : 80)
    }

    /// Reads `https://host[:port]`; a path after it is allowed, so that addresses serve too.
    ///
    /// Nil for anything else, `null` included.
    init?(_ text: String) {
        guard let colon = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[colon.upperBound...]
        guard let host = HostName(String(rest.prefix { $0 != "/" })) else { return nil }
        self.init(scheme: scheme, host: host.name, port: host.port)
    }
}

/// The value of a `Host` header.
struct HostName: Equatable, Sendable {
    /// In lower case; an IPv6 address without brackets.
    let name: String
    let port: Int?

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 255 else { return nil }
        let end: Int
        if bytes[0] == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 2 else { return nil }
            name = String(decoding: bytes[1..<close], as: UTF8.self).lowercased()
            end = close + 1
        } else {
            end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            let plain = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
            name = plain.hasSuffix(".") ? String(plain.dropLast()) : plain
        }
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isOfNames) else { return nil }
        guard end < bytes.count else {
            port = nil
            return
        }
        let digits = bytes[(end + 1)...]
        guard bytes[end] == UInt8(ascii: ":"), (1...5).contains(digits.count),
            digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let number = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(number)
        else { return nil }
        port = number
    }

    private static func isOfNames(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D || byte == 0x2E
            || byte == 0x5F || byte == 0x3A
    }

    /// Whether it is an address in digits, which no name server can point elsewhere.
    var isAddress: Bool {
        if name.utf8.contains(UInt8(ascii: ":")) { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    var isLoopback: Bool { name == "localhost" || name == "::1" || (isAddress && name.hasPrefix("127.")) }
}
