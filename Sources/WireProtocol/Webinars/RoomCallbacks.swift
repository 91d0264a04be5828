/// The path of `POST /rooms/bigbluebutton/{event}`.
public struct CallbackPath: WireObject {
    /// Which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// What proves that a callback comes from the server of rooms.
public struct CallbackSignature: WireObject {
    /// The digest of address, body and shared secret, hexadecimal.
    public var checksum = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("checksum", &checksum) }
}
