import CLibWebSockets
import Glibc
import Synchronization

/// One thread with one libwebsockets context on a libuv loop; actors run on it as on any `SerialExecutor`.
public final class ServiceLoop: SerialExecutor, @unchecked Sendable {
    // Sendable: `mailbox`, `thread` and `counters` are synchronised; everything else is touched on this loop's thread
    // only (checked by `assertCurrent`), or before the thread begins and after it has been joined.

    /// Its place among the server's loops.
    public let index: Int
    let counters = LoopCounters()
    /// Ticks of 100 ms since the loop began: the clock of every deadline here.
    private(set) var tick: UInt32 = 0
    private(set) var context: OpaquePointer?
    /// What the loop serves; broken when it ends.
    var server: ServerLoop?
    var client: ClientLoop?
    /// Never freed, nor is the context.
    ///
    /// `lws_context_destroy` of 4.1.6 closes its event descriptor twice, and the second
    /// close, one turn later, hits whatever another thread has opened meanwhile. A loop ends once in a process's life.
    let uv: UnsafeMutablePointer<uv_loop_t>

    private enum Entry {
        case actorJob(UnownedJob)
        case closure(@Sendable () -> Void)
    }
    private enum Phase { case waiting, running, ended }
    private struct Mailbox {
        var phase = Phase.waiting
        var entries: [Entry] = []
        var late: [UnownedJob] = []
        var lateRuns = false
        /// The context to wake; nil before it exists and once it is being destroyed.
        nonisolated(unsafe) var context: OpaquePointer?
    }
    private let mailbox = Mutex(Mailbox())
    private let thread = Atomic<UInt>(0)
    private var spare: [Entry] = []
    private var needsService = false
    private var heartbeat: LoopTimer?
    /// Those that may still fire; cancelled at the end.
    var timers: [ObjectIdentifier: LoopTimer] = [:]
    private var beats: [() -> Void] = []

    init(index: Int) {
        self.index = index
        uv = .allocate(capacity: 1)
        uv_loop_init(uv)
    }

    // MARK: Being an executor

    /// Whether the caller runs on this loop's thread.
    public var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    /// Runs a job on the loop's thread, from any thread.
    ///
    /// False once the loop has ended: then the job is dropped.
    @discardableResult
    public func execute(_ job: @escaping @Sendable () -> Void) -> Bool {
        post(.closure(job))
    }

    /// An actor's job.
    ///
    ///
    ///
    /// One that comes after the end runs at once on the caller's thread, one at a time: it would
    /// otherwise never resume, and no loop is left that it could race with.
    public func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        if !post(.actorJob(unowned)) { runLate(unowned) }
    }

    /// The executor that actors on this loop name.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    /// Traps when the caller is not on this loop.
    public func checkIsolated() {
        precondition(isCurrent, "not on service loop \(index)")
    }

    /// Lets `assumeIsolated` answer without trapping.
    public func isIsolatingCurrentContext() -> Bool? { isCurrent }

    /// Runs a job later.
    ///
    /// Loop thread only.
    @discardableResult
    public func schedule(afterMilliseconds delay: Int, _ job: @escaping () -> Void) -> LoopTimer {
        assertCurrent()
        return LoopTimer(on: self, uv: uv, after: UInt64(max(0, delay)), job)
    }

    @inline(__always)
    func assertCurrent() {
        assert(isCurrent, "not on service loop \(index)")
    }

    // MARK: The mailbox

    private func post(_ entry: Entry) -> Bool {
        mailbox.withLock { mailbox in
            guard mailbox.phase != .ended else { return false }
            mailbox.entries.append(entry)
            // One wake-up for all that waits. Under the lock, so that the context cannot be destroyed meanwhile.
            if mailbox.entries.count == 1, let context = mailbox.context { lws_cancel_service(context) }
            return true
        }
    }

    /// Runs what waits now; what comes meanwhile asks for its own wake-up.
    func runMailbox() {
        var taken = mailbox.withLock { mailbox in
            let taken = mailbox.entries
            mailbox.entries = spare
            return taken
        }
        spare = []
        for entry in taken { run(entry) }
        taken.removeAll(keepingCapacity: taken.capacity <= 4096)
        spare = taken
    }

    private func run(_ entry: Entry) {
        switch entry {
        case .actorJob(let job): job.runSynchronously(on: asUnownedSerialExecutor())
        case .closure(let job): job()
        }
    }

    private func runLate(_ job: UnownedJob) {
        let runs = mailbox.withLock { mailbox in
            mailbox.late.append(job)
            if mailbox.lateRuns { return false }
            mailbox.lateRuns = true
            return true
        }
        guard runs else { return }
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        while let next = mailbox.withLock({ mailbox -> UnownedJob? in
            if mailbox.late.isEmpty {
                mailbox.lateRuns = false
                thread.store(0, ordering: .relaxed)
                return nil
            }
            return mailbox.late.removeFirst()
        }) {
            next.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    // MARK: The thread's life

    /// Makes the context on the calling thread, which becomes the loop's.
    func begin(
        _ limits: TransportLimits,
        usesTLS: Bool,
        prepare: (ServiceLoop, OpaquePointer) throws(TransportError) -> Void
    ) throws(TransportError) {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        let made = try LoopContext.makeContext(for: self, limits: limits, usesTLS: usesTLS)
        context = made
        try prepare(self, made)
        mailbox.withLock { mailbox in
            mailbox.context = made
            mailbox.phase = .running
        }
        heartbeat = LoopTimer(on: self, uv: uv, after: 100, every: 100) { [unowned self] in
            tick &+= 1
            for beat in beats { beat() }
        }
        runMailbox()
    }

    /// Calls a job every 100 ms.
    func everyTick(_ job: @escaping () -> Void) { beats.append(job) }

    /// Serves until ``requestEnd()``, then closes every socket.
    func run() {
        uv_run(uv, UV_RUN_DEFAULT)
        finish()
    }

    /// Loop thread only: leaves `uv_run` after this turn.
    func requestEnd() {
        assertCurrent()
        uv_stop(uv)
    }

    /// A sul of libwebsockets that was set outside its own callbacks would wait for the next event: this brings one.
    func finishedTurnOutsideLibwebsockets() {
        guard needsService, let context else { return }
        needsService = false
        lws_cancel_service(context)
    }

    func libwebsocketsNeedsService() { needsService = true }

    /// The start failed: nothing was served.
    func abandonStart() {
        finish()
        server = nil
    }

    private func finish() {
        server?.stopListening()
        for timer in timers.values { timer.cancel() }
        heartbeat = nil
        beats = []
        if context != nil {
            mailbox.withLock { $0.context = nil }
            server?.killAll()
            context = nil
        }
        let left = mailbox.withLock { mailbox in
            mailbox.phase = .ended
            defer { mailbox.entries = [] }
            return mailbox.entries
        }
        for case .actorJob(let job) in left { job.runSynchronously(on: asUnownedSerialExecutor()) }
        thread.store(0, ordering: .relaxed)
    }
}
