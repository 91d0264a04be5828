public import CommunityKernel
import Synchronization
public import WireProtocol

/// A clock that stands until a test moves it.
public final class ManualClock: WallClock {
    private let instant: Mutex<Instant>

    /// Starts at Sunday 22 November 2026, 10:00 UTC.
    public init(_ start: Instant = Instant(milliseconds: 1_795_341_600_000)) {
        instant = Mutex(start)
    }

    /// The time set.
    public var now: Instant { instant.withLock { $0 } }

    /// Moves it on, or back.
    public func advance(seconds: Int64) {
        instant.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }

    /// Sets it.
    public func set(_ time: Instant) { instant.withLock { $0 = time } }
}
