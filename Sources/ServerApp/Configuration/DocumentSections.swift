public import WireProtocol

// Documents and solutions.
extension Section {
    /// Documents.
    public struct Document: WireObject {
        /// A document's text, bytes of UTF-8.
        public var textBytes: Int64 = 1_048_576
        /// One change as JSON, bytes.
        public var changeBytes: Int64 = 262_144
        /// Parts that one change may have.
        public var changeParts: Int64 = 10_000
        /// Revisions whose changes are retained.
        public var retained: Int64 = 10_000
        /// Revisions between two texts that are kept whole.
        public var snapshotEvery: Int64 = 500
        /// Of older texts one in so many revisions stays.
        public var oldSnapshotEvery: Int64 = 5_000
        /// How long changes stand in the journal, hours.
        public var journalHours: Int64 = 24
        /// Documents of one network.
        public var perNetwork: Int64 = 5_000
        /// Comments and answers on one document.
        public var comments: Int64 = 2_000
        /// Suggestions open on one document.
        public var suggestions: Int64 = 200
        /// Files of one document.
        public var files: Int64 = 100
        /// Texts kept in memory, bytes.
        public var cacheBytes: Int64 = 67_108_864

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("textBytes", &textBytes, in: 1_024...4_194_304)
            visitor.setting("changeBytes", &changeBytes, in: 16_384...8_388_608)
            visitor.setting("changeParts", &changeParts, in: 100...100_000)
            visitor.setting("retained", &retained, in: 100...1_000_000)
            visitor.setting("snapshotEvery", &snapshotEvery, in: 10...10_000)
            visitor.setting("oldSnapshotEvery", &oldSnapshotEvery, in: 10...1_000_000)
            visitor.setting("journalHours", &journalHours, in: 1...8_760)
            visitor.setting("perNetwork", &perNetwork, in: 1...100_000)
            visitor.setting("comments", &comments, in: 1...20_000)
            visitor.setting("suggestions", &suggestions, in: 1...2_000)
            visitor.setting("files", &files, in: 1...1_000)
            visitor.setting("cacheBytes", &cacheBytes, in: 1_048_576...4_294_967_296)
        }
    }

    /// Solutions and their kits.
    public struct Solution: WireObject {
        /// A kit's ZIP that is brought along, bytes.
        public var kitBytes: Int64 = 33_554_432
        /// What it unpacks to, bytes.
        public var unpackedBytes: Int64 = 134_217_728
        /// Files in it.
        public var kitFiles: Int64 = 500
        /// Solutions of one network.
        public var perNetwork: Int64 = 5_000
        /// People who are asked for a review of one version.
        public var reviewersAsked: Int64 = 100

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("kitBytes", &kitBytes, in: 65_536...268_435_456)
            visitor.setting("unpackedBytes", &unpackedBytes, in: 65_536...1_073_741_824)
            visitor.setting("kitFiles", &kitFiles, in: 20...10_000)
            visitor.setting("perNetwork", &perNetwork, in: 1...100_000)
            visitor.setting("reviewersAsked", &reviewersAsked, in: 1...100)
        }
    }
}
