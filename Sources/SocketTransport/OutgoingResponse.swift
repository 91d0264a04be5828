import CLibWebSockets

/// A response on its way out, written as far as the socket takes it.
final class OutgoingResponse {
    enum Step { case wroteAll, blocked, waitsForFile, failed }

    let closes: Bool
    private var head: [UInt8]
    private var body: HTTPResponse.Body
    private var offset = 0
    private var length: Int
    private var piece: [UInt8] = []
    private var pieceOffset = 0
    private var readAhead = false
    private var file: DownloadFile?
    private var broken = false

    static let chunkBytes = 65_536

    init(_ response: HTTPResponse, isHead: Bool, date: String, closes: Bool) {
        self.closes = closes
        head = response.head(date: date, closes: closes)
        let hasContent = !isHead && HTTPStatus.mayHaveContent(response.status)
        body = hasContent ? response.body : .empty
        length = hasContent ? response.body.count : 0
        if case .bytes(let bytes) = body, bytes.count <= 16_384 {
            // One write, one packet.
            head += bytes
            body = .empty
            length = 0
        }
        if case .file(let path, _, _) = body { file = DownloadFile(path: path) }
    }

    /// Writes to `wsi`.
    ///
    /// `wake` is called on the loop when a piece of the file has come.
    func step(
        to wsi: OpaquePointer,
        counters: LoopCounters,
        loop: ServiceLoop,
        wake: @escaping @Sendable () -> Void
    ) -> Step {
        while true {
            if broken { return .failed }
            if lws_partial_buffered(wsi) != 0 { return .blocked }
            if !head.isEmpty {
                guard write(head[...], to: wsi, counters) else { return .failed }
                head = []
            } else if offset == length {
                return .wroteAll
            } else {
                if lws_send_pipe_choked(wsi) != 0 { return .blocked }
                switch body {
                case .empty:
                    return .wroteAll
                case .bytes(let bytes):
                    guard writeChunk(of: bytes, at: offset, wsi, counters) else { return .failed }
                case .shared(let shared):
                    guard writeChunk(of: shared.bytes, at: offset, wsi, counters) else { return .failed }
                case .file(_, let start, _):
                    guard pieceOffset < piece.count else {
                        readNext(from: start, loop: loop, wake: wake)
                        return .waitsForFile
                    }
                    let before = offset
                    guard writeChunk(of: piece, at: pieceOffset, wsi, counters) else { return .failed }
                    pieceOffset += offset - before
                }
            }
        }
    }

    private func writeChunk(of bytes: [UInt8], at start: Int, _ wsi: OpaquePointer, _ counters: LoopCounters) -> Bool {
        let end = min(bytes.count, start + Self.chunkBytes)
        offset += end - start
        return write(bytes[start..<end], to: wsi, counters)
    }

    private func write(_ bytes: ArraySlice<UInt8>, to wsi: OpaquePointer, _ counters: LoopCounters) -> Bool {
        counters.bytesOut.add(bytes.count)
        return bytes.withUnsafeBufferPointer { buffer in
            // libwebsockets only reads from it: without compression HTTP/1 writes go straight to `send`.
            lws_write(wsi, UnsafeMutablePointer(mutating: buffer.baseAddress), buffer.count, LWS_WRITE_HTTP) >= 0
        }
    }

    private func readNext(from start: Int, loop: ServiceLoop, wake: @escaping @Sendable () -> Void) {
        guard !readAhead, let file else { return }
        readAhead = true
        let carried = LoopBound(self)
        file.read(offset: start + offset, length: length - offset) { piece in
            loop.execute {
                let response = carried.value
                response.readAhead = false
                response.piece = piece ?? []
                response.pieceOffset = 0
                if piece == nil { response.broken = true }
                wake()
            }
        }
    }
}

/// Carries a loop-bound object through another thread and back.
struct LoopBound<Value>: @unchecked Sendable {
    // Sendable: whoever carries it opens it on the loop only.
    let value: Value
    init(_ value: Value) { self.value = value }
}
