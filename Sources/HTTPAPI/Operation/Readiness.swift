import Journal
import Synchronization

/// Whether the store takes commands, judged by the writer's last commits.
final class Readiness: Sendable {
    private struct State {
        var commits: Int64 = 0
        var failures: Int64 = 0
        var failedAt: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    /// After a failure it counts as not ready for so long, unless a commit succeeds; then the next command is its test.
    private let memory = Duration.seconds(15)

    /// Looks at the counts as they are now.
    func isReady(commits: Int64, failures: Int64, at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            if commits > state.commits { state.failedAt = nil }
            if failures > state.failures, commits == state.commits { state.failedAt = now }
            state.commits = commits
            state.failures = failures
            return state.failedAt.map { now - $0 > memory } ?? true
        }
    }
}
