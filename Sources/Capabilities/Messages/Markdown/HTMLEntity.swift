/// The character references of HTML, as far as people write them by hand.
enum HTMLEntity {
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "reg": "®",
        "trade": "™", "euro": "€", "pound": "£", "sect": "§", "deg": "°", "hellip": "…", "mdash": "—", "ndash": "–",
        "laquo": "«", "raquo": "»", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "bull": "•",
        "middot": "·", "times": "×", "rarr": "→", "larr": "←", "agrave": "à", "egrave": "è", "eacute": "é",
        "igrave": "ì", "ograve": "ò", "ugrave": "ù", "Agrave": "À", "Egrave": "È", "Eacute": "É", "Igrave": "Ì",
        "Ograve": "Ò", "Ugrave": "Ù",
    ]

    /// The characters that `&name;`, `&#n;` or `&#xn;` stand for; an unknown name stays as it is written.
    static func decoded(_ entity: some Sequence<UInt8>) -> String {
        let written = String(decoding: Array(entity), as: UTF8.self)
        guard written.hasPrefix("&"), written.hasSuffix(";") else { return written }
        let name = written.dropFirst().dropLast()
        if name.hasPrefix("#") { return character(name.dropFirst()) }
        return named[String(name)] ?? written
    }

    private static func character(_ number: Substring) -> String {
        let isHexadecimal = number.hasPrefix("x") || number.hasPrefix("X")
        let value = isHexadecimal ? UInt32(number.dropFirst(), radix: 16) : UInt32(number)
        // Control characters and halves of surrogate pairs have no business in a text.
        guard let value, value >= 0x20, !(0x7F...0x9F).contains(value), let scalar = Unicode.Scalar(value) else {
            return "\u{FFFD}"
        }
        return String(Character(scalar))
    }
}
