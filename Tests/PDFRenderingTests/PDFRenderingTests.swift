import Foundation
import PDFRendering
import TestKit
import Testing

@Suite("PDF files")
struct PDFRenderingTests {
    /// What one of Debian's programs says of a file.
    private func ask(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: said, as: UTF8.self)
    }

    private func file(_ document: PDFDocument, in folder: TemporaryFolder) throws -> String {
        let path = "\(folder.path)/document.pdf"
        try Data(try PDFRenderer.render(document)).write(to: URL(fileURLWithPath: path))
        if let kept = ProcessInfo.processInfo.environment["METROPOLI_KEEP_PDF"] {
            let name = document.title.filter(\.isLetter)
            try Data(contentsOf: URL(fileURLWithPath: path)).write(to: URL(fileURLWithPath: "\(kept)/\(name).pdf"))
        }
        return path
    }

    private static let url = "https://rete.example.it/attestati/7F3K-9QXM-2B"

    private var certificate: PDFDocument {
        PDFDocument(
            title: "Attestato di partecipazione",
            author: "Metropoli Strategiche",
            blocks: [
                .heading(1, "Attestato di partecipazione"),
                .paragraph("Si attesta che", .lead),
                .paragraph("Niccolò D’Aversa-Müller", .display),
                .paragraph("ha partecipato al webinar «Semplificazione edilizia: lo sportello unico», 3 di 15.", .lead),
                .space(6),
                .paragraph(
                    "Martedì 24 novembre 2026, dalle 10:00 alle 12:30. Presenza: 2 ore e 20 minuti su 2 ore e 30."
                ),
                .paragraph("Organizzato dalla rete Semplificazione edilizia e urbanistica."),
                .foot(110),
                .symbol(
                    url: Self.url,
                    text: "Chi riceve questo attestato può verificarlo: inquadra il codice o apri l’indirizzo.",
                    alternative: "Codice QR dell’indirizzo \(Self.url)"
                ),
            ],
            footer: "Rilasciato il 25 novembre 2026. Metropoli Strategiche è un programma di ANCI.",
            band: "Metropoli Strategiche"
        )
    }

    @Test("a certificate is tagged, has its fonts in it and says what it was told")
    func certified() throws {
        let folder = try TemporaryFolder()
        let path = try file(certificate, in: folder)
        let facts = try ask("pdfinfo", [path])
        #expect(facts.contains("Attestato di partecipazione") && facts.contains("Metropoli Strategiche"))
        #expect(facts.contains(/Tagged: +yes/) && facts.contains(/Pages: +1\n/))
        #expect(facts.contains("A4") && !facts.contains("Syntax Error"))
        let fonts = try ask("pdffonts", [path]).split(separator: "\n").dropFirst(2)
        #expect(!fonts.isEmpty)
        // Columns: name, type, encoding, emb, sub, uni.
        #expect(fonts.allSatisfy { $0.contains(/yes yes yes +\d/) }, "\(fonts)")
        #expect(fonts.allSatisfy { $0.contains("Open") || $0.contains("Titillium") }, "\(fonts)")
        let text = try ask("pdftotext", ["-layout", path, "-"])
        for words in ["Niccolò D’Aversa-Müller", "2 ore e 20 minuti", Self.url, "Rilasciato il 25 novembre 2026"] {
            #expect(text.contains(words), "\(words)")
        }
        let structure = try ask("pdfinfo", ["-struct", path])
        for element in ["Document", "H1", "Figure", "Link"] { #expect(structure.contains(element), "\(structure)") }
        #expect(try ask("pdfinfo", ["-struct-text", path]).contains("\"Niccolò D’Aversa-Müller\""))
        let raw = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(raw.contains("/Lang <FEFF00690074>") && raw.contains("/DisplayDocTitle true"))
        #expect(raw.contains("/Alt <FEFF0043006F"))
    }

    @Test("its symbol leads to the address")
    func symbol() throws {
        let folder = try TemporaryFolder()
        let path = try file(certificate, in: folder)
        _ = try ask("pdftoppm", ["-r", "150", "-png", path, "\(folder.path)/page"])
        #expect(try ask("zbarimg", ["-q", "--raw", "\(folder.path)/page-1.png"]).contains(Self.url))
    }

    @Test("a long document flows over its pages, with contents that lead to their places")
    func flows() throws {
        let folder = try TemporaryFolder()
        var blocks: [PDFBlock] = [.heading(1, "Lo sportello unico"), .paragraph("Kit di riuso, versione 2.", .lead)]
        for chapter in 1...12 {
            blocks.append(.heading(2, "Capitolo \(chapter)"))
            for part in 1...4 {
                blocks.append(
                    .paragraph("C\(chapter)P\(part) " + String(repeating: "parole che vanno a capo, ", count: 40))
                )
            }
            blocks.append(.list(["primo punto del capitolo \(chapter)", "secondo punto"]))
        }
        let document = PDFDocument(
            title: "Lo sportello unico",
            author: "ANCI",
            blocks: blocks,
            footer: "Kit di riuso",
            band: "Metropoli Strategiche",
            contents: "Indice"
        )
        let path = try file(document, in: folder)
        let pages = try ask("pdftotext", ["-layout", path, "-"]).components(separatedBy: "\u{0C}").dropLast()
        #expect(pages.count > 8)
        let first = try #require(pages.first)
        for chapter in 1...12 {
            let line = try #require(first.split(separator: "\n").first { $0.contains("Capitolo \(chapter) ") })
            let page = try #require(line.split(separator: " ").last.flatMap { Int($0) })
            #expect(
                pages[page - 1].contains("\nCapitolo \(chapter)\n") || pages[page - 1].contains("Capitolo \(chapter)\n")
            )
            #expect(page > 1)
        }
        // Each part once, and nothing below the foot's line.
        let all = pages.joined()
        for chapter in 1...12 { #expect(all.components(separatedBy: "C\(chapter)P4 ").count == 2) }
        let structure = try ask("pdfinfo", ["-struct", path])
        for element in ["TOC", "TOCI", "H2", "L ", "LI", "LBody"] {
            #expect(structure.contains(element.trimmingCharacters(in: .whitespaces)), "\(element)")
        }
        #expect(structure.components(separatedBy: "Document").count == 2)
        #expect(!structure.contains("Syntax Error"))
    }

    @Test("no text can steer it, and bounds hold")
    func bounds() throws {
        let folder = try TemporaryFolder()
        var evil = certificate
        evil.title = "Titolo \u{0}\u{1B}[31m\u{202E}olotit /S /Figure ) >> endobj"
        evil.blocks = [
            .heading(1, "(/Type /StructElem /S /Figure) >>\u{0}\nendobj"),
            .paragraph("prima\u{0}seconda\u{8}terza\u{202E}quarta\r\n\r\nquinta"),
            .symbol(url: "https://example.it/?a='uri'\\", text: "", alternative: "testo"),
        ]
        let path = try file(evil, in: folder)
        #expect(!(try ask("pdfinfo", [path]).contains("Error")))
        #expect(try ask("pdftotext", [path, "-"]).contains("prima seconda terza quarta\n"))
        let raw = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(raw.components(separatedBy: "/Alt <").count == 2)
        var limits = PDFLimits()
        limits.pages = 2
        let long = PDFDocument(title: "t", author: "a", blocks: (1...200).map { .paragraph("Riga \($0)") })
        #expect(throws: PDFError.tooLarge) { try PDFRenderer.render(long, limits: limits) }
        limits = PDFLimits()
        limits.textBytes = 100
        #expect(throws: PDFError.tooLarge) { try PDFRenderer.render(long, limits: limits) }
        limits = PDFLimits()
        limits.fileBytes = 1_000
        #expect(throws: PDFError.tooLarge) { try PDFRenderer.render(long, limits: limits) }
        let address = PDFBlock.symbol(url: String(repeating: "x", count: 900), text: "", alternative: "")
        #expect(throws: PDFError.unusableAddress) {
            try PDFRenderer.render(PDFDocument(title: "t", author: "a", blocks: [address]))
        }
    }
}
