import DequeModule
import Synchronization

/// Messages that came and were not read yet.
///
/// One reader.
final class ClientInbox: Sendable {
    private struct State {
        var messages: Deque<[UInt8]> = []
        var bytes = 0
        var ended = false
        var paused = false
        var reader: CheckedContinuation<[UInt8]?, Never>?
    }
    private let state = Mutex(State())
    private let highWater: Int

    init(highWater: Int) { self.highWater = highWater }

    /// True when the socket is to be read no further for now.
    func append(_ message: [UInt8]) -> Bool {
        let (reader, pause) = state.withLock { state -> (CheckedContinuation<[UInt8]?, Never>?, Bool) in
            if let reader = state.reader {
                state.reader = nil
                return (reader, false)
            }
            state.messages.append(message)
            state.bytes += message.count
            if state.bytes > highWater && !state.paused {
                state.paused = true
                return (nil, true)
            }
            return (nil, false)
        }
        reader?.resume(returning: message)
        return pause
    }

    func end() {
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
            state.ended = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    /// The next message; nil at the end.
    ///
    /// `resume` is called when the socket may be read again.
    func next(resume: @Sendable () -> Void) async -> [UInt8]? {
        await withTaskCancellationHandler {
            let wanted: [UInt8]? = await withCheckedContinuation { continuation in
                let (now, isReady, mayResume) = state.withLock { state -> ([UInt8]?, Bool, Bool) in
                    if let message = state.messages.popFirst() {
                        state.bytes -= message.count
                        let mayResume = state.paused && state.bytes < highWater / 2
                        if mayResume { state.paused = false }
                        return (message, true, mayResume)
                    }
                    if state.ended || state.reader != nil || Task.isCancelled { return (nil, true, false) }
                    state.reader = continuation
                    return (nil, false, false)
                }
                if mayResume { resume() }
                if isReady { continuation.resume(returning: now) }
            }
            return wanted
        } onCancel: {
            let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(returning: nil)
        }
    }
}
