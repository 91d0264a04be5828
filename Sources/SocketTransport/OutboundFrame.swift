/// One finished WebSocket frame, built once and shared by every receiver on every loop.
///
/// The frame header stands before the payload, so a delivery is one `lws_write(…, LWS_WRITE_HTTP)`: raw bytes,
/// nothing is written into the buffer afterwards.
public final class OutboundFrame: @unchecked Sendable {
    // Sendable: the bytes are written in the initialiser only, and freed in deinit only.
    let wireStart: UnsafeMutablePointer<UInt8>
    let wireCount: Int
    private let block: UnsafeMutablePointer<UInt8>
    /// Payload bytes.
    public let count: Int

    private static let headerRoom = 10

    private init(count: Int, isText: Bool, fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        self.count = count
        block = .allocate(capacity: Self.headerRoom + count)
        let headerCount = count < 126 ? 2 : count < 65_536 ? 4 : 10
        wireStart = block + (Self.headerRoom - headerCount)
        wireCount = headerCount + count
        wireStart[0] = isText ? 0x81 : 0x82
        switch headerCount {
        case 2:
            wireStart[1] = UInt8(count)
        case 4:
            wireStart[1] = 126
            wireStart[2] = UInt8(truncatingIfNeeded: count >> 8)
            wireStart[3] = UInt8(truncatingIfNeeded: count)
        default:
            wireStart[1] = 127
            for place in 0..<8 { wireStart[2 + place] = UInt8(truncatingIfNeeded: count >> (8 * (7 - place))) }
        }
        fill(block + Self.headerRoom)
    }

    deinit { block.deallocate() }

    /// Copies a payload; text must be UTF-8.
    public convenience init(_ bytes: UnsafeRawBufferPointer, isText: Bool = true) {
        self.init(count: bytes.count, isText: isText) { target in
            if let source = bytes.baseAddress {
                UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: bytes.count)
            }
        }
    }

    /// Copies a payload; text must be UTF-8.
    public convenience init(_ bytes: some Collection<UInt8>, isText: Bool = true) {
        let count = bytes.count
        self.init(count: count, isText: isText) { target in
            _ = UnsafeMutableBufferPointer(start: target, count: count).initialize(fromContentsOf: bytes)
        }
    }

    /// The payloads of several text frames, parted by `\n`, as one frame.
    public convenience init(joining frames: [OutboundFrame]) {
        let total = frames.reduce(0) { $0 + $1.count } + max(0, frames.count - 1)
        self.init(count: total, isText: true) { target in
            var end = target
            for (place, frame) in frames.enumerated() {
                if place > 0 {
                    end.pointee = 0x0A
                    end += 1
                }
                UnsafeMutableRawPointer(end).copyMemory(from: frame.payload, byteCount: frame.count)
                end += frame.count
            }
        }
    }

    private var payload: UnsafeMutablePointer<UInt8> { block + Self.headerRoom }

    /// Reads the payload.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: payload, count: count))
    }
}
