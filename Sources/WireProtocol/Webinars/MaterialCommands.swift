/// What is attached to an event afterwards.
public enum MaterialKind: String, Sendable, CaseIterable {
    /// A recording.
    case recording
    /// What was shown.
    case slides
    /// What was said, in writing.
    case captions
}

/// Attaches a recording, slides or captions to an event, for all who may know of it; for its facilitators.
///
/// Either a file that the facilitator uploaded and attached to nothing yet, or an address.
public struct AttachMaterial: ClientCommand {
    /// The name on the wire.
    public static let name = "webinar.attach"
    /// What `ok` holds.
    public typealias Reply = MaterialCreated
    /// To which event.
    public var event = EventID()
    /// What it is.
    public var kind = MaterialKind.recording
    /// What it is called, 1–200 bytes; a file's name unless told.
    public var title: String?
    /// The file.
    public var file: FileID?
    /// The address: `https://…`.
    public var url: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.choice("kind", &kind)
        visitor.line("title", &title, bytes: 1...200)
        visitor.id("file", &file)
        visitor.line("url", &url, bytes: 1...2_000)
    }
}

/// What was attached.
public struct MaterialCreated: WireObject {
    /// Its id.
    public var id = MaterialID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MaterialID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Takes away what was attached to an event; its file goes with it.
public struct DetachMaterial: ClientCommand {
    /// The name on the wire.
    public static let name = "webinar.detach"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// What.
    public var material = MaterialID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("material", &material) }
}

/// Something attached to an event.
public struct MaterialView: WireObject {
    /// Its id.
    public var id = MaterialID()
    /// To which event.
    public var event = EventID()
    /// What it is.
    public var kind = MaterialKind.recording
    /// What it is called.
    public var title = ""
    /// Its address, where it is no file.
    public var url: String?
    /// Its file, where it has no address.
    public var file: AttachedFile?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.choice("kind", &kind)
        visitor.text("title", &title)
        visitor.text("url", &url)
        visitor.object("file", &file)
    }
}

/// Something was attached to an event; on `network/N`, of an event that the members do not know on `network/N/desk`.
public struct MaterialAttached: ServerUpdate {
    /// The name on the wire.
    public static let name = "webinar.attached"
    /// What; when it is taken away, without its title, address and file.
    public var id = MaterialID()
    /// To which event.
    public var event = EventID()
    /// What it is.
    public var kind = MaterialKind.recording
    /// What it is called.
    public var title: String?
    /// Its address.
    public var url: String?
    /// Its file.
    public var file: AttachedFile?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ material: MaterialView) {
        id = material.id
        event = material.event
        kind = material.kind
        title = material.title
        url = material.url
        file = material.file
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.choice("kind", &kind)
        visitor.text("title", &title)
        visitor.text("url", &url)
        visitor.object("file", &file)
    }
}

/// What was attached to an event was taken away; on the stream of ``MaterialAttached``.
public struct MaterialDetached: ServerUpdate {
    /// The name on the wire.
    public static let name = "webinar.detached"
    /// What.
    public var id = MaterialID()
    /// From which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MaterialID, event: EventID) {
        self.id = id
        self.event = event
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
    }
}
