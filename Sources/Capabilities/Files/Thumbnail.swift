import CGD
import Synchronization
import WireProtocol

/// Small pictures, made by libgd: pixels only, nothing of the file's other contents.
enum Thumbnail {
    /// The types that it can make one of.
    static let types: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp"]

    /// The type of the small picture.
    static func type(for type: String) -> String { type == "image/jpeg" ? "image/jpeg" : "image/png" }

    /// One at a time: a decoded picture takes four bytes a pixel.
    private static let decoding = Mutex(())

    /// A picture whose longer side is at most `side`.
    ///
    /// `too_large` over `pixels`, `not_found` when it cannot be decoded.
    static func make(of bytes: [UInt8], type: String, side: Int, pixels: Int64) throws -> [UInt8] {
        guard let size = ImageSize(bytes, type: type) else { throw WireError.notFound }
        guard size.pixels <= pixels else { throw WireError(.tooLarge, "too many pixels") }
        let small = decoding.withLock { _ in draw(bytes, type, side, pixels) }
        guard let small else { throw WireError.notFound }
        return small
    }

    private static func draw(_ bytes: [UInt8], _ type: String, _ side: Int, _ pixels: Int64) -> [UInt8]? {
        gdSetErrorMethod { _, _, _ in }
        guard let source = decode(bytes, type) else { return nil }
        defer { gdImageDestroy(source) }
        let (width, height) = (Int(source.pointee.sx), Int(source.pointee.sy))
        guard width > 0, height > 0, Int64(width) * Int64(height) <= pixels else { return nil }
        let longer = max(width, height)
        let scale = longer > side ? Double(side) / Double(longer) : 1
        let small = (width: Int32(max(1, Double(width) * scale)), height: Int32(max(1, Double(height) * scale)))
        guard let target = gdImageCreateTrueColor(small.width, small.height) else { return nil }
        defer { gdImageDestroy(target) }
        gdImageAlphaBlending(target, 0)
        gdImageSaveAlpha(target, 1)
        gdImageCopyResampled(
            target,
            source,
            0,
            0,
            0,
            0,
            small.width,
            small.height,
            Int32(width),
            Int32(height)
        )
        let orientation = type == "image/jpeg" ? ImageMetadata.orientation(of: bytes) : 1
        let turned = turn(target, orientation)
        defer { if let turned { gdImageDestroy(turned) } }
        return encode(turned ?? target, Self.type(for: type))
    }

    private static func decode(_ bytes: [UInt8], _ type: String) -> gdImagePtr? {
        var bytes = bytes
        let count = Int32(clamping: bytes.count)
        return bytes.withUnsafeMutableBytes { buffer in
            switch type {
            case "image/png": gdImageCreateFromPngPtr(count, buffer.baseAddress)
            case "image/jpeg": gdImageCreateFromJpegPtrEx(count, buffer.baseAddress, 1)
            case "image/gif": gdImageCreateFromGifPtr(count, buffer.baseAddress)
            case "image/webp": gdImageCreateFromWebpPtr(count, buffer.baseAddress)
            default: nil
            }
        }
    }

    /// The picture the right way up (Exif's orientation); nil when it is already.
    private static func turn(_ image: gdImagePtr, _ orientation: UInt8) -> gdImagePtr? {
        switch orientation {
        case 2, 5, 7: gdImageFlipHorizontal(image)
        case 4: gdImageFlipVertical(image)
        default: break
        }
        switch orientation {
        case 3: return gdImageRotateInterpolated(image, 180, 0)
        case 5, 8: return gdImageRotateInterpolated(image, 90, 0)
        case 6, 7: return gdImageRotateInterpolated(image, 270, 0)
        default: return nil
        }
    }

    private static func encode(_ image: gdImagePtr, _ type: String) -> [UInt8]? {
        var count: Int32 = 0
        let made = type == "image/jpeg" ? gdImageJpegPtr(image, &count, 82) : gdImagePngPtr(image, &count)
        guard let made else { return nil }
        defer { gdFree(made) }
        return Array(UnsafeRawBufferPointer(start: made, count: Int(count)))
    }
}
