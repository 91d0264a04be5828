/// Gathers the words of a Markdown text, blocks and lines apart by a line break.
final class MarkdownPlainText: MarkdownVisitor {
    private var bytes: [UInt8] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var text: String {
        let text = String(decoding: bytes, as: UTF8.self)
        return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
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
