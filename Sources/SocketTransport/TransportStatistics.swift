import Synchronization

/// Counts over all loops at one moment.
public struct TransportStatistics: Sendable, Equatable {
    /// WebSocket connections open now.
    public var connectionsOpen = 0
    /// Sockets open now, HTTP and handshakes included.
    public var socketsOpen = 0
    /// Sockets accepted since the start.
    public var accepted = 0
    /// Sockets refused since the start, because a bound was reached.
    public var refused = 0
    /// Payload bytes of messages and bodies received.
    public var bytesIn = 0
    /// Frame and response bytes handed to libwebsockets.
    public var bytesOut = 0
    /// Writes that the kernel took only in part.
    public var partialWrites = 0
    /// Bytes waiting in outbound queues now.
    public var queuedBytes = 0
    /// Pings sent.
    public var pings = 0
    /// HTTP requests begun.
    public var requests = 0

    static func += (sum: inout TransportStatistics, part: TransportStatistics) {
        sum.connectionsOpen += part.connectionsOpen
        sum.socketsOpen += part.socketsOpen
        sum.accepted += part.accepted
        sum.refused += part.refused
        sum.bytesIn += part.bytesIn
        sum.bytesOut += part.bytesOut
        sum.partialWrites += part.partialWrites
        sum.queuedBytes += part.queuedBytes
        sum.pings += part.pings
        sum.requests += part.requests
    }
}

/// A number that one thread changes and any thread reads.
struct LoopCounter: ~Copyable {
    private let value = Atomic<Int>(0)

    /// Only the owning loop calls this: a load and a store, no locked instruction.
    @inline(__always)
    borrowing func add(_ amount: Int) {
        value.store(value.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }

    var current: Int { value.load(ordering: .relaxed) }
}

/// One loop's counts.
///
/// Sendable because each field is atomic.
final class LoopCounters: Sendable {
    let connectionsOpen = LoopCounter()
    let socketsOpen = LoopCounter()
    let accepted = LoopCounter()
    let refused = LoopCounter()
    let bytesIn = LoopCounter()
    let bytesOut = LoopCounter()
    let partialWrites = LoopCounter()
    let queuedBytes = LoopCounter()
    let pings = LoopCounter()
    let requests = LoopCounter()

    var snapshot: TransportStatistics {
        var all = TransportStatistics()
        all.connectionsOpen = connectionsOpen.current
        all.socketsOpen = socketsOpen.current
        all.accepted = accepted.current
        all.refused = refused.current
        all.bytesIn = bytesIn.current
        all.bytesOut = bytesOut.current
        all.partialWrites = partialWrites.current
        all.queuedBytes = queuedBytes.current
        all.pings = pings.current
        all.requests = requests.current
        return all
    }
}
