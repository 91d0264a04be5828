import CLibWebSockets
import Glibc

/// A plain thread that can be joined, by more than one caller.
final class LoopThread: Sendable {
    private let ended = Gate()

    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let start = Start(name: name) { [ended] in
            body()
            ended.open()
        }
        var identifier = pthread_t()
        let failure = pthread_create(
            &identifier,
            nil,
            { raw in
                guard let raw else { return nil }
                let start = Unmanaged<Start>.fromOpaque(raw).takeRetainedValue()
                mtp_name_this_thread(start.name)
                start.body()
                return nil
            },
            Unmanaged.passRetained(start).toOpaque()
        )
        precondition(failure == 0, "no thread could be made: \(failure)")
        pthread_detach(identifier)
    }

    /// False if the thread still runs at the deadline.
    func wait(until deadline: ContinuousClock.Instant) -> Bool { ended.wait(until: deadline) }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void
        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}

/// Opens once; threads wait for it.
final class Gate: @unchecked Sendable {
    // Sendable: `isOpen` is read and written under `mutex` only.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isOpen = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func open() {
        pthread_mutex_lock(mutex)
        isOpen = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// False if it is still shut at the deadline; without one it waits as long as it takes.
    @discardableResult
    func wait(until deadline: ContinuousClock.Instant? = nil) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isOpen {
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            let left = ContinuousClock.now.duration(to: deadline)
            if left <= .zero { return false }
            var until = timespec()
            clock_gettime(CLOCK_REALTIME, &until)
            let nanoseconds = Int(until.tv_nsec) + Int(left.components.attoseconds / 1_000_000_000)
            until.tv_sec += Int(left.components.seconds) + nanoseconds / 1_000_000_000
            until.tv_nsec = nanoseconds % 1_000_000_000
            pthread_cond_timedwait(condition, mutex, &until)
        }
        return true
    }
}
