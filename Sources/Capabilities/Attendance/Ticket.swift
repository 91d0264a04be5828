import CommunityKernel
import Journal
import WireProtocol

/// What lets somebody in at the door: a registration's number, signed, so that nobody makes up another one.
enum Ticket {
    private static let signatureBytes = 10

    /// Makes the key of this community, once.
    static func makeKey(_ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO attendance_key (name, value) VALUES ('ticket', \(Secret.hex(Secret.random(32))))
            ON CONFLICT (name) DO NOTHING
            """
        )
    }

    /// `1234-7K3M9QXT2B4F6R8S`.
    static func code(for registration: RegistrationID, _ sql: any SQLReader) throws -> String? {
        try key(sql).map { "\(registration)-\(signature(of: registration, $0))" }
    }

    /// The registration whose ticket that is; nil for what is none.
    static func registration(of code: String, _ sql: any SQLReader) throws -> RegistrationID? {
        let parts = code.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let id = Int64(parts[0]), id > 0, let key = try key(sql) else { return nil }
        let given = CheckCode.plain(String(parts[1]))
        let right = signature(of: RegistrationID(id), key)
        return Secret.equal(Array(given.utf8), Array(right.utf8)) ? RegistrationID(id) : nil
    }

    private static func key(_ sql: any SQLReader) throws -> [UInt8]? {
        try sql.first("SELECT value FROM attendance_key WHERE name = 'ticket'") { Array($0.text(0).utf8) }
    }

    private static func signature(of registration: RegistrationID, _ key: [UInt8]) -> String {
        CheckCode.text(Secret.authenticate(Array("registration/\(registration)".utf8), key: key).prefix(signatureBytes))
    }
}

/// Codes that people read aloud and type: Crockford's base 32, in which no two characters look alike.
enum CheckCode {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    /// Bytes in a certificate's code: 80 bits, so that none is found by trying.
    private static let bytes = 10

    /// A fresh one, in groups of four.
    static func fresh() -> String { grouped(text(Secret.random(bytes)[...])) }

    /// The bytes in base 32, five bits to a character.
    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        var accumulator: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            accumulator = (accumulator << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(accumulator >> bits & 31)])
            }
        }
        return text
    }

    /// What somebody typed, as it was given: without what separates, in capitals, with the look-alikes put right.
    static func plain(_ typed: String) -> String {
        String(
            typed.uppercased().compactMap { character -> Character? in
                switch character {
                case "O": "0"
                case "I", "L": "1"
                case "-", " ": nil
                default: character
                }
            }
        )
    }

    /// In groups of four.
    static func grouped(_ code: String) -> String {
        stride(from: 0, to: code.count, by: 4).map { start in String(code.dropFirst(start).prefix(4)) }
            .joined(separator: "-")
    }
}
