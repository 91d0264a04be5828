/// The frames one connection still has to write, bounded in bytes.
struct OutboundQueue {
    private var frames: [OutboundFrame] = []
    private var next = 0
    private(set) var bytes = 0

    var isEmpty: Bool { next == frames.count }
    var first: OutboundFrame? { next < frames.count ? frames[next] : nil }

    mutating func append(_ frame: OutboundFrame) {
        frames.append(frame)
        bytes += frame.wireCount
    }

    mutating func removeFirst() {
        bytes -= frames[next].wireCount
        next += 1
        if next == frames.count {
            // Gives the memory back: an idle connection keeps no queue.
            frames = []
            next = 0
        } else if next == 64 {
            frames.removeFirst(next)
            next = 0
        }
    }

    mutating func removeAll() {
        self = OutboundQueue()
    }
}
