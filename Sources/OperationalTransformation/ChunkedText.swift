/// A text as UTF-16 units in chunks, so that a change costs what it touches and copies share the rest.
///
/// Each chunk carries its UTF-8 as well: the hash of a whole text reads it without transcoding.
public struct ChunkedText: Sendable {
    private struct Chunk: Sendable {
        let units: [UInt16]
        let utf8: [UInt8]

        init(_ units: [UInt16]) {
            self.units = units
            utf8 = units.withUnsafeBufferPointer { units in
                // At most three bytes for a unit: a pair is four for two.
                [UInt8](unsafeUninitializedCapacity: units.count * 3) { bytes, count in
                    count = Self.transcode(units, into: bytes)
                }
            }
        }

        private static func transcode(
            _ units: UnsafeBufferPointer<UInt16>,
            into bytes: UnsafeMutableBufferPointer<UInt8>
        ) -> Int {
            var count = 0
            var index = 0
            func put(_ byte: UInt32) {
                bytes[count] = UInt8(truncatingIfNeeded: byte)
                count += 1
            }
            while index < units.count {
                let unit = units[index]
                index += 1
                var scalar = UInt32(unit)
                if unit.isHighSurrogate, index < units.count, units[index].isLowSurrogate {
                    scalar = 0x10000 + ((scalar & 0x3FF) << 10 | UInt32(units[index] & 0x3FF))
                    index += 1
                } else if unit.isHighSurrogate || unit.isLowSurrogate {
                    scalar = 0xFFFD
                }
                switch scalar {
                case ..<0x80: put(scalar)
                case ..<0x800:
                    put(0xC0 | scalar >> 6)
                    put(0x80 | scalar & 0x3F)
                case ..<0x10000:
                    put(0xE0 | scalar >> 12)
                    put(0x80 | scalar >> 6 & 0x3F)
                    put(0x80 | scalar & 0x3F)
                default:
                    put(0xF0 | scalar >> 18)
                    put(0x80 | scalar >> 12 & 0x3F)
                    put(0x80 | scalar >> 6 & 0x3F)
                    put(0x80 | scalar & 0x3F)
                }
            }
            return count
        }
    }

    /// Units in a chunk at most, and below which it is joined with its neighbour.
    private static let largest = 2_048
    private static let smallest = 512

    private var chunks: [Chunk] = []
    /// Its length in UTF-16 units.
    public private(set) var count = 0
    /// Its length in bytes of UTF-8.
    public private(set) var utf8Count = 0

    /// The empty text.
    public init() {}

    /// A text.
    public init(_ text: String) { self.init(Array(text.utf16)) }

    /// A text of these units; they hold no lone surrogate.
    public init(_ units: [UInt16]) {
        var builder = Builder()
        builder.append(units[...])
        self = builder.finish()
    }

    /// The text.
    public var string: String { String(decoding: utf8, as: UTF8.self) }

    /// The text in UTF-8.
    public var utf8: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8Count)
        for chunk in chunks { bytes += chunk.utf8 }
        return bytes
    }

    /// Its UTF-8, piece by piece.
    public func forEachUTF8(_ body: ([UInt8]) throws -> Void) rethrows {
        for chunk in chunks { try body(chunk.utf8) }
    }

    /// All units.
    public var units: [UInt16] { units(0..<count) }

    /// The units of a range.
    public func units(_ range: Range<Int>) -> [UInt16] {
        var found: [UInt16] = []
        found.reserveCapacity(range.count)
        var start = 0
        for chunk in chunks {
            let end = start + chunk.units.count
            if start >= range.upperBound { break }
            if end > range.lowerBound {
                found += chunk.units[max(range.lowerBound, start) - start..<min(range.upperBound, end) - start]
            }
            start = end
        }
        return found
    }

    /// Whether a range begins or ends inside a surrogate pair.
    public func splitsPair(_ range: Range<Int>) -> Bool { splitsPair(at: [range.lowerBound, range.upperBound]) }

    /// Whether a change that begins or ends at one of these places, in rising order, would split a surrogate pair.
    ///
    /// Chunks never part a pair.
    func splitsPair(at places: [Int]) -> Bool {
        var start = 0
        var index = 0
        for place in places {
            while index < chunks.count, start + chunks[index].units.count <= place {
                start += chunks[index].units.count
                index += 1
            }
            guard index < chunks.count else { return false }
            let offset = place - start
            let units = chunks[index].units
            if offset > 0, units[offset].isLowSurrogate, units[offset - 1].isHighSurrogate { return true }
        }
        return false
    }

    /// The text after a change.
    public func applying(_ change: ChangeSet) throws(LengthMismatch) -> ChunkedText {
        guard change.length == count else { throw LengthMismatch() }
        var builder = Builder()
        var index = 0
        var offset = 0
        for section in change.sections {
            var left = section.length
            while left > 0 {
                let chunk = chunks[index]
                let piece = min(left, chunk.units.count - offset)
                if section.isKept {
                    if piece == chunk.units.count {
                        builder.append(chunk)
                    } else {
                        builder.append(chunk.units[offset..<offset + piece])
                    }
                }
                left -= piece
                offset += piece
                if offset == chunk.units.count {
                    index += 1
                    offset = 0
                }
            }
            if !section.text.isEmpty { builder.append(section.text[...]) }
        }
        return builder.finish()
    }

    /// Puts chunks together; small ones are joined so that a text edited for long stays in few.
    private struct Builder {
        private var text = ChunkedText()
        private var pending: [UInt16] = []

        mutating func append(_ chunk: Chunk) {
            if pending.isEmpty || pending.count >= ChunkedText.smallest {
                flush()
                // The last chunk was too small to stand alone.
                if let last = text.chunks.last, last.units.count + chunk.units.count <= ChunkedText.smallest {
                    take(text.chunks.removeLast())
                    append(chunk.units[...])
                } else {
                    push(chunk)
                }
            } else {
                append(chunk.units[...])
            }
        }

        private mutating func take(_ chunk: Chunk) {
            text.count -= chunk.units.count
            text.utf8Count -= chunk.utf8.count
            pending = chunk.units
        }

        private mutating func push(_ chunk: Chunk) {
            text.count += chunk.units.count
            text.utf8Count += chunk.utf8.count
            text.chunks.append(chunk)
        }

        mutating func append(_ units: ArraySlice<UInt16>) {
            pending += units
            if pending.count >= ChunkedText.largest { flush() }
        }

        /// Makes chunks of what is pending, of about the same size, none ending inside a pair.
        mutating func flush() {
            guard !pending.isEmpty else { return }
            let parts = (pending.count + ChunkedText.largest - 1) / ChunkedText.largest
            var start = 0
            for part in 1...parts {
                var end = part == parts ? pending.count : pending.count * part / parts
                if end < pending.count, pending[end].isLowSurrogate { end += 1 }
                if end > start { push(Chunk(Array(pending[start..<end]))) }
                start = max(start, end)
            }
            pending = []
        }

        mutating func finish() -> ChunkedText {
            flush()
            return text
        }
    }
}

extension ChunkedText: Equatable {
    /// Whether two texts have the same units, however they are chunked.
    public static func == (one: Self, other: Self) -> Bool {
        one.count == other.count && one.utf8Count == other.utf8Count && one.units == other.units
    }
}

extension UInt16 {
    var isHighSurrogate: Bool { self & 0xFC00 == 0xD800 }
    var isLowSurrogate: Bool { self & 0xFC00 == 0xDC00 }
}
