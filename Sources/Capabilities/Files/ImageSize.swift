/// The size of a picture as its header tells it, read before anything is decoded.
struct ImageSize: Equatable {
    let width: Int64
    let height: Int64

    var pixels: Int64 { width.multipliedReportingOverflow(by: height).overflow ? .max : width * height }

    /// Nil when the header is not one of that type.
    init?(_ bytes: [UInt8], type: String) {
        let found: (Int64, Int64)?
        switch type {
        case "image/png": found = Self.png(bytes)
        case "image/gif": found = Self.gif(bytes)
        case "image/jpeg": found = Self.jpeg(bytes)
        case "image/webp": found = Self.webp(bytes)
        default: found = nil
        }
        guard let found, found.0 > 0, found.1 > 0 else { return nil }
        (width, height) = found
    }

    private static func png(_ bytes: [UInt8]) -> (Int64, Int64)? {
        guard bytes.has("IHDR", at: 12), bytes.count >= 24 else { return nil }
        return (bytes.big(16, 4), bytes.big(20, 4))
    }

    private static func gif(_ bytes: [UInt8]) -> (Int64, Int64)? {
        guard bytes.has("GIF8", at: 0), bytes.count >= 10 else { return nil }
        return (bytes.little(6, 2), bytes.little(8, 2))
    }

    private static func jpeg(_ bytes: [UInt8]) -> (Int64, Int64)? {
        var largest: (Int64, Int64)?
        for segment in JPEGSegments(bytes) where segment.isFrame && segment.range.count >= 9 {
            let start = segment.range.lowerBound
            let size = (bytes.big(start + 7, 2), bytes.big(start + 5, 2))
            if largest.map({ size.0 * size.1 > $0.0 * $0.1 }) ?? true { largest = size }
        }
        return largest
    }

    private static func webp(_ bytes: [UInt8]) -> (Int64, Int64)? {
        guard bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8), bytes.count >= 30 else { return nil }
        if bytes.has("VP8X", at: 12) { return (bytes.little(24, 3) + 1, bytes.little(27, 3) + 1) }
        if bytes.has("VP8L", at: 12), bytes[20] == 0x2F {
            let bits = bytes.little(21, 4)
            return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        }
        if bytes.has("VP8 ", at: 12), bytes[23] == 0x9D, bytes[24] == 0x01, bytes[25] == 0x2A {
            return (bytes.little(26, 2) & 0x3FFF, bytes.little(28, 2) & 0x3FFF)
        }
        return nil
    }
}

extension [UInt8] {
    /// Whether these ASCII letters stand there.
    func has(_ letters: String, at position: Int) -> Bool {
        position + letters.utf8.count <= count
            && self[position..<position + letters.utf8.count].elementsEqual(letters.utf8)
    }

    /// A whole number, most significant byte first; the caller knows that the bytes are there.
    func big(_ position: Int, _ width: Int) -> Int64 {
        self[position..<position + width].reduce(0) { $0 << 8 | Int64($1) }
    }

    /// A whole number, least significant byte first; the caller knows that the bytes are there.
    func little(_ position: Int, _ width: Int) -> Int64 {
        self[position..<position + width].reversed().reduce(0) { $0 << 8 | Int64($1) }
    }
}

/// The segments of a JPEG file up to its end mark, entropy-coded data as a part of the scan before it.
struct JPEGSegments: Sequence, IteratorProtocol {
    struct Segment {
        let marker: UInt8
        /// With the marker.
        let range: Range<Int>
        /// SOF0 … SOF15 without DHT, JPG and DAC.
        var isFrame: Bool { (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC }
    }

    private let bytes: [UInt8]
    private var position: Int
    private var isOver: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 2
        isOver = bytes.count < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8
    }

    /// Ends at the end mark, and where the file is no JPEG any more.
    mutating func next() -> Segment? {
        guard !isOver, position + 2 <= bytes.count, bytes[position] == 0xFF else { return nil }
        let start = position
        var marker = bytes[position + 1]
        while marker == 0xFF, position + 2 < bytes.count {
            position += 1
            marker = bytes[position + 1]
        }
        if marker == 0xD9 {
            isOver = true
            return Segment(marker: marker, range: start..<position + 2)
        }
        guard position + 4 <= bytes.count else { return nil }
        let end = position + 2 + Int(bytes.big(position + 2, 2))
        guard end >= position + 4, end <= bytes.count else { return nil }
        position = end
        if marker == 0xDA { skipScan() }
        return Segment(marker: marker, range: start..<position)
    }

    private mutating func skipScan() {
        while position + 1 < bytes.count {
            if bytes[position] == 0xFF {
                let next = bytes[position + 1]
                if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return }
            }
            position += 1
        }
        position = bytes.count
    }
}
