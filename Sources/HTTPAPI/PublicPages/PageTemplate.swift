import Journal
import SocketTransport

/// The one frame of all public pages, in the look of Bootstrap Italia: bands, main part, footer.
struct PageTemplate: Sendable {
    /// The stylesheets, by their addresses.
    let styles: [String]
    let favicon: String?
    /// The sprite of icons.
    let icons: String?

    /// The pages' own stylesheet, which stands without the browser client's too.
    static let stylesheet = Asset(path: stylesheetPath, bytes: PackageResources.pages_css, gzip: nil)
    static let stylesheetPath = "/pages.\(Secret.hex(Array(Secret.sha256(PackageResources.pages_css).prefix(5)))).css"

    init(_ assets: AssetTable) {
        styles = [assets.hashed("app", "css"), Self.stylesheetPath].compactMap { $0 }
        favicon = assets.hashed("favicon", "svg")
        icons = assets.hashed("icons", "svg")
    }

    /// A page; `address` is its own without language, for the links to the other one.
    struct Page {
        let text: PageText
        var title: String
        var address: String
        /// Says in the title that something has to be corrected.
        var isFaulty = false
        /// One narrow card instead of running text.
        var isCard = false
        var main: Markup
    }

    func html(_ page: Page) -> [UInt8] {
        let text = page.text
        let title = (page.isFaulty ? text["errorTitle"] + ": " : "") + page.title
        let links = styles.map { "<link rel=\"stylesheet\" href=\"\($0)\">\n" as Markup }
        let icon = favicon.map { "<link rel=\"icon\" href=\"\($0)\" type=\"image/svg+xml\">\n" as Markup } ?? .none
        let mark: Markup =
            icons.map { "<svg class=\"pub-mark\" aria-hidden=\"true\"><use href=\"\($0)#it-piattaforme\"></use></svg>" }
            ?? .none
        let document: Markup = """
            <!doctype html>
            <html lang="\(text.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title) – Metropoli</title>
            \(icon)\(Markup(joined: links))</head>
            <body class="pub">
            <a class="pub-skip" href="#main">\(text["skip"])</a>
            <header>
            <div class="pub-slim"><span class="pub-owner"><span class="pub-long">\(text["owner"])</span>\
            <span class="pub-short">\(text["ownerShort"])</span></span>
            <nav aria-label="\(text["languages"])"><ul>\(languages(page))</ul></nav></div>
            <div class="pub-band"><a class="pub-brand" href="/">\(mark)<span><strong>Metropoli</strong>
            <span class="pub-tagline">\(text["tagline"])</span></span></a></div>
            </header>
            <main id="main" tabindex="-1" class="\(page.isCard ? "pub-card" : "pub-text")">
            \(page.main)</main>
            <footer class="pub-footer"><nav aria-label="\(text["footer"])"><ul>
            \(footer(text))</ul></nav></footer>
            </body>
            </html>

            """
        return Array(document.html.utf8)
    }

    private func languages(_ page: Page) -> Markup {
        Markup(
            joined: PageLanguage.allCases.map { language in
                let name = language == .italian ? "Italiano" : "English"
                let short = language == .italian ? "ITA" : "ENG"
                let current: Markup = language == page.text.language ? " aria-current=\"true\"" : .none
                let address = Self.address(page.address, in: language)
                return """
                    <li><a href="\(address)" lang="\(language.rawValue)" hreflang="\(language.rawValue)"\(current) \
                    aria-label="\(name)">\(short)</a></li>
                    """
            }
        )
    }

    private func footer(_ text: PageText) -> Markup {
        let pages: [(PublicPage, String)] = [
            (.programme, "programme"), (.accessibility, "accessibility"), (.privacy, "privacy"), (.signIn, "signIn"),
        ]
        return Markup(
            joined: pages.map { page, key in
                "<li><a href=\"\(Self.address(page.rawValue, in: text.language))\">\(text[key])</a></li>\n"
            }
        )
    }

    /// An address of ours with the language in its query.
    static func address(_ address: String, in language: PageLanguage) -> String {
        address + (address.contains("?") ? "&" : "?") + "lang=" + language.rawValue
    }

    func response(_ page: Page, status: Int = 200, headers: [(String, String)] = []) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Content-Language", page.text.language.rawValue),
                ("Cache-Control", "no-store"), ("Vary", "Accept-Language"),
            ] + headers,
            body: .bytes(html(page))
        )
    }
}
