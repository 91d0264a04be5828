import Foundation
public import WireProtocol

/// The clock that people read.
///
/// Durations are never measured with it: it may jump.
public protocol WallClock: Sendable {
    /// The present moment.
    var now: Instant { get }
}

/// The system's clock.
public struct SystemClock: WallClock {
    /// Makes it.
    public init() {}

    /// The present moment, to the millisecond.
    public var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
