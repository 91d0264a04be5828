import Foundation

/// Header fields after RFC 5322 and RFC 2047; libcurl's MIME part writes the bodies, and takes these as they are.
///
/// Nothing that comes in can end a line: what steers is a blank here.
enum MailHeader {
    /// Characters of a line at most, as RFC 2047 asks where a line holds encoded words.
    private static let width = 76
    /// Bytes of text in one encoded word: in base64 and with its frame they are 75 characters at most.
    private static let bytesOfWord = 42

    /// A field of free text.
    static func text(_ name: String, _ value: String) -> String { "\(name): " + encoded(value, after: name.count + 2) }

    /// A field that holds one address.
    static func mailbox(_ name: String, _ address: String, shown: String) -> String {
        let plain = oneLine(shown)
        guard !plain.isEmpty, plain != address else { return "\(name): \(angle(address))" }
        let phrase = isAtoms(plain) ? plain : encodedWords(plain, after: name.count + 2)
        return "\(name): \(phrase)\r\n \(angle(address))"
    }

    /// `<address>`; what cannot stand in one is left out.
    static func angle(_ address: String) -> String {
        let allowed = address.unicodeScalars.filter {
            !$0.steers && !$0.properties.isWhitespace && $0 != "<" && $0 != ">"
        }
        return "<\(String(String.UnicodeScalarView(allowed)))>"
    }

    /// `Tue, 24 Nov 2026 10:00:00 +0000`.
    static func date(milliseconds: Int64) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
    }

    static func oneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0.steers ? " " : $0 }
        return String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
    }

    private static func encoded(_ value: String, after used: Int) -> String {
        let plain = oneLine(value)
        let isPlain = plain.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !plain.contains("=?")
        return isPlain && used + plain.count <= width ? plain : encodedWords(plain, after: used)
    }

    /// Whether a phrase needs neither quotes nor encoding.
    private static func isAtoms(_ text: String) -> Bool {
        text.count <= 60
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || [0x20, 0x27, 0x2D, 0x5F].contains(byte)
            }
    }

    /// Words of base64, each of whole characters, one a line.
    private static func encodedWords(_ text: String, after used: Int) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        // The first line is shorter by the field's name.
        var room = max(12, min(bytesOfWord, (width - used - 12) / 4 * 3))
        func end() {
            words.append("=?UTF-8?B?\(Data(bytes).base64EncodedString())?=")
            bytes = []
            room = bytesOfWord
        }
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if bytes.count + next.count > room { end() }
            bytes += next
        }
        if !bytes.isEmpty || words.isEmpty { end() }
        return words.joined(separator: "\r\n ")
    }
}
