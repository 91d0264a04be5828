import CArgon2
import Journal

/// Argon2id (RFC 9106) with the parameters in the hash: `$argon2id$v=19$m=19456,t=3,p=1$salt$hash`.
struct Argon2: Sendable, Equatable {
    /// KiB.
    let memory: UInt32
    let iterations: UInt32
    let parallelism: UInt32

    private static let saltBytes = 16
    private static let hashBytes = 32

    /// A fresh hash of the password.
    func hash(_ password: [UInt8]) throws -> String {
        let salt = Secret.random(Self.saltBytes)
        let length = argon2_encodedlen(
            iterations,
            memory,
            parallelism,
            UInt32(Self.saltBytes),
            UInt32(Self.hashBytes),
            Argon2_id
        )
        var encoded = [CChar](repeating: 0, count: length)
        let result = argon2id_hash_encoded(
            iterations,
            memory,
            parallelism,
            password,
            password.count,
            salt,
            salt.count,
            Self.hashBytes,
            &encoded,
            encoded.count
        )
        guard result == ARGON2_OK.rawValue else { throw Argon2Error(code: result) }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the password is the one of the hash.
    static func verify(_ password: [UInt8], _ hash: String) -> Bool {
        argon2id_verify(hash, password, password.count) == ARGON2_OK.rawValue
    }

    /// Whether a hash was made with less than these parameters, and so is made anew at the next sign-in.
    func isStronger(than hash: String) -> Bool {
        let parts = hash.split(separator: "$")
        guard parts.count == 5, parts[0] == "argon2id" else { return true }
        var values: [Substring: UInt32] = [:]
        for pair in parts[2].split(separator: ",") {
            let sides = pair.split(separator: "=")
            if sides.count == 2 { values[sides[0]] = UInt32(sides[1]) }
        }
        return (values["m"] ?? 0) < memory || (values["t"] ?? 0) < iterations || (values["p"] ?? 0) < parallelism
    }
}

/// A failure of libargon2, such as no memory.
struct Argon2Error: Error {
    let code: Int32
}
