/// Gathers the words of a Markdown text, blocks and lines apart by a line break.
final class MarkdownPlainText: MarkdownVisitor {
    private var bytes: [UInt8] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// The words, without space around them; every message comes through here, so it is trimmed byte by byte.
    var text: String {
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 })
        else {
            return ""
        }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }

    private func breakLine() {
        if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    }

    func enter(_ block: MarkdownBlock) -> Bool { bytes.count <= limit }

    func leave(_ block: MarkdownBlock) -> Bool {
        switch block {
        case .cell, .headCell: if let last = bytes.last, last != 0x20, last != 0x0A { bytes.append(0x20) }
        default: breakLine()
        }
        return bytes.count <= limit
    }

    func enter(_ span: MarkdownSpan) -> Bool { true }
    func leave(_ span: MarkdownSpan) -> Bool { true }

    func text(_ kind: MarkdownText, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch kind {
        case .plain, .code: self.bytes.append(contentsOf: bytes)
        case .entity: self.bytes.append(contentsOf: HTMLEntity.decoded(bytes).utf8)
        case .hardBreak, .softBreak: breakLine()
        case .nullCharacter: break
        }
        return self.bytes.count <= limit
    }
}
