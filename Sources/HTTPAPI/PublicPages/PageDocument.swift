/// A text of `Texts/` as HTML.
///
/// A line is a heading (`#`, `##`), a subtitle (`*…*`), an item (`- `), a row of a table (`| … | … |`, the first one its
/// head), a source (`{…}`, also at a line's end) or a paragraph. In a line, `[words](address)` is a link and `[[…]]`
/// something that the office has yet to complete.
struct PageDocument {
    let title: String
    let body: Markup

    init(_ lines: [String]) {
        var title = ""
        var parts: [Markup] = []
        var rest = lines[...]
        while let line = rest.popFirst() {
            if line.hasPrefix("# ") {
                title = String(line.dropFirst(2))
                parts.append("<h1>\(title)</h1>\n")
            } else if line.hasPrefix("## ") {
                parts.append("<h2>\(String(line.dropFirst(3)))</h2>\n")
            } else if line.hasPrefix("- ") {
                let items = Self.block(line, &rest, "- ").map { "<li>\(Self.inline($0))</li>\n" as Markup }
                parts.append("<ul>\n\(Markup(joined: items))</ul>\n")
            } else if line.hasPrefix("| ") {
                parts.append(Self.table(Self.block(line, &rest, "| ")))
            } else if line.hasPrefix("*"), line.hasSuffix("*") {
                parts.append("<p class=\"pub-subtitle\">\(String(line.dropFirst().dropLast()))</p>\n")
            } else if !line.isEmpty {
                parts.append("<p>\(Self.inline(line))</p>\n")
            }
        }
        self.title = title
        body = Markup(joined: parts)
    }

    /// The line and those after it that begin alike, without their beginning.
    private static func block(_ first: String, _ rest: inout ArraySlice<String>, _ start: String) -> [Substring] {
        var items = [first.dropFirst(start.count)]
        while let next = rest.first, next.hasPrefix(start) {
            items.append(next.dropFirst(start.count))
            rest.removeFirst()
        }
        return items
    }

    private static func table(_ rows: [Substring]) -> Markup {
        let cells = rows.map { row in
            row.split(separator: "|").map { Substring($0.trimmed) }.filter { !$0.isEmpty }
        }
        let head = (cells.first ?? []).map { "<th scope=\"col\">\(inline($0))</th>" as Markup }
        let body = cells.dropFirst().map { row -> Markup in
            let first = row.first.map { "<th scope=\"row\">\(inline($0))</th>" as Markup } ?? .none
            let others = zip(row, cells.first ?? []).dropFirst().map { cell, name in
                "<td data-label=\"\(String(name))\">\(inline(cell))</td>" as Markup
            }
            return "<tr>\(first)\(Markup(joined: others))</tr>\n"
        }
        return """
            <table class="pub-table"><thead><tr>\(Markup(joined: head))</tr></thead><tbody>
            \(Markup(joined: body))</tbody></table>

            """
    }

    static func inline(_ text: some StringProtocol) -> Markup {
        var parts: [Markup] = []
        var rest = Substring(text)
        func take(_ open: String, _ close: String) -> Substring? {
            guard rest.hasPrefix(open), let end = rest.firstRange(of: close) else { return nil }
            defer { rest = rest[end.upperBound...] }
            return rest[rest.index(rest.startIndex, offsetBy: open.count)..<end.lowerBound]
        }
        while let first = rest.first {
            if let gap = take("[[", "]]") {
                parts.append("<mark class=\"pub-gap\">\(String(gap))</mark>")
            } else if first == "[", let end = rest.firstIndex(of: ")"), let words = take("[", "](") {
                parts.append("<a href=\"\(String(rest[..<end]))\">\(String(words))</a>")
                rest = rest[rest.index(after: end)...]
            } else if let source = take("{", "}") {
                parts.append("<small class=\"pub-source\">[\(String(source))]</small>")
            } else {
                let next = rest.dropFirst().firstIndex { $0 == "[" || $0 == "{" } ?? rest.endIndex
                parts.append(Markup(text: String(rest[..<next])))
                rest = rest[next...]
            }
        }
        return Markup(joined: parts)
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
