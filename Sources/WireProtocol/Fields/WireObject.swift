/// A JSON object of the protocol whose fields are described once.
///
/// The one description in ``fields(_:)`` serves decoding, encoding, the schema in OpenAPI and the comparison of
/// repeated requests, so these can never differ.
///
/// ```swift
/// public struct PostMessage: ClientCommand {
///     public static let name = "message.post"
///     public typealias Reply = MessageCreated
///     public var channel = ChannelID()
///     public var text = ""
///     public var thread: MessageID?
///     public init() {}
///     public mutating func fields(_ f: inout some FieldVisitor) {
///         f.id("channel", &channel)
///         f.text("text", &text, bytes: 1...16_384)
///         f.id("thread", &thread)
///     }
/// }
/// ```
public protocol WireObject: Sendable {
    /// An object whose fields still have to be read.
    init()
    /// Shows every field, in the order of the wire, to `visitor`.
    mutating func fields(_ visitor: inout some FieldVisitor)
}

/// A request that may change something: `noun.verb`.
public protocol ClientCommand: WireObject {
    /// What `ok` holds.
    associatedtype Reply: WireObject
    /// The name on the wire.
    static var name: String { get }
}

/// A request that changes nothing.
public protocol ClientQuery: WireObject {
    /// What `ok` holds.
    associatedtype Reply: WireObject
    /// The name on the wire.
    static var name: String { get }
}

/// A fact that became true, past tense; stored in the journal, then pushed.
public protocol ServerUpdate: WireObject {
    /// The `type` on the wire.
    static var name: String { get }
}

/// The object without fields: `{}`.
public struct Nothing: WireObject {
    /// Makes it.
    public init() {}
    /// Nothing to show.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// A value that can be taken away: a field that is left out changes nothing, `null` takes the value away.
public enum Clearable<Value: Sendable>: Sendable {
    /// `null`.
    case off
    /// The new value.
    case on(Value)
}

/// What a field may hold; broken rules are `invalid` with that `problem`.
public struct FieldRule: Sendable {
    /// Whether it may be left out (or be null).
    public var required: Bool
    /// Bounds of a number, of the bytes of a text in UTF-8, or of the items of a list.
    public var bounds: ClosedRange<Int64>?
    /// The only texts allowed.
    public var choices: [String]?
    /// The `format` in the schema, such as `date-time`.
    public var format: String?

    /// Makes a rule.
    public init(
        required: Bool,
        bounds: ClosedRange<Int64>? = nil,
        choices: [String]? = nil,
        format: String? = nil
    ) {
        self.required = required
        self.bounds = bounds
        self.choices = choices
        self.format = format
    }
}

/// Reads, writes or records the fields of a ``WireObject``.
///
/// Use the calls of the extension; the requirements are the primitives that a visitor has to bring.
public protocol FieldVisitor {
    /// A whole number.
    mutating func integer(_ name: String, _ value: inout Int64?, _ rule: FieldRule)
    /// A number.
    mutating func number(_ name: String, _ value: inout Double?, _ rule: FieldRule)
    /// A text; `bounds` count bytes of UTF-8.
    mutating func string(_ name: String, _ value: inout String?, _ rule: FieldRule)
    /// A truth value.
    mutating func boolean(_ name: String, _ value: inout Bool?, _ rule: FieldRule)
    /// A list of whole numbers; `bounds` count items.
    mutating func integers(_ name: String, _ value: inout [Int64]?, _ rule: FieldRule)
    /// A list of texts; `bounds` count items.
    mutating func strings(_ name: String, _ value: inout [String]?, _ rule: FieldRule)
    /// An object of its own.
    mutating func object<T: WireObject>(_ name: String, _ value: inout T?, _ rule: FieldRule)
    /// A list of objects; `bounds` count items.
    mutating func objects<T: WireObject>(_ name: String, _ value: inout [T]?, _ rule: FieldRule)
    /// An object of its own, or null; nil when it is left out.
    mutating func clearable<T: WireObject>(_ name: String, _ value: inout Clearable<T>?)
    /// Any JSON value.
    mutating func json(_ name: String, _ value: inout JSON?, _ rule: FieldRule)
    /// Whether a field described before is given as `null`, which takes its value away.
    mutating func null(_ name: String, _ isNull: inout Bool)
    /// Says that the value read for `name` is no good; without effect on a visitor that does not read.
    mutating func reject(_ name: String, _ problem: String)
    /// The object that older programs wrote where a plain value stands now; nil on a visitor that does not read.
    func former(_ name: String) -> JSONObject?
}

extension FieldVisitor {
    /// Nothing, unless a visitor reads.
    public func former(_ name: String) -> JSONObject? { nil }
}

/// The largest id: `seq` fits in 53 bits.
public let largestID: Int64 = (1 << 53) - 1

extension FieldVisitor {
    // MARK: Ids

    /// A mandatory id.
    public mutating func id<Kind>(_ name: String, _ value: inout EntityID<Kind>) {
        var raw: Int64? = value.rawValue
        integer(name, &raw, FieldRule(required: true, bounds: 1...largestID))
        if let raw { value = EntityID(raw) }
    }

    /// An id that may be left out.
    public mutating func id<Kind>(_ name: String, _ value: inout EntityID<Kind>?) {
        var raw = value?.rawValue
        integer(name, &raw, FieldRule(required: false, bounds: 1...largestID))
        value = raw.map(EntityID.init)
    }

    /// A mandatory list of ids.
    public mutating func ids<Kind>(_ name: String, _ value: inout [EntityID<Kind>], count: ClosedRange<Int64>) {
        var raw: [Int64]? = value.map(\.rawValue)
        integers(name, &raw, FieldRule(required: true, bounds: count))
        if let raw { value = raw.map(EntityID.init) }
    }

    /// A list of ids that may be left out.
    public mutating func ids<Kind>(_ name: String, _ value: inout [EntityID<Kind>]?, count: ClosedRange<Int64>) {
        var raw = value?.map(\.rawValue)
        integers(name, &raw, FieldRule(required: false, bounds: count))
        value = raw?.map(EntityID.init)
    }

    /// An organisation, and what it is called beside it; either may be left out.
    ///
    /// COMPAT(1): updates from before there was a name beside it hold an object of `id` and `name`.
    public mutating func organisation(
        _ name: String,
        _ value: inout OrganisationID?,
        called beside: String,
        _ called: inout String?
    ) {
        if let former = former(name) {
            guard let raw = former["id"]?.int, (1...largestID).contains(raw), let told = former["name"]?.string else {
                return reject(name, "wrong_type")
            }
            value = OrganisationID(raw)
            called = told
            return
        }
        id(name, &value)
        text(beside, &called)
    }

    // MARK: Numbers

    /// A mandatory whole number.
    public mutating func integer(_ name: String, _ value: inout Int64, in bounds: ClosedRange<Int64>? = nil) {
        var read: Int64? = value
        integer(name, &read, FieldRule(required: true, bounds: bounds))
        if let read { value = read }
    }

    /// A whole number that may be left out.
    public mutating func integer(_ name: String, _ value: inout Int64?, in bounds: ClosedRange<Int64>? = nil) {
        integer(name, &value, FieldRule(required: false, bounds: bounds))
    }

    /// A number that may be left out; `within` are its inclusive bounds.
    public mutating func number(_ name: String, _ value: inout Double?, within: ClosedRange<Double>) {
        number(name, &value, FieldRule(required: false))
        if let read = value, !within.contains(read) { reject(name, "out_of_range") }
    }

    /// A mandatory truth value.
    public mutating func flag(_ name: String, _ value: inout Bool) {
        var read: Bool? = value
        boolean(name, &read, FieldRule(required: true))
        if let read { value = read }
    }

    /// A truth value that may be left out.
    public mutating func flag(_ name: String, _ value: inout Bool?) {
        boolean(name, &value, FieldRule(required: false))
    }

    // MARK: Texts

    /// A mandatory text.
    public mutating func text(_ name: String, _ value: inout String, bytes: ClosedRange<Int64>? = nil) {
        var read: String? = value
        string(name, &read, FieldRule(required: true, bounds: bytes))
        if let read { value = read }
    }

    /// A text that may be left out.
    public mutating func text(_ name: String, _ value: inout String?, bytes: ClosedRange<Int64>? = nil) {
        string(name, &value, FieldRule(required: false, bounds: bytes))
    }

    /// A mandatory list of texts.
    public mutating func texts(_ name: String, _ value: inout [String], count: ClosedRange<Int64>) {
        var read: [String]? = value
        strings(name, &read, FieldRule(required: true, bounds: count))
        if let read { value = read }
    }

    /// A list of texts that may be left out.
    public mutating func texts(_ name: String, _ value: inout [String]?, count: ClosedRange<Int64>) {
        strings(name, &value, FieldRule(required: false, bounds: count))
    }

    /// A mandatory choice.
    public mutating func choice<Choice>(_ name: String, _ value: inout Choice)
    where Choice: RawRepresentable<String> & CaseIterable {
        var read: String? = value.rawValue
        string(name, &read, FieldRule(required: true, choices: Choice.allCases.map(\.rawValue)))
        if let read, let choice = Choice(rawValue: read) { value = choice }
    }

    /// A choice that may be left out.
    public mutating func choice<Choice>(_ name: String, _ value: inout Choice?)
    where Choice: RawRepresentable<String> & CaseIterable {
        var read = value?.rawValue
        string(name, &read, FieldRule(required: false, choices: Choice.allCases.map(\.rawValue)))
        value = read.flatMap(Choice.init)
    }

    // MARK: Times

    /// A mandatory instant, RFC 3339.
    public mutating func instant(_ name: String, _ value: inout Instant) {
        var read: String? = value.description
        string(name, &read, FieldRule(required: true, format: "date-time"))
        guard let read else { return }
        if let instant = Instant(read) { value = instant } else { reject(name, "not_a_time") }
    }

    /// An instant that may be left out, RFC 3339.
    public mutating func instant(_ name: String, _ value: inout Instant?) {
        var read = value?.description
        string(name, &read, FieldRule(required: false, format: "date-time"))
        guard let text = read else {
            value = nil
            return
        }
        if let instant = Instant(text) { value = instant } else { reject(name, "not_a_time") }
    }

    // MARK: Values taken away

    /// Which of the fields described before are given as `null`.
    public mutating func nulls(_ names: [String], _ taken: inout Set<String>) {
        for name in names {
            var isNull = taken.contains(name)
            null(name, &isNull)
            if isNull { taken.insert(name) } else { taken.remove(name) }
        }
    }

    // MARK: Objects

    /// A mandatory object.
    public mutating func object<T: WireObject>(_ name: String, _ value: inout T) {
        var read: T? = value
        object(name, &read, FieldRule(required: true))
        if let read { value = read }
    }

    /// An object that may be left out.
    public mutating func object<T: WireObject>(_ name: String, _ value: inout T?) {
        object(name, &value, FieldRule(required: false))
    }

    /// A mandatory list of objects.
    public mutating func objects<T: WireObject>(_ name: String, _ value: inout [T], count: ClosedRange<Int64>) {
        var read: [T]? = value
        objects(name, &read, FieldRule(required: true, bounds: count))
        if let read { value = read }
    }

    /// A list of objects that may be left out.
    public mutating func objects<T: WireObject>(_ name: String, _ value: inout [T]?, count: ClosedRange<Int64>) {
        objects(name, &value, FieldRule(required: false, bounds: count))
    }

    /// Any JSON value that may be left out.
    public mutating func json(_ name: String, _ value: inout JSON?) {
        json(name, &value, FieldRule(required: false))
    }
}
