import SocketTransport

/// The pages that stand for no place of their own: errors, and what is said while the browser client is not built.
struct Pages: Sendable {
    let template: PageTemplate

    init(_ assets: AssetTable) { template = PageTemplate(assets) }

    /// An error for a person who looks.
    func error(status: Int, _ text: PageText, path: String) -> HTTPResponse {
        let key = Self.key(of: status)
        return page(text, status, text[key], text.has(key + ".text") ? text[key + ".text"] : nil, path)
    }

    /// Said while the browser client is not built.
    func notBuilt(_ text: PageText) -> HTTPResponse { page(text, 200, text["notBuilt"], text["notBuilt.text"], "/") }

    private func page(
        _ text: PageText,
        _ status: Int,
        _ title: String,
        _ detail: String?,
        _ path: String
    ) -> HTTPResponse {
        let home = status == 401 ? PageTemplate.address(PublicPage.signIn.rawValue, in: text.language) : "/"
        let more: Markup = detail.map { "<p>\($0)</p>\n" } ?? .none
        let main: Markup = """
            <h1>\(title)</h1>
            \(more)<div class="pub-after"><p><a href="\(home)">\(text[status == 401 ? "signIn" : "home"])</a></p></div>

            """
        return template.response(
            PageTemplate.Page(text: text, title: title, address: path, isCard: true, main: main),
            status: status
        )
    }

    private static func key(of status: Int) -> String {
        switch status {
        case 401, 403, 404, 405, 413, 429, 503: "error.\(status)"
        case 500...: "error.500"
        default: "error.400"
        }
    }
}
