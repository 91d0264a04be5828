import Foundation

/// The name of a file as it is shown.
enum FileName {
    /// Bytes of UTF-8 at most.
    static let longest = 200

    /// A name of one part without anything that could mislead: NFC, no control or direction characters, no path, no
    /// name that a system reserves.
    ///
    /// Never empty.
    static func cleaned(_ name: String) -> String {
        var text = name.precomposedStringWithCanonicalMapping
        text = String(text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isHidden(scalar) {
            scalars.append("<>:\"|?*".unicodeScalars.contains(scalar) ? "_" : scalar)
        }
        text = String(scalars).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while text.hasPrefix(".") || text.hasPrefix(" ") { text.removeFirst() }
        while text.hasSuffix(".") || text.hasSuffix(" ") { text.removeLast() }
        text = shortened(text)
        if text.isEmpty { return "file" }
        let stem = text.prefix { $0 != "." }.uppercased()
        return reserved.contains(stem) ? "_" + text : text
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // A joiner holds emoji and some scripts' letters together.
        case .format: scalar.value != 0x200D
        case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Cut between whole characters, keeping a short extension.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > longest else { return text }
        var tail = ""
        if let dot = text.lastIndex(of: "."), text[dot...].utf8.count <= 16 { tail = String(text[dot...]) }
        var head = ""
        var count = tail.utf8.count
        for character in text.dropLast(tail.count) {
            count += character.utf8.count
            if count > longest { break }
            head.append(character)
        }
        return head + tail
    }

    private static let reserved: Set<String> = Set(
        ["CON", "PRN", "AUX", "NUL"] + (0...9).flatMap { ["COM\($0)", "LPT\($0)"] }
    )

    /// `Content-Disposition` with the name for old readers and, after RFC 8187, for all others.
    static func disposition(_ kind: String, _ name: String) -> String {
        var plain = ""
        for scalar in name.unicodeScalars {
            let isPlain = scalar.isASCII && scalar.value >= 0x20 && scalar != "\"" && scalar != "\\" && scalar != "%"
            plain.unicodeScalars.append(isPlain ? scalar : "_")
        }
        var encoded = ""
        for byte in name.utf8 {
            let isAttribute =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "!#$&+-.^_`|~".utf8.contains(byte)
            if isAttribute {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}
