/// A body on its way to a file: stops reading from the peer while the disk is behind.
final class Upload {
    private let file: UploadFile
    private unowned let session: HTTPSession
    private let exchange: HTTPExchange
    private var waiting = 0
    private var isPaused = false
    private var isOver = false

    private static let highWater = 1 << 20
    private static let lowWater = 1 << 18

    init(file: UploadFile, session: HTTPSession, exchange: HTTPExchange) {
        self.file = file
        self.session = session
        self.exchange = exchange
        file.open()
    }

    func take(_ bytes: [UInt8]) {
        waiting += bytes.count
        let (loop, carried) = (exchange.loop, LoopBound(self))
        file.write(bytes) { count, isSound in
            loop.execute { carried.value.wrote(count, isSound: isSound) }
        }
        if waiting > Self.highWater && !isPaused {
            isPaused = true
            session.pauseReading(true)
        }
    }

    private func wrote(_ count: Int, isSound: Bool) {
        waiting -= count
        guard !isOver else { return }
        if !isSound {
            // A full disk is no defect, and may have room again.
            session.answer(exchange, status: 503)
        } else if isPaused && waiting < Self.lowWater && !exchange.isComplete {
            isPaused = false
            session.pauseReading(false)
        }
    }

    func finish() {
        let (loop, carried) = (exchange.loop, LoopBound(self))
        file.finish { byteCount in
            loop.execute {
                guard !carried.value.isOver else {
                    if byteCount != nil { carried.value.file.discardWritten() }
                    return
                }
                carried.value.isOver = true
                carried.value.session.uploadEnded(carried.value.exchange, byteCount: byteCount)
            }
        }
    }

    /// The exchange was cut: nothing stays.
    func discard() {
        isOver = true
        file.discard()
    }
}
