extension ChangeSet {
    /// A part of a change set's JSON: a number, or a list.
    public enum Part: Equatable, Sendable {
        /// `n`: that many units stay.
        case keep(Int)
        /// `[n]`, `[n,"line","line"]`: that many units become these lines, joined by `\n`.
        case replace(Int, with: [String])
    }

    /// What is wrong with the parts of a change.
    public enum Fault: String, Error, Sendable {
        /// A length is negative, a keep is zero, or the lengths are beyond any text.
        case length
        /// A line holds CR or LF.
        case line
        /// More parts than are taken.
        case tooMany = "too_many"
    }

    /// Reads the parts as CodeMirror's `fromJSON` does, refusing what CodeMirror never writes.
    ///
    /// `limit` bounds the number of parts. A Swift string holds no lone surrogate, so neither does the change.
    public init(parts: [Part], limit: Int = .max) throws(Fault) {
        guard parts.count <= limit else { throw .tooMany }
        sections = []
        sections.reserveCapacity(parts.count)
        // Far below any overflow, far above any text.
        let longest = 1 << 40
        var total = 0
        for part in parts {
            let count: Int
            switch part {
            case .keep(let kept):
                guard kept > 0 else { throw .length }
                count = kept
                sections.append(Section(length: kept, insertion: Section.kept, text: []))
            case .replace(let deleted, let lines):
                guard deleted >= 0 else { throw .length }
                count = deleted
                var text: [UInt16] = []
                for (index, line) in lines.enumerated() {
                    if index > 0 { text.append(Self.lineFeed) }
                    for unit in line.utf16 {
                        guard unit != Self.lineFeed, unit != Self.carriageReturn else { throw .line }
                        text.append(unit)
                    }
                }
                sections.append(Section(length: deleted, insertion: text.count, text: text))
            }
            guard count <= longest, total <= longest else { throw .length }
            total += count
        }
    }

    static let lineFeed = UInt16(10)
    static let carriageReturn = UInt16(13)

    /// The parts as CodeMirror's `toJSON` writes them.
    public var parts: [Part] {
        sections.map { section in
            if section.isKept { return .keep(section.length) }
            guard section.insertion > 0 else { return .replace(section.length, with: []) }
            let lines = section.text.split(separator: Self.lineFeed, omittingEmptySubsequences: false)
            return .replace(section.length, with: lines.map { String(decoding: $0, as: UTF16.self) })
        }
    }

    /// Whether it is a change of this text: the lengths are the text's, and no surrogate pair is split.
    public func fits(_ text: ChunkedText) -> Bool {
        guard length == text.count else { return false }
        var places: [Int] = []
        var position = 0
        for section in sections {
            if !section.isKept { places.append(position) }
            position += section.length
            if !section.isKept, section.length > 0 { places.append(position) }
        }
        return !text.splitsPair(at: places)
    }
}
