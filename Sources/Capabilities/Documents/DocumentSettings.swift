/// The bounds of documents.
public struct DocumentSettings: Sendable {
    /// A document's text, bytes of UTF-8.
    public var textBytes: Int64 = 1_048_576
    /// One change as JSON, bytes.
    public var changeBytes: Int64 = 262_144
    /// The parts that one change may have.
    public var changeParts: Int64 = 10_000
    /// Revisions whose changes are retained: over them what comes late is transformed.
    public var retained: Int64 = 10_000
    /// How many revisions lie between two texts that are kept whole.
    public var snapshotEvery: Int64 = 500
    /// Of the texts older than what is retained, one in so many revisions stays.
    public var oldSnapshotEvery: Int64 = 5_000
    /// How long changes stand in the journal, where only connections that fall behind read them, hours.
    public var journalHours: Int64 = 24
    /// Documents that one network may have.
    public var perNetwork: Int64 = 5_000
    /// Comments and answers that one document may have.
    public var comments: Int64 = 2_000
    /// Suggestions that one document may have open.
    public var suggestions: Int64 = 200
    /// Files that one document may have.
    public var files: Int64 = 100
    /// Texts kept in memory, bytes.
    public var cacheBytes: Int64 = 67_108_864
    /// The community's name, which exports bear.
    public var community = "Metropoli Strategiche"

    /// The defaults.
    public init() {}
}
