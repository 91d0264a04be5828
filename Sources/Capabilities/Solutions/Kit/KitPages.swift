import Documents
import PDFRendering
import WireProtocol

/// A solution's kit as a tagged PDF with a table of contents and, at its end, who answers for it.
enum KitPages {
    static func document(_ kit: KitText) throws(WireError) -> PDFDocument {
        var blocks: [PDFBlock] = [.heading(1, kit.title)]
        blocks += kit.facts.enumerated().map { .paragraph($1, $0 == 0 ? .lead : .body) }
        for section in kit.sections {
            if section.isSignatures { blocks.append(.newPage) }
            blocks.append(.heading(section.level, section.title))
            guard let parts = MarkdownPages.blocks(section.markdown, under: section.level) else {
                throw WireError(.tooLarge, "the kit cannot be laid out")
            }
            blocks += parts
        }
        return PDFDocument(
            title: kit.title,
            author: kit.solution.cityName ?? kit.community,
            blocks: blocks,
            footer: KitWords.word("made", ["community": kit.community]),
            band: KitWords.word("heading"),
            contents: KitWords.word("contents")
        )
    }
}
