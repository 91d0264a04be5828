import CommunityKernel
import WireProtocol

/// The journal's and the streams' last numbers, kept in memory by the only writer of the store.
final class JournalHeads {
    /// The journal's last `seq`.
    private(set) var seq: Int64
    private var offsets: [StreamName: Int64] = [:]
    private var touched: [(StreamName, Int64?)] = []
    private var savedSeq: Int64
    /// Streams remembered at most; past it the memory is emptied and filled again from the store.
    private let capacity: Int

    init(seq: Int64, capacity: Int = 50_000) {
        self.seq = seq
        savedSeq = seq
        self.capacity = capacity
    }

    func offset(of stream: StreamName, in sql: any SQLReader) throws -> Int64 {
        if let known = offsets[stream] { return known }
        let stored = try sql.first("SELECT position FROM stream_head WHERE stream = \(stream)") { $0.int(0) } ?? 0
        if offsets.count >= capacity, touched.isEmpty { offsets.removeAll(keepingCapacity: true) }
        offsets[stream] = stored
        return stored
    }

    func advance(_ stream: StreamName, to offset: Int64) {
        touched.append((stream, offsets[stream]))
        offsets[stream] = offset
        seq += 1
    }

    /// Begins a command's part: what follows can be undone.
    func mark() {
        savedSeq = seq
        touched.removeAll(keepingCapacity: true)
    }

    /// Undoes the part since ``mark()``.
    func undo() { undo(to: (savedSeq, 0)) }

    /// Where things stand within a command's part.
    var point: (seq: Int64, touched: Int) { (seq, touched.count) }

    /// Undoes what came since a ``point``.
    func undo(to point: (seq: Int64, touched: Int)) {
        seq = point.seq
        for (stream, former) in touched[point.touched...].reversed() { offsets[stream] = former }
        touched.removeSubrange(point.touched...)
    }

    /// Forgets everything after a whole transaction was rolled back.
    func reset(to seq: Int64) {
        self.seq = seq
        savedSeq = seq
        offsets.removeAll(keepingCapacity: true)
        touched.removeAll(keepingCapacity: true)
    }
}
