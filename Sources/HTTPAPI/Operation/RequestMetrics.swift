import Synchronization

/// Counts requests by name and code over all doors.
///
/// The number of series is bounded by the names that are known.
public final class RequestMetrics: Sendable {
    private struct Series: Hashable {
        let name: String
        let code: String
    }

    private struct State {
        var known: Set<String>?
        var counts: [Series: Int64] = [:]
    }

    private let state = Mutex(State())

    /// Nothing counted yet.
    public init() {}

    /// Names beside these are counted as `unknown`, so that nobody can fill the memory with invented ones.
    func limit(to names: Set<String>) {
        state.withLock { $0.known = names }
    }

    /// Counts one request; `code` is `ok` or an error's code.
    public func observe(_ name: String, _ code: String) {
        state.withLock { state in
            let isKnown = state.known?.contains(name) ?? (state.counts.count < 1_000)
            state.counts[Series(name: isKnown ? name : "unknown", code: code), default: 0] += 1
        }
    }

    /// What was counted, sorted.
    public var counts: [(name: String, code: String, count: Int64)] {
        state.withLock { $0.counts }.map { ($0.key.name, $0.key.code, $0.value) }
            .sorted { ($0.name, $0.code) < ($1.name, $1.code) }
    }
}
