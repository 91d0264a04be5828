import CCairo

/// Makes PDF files: A4, tagged, fonts embedded, for paper and for those who listen.
public enum PDFRenderer {
    /// The file of a document.
    ///
    /// It may take a second for hundreds of pages: not for the writer's thread.
    public static func render(_ document: PDFDocument, limits: PDFLimits = PDFLimits()) throws(PDFError) -> [UInt8] {
        guard textBytes(of: document) <= limits.textBytes else { throw .tooLarge }
        let canvas = try PDFCanvas(limits: limits)
        canvas.describe(document)
        let (pages, figures) = try placed(document, canvas, limits)
        for (number, page) in pages.enumerated() {
            try canvas.draw(page, number: number, of: pages.count, document)
        }
        let bytes = try canvas.finish()
        return PDFAmendment(language: PDFText.clean(document.language), figures: figures).applied(to: bytes)
    }

    private static func textBytes(of document: PDFDocument) -> Int {
        document.blocks.reduce(document.footer.utf8.count + document.title.utf8.count) { sum, block in
            switch block {
            case .heading(_, let text), .paragraph(let text, _): sum + text.utf8.count
            case .list(let items, _): sum + items.reduce(0) { $0 + $1.utf8.count }
            case .symbol(let url, let text, let alternative):
                sum + url.utf8.count + text.utf8.count + alternative.utf8.count
            case .space, .foot, .newPage: sum
            }
        }
    }

    /// The pages, and what stands in the place of their figures, in order.
    private static func placed(
        _ document: PDFDocument,
        _ canvas: PDFCanvas,
        _ limits: PDFLimits
    ) throws(PDFError) -> ([[PDFElement]], [String]) {
        func flow(_ contents: [(title: String, level: Int, page: Int, anchor: String)]) throws(PDFError) -> PDFFlow {
            var flow = PDFFlow(
                canvas.cairo,
                language: PDFText.clean(document.language),
                limits: limits,
                hasBand: !document.band.isEmpty
            )
            var rest = document.blocks[...]
            if let title = document.contents {
                // What stands before the first heading of the second level is the first page's.
                let isInner: (PDFBlock) -> Bool = { if case .heading(let level, _) = $0 { level > 1 } else { false } }
                let end = rest.firstIndex(where: isInner) ?? rest.endIndex
                for block in rest[..<end] { try flow.add(block) }
                rest = rest[end...]
                try flow.add(.paragraph(title, .lead))
                for line in contents {
                    try flow.contentsLine(line.title, level: line.level, page: line.page + 1, anchor: line.anchor)
                }
                try flow.turn()
            }
            for block in rest { try flow.add(block) }
            return flow
        }
        var last = try flow([])
        if document.contents != nil {
            // The table's own length moves what follows: its second making has the final pages.
            for _ in 0..<2 { last = try flow(last.headings.filter { $0.level > 1 }) }
        }
        return (last.pages, last.pages.joined().compactMap(\.alternative))
    }
}
