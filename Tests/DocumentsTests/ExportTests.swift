import CommunityKernel
import Documents
import Foundation
import Journal
import Messages
import PDFRendering
import TestKit
import Testing
import WireProtocol

@Suite("Exporting documents", .serialized)
struct ExportTests {
    private static let text = """
        # Titolo
        Un **paragrafo** con un [legame](https://example.it/a) e `codice`.

        > Citato

        1. uno
        2. due
           - dentro
        - [x] fatto
        - [ ] da fare

        | Città | Tempi |
        |---|---|
        | Bologna | 30 giorni |

        ```
        a
        b
        ```
        <script>alert(1)</script> [no](javascript:alert(1))
        """

    @Test("a text is taken apart without its marks")
    func pieces() {
        #expect(
            Markdown.pieces(Self.text) == [
                .heading(1, "Titolo"),
                .paragraph("Un paragrafo con un legame (https://example.it/a) e codice.", isQuoted: false),
                .paragraph("Citato", isQuoted: true),
                .item("uno", depth: 1, number: 1, isDone: nil), .item("due", depth: 1, number: 2, isDone: nil),
                .item("dentro", depth: 2, number: nil, isDone: nil),
                .item("fatto", depth: 1, number: nil, isDone: true),
                .item("da fare", depth: 1, number: nil, isDone: false),
                .row([("Città", "Bologna"), ("Tempi", "30 giorni")]), .code("a\nb\n"),
                .paragraph("<script>alert(1)</script> no", isQuoted: false),
            ]
        )
    }

    @Test("hostile texts end soon", arguments: ["- ", "> ", "1. ", "|", "[", "*", "`", "# "])
    func hostile(mark: String) {
        // Deep nesting is refused or laid out, and never hangs.
        _ = Markdown.pieces(String(repeating: mark, count: 50_000))
        let table = "|a" + String(repeating: "|", count: 2_000) + "\n" + String(repeating: "|-", count: 2_000) + "|\n"
        _ = Markdown.pieces(table + String(repeating: "|\n", count: 2_000), limit: 1 << 16)
    }

    @Test(
        "Markdown, a page and a PDF for who may read it, of the newest or a version",
        arguments: StorageBackend.available
    )
    func exported(backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let network = try c.network("rete")
        let anna = try c.person("Anna")
        try c.join([anna], network: network)
        let document = try c.id(
            c.ok(
                "document.create",
                ["network": .int(network), "title": "Linee <guida>", "text": .string(Self.text)],
                as: anna
            )
        )
        try c.ok("document.publish", ["document": .int(document), "base": 1], as: anna)
        try c.ok("document.save", ["document": .int(document), "base": 1, "text": "Nuovo"], as: anna)
        func export(_ kind: String, as member: Member) throws -> [UInt8] {
            let response = try c.get("/documents/{id}/export.\(kind)", ["id": String(document)], as: member)
            guard case .bytes(let bytes) = response.body else { throw UnexpectedOutcome("no bytes") }
            return bytes
        }
        #expect(try String(decoding: export("md", as: anna), as: UTF8.self) == "Nuovo")
        let page = try String(decoding: export("html", as: anna), as: UTF8.self)
        #expect(page.contains("<h1>Linee &lt;guida&gt;</h1>") && page.contains("<p>Nuovo</p>"))
        #expect(try export("pdf", as: anna).starts(with: Array("%PDF-".utf8)))
        let stranger = try c.person("Estraneo")
        for kind in ["md", "html", "pdf"] {
            let refusal = try #require(throws: WireError.self) { try export(kind, as: stranger) }
            #expect(refusal.code == .notFound)
        }
    }

    @Test("lists keep their numbers and headings their place on paper")
    func pages() throws {
        let blocks = try #require(MarkdownPages.blocks(Self.text, under: 1))
        let labels = blocks.compactMap { block in
            if case .list(_, let labels) = block { labels } else { nil }
        }
        #expect(labels == [["1.", "2.", "–", "☑", "☐"], []])
        guard case .heading(2, "Titolo") = blocks[0] else {
            Issue.record("the heading is \(blocks[0])")
            return
        }
    }
}
