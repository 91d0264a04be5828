/// A part of a Markdown text for those who lay it out otherwise than as HTML: its words, without their marks.
public enum MarkdownPiece: Sendable, Equatable {
    /// A heading of level 1 to 6.
    case heading(Int, String)
    /// A paragraph; a quotation says so.
    case paragraph(String, isQuoted: Bool)
    /// A point of a list, so many lists deep, from 1; with its number, or whether its task is done.
    case item(String, depth: Int, number: Int?, isDone: Bool?)
    /// Lines that stand as they are.
    case code(String)
    /// A row of a table by its columns' names.
    case row([(name: String, value: String)])
    /// A line across.
    case rule

    /// Whether two are the same.
    public static func == (left: MarkdownPiece, right: MarkdownPiece) -> Bool {
        switch (left, right) {
        case (.heading(let a, let x), .heading(let b, let y)): a == b && x == y
        case (.paragraph(let x, let a), .paragraph(let y, let b)): a == b && x == y
        case (.item(let x, let a, let i, let s), .item(let y, let b, let j, let t)):
            x == y && a == b && i == j && s == t
        case (.code(let x), .code(let y)): x == y
        case (.row(let a), .row(let b)): a.elementsEqual(b, by: ==)
        case (.rule, .rule): true
        default: false
        }
    }
}

extension Markdown {
    /// The text's parts in reading order; nil when they would exceed `limit` bytes or the parser fails.
    public static func pieces(_ text: String, limit: Int = 4 << 20) -> [MarkdownPiece]? {
        let visitor = MarkdownPieceVisitor(limit: limit)
        guard MarkdownParser.parse(text, visitor) else { return nil }
        return visitor.pieces
    }
}

/// Gathers the pieces of a text.
private final class MarkdownPieceVisitor: MarkdownVisitor {
    private(set) var pieces: [MarkdownPiece] = []
    private var words: [UInt8] = []
    private var room: Int
    private var lists: [Int?] = []
    private var quotes = 0
    private var columns: [String] = []
    private var cells: [String] = []
    private var task: Bool?
    /// A point whose own words were not gathered yet; what follows them in it are paragraphs.
    private var isFreshItem = false
    private var links: [String] = []
    private var isCode = false

    init(limit: Int) { room = limit }

    private func take() -> String {
        defer { words = [] }
        return String(decoding: words, as: UTF8.self).trimmed
    }

    private func add(_ piece: MarkdownPiece) -> Bool {
        pieces.append(piece)
        return pieces.count <= 100_000
    }

    func enter(_ block: MarkdownBlock) -> Bool {
        switch block {
        case .bullets, .numbers:
            guard flush() else { return false }
            if case .numbers(let start) = block { lists.append(Int(start)) } else { lists.append(nil) }
        case .item(let task):
            self.task = task
            isFreshItem = true
        case .quote: quotes += 1
        case .code: isCode = true
        case .table: columns = []
        case .row: cells = []
        default: break
        }
        return lists.count <= 100 && quotes <= 100
    }

    func leave(_ block: MarkdownBlock) -> Bool {
        switch block {
        case .heading(let level): return add(.heading(Int(level), take()))
        case .paragraph: return isFreshItem ? flush() : paragraph()
        case .item: return flush()
        case .bullets, .numbers: lists.removeLast()
        case .quote: quotes -= 1
        case .code:
            isCode = false
            defer { words = [] }
            return add(.code(String(decoding: words, as: UTF8.self)))
        case .rule: return add(.rule)
        case .headCell: columns.append(take())
        case .cell: cells.append(take())
        case .row where !cells.isEmpty:
            return add(
                .row(cells.enumerated().map { (columns.indices.contains($0) ? columns[$0] : "", $1) })
            )
        default: break
        }
        return true
    }

    private func paragraph() -> Bool {
        let text = take()
        return text.isEmpty || add(.paragraph(text, isQuoted: quotes > 0))
    }

    /// Writes a point of a list down, when its words are whole.
    private func flush() -> Bool {
        guard isFreshItem else { return true }
        isFreshItem = false
        let number = lists.last.flatMap { $0 }
        if let number { lists[lists.count - 1] = number + 1 }
        return add(.item(take(), depth: lists.count, number: number, isDone: task))
    }

    func enter(_ span: MarkdownSpan) -> Bool {
        if case .link(let target) = span {
            links.append(target)
        }
        return true
    }

    func leave(_ span: MarkdownSpan) -> Bool {
        // On paper a link is its address.
        if case .link = span, let target = links.popLast(), SafeLink.isAllowed(target),
            !String(decoding: words, as: UTF8.self).hasSuffix(target.withoutScheme)
        {
            words.append(contentsOf: " (\(target))".utf8)
            room -= target.utf8.count
        }
        return room >= 0
    }

    func text(_ kind: MarkdownText, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch kind {
        case .plain, .code: words.append(contentsOf: bytes)
        case .entity: words.append(contentsOf: HTMLEntity.decoded(bytes).utf8)
        case .hardBreak: words.append(0x0A)
        case .softBreak: words.append(isCode ? 0x0A : 0x20)
        case .nullCharacter: break
        }
        room -= bytes.count
        return room >= 0
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// What is shown of an address that stands for itself.
    fileprivate var withoutScheme: String {
        for scheme in ["https://", "http://", "mailto:"] where hasPrefix(scheme) {
            return String(dropFirst(scheme.count))
        }
        return self
    }
}
