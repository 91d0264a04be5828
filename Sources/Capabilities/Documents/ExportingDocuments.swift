import CommunityKernel
import Journal
import Messages
import Networks
import OperationalTransformation
import PDFRendering
import WireProtocol

/// `GET /documents/{id}/export.md`, `.html` and `.pdf`, of the newest text, a revision or a version.
struct ExportingDocuments: Sendable {
    let access: DocumentAccess
    let texts: DocumentTexts
    let settings: DocumentSettings

    var routes: [WebRoute] { [markdown, html, pdf] }

    private struct Exported {
        let title: String
        let text: String
        let facts: String
        let network: String
        let number: Int64
    }

    private var markdown: WebRoute {
        route("md", "A document as Markdown", "text/markdown; charset=utf-8") { Array($0.text.utf8) }
    }

    private var html: WebRoute {
        route("html", "A document as a page of its own", "text/html; charset=utf-8") { document in
            let body = Markdown.html(document.text, limit: max(Markdown.outputBytes, 4 * document.text.utf8.count))
            let title = Self.escaped(document.title)
            return Array(
                """
                <!doctype html>
                <html lang="it"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>\(title)</title></head>
                <body><main><h1>\(title)</h1><p>\(Self.escaped(document.facts))</p>
                \(body)
                </main></body></html>

                """.utf8
            )
        }
    }

    private var pdf: WebRoute {
        route("pdf", "A document as a tagged PDF", "application/pdf") { document in
            guard let blocks = MarkdownPages.blocks(document.text, under: 1) else {
                throw WireError(.tooLarge, "the text cannot be laid out")
            }
            let pages = PDFDocument(
                title: document.title,
                author: settings.community,
                blocks: [.heading(1, document.title), .paragraph(document.facts, .small)] + blocks,
                footer: "\(settings.community) · \(document.network)",
                band: document.network
            )
            do {
                return try PDFRenderer.render(pages)
            } catch PDFError.tooLarge {
                throw WireError(.tooLarge, "the document has more pages than are laid out")
            }
        }
    }

    private func route(
        _ kind: String,
        _ summary: String,
        _ mediaType: String,
        _ make: @escaping @Sendable (Exported) throws -> [UInt8]
    ) -> WebRoute {
        WebRoute(
            "GET",
            "/documents/{id}/export.\(kind)",
            access: .networkMember,
            bots: true,
            description: .init(summary, path: DocumentPath.self, query: DocumentPart.self, mediaType: mediaType)
        ) { request, community in
            let document = try community.read(as: request.actor, address: request.address) { try exported(request, $0) }
            return WebResponse(
                headers: [
                    ("Content-Type", mediaType), ("Cache-Control", "private, no-store"),
                    ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'none'; sandbox"),
                    ("Content-Disposition", "attachment; filename=\"documento-\(document.number).\(kind)\""),
                ],
                body: .bytes(try make(document))
            )
        }
    }

    private func exported(_ request: WebRequest, _ context: QueryContext) throws -> Exported {
        guard let id = request.parameters["id"].flatMap({ Int64($0) }), id > 0 else { throw WireError.notFound }
        let part = try DocumentPart.read(request.queryObject, notation: .query)
        let document = try access.readable(DocumentID(id), by: context.actor, context.sql)
        let found = try DocumentPlace(revision: part.revision, version: part.version)
            .text(of: document, texts, context.sql)
        let network = try NetworkStore.network(document.network, context.sql)?.name.it ?? ""
        let place = part.version.map { "versione \($0)" } ?? "revisione \(found.revision)"
        return Exported(
            title: found.title,
            text: found.text.string,
            facts: "\(network) · \(place)",
            network: network,
            number: id
        )
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
