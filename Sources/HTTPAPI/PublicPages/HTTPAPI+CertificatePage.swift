import CommunityKernel
import Journal
import SocketTransport
import WireProtocol

// Where anyone checks a certificate: the address in its QR symbol, or the page at which its code is typed.
extension HTTPAPI {
    /// The longest code that is looked up, bytes.
    private static let codeBytes = 64

    func check(_ typed: String, _ visit: Visit, _ handle: ExchangeHandle) {
        var visit = visit
        let code = typed.filter { !$0.isWhitespace }
        guard !code.isEmpty else { return tell(nil, status: 200, visit, handle) }
        guard code.utf8.count <= Self.codeBytes else {
            return tell(problem(visit.text["certificate.unknown"]), status: 404, visit, handle)
        }
        visit.code = code
        give("certificate.verify", .members(["code": .string(code)]), visit) { [visit] outcome in
            switch outcome {
            case .done(let reply, _, _):
                let facts = (try? JSONParser.parse(reply, limits: .answers)) ?? .null
                self.tell(self.certificate(facts, visit.text), status: 200, visit, handle)
            case .refused(let error) where error.code == .notFound:
                self.tell(self.problem(visit.text["certificate.unknown"]), status: 404, visit, handle)
            case .refused(let error):
                let status = error.code.httpStatus
                let headers = self.headers(of: error, status)
                let markup = self.problem(self.sentence(error, visit.text))
                self.tell(markup, status: status, headers: headers, visit, handle)
            }
        }
    }

    private func problem(_ sentence: String) -> Markup {
        "<div class=\"pub-notice pub-danger\" role=\"alert\"><p>\(sentence)</p></div>\n"
    }

    /// What the community knows of a certificate.
    private func certificate(_ facts: JSON, _ text: PageText) -> Markup {
        let isValid = facts["valid"]?.bool ?? false
        var rows: [(String, String)] = [
            ("certificate.name", facts["name"]?.string ?? ""), ("certificate.event", facts["event"]?.string ?? ""),
            ("certificate.date", text.date(facts["date"]?.string ?? "")),
        ]
        if let hours = facts["hours"]?.double { rows.append(("certificate.hours", text.number(hours))) }
        rows.append(("certificate.issued", text.date(facts["issued"]?.string ?? "")))
        if let withdrawn = facts["withdrawn"]?.string { rows.append(("certificate.withdrawn", text.date(withdrawn))) }
        let list = rows.map { key, value in "<dt>\(text[key])</dt><dd>\(value)</dd>\n" as Markup }
        let verdict: Markup =
            isValid
            ? "<div class=\"pub-notice\" role=\"status\"><p><strong>\(text["certificate.valid"])</strong></p></div>"
            : problem(text["certificate.invalid"])
        return "\(verdict)\n<dl class=\"pub-person\">\(Markup(joined: list))</dl>\n"
    }

    private func tell(
        _ result: Markup?,
        status: Int,
        headers: [(String, String)] = [],
        _ visit: Visit,
        _ handle: ExchangeHandle
    ) {
        let text = visit.text
        let main: Markup = """
            <h1>\(text["certificate.title"])</h1>
            \(result ?? "<p>\(text["certificate.lead"])</p>\n")\
            <form method="get" action="\(visit.page.rawValue)">
            <input type="hidden" name="lang" value="\(text.language.rawValue)">
            <div class="pub-field"><label for="code">\(text["certificate.code"])</label>
            <p class="pub-hint" id="code-hint">\(text["certificate.hint"])</p>
            <input id="code" name="code" type="text" class="form-control" required maxlength="64" autocomplete="off" \
            autocapitalize="characters" spellcheck="false" aria-describedby="code-hint" value="\(visit.code)"></div>
            <button type="submit" class="btn btn-primary pub-submit">\(text["certificate.submit"])</button>
            </form>

            """
        show(visit, text["certificate.title"], status, headers, isFaulty: status == 404, main: main, handle)
    }
}
