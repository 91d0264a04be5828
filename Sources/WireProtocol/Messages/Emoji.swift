extension FieldVisitor {
    /// One emoji, 1–32 bytes: a single grapheme that is drawn as one.
    public mutating func emoji(_ name: String, _ value: inout String) {
        text(name, &value, bytes: 1...Int64.max)
        if value.utf8.count > 32 {
            reject(name, "too_long")
        } else if !value.isEmpty, !value.isEmoji {
            reject(name, "not_allowed")
        }
    }
}

extension String {
    /// Whether the text is one grapheme of the emoji of Unicode (UTS 51): drawn in colour by itself, asked to be by
    /// U+FE0F, a keycap or a flag.
    fileprivate var isEmoji: Bool {
        guard count == 1, let first = unicodeScalars.first else { return false }
        let properties = first.properties
        guard properties.isEmoji else { return false }
        // A single stray part (a digit, half a flag, a skin tone's number sign) is no emoji of its own.
        if unicodeScalars.count == 1 {
            let isHalfFlag = (0x1F1E6...0x1F1FF).contains(first.value)
            return !isHalfFlag && (properties.isEmojiPresentation || first.value > 0xFF)
        }
        // Digits and `#` are emoji only on a keycap.
        if first.value < 0x80, unicodeScalars.last?.value != 0x20E3 { return false }
        return unicodeScalars.dropFirst().allSatisfy { scalar in
            scalar.value == 0xFE0F || scalar.value == 0x20E3 || scalar.value == 0x200D || scalar.properties.isEmoji
                || scalar.properties.isEmojiModifier || (0xE0020...0xE007F).contains(scalar.value)
        }
    }
}
