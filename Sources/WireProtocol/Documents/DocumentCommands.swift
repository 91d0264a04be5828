/// Begins a document in a network; its members.
///
/// Line ends become `\n`. Errors: `invalid` for a template that the network's type does not have, or a text beside one;
/// `too_large` for a text over its limit, `full` for more documents than a network has.
public struct CreateDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.create"
    /// What `ok` holds.
    public typealias Reply = CreatedDocument
    /// In which network.
    public var network = NetworkID()
    /// Its title.
    public var title = ""
    /// The text to begin with, Markdown.
    public var text: String?
    /// The template of the network's type to begin with instead, as `document.templates` names it.
    public var template: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.text("title", &title, bytes: 1...300)
        visitor.text("text", &text)
        visitor.text("template", &template, bytes: 1...64)
    }
}

/// A document that was begun.
public struct CreatedDocument: WireObject {
    /// Its id.
    public var id = DocumentID()
    /// Its first revision.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: DocumentID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
    }
}

/// Gives a document another title; members.
///
/// Its revision, which counts the text, stays. Errors: `conflict` with `current` where `revision` is given and no longer
/// the newest.
public struct RenameDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.rename"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which document.
    public var document = DocumentID()
    /// The new title.
    public var title = ""
    /// The revision that it was decided on, where that matters.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.text("title", &title, bytes: 1...300)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Moves a document to another network that the actor takes part in; who began it, and who moderates its network.
///
/// Whoever has it open loses it, which `access.lost` tells, and may open it again. Errors: `conflict` with `current` for an
/// archived one, and where `revision` is given and no longer the newest.
public struct MoveDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.move"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which document.
    public var document = DocumentID()
    /// Where to.
    public var network = NetworkID()
    /// The revision that it was decided on, where that matters.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.id("network", &network)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Lays a document aside: it can be read, not changed; who began it, and who moderates its network.
///
/// Errors: `conflict` with `current` for one that is archived, and where `revision` is given and no longer the newest.
public struct ArchiveDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.archive"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which document.
    public var document = DocumentID()
    /// The revision that it was decided on, where that matters.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Takes an archived document up again; who began it, and who moderates its network.
///
/// Errors: `conflict` with `current` for one that is not archived, and where `revision` is given and no longer the newest.
public struct UnarchiveDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.unarchive"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which document.
    public var document = DocumentID()
    /// The revision that it was decided on, where that matters.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Makes an immutable version of the newest text; members.
///
/// A text that was published already keeps its version. Errors: `conflict` with the newest `revision` for another base.
public struct PublishDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.publish"
    /// What `ok` holds.
    public typealias Reply = PublishedVersion
    /// Which document.
    public var document = DocumentID()
    /// The revision that it was made on.
    public var base: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.integer("base", &base, in: 1...largestID)
    }
}

/// A version that was made.
public struct PublishedVersion: WireObject {
    /// Its number: 1, 2, 3 … in the document.
    public var version: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(version: Int64) { self.version = version }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("version", &version)
    }
}

/// What a document of a network may begin with; its members.
public struct ListDocumentTemplates: ClientQuery {
    /// The name on the wire.
    public static let name = "document.templates"
    /// What `ok` holds.
    public typealias Reply = DocumentTemplateList
    /// Of which network.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("network", &network) }
}

/// The templates of a network's type.
public struct DocumentTemplateList: WireObject {
    /// The templates.
    public var templates: [DocumentTemplateView] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("templates", &templates, count: 0...100)
    }
}

/// What a document may begin with.
public struct DocumentTemplateView: WireObject {
    /// What `document.create` calls it.
    public var name = ""
    /// What people call it.
    public var title = BilingualName()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("name", &name)
        visitor.object("title", &title)
    }
}

/// Attaches a file that the actor uploaded to a document; members.
///
/// Whoever may read the document may then read the file. Errors: `not_found` for a file that is not the actor's or is
/// attached already, `full` for more files than a document has.
public struct AttachToDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.attach"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which document.
    public var document = DocumentID()
    /// Which file.
    public var file = FileID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.id("file", &file)
    }
}

/// Takes a file off a document, for ever: who attached it, and who moderates the network.
///
/// Errors: `conflict` for one that a published version shows or leads to.
public struct DetachFromDocument: ClientCommand {
    /// The name on the wire.
    public static let name = "document.detach"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which document.
    public var document = DocumentID()
    /// Which file.
    public var file = FileID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("document", &document)
        visitor.id("file", &file)
    }
}
