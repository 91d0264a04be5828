import DequeModule

/// The frames one connection still has to write, bounded in bytes.
struct OutboundQueue {
    private var frames: Deque<OutboundFrame> = []
    private(set) var bytes = 0

    var isEmpty: Bool { frames.isEmpty }
    var first: OutboundFrame? { frames.first }

    mutating func append(_ frame: OutboundFrame) {
        frames.append(frame)
        bytes += frame.wireCount
    }

    mutating func removeFirst() {
        bytes -= frames.removeFirst().wireCount
        // Gives the memory back: an idle connection keeps no queue.
        if frames.isEmpty { frames = [] }
    }

    mutating func removeAll() {
        self = OutboundQueue()
    }
}
