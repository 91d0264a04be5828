/// Turns the bytes of a terminal into keys.
struct KeyReader {
    /// What came.
    enum Input: Equatable {
        case key(EditedLine.Key)
        case enter
        case endOfInput
        case interrupt
        case redraw
    }

    private var partial: [UInt8] = []
    private var escape: [UInt8]?

    /// Takes a byte; nil while more has to come, or when it means nothing.
    mutating func take(_ byte: UInt8) -> Input? {
        if escape != nil { return takeEscape(byte) }
        if !partial.isEmpty || byte >= 0x80 { return takeText(byte) }
        switch byte {
        case 0x0D, 0x0A: return .enter
        case 0x03: return .interrupt
        case 0x04: return .endOfInput
        case 0x0C: return .redraw
        case 0x01: return .key(.home)
        case 0x02: return .key(.left)
        case 0x05: return .key(.end)
        case 0x06: return .key(.right)
        case 0x08, 0x7F: return .key(.backspace)
        case 0x0B: return .key(.killToEnd)
        case 0x0E: return .key(.down)
        case 0x10: return .key(.up)
        case 0x15: return .key(.killToStart)
        case 0x17: return .key(.killWord)
        case 0x1B:
            escape = []
            return nil
        case 0x20...0x7E: return .key(.character(Character(Unicode.Scalar(byte))))
        default: return nil
        }
    }

    private mutating func takeText(_ byte: UInt8) -> Input? {
        partial.append(byte)
        let needed = partial[0] >= 0xF0 ? 4 : partial[0] >= 0xE0 ? 3 : 2
        guard partial.count >= needed else { return nil }
        defer { partial = [] }
        guard let text = String(validating: partial, as: UTF8.self), let character = text.first else { return nil }
        return .key(.character(character))
    }

    private mutating func takeEscape(_ byte: UInt8) -> Input? {
        var sequence = escape ?? []
        sequence.append(byte)
        let isIntroducer = sequence.count == 1 && (byte == 0x5B || byte == 0x4F)
        let isEnd = byte >= 0x40 && byte <= 0x7E
        if isIntroducer || !isEnd, sequence.count < 16 {
            escape = sequence
            return nil
        }
        escape = nil
        switch String(decoding: sequence.dropFirst(), as: UTF8.self) {
        case "A": return .key(.up)
        case "B": return .key(.down)
        case "C": return .key(.right)
        case "D": return .key(.left)
        case "H", "1~", "7~": return .key(.home)
        case "F", "4~", "8~": return .key(.end)
        case "3~": return .key(.delete)
        default: return nil
        }
    }
}
