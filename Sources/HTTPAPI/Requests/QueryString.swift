import WireProtocol

/// The part of an address after `?`.
struct QueryString: Sendable, Equatable {
    /// Names and values in their order, decoded.
    let pairs: [(name: String, value: String)]
    /// More parameters are over a limit of form.
    static let mostParameters = 200

    /// Decodes strictly: percent signs with two digits, UTF-8, no NUL.
    init(_ raw: String) throws(WireError) {
        var pairs: [(name: String, value: String)] = []
        for part in raw.utf8.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.mostParameters else {
                throw WireError(.malformed, "more than \(Self.mostParameters) parameters")
            }
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let name = try Self.decode(part[..<equals])
            let value = equals == part.endIndex ? "" : try Self.decode(part[part.index(after: equals)...])
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// The values by name.
    var values: [String: [String]] {
        Dictionary(grouping: pairs, by: \.name).mapValues { $0.map(\.value) }
    }

    /// As the fields of a query: a parameter given more than once is a list.
    var object: JSONObject {
        var order: [String] = []
        var values: [String: [String]] = [:]
        for pair in pairs {
            if values[pair.name] == nil { order.append(pair.name) }
            values[pair.name, default: []].append(pair.value)
        }
        return JSONObject(
            order.map { name in
                let items = values[name] ?? []
                let value = items.count == 1 ? JSON.string(items[0]) : .array(items.map(JSON.string))
                return JSONObject.Member(name: name, value: value)
            }
        )
    }

    private static func decode(_ part: Substring.UTF8View) throws(WireError) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(part.count)
        var rest = part[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    throw WireError(.malformed, "a percent sign without two hexadecimal digits")
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard !bytes.contains(0) else { throw WireError(.malformed, "NUL in a parameter") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw WireError(.malformed, "a parameter is not UTF-8")
        }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    static func == (left: QueryString, right: QueryString) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0.name == $1.name && $0.value == $1.value }
    }
}
