/// The bounds of files.
public struct FileSettings: Sendable {
    /// One upload, bytes.
    public var uploadBytes: Int64 = 52_428_800
    /// A person's uploads together, bytes.
    public var quotaBytes: Int64 = 2_147_483_648
    /// A person's uploads together.
    public var quotaFiles: Int64 = 2_000
    /// Pixels above which an image is not decoded.
    public var imagePixels: Int64 = 40_000_000
    /// The longer side of a thumbnail.
    public var thumbnailPixels: Int64 = 480
    /// Hours after which a file never attached is removed.
    public var unattachedHours: Int64 = 24
    /// Seconds between two exports of one person by the same actor.
    public var exportPause: Int64 = 60
    /// How long content that no file refers to stays on disk, seconds: longer than an upload takes to be recorded.
    public var contentGraceSeconds: Int64 = 900

    /// The defaults.
    public init() {}
}
