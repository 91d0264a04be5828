import Foundation

/// Where a request comes from, as far as limits are concerned.
public enum ClientAddress {
    /// The part of an address that one subscriber has: all of IPv4, the first 64 bits of IPv6 (RFC 6177).
    public static func place(_ address: String) -> String {
        guard address.contains(":") else { return address }
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        return withUnsafeBytes(of: &bytes) { bytes in
            bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
        }
    }
}
