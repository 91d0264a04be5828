/// A JSON value as it came over the wire (RFC 8259), members in the order of the text.
///
/// Whole numbers that fit in 64 bits are kept exactly, `7.0` is 7; every other number is a `Double`.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
    /// A string that holds half of a surrogate pair (`"\ud83c"`). Swift's `String` cannot hold it; a field that
    /// carries it is refused as `invalid`, which is why parsing itself does not fail.
    case unpairedSurrogate

    /// The object's member of that name, nil for any other value.
    public subscript(name: String) -> JSON? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    /// The value as an object, nil otherwise.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The value as an array, nil otherwise.
    public var array: [JSON]? {
        if case .array(let items) = self { items } else { nil }
    }

    /// The value as text, nil otherwise.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value as a whole number; `7.0` counts as 7.
    public var int: Int64? {
        switch self {
        case .int(let number): number
        case .double(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// The value as a number.
    public var double: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// The value as a truth value, nil otherwise.
    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// Builds an object from pairs, in that order.
    public static func members(_ pairs: KeyValuePairs<String, JSON>) -> JSON {
        .object(JSONObject(pairs.map { JSONObject.Member(name: $0.key, value: $0.value) }))
    }

    /// Compares strings code unit by code unit, never by canonical equivalence: `é` is not `e` + U+0301 here.
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null), (.unpairedSurrogate, .unpairedSurrogate): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.double(let a), .double(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

/// The members of a JSON object, in the order of the text, no name twice.
public struct JSONObject: Sendable, Equatable {
    /// One name and its value.
    public struct Member: Sendable, Equatable {
        /// The member's name.
        public let name: String
        /// The member's value.
        public let value: JSON

        /// Makes a member.
        public init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The members in the order of the text.
    public private(set) var members: [Member]

    /// Makes an object of members whose names the caller knows to be distinct.
    public init(_ members: [Member] = []) {
        self.members = members
    }

    /// The value of that name.
    ///
    /// Objects on the wire are small: a scan beats a table.
    public subscript(name: String) -> JSON? {
        for member in members where member.name == name { return member.value }
        return nil
    }
}
