import SocketTransport

/// Packs what is due to connections in one turn into as few frames as possible.
///
/// Connections that are due the same updates share one packed frame.
struct Fanout {
    private let batch: LiveBatch
    private let frameBytes: Int
    /// The last pack made for a first update: connections of one channel come one after the other.
    private var packs: [Int32: (indices: [Int32], frames: [(last: Int64, frame: OutboundFrame)])] = [:]

    init(_ batch: LiveBatch, frameBytes: Int) {
        self.batch = batch
        self.frameBytes = frameBytes
    }

    /// The frames for these updates of the batch, each with the `seq` it reaches to.
    mutating func frames(for indices: [Int32]) -> [(last: Int64, frame: OutboundFrame)] {
        guard let first = indices.first else { return [] }
        if let pack = packs[first], pack.indices == indices { return pack.frames }
        let frames = Self.pack(indices.map { batch.updates[Int($0)] }, frameBytes)
        packs[first] = (indices, frames)
        return frames
    }

    /// Joins updates into frames of at most `frameBytes` (one update alone may be larger).
    static func pack(_ updates: [LiveBatch.Update], _ frameBytes: Int) -> [(last: Int64, frame: OutboundFrame)] {
        var packed: [(last: Int64, frame: OutboundFrame)] = []
        var joined: [OutboundFrame] = []
        var size = 0
        var last: Int64 = 0
        func close() {
            guard let first = joined.first else { return }
            packed.append((last, joined.count == 1 ? first : OutboundFrame(joining: joined)))
            joined = []
            size = 0
        }
        for update in updates {
            if size + update.frame.count + 1 > frameBytes { close() }
            joined.append(update.frame)
            size += update.frame.count + 1
            last = update.seq
        }
        close()
        return packed
    }
}
