/// The path of `GET /documents/{id}/export.md`, `.html` and `.pdf`.
public struct DocumentPath: WireObject {
    /// Which.
    public var id: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("id", &id, in: 1...largestID) }
}

/// Which text of a document is exported: the newest unless told.
public struct DocumentPart: WireObject {
    /// A revision.
    public var revision: Int64?
    /// A published version.
    public var version: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.integer("version", &version, in: 1...largestID)
    }
}
