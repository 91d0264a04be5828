/// Records the fields of a ``WireObject`` as a JSON Schema (2020-12, the dialect of OpenAPI 3.1).
public struct SchemaRecorder: FieldVisitor {
    private var properties: [JSONObject.Member] = []
    private var required: [JSON] = []

    /// Makes an empty recorder.
    public init() {}

    /// The schema of a type.
    public static func schema<T: WireObject>(of type: T.Type) -> JSON {
        var recorder = SchemaRecorder()
        var value = T()
        value.fields(&recorder)
        var members: [JSONObject.Member] = [.init(name: "type", value: .string("object"))]
        members.append(.init(name: "properties", value: .object(JSONObject(recorder.properties))))
        if !recorder.required.isEmpty {
            members.append(.init(name: "required", value: .array(recorder.required)))
        }
        return .object(JSONObject(members))
    }

    private mutating func record(_ name: String, _ rule: FieldRule, _ schema: [(String, JSON)]) {
        var members = schema.map { JSONObject.Member(name: $0.0, value: $0.1) }
        if let choices = rule.choices {
            members.append(.init(name: "enum", value: .array(choices.map(JSON.string))))
        }
        if let format = rule.format { members.append(.init(name: "format", value: .string(format))) }
        properties.append(.init(name: name, value: .object(JSONObject(members))))
        if rule.required { required.append(.string(name)) }
    }

    private func bounds(_ rule: FieldRule, _ low: String, _ high: String) -> [(String, JSON)] {
        guard let bounds = rule.bounds else { return [] }
        return [(low, .int(bounds.lowerBound)), (high, .int(bounds.upperBound))]
    }

    /// Records its schema.
    public mutating func integer(_ name: String, _ value: inout Int64?, _ rule: FieldRule) {
        record(name, rule, [("type", .string("integer"))] + bounds(rule, "minimum", "maximum"))
    }

    /// Records its schema.
    public mutating func number(_ name: String, _ value: inout Double?, _ rule: FieldRule) {
        record(name, rule, [("type", .string("number"))])
    }

    /// Records its schema.
    public mutating func string(_ name: String, _ value: inout String?, _ rule: FieldRule) {
        // Bounds count bytes and JSON Schema counts characters: the upper one is right as an upper bound only.
        record(name, rule, [("type", .string("string"))] + bounds(rule, "minLength", "maxLength"))
    }

    /// Records its schema.
    public mutating func boolean(_ name: String, _ value: inout Bool?, _ rule: FieldRule) {
        record(name, rule, [("type", .string("boolean"))])
    }

    /// Records its schema.
    public mutating func integers(_ name: String, _ value: inout [Int64]?, _ rule: FieldRule) {
        list(name, rule, .members(["type": .string("integer")]))
    }

    /// Records its schema.
    public mutating func strings(_ name: String, _ value: inout [String]?, _ rule: FieldRule) {
        list(name, rule, .members(["type": .string("string")]))
    }

    /// Records its schema.
    public mutating func object<T: WireObject>(_ name: String, _ value: inout T?, _ rule: FieldRule) {
        let schema = Self.schema(of: T.self).object?.members ?? []
        record(name, rule, schema.map { ($0.name, $0.value) })
    }

    /// Records its schema.
    public mutating func objects<T: WireObject>(_ name: String, _ value: inout [T]?, _ rule: FieldRule) {
        list(name, rule, Self.schema(of: T.self))
    }

    private mutating func list(_ name: String, _ rule: FieldRule, _ items: JSON) {
        record(
            name,
            rule,
            [("type", .string("array")), ("items", items)] + bounds(rule, "minItems", "maxItems")
        )
    }

    /// Records its schema.
    public mutating func clearable<T: WireObject>(_ name: String, _ value: inout Clearable<T>?) {
        let schema = Self.schema(of: T.self).object?.members.filter { $0.name != "type" } ?? []
        let type = JSON.array([.string("object"), .string("null")])
        record(name, FieldRule(required: false), [("type", type)] + schema.map { ($0.name, $0.value) })
    }

    /// Records its schema.
    public mutating func json(_ name: String, _ value: inout JSON?, _ rule: FieldRule) {
        record(name, rule, [])
    }

    /// Records that the field may be null.
    public mutating func null(_ name: String, _ isNull: inout Bool) {
        guard let index = properties.firstIndex(where: { $0.name == name }),
            let members = properties[index].value.object?.members
        else { return }
        let nullable = members.map { member in
            guard member.name == "type", case .string = member.value else { return member }
            return .init(name: "type", value: .array([member.value, .string("null")]))
        }
        properties[index] = .init(name: name, value: .object(JSONObject(nullable)))
    }

    /// Records its schema.
    public mutating func reject(_ name: String, _ problem: String) {}
}
