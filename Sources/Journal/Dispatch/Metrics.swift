import Synchronization

/// A number that several threads add to and `/metrics` reads.
public final class Counter: Sendable {
    private let number = Atomic<Int64>(0)

    /// Starts at 0.
    public init() {}

    /// Adds.
    public func add(_ delta: Int64) { number.wrappingAdd(delta, ordering: .relaxed) }

    /// The present sum.
    public var value: Int64 { number.load(ordering: .relaxed) }
}

/// What `/metrics` shows of the writer.
public final class WriterMetrics: Sendable {
    /// Transactions committed.
    public let commits = Counter()
    /// Transactions that failed as a whole.
    public let failedCommits = Counter()
    /// Commands in them.
    public let commands = Counter()
    /// Updates in them.
    public let updates = Counter()
    /// Time from taking a batch to having answered it, microseconds.
    public let microseconds = Counter()

    private let failedAt = Mutex<ContinuousClock.Instant?>(nil)

    init() {}

    /// When the last transaction failed; nil once one succeeded after it.
    public var failingSince: ContinuousClock.Instant? { failedAt.withLock { $0 } }

    func observeFailure() {
        failedCommits.add(1)
        failedAt.withLock { $0 = .now }
    }

    func observe(commands: Int, updates: Int, since start: ContinuousClock.Instant) {
        failedAt.withLock { $0 = nil }
        commits.add(1)
        self.commands.add(Int64(commands))
        self.updates.add(Int64(updates))
        let spent = ContinuousClock.now - start
        microseconds.add(spent.components.seconds * 1_000_000 + spent.components.attoseconds / 1_000_000_000_000)
    }
}
