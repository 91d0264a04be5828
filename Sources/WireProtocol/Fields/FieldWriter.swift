/// Writes the fields of a ``WireObject`` as a JSON object; what is nil is left out.
public struct FieldWriter: FieldVisitor {
    /// The text so far.
    public var writer: JSONWriter

    /// Makes a field writer that goes on where `writer` stands, inside an object already begun.
    public init(_ writer: JSONWriter) {
        self.writer = writer
    }

    /// Writes it, unless it is nil.
    public mutating func integer(_ name: String, _ value: inout Int64?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.value(value)
    }

    /// Writes it, unless it is nil.
    public mutating func number(_ name: String, _ value: inout Double?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.value(value)
    }

    /// Writes it, unless it is nil.
    public mutating func string(_ name: String, _ value: inout String?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.value(value)
    }

    /// Writes it, unless it is nil.
    public mutating func boolean(_ name: String, _ value: inout Bool?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.value(value)
    }

    /// Writes it, unless it is nil.
    public mutating func integers(_ name: String, _ value: inout [Int64]?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.beginArray()
        for item in value { writer.value(item) }
        writer.endArray()
    }

    /// Writes it, unless it is nil.
    public mutating func strings(_ name: String, _ value: inout [String]?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.beginArray()
        for item in value { writer.value(item) }
        writer.endArray()
    }

    /// Writes it, unless it is nil.
    public mutating func object<T: WireObject>(_ name: String, _ value: inout T?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.value(value)
    }

    /// Writes it, unless it is nil.
    public mutating func objects<T: WireObject>(_ name: String, _ value: inout [T]?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.beginArray()
        for item in value { writer.value(item) }
        writer.endArray()
    }

    /// Writes it, unless it is nil.
    public mutating func clearable<T: WireObject>(_ name: String, _ value: inout Clearable<T>?) {
        guard let value else { return }
        writer.name(name)
        switch value {
        case .off: writer.value(JSON.null)
        case .on(let object): writer.value(object)
        }
    }

    /// Writes it, unless it is nil.
    public mutating func json(_ name: String, _ value: inout JSON?, _ rule: FieldRule) {
        guard let value else { return }
        writer.name(name)
        writer.value(value)
    }

    /// Writes null, when that is the field's value.
    public mutating func null(_ name: String, _ isNull: inout Bool) {
        guard isNull else { return }
        writer.name(name)
        writer.value(JSON.null)
    }

    /// Writes nothing.
    public mutating func reject(_ name: String, _ problem: String) {}
}

extension JSONWriter {
    /// Writes an object of the protocol.
    public mutating func value(_ object: some WireObject) {
        beginObject()
        var copy = object
        var fields = FieldWriter(self)
        copy.fields(&fields)
        self = fields.writer
        endObject()
    }
}

extension WireObject {
    /// The object as JSON text.
    public var text: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}
