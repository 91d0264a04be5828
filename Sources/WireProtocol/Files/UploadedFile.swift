/// The query of `PUT /api/v1/files`: what the raw body is called and where it is meant to be attached.
///
/// Errors: `invalid`, `not_found` for a channel that the caller may not know of, `forbidden` where the caller may
/// not write, `too_large` over the limit of a file or of the caller's files together, `nonce_reused` when
/// `Idempotency-Key` was used for another name, channel or content, or for a command; for the same ones the first answer
/// comes again, with `Idempotency-Replayed: true`.
public struct UploadTarget: WireObject {
    /// The name as the uploader calls it, 1–1,024 bytes; it is cleaned before anybody sees it.
    public var name = ""
    /// The channel that it is uploaded for: it can be attached to a message there and nowhere else.
    public var channel = ChannelID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("name", &name, bytes: 1...1_024)
        visitor.id("channel", &channel)
    }
}

/// The path of `GET /files/{id}`.
public struct FilePath: WireObject {
    /// Which file.
    public var id = FileID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
    }
}

/// The query of `GET /files/{id}`.
public struct FileView: WireObject {
    /// Whether a small picture of it is asked for instead; `not_found` for what is no picture.
    public var thumbnail: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.flag("thumbnail", &thumbnail)
    }
}

/// The answer to an upload.
public struct UploadedFile: WireObject, Equatable {
    /// The file: the `seq` of its `file.uploaded`.
    public var id = FileID()
    /// The name shown, cleaned.
    public var name = ""
    /// The media type, found from the content.
    public var type = ""
    /// The size of what is kept, bytes: pictures are kept without the metadata of the camera.
    public var bytes: Int64 = 0
    /// SHA-256 of what is kept, lower-case hexadecimal.
    public var sha256 = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: FileID, name: String, type: String, bytes: Int64, sha256: String) {
        self.id = id
        self.name = name
        self.type = type
        self.bytes = bytes
        self.sha256 = sha256
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
        visitor.text("type", &type)
        visitor.integer("bytes", &bytes)
        visitor.text("sha256", &sha256)
    }
}

/// Somebody uploaded a file, which nobody else may see until it is attached; on `person/N` of the uploader.
public struct FileUploaded: ServerUpdate {
    /// The name on the wire.
    public static let name = "file.uploaded"
    /// The file as the answer to the upload gives it.
    public var file = UploadedFile()
    /// The channel that it is meant for; nil for an export, which is for its maker alone.
    public var channel: ChannelID?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ file: UploadedFile, channel: ChannelID?) {
        self.file = file
        self.channel = channel
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        file.fields(&visitor)
        visitor.id("channel", &channel)
    }
}
