import COpenSSL
import Journal
import WireProtocol

/// A JSON Web Token (RFC 7519) in its compact form, signed as RFC 7518 says.
struct JSONWebToken {
    let claims: JSON

    /// The token, signed with an HMAC of SHA-256.
    func signed(secret: [UInt8]) -> String {
        let content = content([("alg", "HS256"), ("typ", "JWT")])
        return content + "." + Secret.base64url(Secret.authenticate(Array(content.utf8), key: secret))
    }

    /// The token, signed with RSA and SHA-256; nil when the key does not sign.
    func signed(key: RSAKey, named name: String) -> String? {
        let kid = name.isEmpty ? [] : [("kid", name)]
        let content = content([("alg", "RS256")] + kid + [("typ", "JWT")])
        return key.signature(of: Array(content.utf8)).map { content + "." + Secret.base64url($0) }
    }

    private func content(_ header: [(String, String)]) -> String {
        let members = header.map { JSONObject.Member(name: $0.0, value: .string($0.1)) }
        let text = JSON.object(JSONObject(members)).text
        return Secret.base64url(text) + "." + Secret.base64url(claims.text)
    }
}

/// A private RSA key, read once.
///
/// @unchecked Sendable: the key is never changed after `init`, and OpenSSL 3 lets several threads sign with one at a
/// time, each with a context of its own.
public final class RSAKey: @unchecked Sendable {
    private let key: OpaquePointer

    /// Reads it from PEM; nil for anything but a private RSA key of at least 2,048 bits without a pass phrase.
    public init?(pem: String) {
        let bytes = Array(pem.utf8)
        guard !bytes.isEmpty, let input = BIO_new_mem_buf(bytes, Int32(bytes.count)) else { return nil }
        defer { BIO_free(input) }
        // Without the callback, OpenSSL would ask for a pass phrase on the terminal.
        guard let key = PEM_read_bio_PrivateKey(input, nil, { _, _, _, _ in -1 }, nil) else {
            ERR_clear_error()
            return nil
        }
        guard EVP_PKEY_is_a(key, "RSA") == 1, EVP_PKEY_get_bits(key) >= 2_048 else {
            EVP_PKEY_free(key)
            return nil
        }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// RSASSA-PKCS1-v1_5 with SHA-256.
    func signature(of bytes: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var count = 0
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, nil, &count, bytes, bytes.count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1 else { return nil }
        return Array(signature.prefix(count))
    }
}
