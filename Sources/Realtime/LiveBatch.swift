import CommunityKernel
import Journal
import SocketTransport

/// A commit as the loops push it: every update's frame made once, shared by all loops and receivers.
final class LiveBatch: Sendable {
    struct Update: Sendable {
        let seq: Int64
        let stream: StreamName
        let frame: OutboundFrame
    }

    let updates: [Update]
    let access: [AccessChange]
    let rewritten: [(seq: Int64, frame: OutboundFrame)]
    let ends: [ConnectionEnd]
    let closed: [(stream: StreamName, seq: Int64)]
    let head: Int64
    /// Whether all updates go to one stream and no entitlement changes: the common case under load.
    let isOneStream: Bool

    init(_ batch: CommittedBatch) {
        updates = batch.updates.map { Update(seq: $0.seq, stream: $0.stream, frame: OutboundFrame($0.frame)) }
        // A command may end one entitlement and begin another in any order; the loops need them by `seq`, what begins
        // with an update before what ends with it.
        access = batch.access.enumerated().sorted {
            ($0.element.seq, $0.element.begins ? 0 : 1, $0.offset)
                < ($1.element.seq, $1.element.begins ? 0 : 1, $1.offset)
        }.map(\.element)
        rewritten = batch.rewritten.map { ($0.seq, OutboundFrame($0.frame)) }
        ends = batch.ends
        closed = batch.closed
        head = batch.head
        if let stream = batch.updates.first?.stream, batch.access.isEmpty {
            isOneStream = batch.updates.allSatisfy { $0.stream == stream }
        } else {
            isOneStream = false
        }
    }
}

/// The last commits, so that a connection that has just read the journal on another thread can go live without reading
/// it again for what was pushed meanwhile.
struct RecentUpdates {
    private(set) var updates: [LiveBatch.Update] = []
    private(set) var access: [AccessChange] = []
    /// Everything above this `seq` is here.
    private(set) var floor: Int64
    private let capacity: Int

    init(head: Int64, capacity: Int) {
        floor = head
        self.capacity = capacity
    }

    /// Where an update stands; they are in rising `seq`.
    private func place(of seq: Int64) -> Int? {
        guard seq > floor else { return nil }
        var (low, high) = (0, updates.count)
        while low < high {
            let middle = (low + high) / 2
            if updates[middle].seq < seq { low = middle + 1 } else { high = middle }
        }
        return low < updates.count && updates[low].seq == seq ? low : nil
    }

    mutating func append(_ batch: LiveBatch) {
        updates += batch.updates
        access += batch.access
        for (seq, frame) in batch.rewritten {
            guard let index = place(of: seq) else { continue }
            updates[index] = LiveBatch.Update(seq: seq, stream: updates[index].stream, frame: frame)
        }
        guard updates.count > capacity else { return }
        // Half at once, so that the cost of moving is shared by many commits.
        let surplus = updates.count - capacity / 2
        floor = updates[surplus - 1].seq
        updates.removeFirst(surplus)
        access.removeAll { $0.seq <= floor }
    }
}
