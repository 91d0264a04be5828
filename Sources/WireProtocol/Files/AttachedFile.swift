/// A file as the message it is attached to shows it; its content is at `GET /files/{id}`.
public struct AttachedFile: WireObject, Equatable {
    /// The file.
    public var id = FileID()
    /// The name shown, cleaned of path parts and control characters.
    public var name = ""
    /// The media type, found from the content.
    public var type = ""
    /// Its size, bytes.
    public var bytes: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: FileID, name: String, type: String, bytes: Int64) {
        self.id = id
        self.name = name
        self.type = type
        self.bytes = bytes
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
        visitor.text("type", &type)
        visitor.integer("bytes", &bytes)
    }
}
