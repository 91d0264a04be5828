import Synchronization

/// News on its way to the one who reads it.
///
/// Asking for the next one says that the one before was dealt with.
final class NewsQueue: Sendable {
    private struct State {
        var waiting: [ClientNews] = []
        var next = 0
        var isOver = false
        var reader: CheckedContinuation<ClientNews?, Never>?
        var given: ClientNews?
    }
    private let state = Mutex(State())
    /// Told of each piece of news that the reader has dealt with.
    private let handled: @Sendable (ClientNews) -> Void

    init(handled: @escaping @Sendable (ClientNews) -> Void) { self.handled = handled }

    /// How much waits.
    var count: Int { state.withLock { $0.waiting.count - $0.next } }

    func append(_ news: ClientNews) {
        let reader = state.withLock { state -> CheckedContinuation<ClientNews?, Never>? in
            guard !state.isOver else { return nil }
            guard let reader = state.reader else {
                state.waiting.append(news)
                return nil
            }
            state.reader = nil
            state.given = news
            return reader
        }
        reader?.resume(returning: news)
    }

    func end() {
        let reader = state.withLock { state -> CheckedContinuation<ClientNews?, Never>? in
            state.isOver = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    func next() async -> ClientNews? {
        let before = state.withLock { state in
            defer { state.given = nil }
            return state.given
        }
        if let before { handled(before) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isReady, news) = state.withLock { state -> (Bool, ClientNews?) in
                    if state.next < state.waiting.count {
                        let news = state.waiting[state.next]
                        state.next += 1
                        if state.next == state.waiting.count {
                            state.waiting.removeAll(keepingCapacity: state.next < 1_024)
                            state.next = 0
                        }
                        state.given = news
                        return (true, news)
                    }
                    if state.isOver || state.reader != nil || Task.isCancelled { return (true, nil) }
                    state.reader = continuation
                    return (false, nil)
                }
                if isReady { continuation.resume(returning: news) }
            }
        } onCancel: {
            let reader = state.withLock { state -> CheckedContinuation<ClientNews?, Never>? in
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(returning: nil)
        }
    }
}
