import DequeModule
import Foundation

/// Threads for work beside the loops and the writer: one pool for queries and replay pages, one for slow preparations.
public final class ReaderPool: @unchecked Sendable {
    // @unchecked: every field that changes is touched under `condition` only.
    private let condition = NSCondition()
    private var jobs: Deque<@Sendable () -> Void> = []
    private var stopping = false
    private var alive = 0
    private let limit: Int

    /// Starts `threads` threads; at most `limit` jobs may wait.
    public init(threads: Int, limit: Int = 20_000, name: String = "reader") {
        self.limit = limit
        alive = threads
        for index in 0..<threads {
            let thread = Thread { [self] in run() }
            thread.name = "\(name)-\(index)"
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    /// Queues a job; false when too many wait or the pool has stopped (the job is then dropped).
    public func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        condition.withLock {
            guard !stopping, jobs.count < limit else { return false }
            jobs.append(job)
            condition.signal()
            return true
        }
    }

    /// The number of jobs waiting.
    public var depth: Int { condition.withLock { jobs.count } }

    /// Finishes what waits and ends the threads.
    public func stop() {
        condition.lock()
        defer { condition.unlock() }
        stopping = true
        condition.broadcast()
        while alive > 0 { condition.wait() }
    }

    private func run() {
        while let job = take() { job() }
        condition.withLock {
            alive -= 1
            condition.broadcast()
        }
    }

    private func take() -> (@Sendable () -> Void)? {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty {
            if stopping { return nil }
            condition.wait()
        }
        return jobs.removeFirst()
    }
}
