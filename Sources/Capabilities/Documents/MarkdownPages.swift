import Messages
public import PDFRendering

/// Lays Markdown out on pages.
public enum MarkdownPages {
    /// A text as parts of a document; `under` is the level of the heading that it stands under, 0 for none.
    ///
    /// Nil for a text that is refused as HTML too.
    public static func blocks(_ text: String, under level: Int = 0) -> [PDFBlock]? {
        guard let pieces = Markdown.pieces(text) else { return nil }
        var blocks: [PDFBlock] = []
        var points: [(words: String, label: String)] = []
        func endList() {
            if !points.isEmpty { blocks.append(.list(points.map(\.words), labels: points.map(\.label))) }
            points = []
        }
        for piece in pieces {
            if case .item(let words, let depth, let number, let isDone) = piece {
                // Lists in lists stand in one, told apart by their labels.
                let label = isDone.map { $0 ? "☑" : "☐" } ?? number.map { "\($0)." } ?? (depth > 1 ? "–" : "•")
                points.append((words, label))
                continue
            }
            endList()
            switch piece {
            case .heading(let own, let words): blocks.append(.heading(min(own + level, 3), words))
            case .paragraph(let words, let isQuoted):
                blocks.append(.paragraph(isQuoted ? "«\(words)»" : words))
            case .code(let lines): blocks.append(.paragraph(lines, .small))
            case .row(let cells):
                // A table is read row by row: each value under its column's name.
                blocks.append(
                    .list([
                        cells.map { $0.name.isEmpty ? $0.value : "\($0.name): \($0.value)" }.joined(separator: " · ")
                    ])
                )
            case .rule: blocks.append(.space(12))
            case .item: break
            }
        }
        endList()
        return blocks
    }
}
