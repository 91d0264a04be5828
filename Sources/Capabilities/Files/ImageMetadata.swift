/// Takes out of a picture what the camera or the program wrote about its making: place, device, names, previews.
///
/// The pixels stay as they are, and so does the way up.
enum ImageMetadata {
    /// The types that it knows.
    static let types: Set<String> = ["image/jpeg", "image/png", "image/webp"]

    /// The file without it; nil when there is none, or the file is not what it seems.
    static func removed(from bytes: [UInt8], _ type: String) -> [UInt8]? {
        switch type {
        case "image/jpeg": jpeg(bytes)
        case "image/png": png(bytes)
        case "image/webp": webp(bytes)
        default: nil
        }
    }

    // MARK: JPEG

    private static func jpeg(_ bytes: [UInt8]) -> [UInt8]? {
        var kept: [UInt8] = [0xFF, 0xD8]
        var orientation: UInt8 = 1
        var isWhole = false
        for segment in JPEGSegments(bytes) {
            isWhole = segment.marker == 0xD9
            if isMetadata(segment, bytes) {
                if let found = self.orientation(in: segment, bytes) { orientation = found }
            } else {
                kept += bytes[segment.range]
            }
        }
        // What follows the end mark (a second picture, a film) goes too.
        guard isWhole, kept.count < bytes.count else { return nil }
        if orientation > 1 { kept.insert(contentsOf: exif(orientation), at: 2) }
        return kept == bytes ? nil : kept
    }

    private static func isMetadata(_ segment: JPEGSegments.Segment, _ bytes: [UInt8]) -> Bool {
        switch segment.marker {
        case 0xE2: !bytes.has("ICC_PROFILE", at: segment.range.lowerBound + 4)
        // APP0 is JFIF, APP14 tells how colours are coded.
        case 0xE1...0xED, 0xEF, 0xFE: true
        default: false
        }
    }

    private static func orientation(in segment: JPEGSegments.Segment, _ bytes: [UInt8]) -> UInt8? {
        let start = segment.range.lowerBound + 4
        guard segment.marker == 0xE1, bytes.has("Exif\0\0", at: start) else { return nil }
        let tiff = Array(bytes[(start + 6)..<segment.range.upperBound])
        guard tiff.count >= 14 else { return nil }
        let isLittle = tiff[0] == 0x49
        func number(_ position: Int, _ width: Int) -> Int {
            Int(isLittle ? tiff.little(position, width) : tiff.big(position, width))
        }
        let directory = number(4, 4)
        guard directory >= 8, directory + 2 <= tiff.count else { return nil }
        for entry in 0..<number(directory, 2) {
            let position = directory + 2 + entry * 12
            guard position + 12 <= tiff.count else { return nil }
            if number(position, 2) == 0x0112 {
                let value = number(position + 8, 2)
                return (1...8).contains(value) ? UInt8(value) : nil
            }
        }
        return nil
    }

    /// An Exif segment that holds the way up and nothing else.
    private static func exif(_ orientation: UInt8) -> [UInt8] {
        [0xFF, 0xE1, 0x00, 0x22] + Array("Exif\0\0MM".utf8) + [0, 0x2A, 0, 0, 0, 8, 0, 1]
            + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0] + [0, 0, 0, 0]
    }

    /// The way up that a JPEG file asks for, 1–8.
    static func orientation(of bytes: [UInt8]) -> UInt8 {
        for segment in JPEGSegments(bytes) {
            if let found = orientation(in: segment, bytes) { return found }
            if segment.marker == 0xDA { break }
        }
        return 1
    }

    // MARK: PNG

    private static let pngChunks: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "hIST", "pHYs", "sPLT",
        "cICP", "acTL", "fcTL", "fdAT",
    ]

    private static func png(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 33, bytes.has("PNG", at: 1) else { return nil }
        var kept = Array(bytes[..<8])
        var position = 8
        while position + 12 <= bytes.count {
            let end = position + 12 + Int(bytes.big(position, 4))
            guard end <= bytes.count else { return nil }
            let name = String(decoding: bytes[(position + 4)..<(position + 8)], as: UTF8.self)
            if pngChunks.contains(name) { kept += bytes[position..<end] }
            position = end
            if name == "IEND" { return kept.count < bytes.count ? kept : nil }
        }
        return nil
    }

    // MARK: WebP

    private static func webp(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 20, bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) else { return nil }
        var kept = Array(bytes[..<12])
        var position = 12
        while position + 8 <= bytes.count {
            let size = Int(bytes.little(position + 4, 4))
            let end = min(position + 8 + size + size % 2, bytes.count)
            guard position + 8 + size <= bytes.count else { return nil }
            if !bytes.has("EXIF", at: position), !bytes.has("XMP ", at: position) {
                let start = kept.count
                kept += bytes[position..<end]
                // The extended header says what follows.
                if bytes.has("VP8X", at: position), size > 0 { kept[start + 8] &= ~0x0C }
            }
            position = end
        }
        guard kept.count < bytes.count else { return nil }
        let size = UInt32(kept.count - 8)
        for place in 0..<4 { kept[4 + place] = UInt8(truncatingIfNeeded: size >> UInt32(8 * place)) }
        return kept
    }
}
