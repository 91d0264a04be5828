import Glibc

/// Wakes a thread that waits for a while.
///
/// The while is measured by the kernel's steady clock: a condition variable's deadline is on the wall clock, and one
/// that is put back by a day would let its thread sleep for a day.
public final class Bell: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    /// Makes one that is silent.
    public init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no descriptors left at the start")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Ends a wait that is going on, or the next one.
    public func ring() {
        // A full pipe has been rung already.
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }

    /// Waits until it is rung, or so many milliseconds.
    public func wait(milliseconds: Int32) {
        var wanted = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, milliseconds) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while read(readEnd, &bytes, bytes.count) == bytes.count {}
    }
}
