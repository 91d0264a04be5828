/// The bounds of form that protocol section 7 sets for anything that is parsed.
public struct JSONLimits: Sendable {
    /// The deepest nesting of arrays and objects.
    public var depth = 32
    /// The number of member names in one text, all levels together.
    public var keys = 1_000

    /// The protocol's bounds.
    public init() {}

    /// For what the server itself wrote: a snapshot or a page of messages has more names than a request may have.
    public static let answers: JSONLimits = {
        var limits = JSONLimits()
        limits.keys = 10_000_000
        return limits
    }()
}

/// Why a text is `malformed`.
public enum JSONParseError: Error, Equatable, Sendable {
    /// Not JSON at all, at that byte.
    case syntax(at: Int)
    /// JSON, but over a bound of form: depth, keys, number, duplicate key, NUL.
    case limit(String)
}

/// A strict parser of RFC 8259 text with the protocol's bounds of form.
///
/// It never repairs.
///
/// After an error of kind ``JSONParseError/limit(_:)`` the rest of the text is still checked for syntax, so that a
/// well-formed request over a limit can be answered under its own `id`.
public struct JSONParser {
    private let bytes: UnsafeRawBufferPointer
    private var position: Int
    private let limits: JSONLimits
    private var keysSeen = 0
    private var firstLimit: String?

    /// Makes a parser over `bytes`, which must outlive it.
    public init(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()) {
        self.bytes = bytes
        self.limits = limits
        position = 0
    }

    /// Parses a text that holds exactly one value.
    public static func parse(
        _ bytes: some Sequence<UInt8>,
        limits: JSONLimits = JSONLimits()
    ) throws(JSONParseError)
        -> JSON
    {
        let copy = Array(bytes)
        let outcome = copy.withUnsafeBytes { buffer -> Result<JSON, JSONParseError> in
            var parser = JSONParser(buffer, limits: limits)
            do throws(JSONParseError) {
                let value = try parser.next()
                guard parser.isAtEnd else { throw .syntax(at: parser.position) }
                return .success(value.value)
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// One parsed value, and the limit it broke, if any.
    public struct Parsed: Sendable {
        /// The value; what lies beyond a limit is `.null` in it.
        public let value: JSON
        /// The sentence for developers when a limit of form was broken.
        public let brokenLimit: String?
    }

    /// Whether only white space is left.
    public var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return position == bytes.count
        }
    }

    /// Takes the newline that must separate two objects of a frame; false when something else stands there.
    public mutating func takeSeparator() -> Bool {
        var newline = false
        while position < bytes.count, isSpace(bytes[position]) {
            if bytes[position] == 0x0A { newline = true }
            position += 1
        }
        return newline
    }

    /// Parses the next value and throws when it breaks a limit.
    public mutating func next() throws(JSONParseError) -> Parsed {
        let parsed = try nextWithinLimits()
        if let limit = parsed.brokenLimit { throw .limit(limit) }
        return parsed
    }

    /// Parses the next value; a broken limit is told beside it instead of thrown.
    public mutating func nextWithinLimits() throws(JSONParseError) -> Parsed {
        keysSeen = 0
        firstLimit = nil
        let value = try parseValue(depth: 0)
        return Parsed(value: value, brokenLimit: firstLimit)
    }

    private mutating func parseValue(depth: Int) throws(JSONParseError) -> JSON {
        skipSpace()
        guard position < bytes.count else { throw .syntax(at: position) }
        switch bytes[position] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if depth >= limits.depth {
                note("deeper than \(limits.depth)")
                try skipContainer()
                return .null
            }
            return bytes[position] == UInt8(ascii: "{")
                ? try parseObject(depth: depth) : try parseArray(depth: depth)
        case UInt8(ascii: "\""):
            return try parseString()
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        default:
            return try parseNumber()
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONParseError) -> JSON {
        position += 1
        var members: [JSONObject.Member] = []
        var names: Set<[UInt8]>?
        skipSpace()
        if peek == UInt8(ascii: "}") {
            position += 1
            return .object(JSONObject())
        }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw .syntax(at: position) }
            let name: String
            switch try parseString() {
            case .string(let text): name = text
            default:
                note("an unpaired surrogate in a name")
                name = "\u{FFFD}"
            }
            keysSeen += 1
            if keysSeen > limits.keys { note("more than \(limits.keys) keys") }
            if isRepeated(name, among: members, &names) { note("the key \"\(name.prefix(40))\" stands twice") }
            skipSpace()
            guard peek == UInt8(ascii: ":") else { throw .syntax(at: position) }
            position += 1
            let value = try parseValue(depth: depth + 1)
            // The outermost names are kept whatever came before them, so that the refusal finds its `id`.
            if keysSeen <= limits.keys || depth == 0 { members.append(JSONObject.Member(name: name, value: value)) }
            skipSpace()
            switch peek {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                position += 1
                return .object(JSONObject(members))
            default: throw .syntax(at: position)
            }
        }
    }

    /// Small objects are scanned; from 16 names on a set keeps the check linear.
    private func isRepeated(
        _ name: String,
        among members: [JSONObject.Member],
        _ names: inout Set<[UInt8]>?
    ) -> Bool {
        if members.count < 16 { return members.contains { $0.name.utf8.elementsEqual(name.utf8) } }
        if names == nil { names = Set(members.map { Array($0.name.utf8) }) }
        return !(names?.insert(Array(name.utf8)).inserted ?? true)
    }

    private mutating func parseArray(depth: Int) throws(JSONParseError) -> JSON {
        position += 1
        var items: [JSON] = []
        skipSpace()
        if peek == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            items.append(try parseValue(depth: depth + 1))
            skipSpace()
            switch peek {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                position += 1
                return .array(items)
            default: throw .syntax(at: position)
            }
        }
    }

    /// Steps over a container that is too deep, without recursion, so that hostile nesting costs no stack.
    private mutating func skipContainer() throws(JSONParseError) {
        var open: [UInt8] = []
        repeat {
            skipSpace()
            guard let byte = peek else { throw .syntax(at: position) }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(byte)
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard let opened = open.popLast(), opened == (byte == UInt8(ascii: "}") ? 0x7B : 0x5B) else {
                    throw .syntax(at: position)
                }
                position += 1
            case UInt8(ascii: "\""): _ = try parseString()
            default: position += 1
            }
        } while !open.isEmpty
    }

    // MARK: Scalars

    private mutating func literal(_ text: StaticString) throws(JSONParseError) {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw .syntax(at: position) }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] {
            throw .syntax(at: position + index)
        }
        position += count
    }

    private mutating func parseNumber() throws(JSONParseError) -> JSON {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        guard let first = peek, isDigit(first) else { throw .syntax(at: position) }
        if first == UInt8(ascii: "0") { position += 1 } else { skipDigits() }
        var isInteger = true
        if peek == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard let digit = peek, isDigit(digit) else { throw .syntax(at: position) }
            skipDigits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            guard let digit = peek, isDigit(digit) else { throw .syntax(at: position) }
            skipDigits()
        }
        let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        if isInteger {
            if let number = Int64(text) { return .int(number) }
            note("a number beyond 64 bits")
            return .null
        }
        guard text.utf8.count <= 64, let number = Double(text), number.isFinite else {
            note("a number beyond 64 bits")
            return .null
        }
        // 7.0 is 7: a whole number is the same whichever way it was written.
        if let whole = Int64(exactly: number), whole.magnitude <= 1 << 53 { return .int(whole) }
        return .double(number)
    }

    private mutating func parseString() throws(JSONParseError) -> JSON {
        position += 1
        let start = position
        // The common case first: no escape in it, so the text is a slice.
        while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5C, bytes[position] >= 0x20 {
            position += 1
        }
        guard position < bytes.count, bytes[position] >= 0x20 else { throw .syntax(at: position) }
        if bytes[position] == 0x22 {
            defer { position += 1 }
            guard
                let text = String(validating: UnsafeRawBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
            else {
                throw .syntax(at: start)
            }
            return .string(text)
        }
        return try parseEscapedString(from: start)
    }

    private mutating func parseEscapedString(from start: Int) throws(JSONParseError) -> JSON {
        var text = Array(UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
        var unpaired = false
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case 0x22:
                if unpaired { return .unpairedSurrogate }
                guard let string = String(validating: text, as: UTF8.self) else { throw .syntax(at: start) }
                return .string(string)
            case 0x5C:
                try parseEscape(into: &text, &unpaired)
            case 0..<0x20:
                throw .syntax(at: position - 1)
            default:
                text.append(byte)
            }
        }
        throw .syntax(at: position)
    }

    private mutating func parseEscape(into text: inout [UInt8], _ unpaired: inout Bool) throws(JSONParseError) {
        guard let kind = peek else { throw .syntax(at: position) }
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let unit = try parseHex()
            if unit == 0 { note("a NUL character") }
            if (0xD800..<0xDC00).contains(unit) {
                let resume = position
                if peek == 0x5C, position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") {
                    position += 2
                    let low = try parseHex()
                    if (0xDC00..<0xE000).contains(low) {
                        let scalar = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
                        append(scalar, to: &text)
                        return
                    }
                    position = resume
                }
                unpaired = true
            } else if (0xDC00..<0xE000).contains(unit) {
                unpaired = true
            } else {
                append(unit, to: &text)
            }
        default: throw .syntax(at: position - 1)
        }
    }

    private mutating func parseHex() throws(JSONParseError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw .syntax(at: position) }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt32
            switch bytes[position] {
            case let byte where isDigit(byte): digit = UInt32(byte - 0x30)
            case let byte where (0x61...0x66).contains(byte): digit = UInt32(byte - 0x61 + 10)
            case let byte where (0x41...0x46).contains(byte): digit = UInt32(byte - 0x41 + 10)
            default: throw .syntax(at: position)
            }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }

    private func append(_ value: UInt32, to text: inout [UInt8]) {
        // Surrogates never come here, so every value is a scalar.
        guard let scalar = Unicode.Scalar(value) else { return }
        text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    }

    // MARK: Bytes

    private mutating func note(_ limit: String) {
        if firstLimit == nil { firstLimit = limit }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    }

    private mutating func skipDigits() {
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
