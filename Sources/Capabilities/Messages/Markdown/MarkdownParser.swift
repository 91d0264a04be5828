import CMarkdown

/// Receives the parts of a Markdown text in their order; false ends the parsing.
protocol MarkdownVisitor: AnyObject {
    func enter(_ block: MarkdownBlock) -> Bool
    func leave(_ block: MarkdownBlock) -> Bool
    func enter(_ span: MarkdownSpan) -> Bool
    func leave(_ span: MarkdownSpan) -> Bool
    func text(_ kind: MarkdownText, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool
}

/// A part of a text's structure.
enum MarkdownBlock: Equatable {
    case document
    case quote
    case bullets
    case numbers(start: UInt32)
    case item(task: Bool?)
    case rule
    case heading(level: UInt32)
    case code(language: String)
    case paragraph
    case table
    case tableHead
    case tableBody
    case row
    case headCell(MarkdownAlignment)
    case cell(MarkdownAlignment)
    /// Anything that we have no element for.
    case other
}

/// How a table's column is set.
enum MarkdownAlignment: String {
    case natural = ""
    case left = "align-left"
    case center = "align-center"
    case right = "align-right"
}

/// A part of a line.
enum MarkdownSpan: Equatable {
    case emphasis
    case strong
    case deleted
    case code
    case link(String)
    case image(String)
    case other
}

/// What a piece of text is.
enum MarkdownText {
    case plain
    case entity
    case code
    case hardBreak
    case softBreak
    case nullCharacter
}

/// The wall around libmd4c: no pointer of its comes out but the bytes of a text, for the length of a call.
enum MarkdownParser {
    /// GitHub's dialect without raw HTML, and without code by indentation, which surprises in a chat.
    private static let flags = UInt32(
        MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEEMAILAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS
            | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOHTMLSPANS
            | MD_FLAG_NOINDENTEDCODEBLOCKS
    )

    /// Parses the text; false when the visitor ended it or the parser failed.
    static func parse(_ text: String, _ visitor: any MarkdownVisitor) -> Bool {
        let box = VisitorBox(visitor)
        var parser = MD_PARSER()
        parser.flags = flags
        parser.enter_block = { type, detail, context in
            VisitorBox.of(context).visitor.enter(MarkdownBlock(type, detail)) ? 0 : 1
        }
        parser.leave_block = { type, detail, context in
            VisitorBox.of(context).visitor.leave(MarkdownBlock(type, detail)) ? 0 : 1
        }
        parser.enter_span = { type, detail, context in
            VisitorBox.of(context).visitor.enter(MarkdownSpan(type, detail)) ? 0 : 1
        }
        parser.leave_span = { type, detail, context in
            VisitorBox.of(context).visitor.leave(MarkdownSpan(type, detail)) ? 0 : 1
        }
        parser.text = { type, start, count, context in
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(count)).assumingMemoryBound(to: UInt8.self)
            return VisitorBox.of(context).visitor.text(MarkdownText(type), bytes) ? 0 : 1
        }
        var copy = text
        return withExtendedLifetime(box) {
            copy.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { characters in
                    guard let start = characters.baseAddress else { return true }
                    let context = Unmanaged.passUnretained(box).toOpaque()
                    return md_parse(start, MD_SIZE(characters.count), &parser, context) == 0
                }
            }
        }
    }
}

/// Lends a visitor to the parser for the length of one `md_parse`.
private final class VisitorBox {
    let visitor: any MarkdownVisitor

    init(_ visitor: any MarkdownVisitor) { self.visitor = visitor }

    static func of(_ context: UnsafeMutableRawPointer?) -> VisitorBox {
        guard let context else { fatalError("md4c lost its context") }
        return Unmanaged<VisitorBox>.fromOpaque(context).takeUnretainedValue()
    }
}

extension MarkdownBlock {
    fileprivate init(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
        switch type {
        case MD_BLOCK_DOC: self = .document
        case MD_BLOCK_QUOTE: self = .quote
        case MD_BLOCK_UL: self = .bullets
        case MD_BLOCK_OL:
            self = .numbers(start: detail?.assumingMemoryBound(to: MD_BLOCK_OL_DETAIL.self).pointee.start ?? 1)
        case MD_BLOCK_LI:
            guard let item = detail?.assumingMemoryBound(to: MD_BLOCK_LI_DETAIL.self).pointee, item.is_task != 0 else {
                self = .item(task: nil)
                return
            }
            self = .item(task: item.task_mark != CChar(UInt8(ascii: " ")))
        case MD_BLOCK_HR: self = .rule
        case MD_BLOCK_H:
            self = .heading(level: detail?.assumingMemoryBound(to: MD_BLOCK_H_DETAIL.self).pointee.level ?? 1)
        case MD_BLOCK_CODE:
            self = .code(
                language: detail.map { $0.assumingMemoryBound(to: MD_BLOCK_CODE_DETAIL.self).pointee.lang.decoded }
                    ?? ""
            )
        case MD_BLOCK_P: self = .paragraph
        case MD_BLOCK_TABLE: self = .table
        case MD_BLOCK_THEAD: self = .tableHead
        case MD_BLOCK_TBODY: self = .tableBody
        case MD_BLOCK_TR: self = .row
        case MD_BLOCK_TH: self = .headCell(MarkdownAlignment(detail))
        case MD_BLOCK_TD: self = .cell(MarkdownAlignment(detail))
        default: self = .other
        }
    }
}

extension MarkdownAlignment {
    fileprivate init(_ detail: UnsafeMutableRawPointer?) {
        switch detail?.assumingMemoryBound(to: MD_BLOCK_TD_DETAIL.self).pointee.align {
        case MD_ALIGN_LEFT: self = .left
        case MD_ALIGN_CENTER: self = .center
        case MD_ALIGN_RIGHT: self = .right
        default: self = .natural
        }
    }
}

extension MarkdownSpan {
    fileprivate init(_ type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
        switch type {
        case MD_SPAN_EM: self = .emphasis
        case MD_SPAN_STRONG: self = .strong
        case MD_SPAN_DEL: self = .deleted
        case MD_SPAN_CODE: self = .code
        case MD_SPAN_A:
            self = .link(detail.map { $0.assumingMemoryBound(to: MD_SPAN_A_DETAIL.self).pointee.href.decoded } ?? "")
        case MD_SPAN_IMG:
            self = .image(
                detail.map { $0.assumingMemoryBound(to: MD_SPAN_IMG_DETAIL.self).pointee.src.decoded } ?? ""
            )
        default: self = .other
        }
    }
}

extension MarkdownText {
    fileprivate init(_ type: MD_TEXTTYPE) {
        switch type {
        case MD_TEXT_ENTITY: self = .entity
        case MD_TEXT_CODE: self = .code
        case MD_TEXT_BR: self = .hardBreak
        case MD_TEXT_SOFTBR: self = .softBreak
        case MD_TEXT_NULLCHAR: self = .nullCharacter
        default: self = .plain
        }
    }
}

extension MD_ATTRIBUTE {
    /// The attribute's text with its entities decoded, so that a scheme cannot hide in one (`javascript&#58;`).
    fileprivate var decoded: String {
        // Longer than any target we let pass; a long one that is named a thousand times would cost time.
        guard let text, size > 0, size <= 4_096, let types = substr_types, let offsets = substr_offsets else {
            return ""
        }
        let bytes = UnsafeRawBufferPointer(start: text, count: Int(size))
        var result = ""
        var index = 0
        while offsets[index] < size {
            let part = bytes[Int(offsets[index])..<Int(offsets[index + 1])]
            switch types[index] {
            case MD_TEXT_ENTITY: result += HTMLEntity.decoded(part)
            case MD_TEXT_NULLCHAR: result += "\u{FFFD}"
            default: result += String(decoding: part, as: UTF8.self)
            }
            index += 1
        }
        return result
    }
}
