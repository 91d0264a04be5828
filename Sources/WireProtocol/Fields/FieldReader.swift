/// What is wrong with one field: `{"path":"with.text","problem":"empty"}`.
public struct FieldProblem: WireObject, Equatable {
    /// Where: `with.text`, `with.mandates.0.role`, `nonce`.
    public var path = ""
    /// What: `missing`, `wrong_type`, `empty`, `too_long`, `too_short`, `out_of_range`, `not_allowed`,
    /// `not_a_time`, `lone_surrogate`, `too_many`, `too_few`, or a word of the capability.
    public var problem = ""

    /// An empty problem, to be read.
    public init() {}

    /// Makes a problem.
    public init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("path", &path)
        visitor.text("problem", &problem)
    }
}

/// Reads the fields of a ``WireObject`` from a JSON object and gathers every problem instead of stopping at the first.
public struct FieldReader: FieldVisitor {
    /// How scalar values are written in the source.
    public enum Notation: Sendable {
        /// JSON: a number is a number.
        case json
        /// A URL's query: numbers as text, lists by repeating the parameter.
        case query
    }

    private let source: JSONObject
    private let path: String
    private let notation: Notation
    /// The problems met so far.
    public private(set) var problems: [FieldProblem] = []
    /// Set when a text exceeds its upper bound: the protocol's answer is then `too_large`.
    public private(set) var isTooLarge = false

    /// Makes a reader over `source`; `path` stands before each field's name in the problems.
    public init(_ source: JSONObject, path: String = "with", notation: Notation = .json) {
        self.source = source
        self.path = path
        self.notation = notation
    }

    /// The value of a field, nil when it is missing or null; a missing mandatory one is a problem.
    private mutating func take(_ name: String, _ rule: FieldRule) -> JSON? {
        guard let value = source[name], value != .null else {
            if rule.required { reject(name, "missing") }
            return nil
        }
        if case .unpairedSurrogate = value {
            reject(name, "lone_surrogate")
            return nil
        }
        return value
    }

    private mutating func wrongType(_ name: String) {
        reject(name, "wrong_type")
    }

    private static func wholeNumber(_ value: JSON, _ notation: Notation) -> Int64? {
        if notation == .query, case .string(let text) = value { return Int64(text) }
        return value.int
    }

    /// A list; in a query a single value is a list of one.
    private func items(_ value: JSON) -> [JSON]? {
        if let array = value.array { return array }
        return notation == .query ? [value] : nil
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func integer(_ name: String, _ value: inout Int64?, _ rule: FieldRule) {
        guard let found = take(name, rule) else {
            value = nil
            return
        }
        guard let read = Self.wholeNumber(found, notation) else {
            wrongType(name)
            value = nil
            return
        }
        if let bounds = rule.bounds, !bounds.contains(read) { reject(name, "out_of_range") }
        value = read
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func number(_ name: String, _ value: inout Double?, _ rule: FieldRule) {
        guard let found = take(name, rule) else {
            value = nil
            return
        }
        if notation == .query, case .string(let text) = found {
            value = Double(text)
        } else {
            value = found.double
        }
        if value == nil { wrongType(name) }
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func string(_ name: String, _ value: inout String?, _ rule: FieldRule) {
        guard let found = take(name, rule) else {
            value = nil
            return
        }
        guard let read = found.string else {
            wrongType(name)
            value = nil
            return
        }
        if let choices = rule.choices, !choices.contains(read) { reject(name, "not_allowed") }
        if let bounds = rule.bounds {
            let count = Int64(read.utf8.count)
            if count < bounds.lowerBound { reject(name, count == 0 ? "empty" : "too_short") }
            if count > bounds.upperBound {
                isTooLarge = true
                reject(name, "too_long")
            }
        }
        value = read
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func boolean(_ name: String, _ value: inout Bool?, _ rule: FieldRule) {
        guard let found = take(name, rule) else {
            value = nil
            return
        }
        if notation == .query, case .string(let text) = found {
            value = text == "true" || text == "1" ? true : text == "false" || text == "0" ? false : nil
        } else {
            value = found.bool
        }
        if value == nil { wrongType(name) }
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func integers(_ name: String, _ value: inout [Int64]?, _ rule: FieldRule) {
        let notation = notation
        value = list(name, rule) { Self.wholeNumber($0, notation) }
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func strings(_ name: String, _ value: inout [String]?, _ rule: FieldRule) {
        value = list(name, rule) { $0.string }
    }

    private mutating func list<Item>(_ name: String, _ rule: FieldRule, _ read: (JSON) -> Item?) -> [Item]? {
        guard let found = take(name, rule) else { return nil }
        guard let items = items(found) else {
            wrongType(name)
            return nil
        }
        guard checkCount(items.count, name, rule) else { return nil }
        var values: [Item] = []
        values.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            if case .unpairedSurrogate = item {
                reject("\(name).\(index)", "lone_surrogate")
            } else if let one = read(item) {
                values.append(one)
            } else {
                wrongType("\(name).\(index)")
            }
        }
        return values
    }

    private mutating func checkCount(_ count: Int, _ name: String, _ rule: FieldRule) -> Bool {
        guard let bounds = rule.bounds else { return true }
        if Int64(count) < bounds.lowerBound { reject(name, count == 0 ? "empty" : "too_few") }
        if Int64(count) > bounds.upperBound { reject(name, "too_many") }
        return bounds.contains(Int64(count))
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func object<T: WireObject>(_ name: String, _ value: inout T?, _ rule: FieldRule) {
        guard let found = take(name, rule) else {
            value = nil
            return
        }
        guard let object = found.object else {
            wrongType(name)
            value = nil
            return
        }
        value = read(object, at: name)
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func objects<T: WireObject>(_ name: String, _ value: inout [T]?, _ rule: FieldRule) {
        guard let found = take(name, rule) else {
            value = nil
            return
        }
        guard let items = items(found) else {
            wrongType(name)
            value = nil
            return
        }
        guard checkCount(items.count, name, rule) else {
            value = nil
            return
        }
        var values: [T] = []
        for (index, item) in items.enumerated() {
            if let object = item.object {
                values.append(read(object, at: "\(name).\(index)"))
            } else {
                wrongType("\(name).\(index)")
            }
        }
        value = values
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func clearable<T: WireObject>(_ name: String, _ value: inout Clearable<T>?) {
        value = nil
        guard let found = source[name] else { return }
        if found == .null {
            value = .off
        } else if let object = found.object {
            value = .on(read(object, at: name))
        } else {
            wrongType(name)
        }
    }

    private mutating func read<T: WireObject>(_ object: JSONObject, at name: String) -> T {
        var inner = FieldReader(object, path: path.isEmpty ? name : "\(path).\(name)", notation: notation)
        var value = T()
        value.fields(&inner)
        problems += inner.problems
        isTooLarge = isTooLarge || inner.isTooLarge
        return value
    }

    /// Reads it, or notes what is wrong with it.
    public mutating func json(_ name: String, _ value: inout JSON?, _ rule: FieldRule) {
        value = take(name, rule)
        if let found = value, found.holdsUnpairedSurrogate { reject(name, "lone_surrogate") }
    }

    /// Reads it, where it is an object.
    public func former(_ name: String) -> JSONObject? { source[name]?.object }

    /// Reads whether it is there and null.
    public mutating func null(_ name: String, _ isNull: inout Bool) { isNull = source[name] == .null }

    /// Reads it, or notes what is wrong with it.
    public mutating func reject(_ name: String, _ problem: String) {
        problems.append(FieldProblem(path: path.isEmpty ? name : "\(path).\(name)", problem: problem))
    }
}

extension JSON {
    fileprivate var holdsUnpairedSurrogate: Bool {
        switch self {
        case .unpairedSurrogate: true
        case .array(let items): items.contains(where: \.holdsUnpairedSurrogate)
        case .object(let object): object.members.contains(where: \.value.holdsUnpairedSurrogate)
        default: false
        }
    }
}

extension WireObject {
    /// Reads an object, or throws ``WireError`` `invalid` (or `too_large`) with every problem found.
    public static func read(
        _ source: JSONObject,
        path: String = "with",
        notation: FieldReader.Notation = .json
    ) throws(WireError) -> Self {
        var reader = FieldReader(source, path: path, notation: notation)
        var value = Self()
        value.fields(&reader)
        guard reader.problems.isEmpty else {
            throw WireError(
                reader.isTooLarge ? .tooLarge : .invalid,
                reader.problems.map { "\($0.path): \($0.problem)" }.joined(separator: ", "),
                fields: reader.problems
            )
        }
        return value
    }
}
