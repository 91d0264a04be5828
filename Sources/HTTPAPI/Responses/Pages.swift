import SocketTransport

/// The few pages that the server words itself, without scripts and styles.
enum Pages {
    /// An error for a person who looks.
    static func error(status: Int) -> HTTPResponse {
        let (italian, english) = words(status)
        return page(status: status, title: "\(status)", italian: italian, english: english)
    }

    /// Said while the browser client is not built.
    static let notBuilt = page(
        status: 200,
        title: "Metropoli",
        italian: "Il server funziona, ma l'interfaccia per il browser non è stata costruita: "
            + "<code>python3 Sources/WebClient/build.py</code>.",
        english: "The server runs, but the browser client was not built: "
            + "<code>python3 Sources/WebClient/build.py</code>."
    )

    private static func page(status: Int, title: String, italian: String, english: String) -> HTTPResponse {
        let html = """
            <!doctype html>
            <html lang="it"><head><meta charset="utf-8"><title>\(title)</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"></head>
            <body><main><h1>\(title)</h1><p>\(italian)</p><p lang="en">\(english)</p></main></body></html>

            """
        return HTTPResponse(
            status: status,
            headers: [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")],
            body: .bytes(Array(html.utf8))
        )
    }

    private static func words(_ status: Int) -> (italian: String, english: String) {
        switch status {
        case 401: ("Occorre accedere.", "You have to sign in.")
        case 403: ("Non consentito.", "Not allowed.")
        case 404: ("Questa pagina non esiste.", "This page does not exist.")
        case 405: ("Metodo non consentito.", "Method not allowed.")
        case 413: ("La richiesta è troppo grande.", "The request is too large.")
        case 503: ("Il servizio non è disponibile in questo momento.", "The service is not available now.")
        case 500...: ("Il server ha incontrato un difetto.", "The server met a defect.")
        default: ("La richiesta non è valida.", "The request is not valid.")
        }
    }
}
