public import WireProtocol

/// The bounds of the real-time door (protocol sections 2 and 6).
public struct RealtimeSettings: Sendable {
    /// What a client is told in `welcome`.
    public var limits = WelcomeLimits()
    /// How long a connection may wait with its `hello`, seconds.
    public var helloSeconds = 10
    /// Objects that may come while a `hello` is judged.
    public var earlyObjects = 1_024
    /// Queries of one connection that are answered at a time; the others wait their turn.
    public var queriesAtOnce = 4
    /// How often `head` is told, seconds.
    public var headSeconds = 25
    /// The largest frame of packed updates, bytes.
    public var packedFrameBytes = 65_536
    /// Streams that one connection may have opened for itself.
    public var openedStreams = 64
    /// Updates in one page of a replay.
    public var replayPage = 1_000
    /// Bytes after which a page of a replay ends.
    public var replayBytes = 131_072
    /// Committed updates kept in memory, so that a connection that has just read the journal can go live.
    public var recentUpdates = 4_096
    /// Readers of a stream above which presence is not pushed; it can be asked for.
    public var presenceAudience = 500
    /// How long a client should wait after a restart, milliseconds.
    public var restartRetryMs: Int64 = 1_500
    /// The time after which a typing or presence signal of a client may come again is the rate limit's business.
    public var rates = RateLimiter.Rates()

    /// The protocol's bounds.
    public init() {}
}
