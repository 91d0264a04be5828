/// HTML as it grows.
struct HTMLOutput {
    private(set) var bytes: [UInt8] = []
    /// The last byte of the text written, 0 after a break.
    private var last: UInt8 = 0

    /// Whether a word has begun that has not ended; a reference cannot stand there.
    var isInWord: Bool { last.isWordByte || last == UInt8(ascii: "#") || last == UInt8(ascii: "&") }

    /// Whether the text ends with an `@` that is not the end of a word, as in an address.
    var endsWithAt: Bool { last == UInt8(ascii: "@") && bytes.last == UInt8(ascii: "@") }

    /// Writes markup of our own.
    mutating func raw(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

    /// Says that what follows begins a new word.
    mutating func endsWord() { last = 0 }

    /// Takes an `@` back that turns out to begin a mention.
    mutating func takeBackAt() {
        if endsWithAt { bytes.removeLast() }
        last = 0
    }

    /// Writes text, with what means something in HTML escaped and control characters left out.
    mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            case 0x0A, 0x09, 0x20...0x7E, 0x80...0xFF: bytes.append(byte)
            default: continue
            }
            last = byte
        }
    }

    /// Writes text.
    mutating func text(_ text: String) {
        var copy = text
        copy.withUTF8 { self.text($0) }
    }
}

/// Where links may lead.
enum SafeLink {
    private static let schemes = ["https://", "http://", "mailto:"]

    /// Whether the target has one of the schemes and something after it; entities must be decoded already.
    static func isAllowed(_ target: String) -> Bool {
        guard target.utf8.count <= 2_048,
            !target.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F })
        else { return false }
        return schemes.contains { scheme in
            target.utf8.count > scheme.utf8.count
                && target.utf8.prefix(scheme.utf8.count).elementsEqual(scheme.utf8) { $0.asciiLowercase == $1 }
        }
    }

    /// The target for an attribute in double quotes: what does not belong into a URL is percent-encoded.
    static func escaped(_ target: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in target.utf8 {
            switch byte {
            case UInt8(ascii: "&"): result.append(contentsOf: "&amp;".utf8)
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: result.append(byte)
            case _ where "-._~:/?#[]@!$()*+,;=%".utf8.contains(byte): result.append(byte)
            default:
                result.append(UInt8(ascii: "%"))
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var asciiLowercase: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
