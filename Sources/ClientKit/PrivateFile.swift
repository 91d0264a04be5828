import Foundation

/// A small file of this person alone (mode 0600), replaced whole.
public enum PrivateFile {
    /// Its bytes, nil when there is none.
    public static func read(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map { [UInt8]($0) }
    }

    /// Writes it beside, makes it durable and puts it in place; its folder is made with mode 0700.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        if !FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        let beside = "\(path).\(getpid()).new"
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                unlink(beside)
                throw CocoaError(.fileWriteOutOfSpace)
            }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0, rename(beside, path) == 0 else {
            unlink(beside)
            throw CocoaError(.fileWriteUnknown)
        }
    }

    /// Removes it.
    public static func remove(_ path: String) { unlink(path) }
}
