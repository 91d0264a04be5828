/// HTML under construction: what is written in the code is markup, what is interpolated is text and gets escaped.
struct Markup: Sendable, ExpressibleByStringInterpolation {
    private(set) var html: String

    init(stringLiteral html: String) { self.html = html }
    init(stringInterpolation: StringInterpolation) { html = stringInterpolation.html }
    init(text: String) { html = Self.escaped(text) }
    init(joined parts: [Markup], separator: String = "") { html = parts.map(\.html).joined(separator: separator) }

    static let none: Markup = ""

    static func escaped(_ text: String) -> String {
        var html = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(character)
            }
        }
        return html
    }

    /// Collects the pieces.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = ""
        init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity) }
        mutating func appendLiteral(_ literal: String) { html += literal }
        mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }
        mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
    }
}
