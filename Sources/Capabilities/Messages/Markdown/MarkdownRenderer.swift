import Files
import WireProtocol

/// Writes HTML.
///
/// Every tag and attribute that can come out stands in this file.
final class MarkdownRenderer: MarkdownVisitor {
    private var output = HTMLOutput()
    private let limit: Int
    /// Who may be mentioned; nil for whoever is named.
    private let allowed: Set<Int64>?
    /// The end tag of each block and span that is open; empty where no tag was written.
    private var open: [String] = []
    /// Elements inside each other at most; deeper ones lose their tags and keep their text.
    private let deepest = 40
    /// The files that the text may lead to, and those of them that are pictures.
    private let files: Set<Int64>
    private let pictures: Set<Int64>
    private var linkDepth = 0
    /// Spans open from a picture inwards: what they hold is its alternative text, in which no tag can stand.
    private var pictureDepth = 0
    private var codeDepth = 0

    private var people: [Int64] = []
    private var groups: [String] = []
    private var references: [Int64] = []

    init(limit: Int, people: Set<Int64>?, files: [AttachedFile] = []) {
        self.limit = limit
        allowed = people
        self.files = Set(files.map(\.id.rawValue))
        pictures = Set(files.filter(\.isPicture).map(\.id.rawValue))
    }

    var result: RenderedMarkdown {
        RenderedMarkdown(
            html: String(decoding: output.bytes, as: UTF8.self),
            people: people,
            groups: groups,
            references: references
        )
    }

    private var fits: Bool { output.bytes.count <= limit }

    private func open(_ tag: String, _ end: String) {
        if open.count >= deepest {
            open.append("")
        } else {
            output.raw(tag)
            open.append(end)
        }
    }

    private func close() {
        if let end = open.popLast() { output.raw(end) }
    }

    // MARK: Blocks

    func enter(_ block: MarkdownBlock) -> Bool {
        switch block {
        case .document, .other: open.append("")
        case .quote: open("<blockquote>", "</blockquote>")
        case .bullets: open("<ul>", "</ul>")
        case .numbers(let start): open(start == 1 ? "<ol>" : "<ol start=\"\(start)\">", "</ol>")
        case .item(let task):
            open("<li>", "</li>")
            if let task { output.raw(task ? "☑ " : "☐ ") }
        case .rule:
            output.raw("<hr>")
            open.append("")
        // The page's own headings come before those of a message.
        case .heading(let level): open("<h\(min(level + 2, 6))>", "</h\(min(level + 2, 6))>")
        case .code(let language): open("<pre><code\(Self.languageClass(language))>", "</code></pre>")
        case .paragraph: open("<p>", "</p>")
        case .table: open("<table>", "</table>")
        case .tableHead: open("<thead>", "</thead>")
        case .tableBody: open("<tbody>", "</tbody>")
        case .row: open("<tr>", "</tr>")
        case .headCell(let alignment): open("<th\(Self.alignmentClass(alignment))>", "</th>")
        case .cell(let alignment): open("<td\(Self.alignmentClass(alignment))>", "</td>")
        }
        if case .code = block { codeDepth += 1 }
        return fits
    }

    func leave(_ block: MarkdownBlock) -> Bool {
        if case .code = block { codeDepth -= 1 }
        close()
        output.endsWord()
        return fits
    }

    private static func alignmentClass(_ alignment: MarkdownAlignment) -> String {
        alignment == .natural ? "" : " class=\"\(alignment.rawValue)\""
    }

    private static func languageClass(_ language: String) -> String {
        let isPlain = language.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2B
        }
        return isPlain && (1...20).contains(language.utf8.count) ? " class=\"language-\(language.lowercased())\"" : ""
    }

    // MARK: Spans

    func enter(_ span: MarkdownSpan) -> Bool {
        guard pictureDepth == 0 else {
            pictureDepth += 1
            return fits
        }
        switch span {
        case .emphasis: open("<em>", "</em>")
        case .strong: open("<strong>", "</strong>")
        case .deleted: open("<del>", "</del>")
        case .code:
            open("<code>", "</code>")
            codeDepth += 1
        case .link(let target):
            if let person = mentioned(target) {
                mention(person)
            } else {
                link(to: target)
            }
        // An image would be fetched from elsewhere by every reader: it becomes a link. One's own is shown.
        case .image(let source):
            if let file = ownFile(source), pictures.contains(file) {
                picture(file)
            } else {
                link(to: source)
            }
        case .other: open.append("")
        }
        return fits
    }

    func leave(_ span: MarkdownSpan) -> Bool {
        if pictureDepth > 0 {
            pictureDepth -= 1
            if pictureDepth == 0 { close() }
            return fits
        }
        switch span {
        case .code: codeDepth -= 1
        case .link, .image: linkDepth -= 1
        default: break
        }
        close()
        return fits
    }

    /// The person's id when the link is a mention: `@` stands before it and it leads to a number.
    private func mentioned(_ target: String) -> Int64? {
        guard linkDepth == 0, output.endsWithAt, (1...16).contains(target.utf8.count),
            target.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let person = Int64(target), person > 0
        else { return nil }
        return person
    }

    private func mention(_ person: Int64) {
        linkDepth += 1
        if !people.contains(person) { people.append(person) }
        guard allowed?.contains(person) ?? true, open.count < deepest else { return open.append("") }
        output.takeBackAt()
        open("<span class=\"mention\" data-person=\"\(person)\">@", "</span>")
    }

    private func link(to target: String) {
        linkDepth += 1
        guard linkDepth == 1 else { return open.append("") }
        if let file = ownFile(target) { return open("<a href=\"\(Self.address(of: file))\">", "</a>") }
        guard SafeLink.isAllowed(target) else { return open.append("") }
        open("<a href=\"\(SafeLink.escaped(target))\" rel=\"noopener noreferrer\">", "</a>")
    }

    private static func address(of file: Int64) -> String { "/files/\(file)" }

    /// The file that an address of this server names, when the text may lead to it.
    private func ownFile(_ target: String) -> Int64? {
        let start = "/files/"
        guard !files.isEmpty, target.hasPrefix(start), let file = Int64(target.dropFirst(start.count)),
            // Whatever else reads as that number is another address.
            target.utf8.elementsEqual(Self.address(of: file).utf8), files.contains(file)
        else { return nil }
        return file
    }

    private func picture(_ file: Int64) {
        pictureDepth = 1
        open("<img src=\"\(Self.address(of: file))\" loading=\"lazy\" alt=\"", "\">")
    }

    // MARK: Text

    func text(_ kind: MarkdownText, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch kind {
        case .hardBreak where pictureDepth > 0, .softBreak where pictureDepth > 0: output.text(" ")
        case .plain where pictureDepth > 0: output.text(bytes)
        case .plain where linkDepth == 0 && codeDepth == 0: words(bytes)
        case .plain, .code: output.text(bytes)
        case .entity: output.text(HTMLEntity.decoded(bytes))
        // Who writes a line break in a chat means it.
        case .hardBreak, .softBreak:
            output.raw("<br>")
            output.endsWord()
        case .nullCharacter: output.text("\u{FFFD}")
        }
        return fits
    }

    /// Writes text in which references and groups are to be found.
    private func words(_ bytes: UnsafeBufferPointer<UInt8>) {
        var done = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "#"):
                guard let end = Self.endOfReference(bytes, index) else { break }
                output.text(UnsafeBufferPointer(rebasing: bytes[done..<index]))
                guard !output.isInWord else {
                    done = index
                    break
                }
                reference(bytes[(index + 1)..<end])
                done = end
                index = end
                continue
            case UInt8(ascii: "@"):
                guard let (group, end) = Self.group(bytes, index) else { break }
                output.text(UnsafeBufferPointer(rebasing: bytes[done..<index]))
                if !groups.contains(group) { groups.append(group) }
                output.raw("<span class=\"mention\" data-group=\"\(group)\">@\(group)</span>")
                done = end
                index = end
                continue
            default: break
            }
            index += 1
        }
        output.text(UnsafeBufferPointer(rebasing: bytes[done...]))
    }

    private func reference(_ digits: Slice<UnsafeBufferPointer<UInt8>>) {
        guard let id = Int64(String(decoding: digits, as: UTF8.self)) else { return }
        if !references.contains(id) { references.append(id) }
        output.raw("<a href=\"/go/\(id)\" class=\"reference\">#\(id)</a>")
    }

    /// Where the digits after `#` end, when they make an id and no word goes on after them.
    private static func endOfReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var end = start + 1
        while end < bytes.count, end - start <= 16, (0x30...0x39).contains(bytes[end]) { end += 1 }
        guard end > start + 1, bytes[start + 1] != 0x30 else { return nil }
        if end < bytes.count, bytes[end].isWordByte { return nil }
        return end
    }

    private static func group(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (String, Int)? {
        for group in ["facilitators", "channel"] {
            let written = Array("@[\(group)]".utf8)
            let end = start + written.count
            guard end <= bytes.count, bytes[start..<end].elementsEqual(written) else { continue }
            return (group, end)
        }
        return nil
    }
}

extension UInt8 {
    /// Whether the byte is part of a word: a letter or digit of ASCII, `_`, or any part of another character.
    var isWordByte: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x5F
            || self >= 0x80
    }
}
