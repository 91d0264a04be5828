import Foundation
import Journal

/// The lock file that makes one process the owner of a store.
///
/// The kernel drops it when the process ends, however.
final class StoreLock: Sendable {
    private let descriptor: Int32

    init(folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw StorageError.unusableFolder("the data folder \(folder) cannot be made: \(error.localizedDescription)")
        }
        descriptor = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError.unusableFolder(
                "the data folder \(folder) cannot be written: \(String(cString: strerror(errno)))"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw StorageError.inUse("another process holds the data folder \(folder)")
        }
    }

    /// Gives the store up.
    ///
    /// Call once, after the database is closed.
    func release() {
        // A child that another thread has forked and that has not begun its program yet holds the descriptor too.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
