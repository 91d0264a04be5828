import Glibc
import Synchronization

/// One thread of the process that reads and writes files for the loops, in order, so that no disk stands on a loop.
final class DiskThread: @unchecked Sendable {
    // Sendable: `jobs` is touched under `mutex` only.
    static let shared = DiskThread()

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [@Sendable () -> Void] = []
    private var thread: LoopThread?

    private init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    func run(_ job: @escaping @Sendable () -> Void) {
        pthread_mutex_lock(mutex)
        jobs.append(job)
        if thread == nil { thread = LoopThread("metropoli-disk") { [self] in serve() } }
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    private func serve() {
        while true {
            pthread_mutex_lock(mutex)
            while jobs.isEmpty { pthread_cond_wait(condition, mutex) }
            let taken = jobs
            jobs.removeAll()
            pthread_mutex_unlock(mutex)
            for job in taken { job() }
        }
    }
}

/// A file that a request's body is written to.
///
/// All its work is done by the disk thread, in the order given.
final class UploadFile: @unchecked Sendable {
    // Sendable: `descriptor`, `failure` and `written` are touched by the disk thread only.
    private let path: String
    private var descriptor: Int32 = -1
    private var failure: Int32 = 0
    private var written = 0

    init(path: String) { self.path = path }

    func open() {
        DiskThread.shared.run { [self] in
            descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            if descriptor < 0 { failure = errno }
        }
    }

    /// Tells when the bytes are with the kernel, and whether the file is still sound.
    func write(_ bytes: [UInt8], then done: @escaping @Sendable (_ count: Int, _ isSound: Bool) -> Void) {
        DiskThread.shared.run { [self] in
            var offset = 0
            while failure == 0 && offset < bytes.count {
                let count = bytes.withUnsafeBytes { bytes in
                    guard let base = bytes.baseAddress else { return 0 }
                    return Glibc.write(descriptor, base + offset, bytes.count - offset)
                }
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { failure = errno == 0 ? EIO : errno } else { offset += count }
            }
            written += offset
            done(bytes.count, failure == 0)
        }
    }

    /// On disk when `done` is called, with the number of bytes, or nil.
    func finish(then done: @escaping @Sendable (Int?) -> Void) {
        DiskThread.shared.run { [self] in
            if failure == 0 && fsync(descriptor) != 0 { failure = errno }
            let isSound = failure == 0
            if descriptor >= 0 {
                Glibc.close(descriptor)
                if !isSound { unlink(path) }
            }
            descriptor = -1
            done(isSound ? written : nil)
        }
    }

    /// The exchange ended after the file was finished: nobody will name it.
    func discardWritten() {
        DiskThread.shared.run { [self] in unlink(path) }
    }

    /// Leaves nothing.
    ///
    /// A file that was there before is not ours and stays.
    func discard() {
        DiskThread.shared.run { [self] in
            guard descriptor >= 0 else { return }
            Glibc.close(descriptor)
            descriptor = -1
            unlink(path)
        }
    }
}

/// A file that a response is read from, piece by piece, off the loop thread.
final class DownloadFile: @unchecked Sendable {
    // Sendable: `descriptor` is touched by the disk thread only.
    private let path: String
    private var descriptor: Int32 = -1
    static let pieceBytes = 262_144

    init(path: String) { self.path = path }

    deinit {
        // Nobody else holds it: the last job on the disk thread, or its response, let it go.
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// A piece of at most `pieceBytes`; nil if the file is missing or shorter than was said.
    func read(offset: Int, length: Int, then done: @escaping @Sendable ([UInt8]?) -> Void) {
        DiskThread.shared.run { [self] in
            if descriptor < 0 { descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC) }
            let wanted = min(length, Self.pieceBytes)
            var failed = descriptor < 0
            let piece = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                while !failed && count < wanted {
                    guard let base = buffer.baseAddress else { break }
                    let got = pread(descriptor, base + count, wanted - count, off_t(offset + count))
                    if got < 0 && errno == EINTR { continue }
                    if got <= 0 { failed = true } else { count += got }
                }
            }
            done(failed ? nil : piece)
        }
    }
}
