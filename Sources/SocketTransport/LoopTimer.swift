import CLibWebSockets

/// A job that a ``ServiceLoop`` runs later, unless it is cancelled.
///
/// Loop thread only.
public final class LoopTimer {
    private var timer: UnsafeMutablePointer<uv_timer_t>?
    private var job: (() -> Void)?
    private let repeats: Bool
    private unowned let loop: ServiceLoop

    init(
        on loop: ServiceLoop,
        uv: UnsafeMutablePointer<uv_loop_t>,
        after: UInt64,
        every: UInt64 = 0,
        _ job: @escaping () -> Void
    ) {
        self.job = job
        self.loop = loop
        repeats = every > 0
        let timer = UnsafeMutablePointer<uv_timer_t>.allocate(capacity: 1)
        self.timer = timer
        uv_timer_init(uv, timer)
        lendToC(timer)
        loop.timers[ObjectIdentifier(self)] = self
        uv_update_time(uv)
        uv_timer_start(timer, { LoopTimer.owner(of: $0)?.fire() }, after, every)
    }

    /// Idempotent.
    public func cancel() {
        guard let timer else { return }
        self.timer = nil
        job = nil
        loop.timers[ObjectIdentifier(self)] = nil
        uv_timer_stop(timer)
        endLoan(timer)
    }

    private func fire() {
        let (job, loop) = (job, loop)
        if !repeats { cancel() }
        job?()
        loop.finishedTurnOutsideLibwebsockets()
    }

    // +1 while libuv may call back; given back once, when the handle starts to close.
    private func lendToC(_ timer: UnsafeMutablePointer<uv_timer_t>) {
        timer.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    private func endLoan(_ timer: UnsafeMutablePointer<uv_timer_t>) {
        if let data = timer.pointee.data { Unmanaged<LoopTimer>.fromOpaque(data).release() }
        timer.pointee.data = nil
        uv_close(mtp_timer_handle(timer)) { handle in
            guard let handle else { return }
            UnsafeMutableRawPointer(handle).deallocate()
        }
    }

    private static func owner(of timer: UnsafeMutablePointer<uv_timer_t>?) -> LoopTimer? {
        guard let data = timer?.pointee.data else { return nil }
        return Unmanaged<LoopTimer>.fromOpaque(data).takeUnretainedValue()
    }
}
