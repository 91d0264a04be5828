import Foundation
public import WireProtocol

/// Turns Markdown into HTML of a fixed set of elements, by libmd4c's event parser and a renderer of our own: whatever
/// the text holds, only tags written in ``MarkdownRenderer`` come out, and links lead to `http`, `https` and `mailto`.
public enum Markdown {
    /// The most HTML that one text may become, bytes; past it the text is refused.
    ///
    /// A table of many empty cells is how a short text grows.
    public static let outputBytes = 128 << 10

    /// The text as HTML; nil when it would exceed `limit` or the parser fails.
    ///
    /// Of `files`, those attached to what the text belongs to, it shows the pictures and leads to the others; it does
    /// so with no other address of this server.
    public static func rendered(
        _ text: String,
        people: Set<Int64>? = nil,
        files: [AttachedFile] = [],
        limit: Int = outputBytes
    ) -> RenderedMarkdown? {
        let renderer = MarkdownRenderer(limit: limit, people: people, files: files)
        guard MarkdownParser.parse(text, renderer) else { return nil }
        return renderer.result
    }

    /// The text as HTML; empty when it is refused.
    public static func html(_ text: String, files: [AttachedFile] = [], limit: Int = outputBytes) -> String {
        rendered(text, files: files, limit: limit)?.html ?? ""
    }

    /// The text with each `@[…](ID)` of one person shortened to `@[–](ID)`.
    public static func nameless(_ text: String, _ person: PersonID) -> String {
        let end = "](\(person))"
        var result = ""
        var rest = text[...]
        while let found = rest.range(of: end) {
            let before = rest[..<found.lowerBound]
            if let start = before.range(of: "@[", options: .backwards) {
                result += before[..<start.upperBound] + "–" + end
            } else {
                result += before + end
            }
            rest = rest[found.upperBound...]
        }
        return result + rest
    }

    /// The words of the text without its marks, for search and for notifications.
    public static func plain(_ text: String) -> String {
        let plain = MarkdownPlainText(limit: outputBytes)
        guard MarkdownParser.parse(text, plain) else { return text }
        return plain.text
    }
}

/// What a text became, and whom and what it names.
public struct RenderedMarkdown: Sendable {
    /// The HTML.
    public let html: String
    /// The ids written as mentions, `@[Anna Bianchi](5)`, each once, whether they are members or not.
    public let people: [Int64]
    /// The groups written as mentions: `facilitators`, `channel`.
    public let groups: [String]
    /// The ids written as references, `#1235`, each once.
    public let references: [Int64]
}
