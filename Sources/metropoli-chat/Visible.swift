/// Text of others made harmless for a terminal: nothing in it is obeyed, nothing turns the line round.
enum Visible {
    /// In one line; line ends become a sign.
    static func line(_ text: String) -> String { clean(text, lineEnd: " ⏎ ") }

    /// With its line ends, each new line set in by `indent`.
    static func text(_ text: String, indent: String) -> String { clean(text, lineEnd: "\n" + indent) }

    private static func clean(_ text: String, lineEnd: String) -> String {
        var scalars = String.UnicodeScalarView()
        var trimmed = text[...]
        while trimmed.last?.isNewline == true || trimmed.last == "\0" { trimmed.removeLast() }
        for character in trimmed {
            if character.isNewline {
                scalars.append(contentsOf: lineEnd.unicodeScalars)
                continue
            }
            for scalar in character.unicodeScalars { append(scalar, to: &scalars) }
        }
        return String(scalars)
    }

    private static func append(_ scalar: Unicode.Scalar, to scalars: inout String.UnicodeScalarView) {
        switch scalar.properties.generalCategory {
        case .control where scalar == "\t": scalars.append(contentsOf: "  ".unicodeScalars)
        // Shown as its code, so that one sees that something was there.
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
            scalars.append(contentsOf: "<\(String(scalar.value, radix: 16, uppercase: true))>".unicodeScalars)
        case .format where scalar.value != 0x200D: break
        default: scalars.append(scalar)
        }
    }

    /// Columns that a text takes.
    static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

    /// Columns that a character takes.
    static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return first.properties.isEmojiPresentation ? 2 : 1
        }
    }
}
