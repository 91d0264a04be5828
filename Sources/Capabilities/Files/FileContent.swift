import Foundation
import Journal
import Synchronization
import WireProtocol

/// The folder of contents, each under its SHA-256: `ab/abcdef…`, and its thumbnail beside it: `ab/abcdef….thumb`.
final class FileContent: Sendable {
    let folder: String
    private let grace: Int64
    /// Held while a content is placed or removed, so that a content found in place is not removed a moment later.
    private let placing = Mutex(())

    init(folder: String, grace: Int64) {
        self.folder = folder
        self.grace = grace
    }

    static func name(of sha256: String) -> String { "\(sha256.prefix(2))/\(sha256)" }
    func path(of sha256: String) -> String { "\(folder)/\(Self.name(of: sha256))" }
    func thumbnailPath(of sha256: String) -> String { path(of: sha256) + ".thumb" }

    /// Moves a whole file to its place, durably; content that is there already stays and is kept for another while.
    func place(_ temporary: String, as sha256: String) throws {
        let target = path(of: sha256)
        try prepareFolder(of: target)
        try Self.sync(temporary)
        try placing.withLock { _ in
            if utimes(target, nil) == 0 {
                unlink(temporary)
                return
            }
            if rename(temporary, target) != 0 {
                guard errno == EXDEV else { throw Self.failure("the file cannot be kept") }
                // The upload lies on another file system.
                let near = target + "." + Secret.token()
                do {
                    try FileManager.default.copyItem(atPath: temporary, toPath: near)
                } catch { throw Self.failure("the file cannot be kept") }
                try Self.sync(near)
                guard rename(near, target) == 0 else { throw Self.failure("the file cannot be kept") }
                unlink(temporary)
            }
            chmod(target, 0o600)
        }
        try Self.sync(String(target.dropLast(sha256.count + 1)))
    }

    /// Writes bytes to a temporary file in this folder.
    func temporary(_ bytes: [UInt8]) throws -> String {
        let path = "\(folder)/upload.\(Secret.token())"
        try prepareFolder(of: path)
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: Data(bytes),
                attributes: [.posixPermissions: 0o600]
            )
        else { throw Self.failure("the file cannot be written") }
        return path
    }

    /// Keeps a thumbnail; a lost one is made again.
    func keepThumbnail(_ bytes: [UInt8], of sha256: String) throws -> String {
        let near = try temporary(bytes)
        let target = thumbnailPath(of: sha256)
        guard rename(near, target) == 0 else {
            unlink(near)
            throw Self.failure("the thumbnail cannot be kept")
        }
        return target
    }

    private func prepareFolder(of path: String) throws {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if access(parent, W_OK) == 0 { return }
        do {
            try FileManager.default.createDirectory(
                atPath: parent,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch { throw Self.failure("the folder of files cannot be made") }
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("the file cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("the file cannot be made durable") }
    }

    /// The refusal of one request: that the disk has no room for a file is no fault of the database.
    private static func failure(_ what: String) -> WireError {
        WireError(.unavailable, "\(what): \(String(cString: strerror(errno)))", retryAfterMs: 1_000)
    }

    // MARK: Removing

    /// Removes what no file refers to and nobody placed lately, left-overs of cut uploads too.
    func sweep(_ sql: any SQLReader) throws {
        let manager = FileManager.default
        guard let entries = try? manager.contentsOfDirectory(atPath: folder) else { return }
        for entry in entries {
            let path = "\(folder)/\(entry)"
            if entry.hasPrefix("upload.") {
                removeIfOld(path)
            } else if entry.utf8.count == 2 {
                for name in (try? manager.contentsOfDirectory(atPath: path)) ?? [] {
                    let sha256 = String(name.prefix(64))
                    if try !FileStore.isReferenced(sha256, sql) { removeIfOld("\(path)/\(name)") }
                }
            }
        }
    }

    private func removeIfOld(_ path: String) {
        placing.withLock { _ in
            var facts = stat()
            guard stat(path, &facts) == 0, Int64(time(nil)) - Int64(facts.st_mtim.tv_sec) >= grace else { return }
            unlink(path)
        }
    }

    // MARK: Reading

    /// The size and SHA-256 of a file of any size.
    static func measure(_ path: String) throws -> (bytes: Int64, sha256: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("the upload cannot be read") }
        defer { close(descriptor) }
        let hash = SHA256Stream()
        var total: Int64 = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw failure("the upload cannot be read") }
            if count == 0 { break }
            buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            total += Int64(count)
        }
        return (total, Secret.hex(hash.finish()))
    }
}
