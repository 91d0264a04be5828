import CZip

/// Files in one ZIP (APPNOTE 6.3), written and read in memory by libzip.
public struct ZIPArchive: Sendable, Equatable {
    /// One file.
    public struct Entry: Sendable, Equatable {
        /// Its path, with `/` between folders.
        public let name: String
        /// What it holds.
        public let bytes: [UInt8]

        /// Makes it.
        public init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// The files in their order.
    public let entries: [Entry]

    /// Makes it.
    public init(_ entries: [Entry]) { self.entries = entries }

    /// What a file holds; nil when there is none of that path.
    public subscript(name: String) -> [UInt8]? { entries.first { $0.name == name }?.bytes }
}

/// The bounds within which an archive is read.
public struct ZIPLimits: Sendable {
    /// Files at most.
    public var entries: Int64 = 500
    /// Bytes of one file at most, unpacked.
    public var entryBytes: UInt64 = 33_554_432
    /// Bytes of all files at most, unpacked.
    public var totalBytes: UInt64 = 134_217_728
    /// Bytes of a path at most.
    public var nameBytes = 255

    /// The defaults.
    public init() {}
}

/// Why an archive is not read or written.
public enum ZIPError: Error, Sendable, Equatable {
    /// It is none, or is damaged: a file's checksum does not fit.
    case damaged
    /// More files or bytes than the limits allow, packed as small as they may be.
    case tooLarge
    /// A path that leads out of its folder, or that no file may have.
    case unsafeName
    /// Two files of one path.
    case duplicate
    /// An encrypted file, or one packed in a way that is not read.
    case unsupported
}

extension ZIPArchive {
    /// Writes the archive; equal files at an equal time give equal bytes.
    ///
    /// `modified` is in seconds since 1970.
    public func written(modified: Int64) throws(ZIPError) -> [UInt8] {
        var error = zip_error_t()
        guard let target = zip_source_buffer_create(nil, 0, 0, &error),
            let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error)
        else { throw .damaged }
        // Kept for reading after the archive, which owns it, is closed.
        zip_source_keep(target)
        defer { zip_source_free(target) }
        var isOpen = true
        defer { if isOpen { zip_discard(archive) } }
        var buffers: [UnsafeMutableRawBufferPointer] = []
        defer { for buffer in buffers { buffer.deallocate() } }
        for entry in entries {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(entry.bytes.count, 1), alignment: 1)
            buffer.copyBytes(from: entry.bytes)
            buffers.append(buffer)
            guard let source = zip_source_buffer(archive, buffer.baseAddress, UInt64(entry.bytes.count), 0) else {
                throw .damaged
            }
            let index = zip_file_add(archive, entry.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
            guard index >= 0 else {
                zip_source_free(source)
                throw .duplicate
            }
            zip_file_set_mtime(archive, UInt64(index), time_t(modified), 0)
        }
        guard zip_close(archive) == 0 else { throw .damaged }
        isOpen = false
        return try Self.contents(of: target)
    }

    private static func contents(of source: OpaquePointer) throws(ZIPError) -> [UInt8] {
        var stat = zip_stat_t()
        guard zip_source_stat(source, &stat) == 0, zip_source_open(source) == 0 else { throw .damaged }
        defer { zip_source_close(source) }
        var bytes = [UInt8](repeating: 0, count: Int(stat.size))
        let read = bytes.withUnsafeMutableBytes { zip_source_read(source, $0.baseAddress, UInt64($0.count)) }
        guard read == Int64(bytes.count) else { throw .damaged }
        return bytes
    }

    /// Reads an archive within limits.
    ///
    /// What an entry says of its size is not believed: no more than that is unpacked.
    public init(reading bytes: [UInt8], limits: ZIPLimits = ZIPLimits()) throws(ZIPError) {
        // libzip takes nothing at all for an empty archive.
        guard !bytes.isEmpty else { throw .damaged }
        var error = zip_error_t()
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        copy.copyBytes(from: bytes)
        defer { copy.deallocate() }
        guard let source = zip_source_buffer_create(copy.baseAddress, UInt64(bytes.count), 0, &error) else {
            throw .damaged
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
            zip_source_free(source)
            throw .damaged
        }
        defer { zip_discard(archive) }
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.entries else { throw .tooLarge }
        var found: [Entry] = []
        var names: Set<String> = []
        var total: UInt64 = 0
        for index in 0..<max(count, 0) {
            guard let (name, size) = try Self.described(archive, UInt64(index), limits) else { continue }
            guard names.insert(name.lowercased()).inserted else { throw .duplicate }
            // Compared before it is added: an entry may say that it has any size.
            guard size <= limits.entryBytes, size <= limits.totalBytes - total else { throw .tooLarge }
            total += size
            found.append(Entry(name, try Self.unpacked(archive, UInt64(index), size)))
        }
        entries = found
    }

    /// The path, as it stands there, and the size that an entry says it has; nil for a folder.
    private static func described(
        _ archive: OpaquePointer,
        _ index: UInt64,
        _ limits: ZIPLimits
    ) throws(ZIPError) -> (name: String, size: UInt64)? {
        var stat = zip_stat_t()
        guard zip_stat_index(archive, index, zip_flags_t(ZIP_FL_ENC_RAW), &stat) == 0, let start = stat.name else {
            throw .damaged
        }
        guard let name = String(validatingCString: start) else { throw .unsafeName }
        guard isSafe(name.hasSuffix("/") ? String(name.dropLast()) : name, limits) else { throw .unsafeName }
        if name.hasSuffix("/") { return nil }
        let known = UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD)
        guard stat.valid & known == known, stat.encryption_method == UInt16(ZIP_EM_NONE),
            [UInt16(ZIP_CM_STORE), UInt16(ZIP_CM_DEFLATE)].contains(stat.comp_method)
        else { throw .unsupported }
        return (name, stat.size)
    }

    /// Whether a path stays in its folder and is one that files have everywhere.
    private static func isSafe(_ name: String, _ limits: ZIPLimits) -> Bool {
        guard !name.isEmpty, name.utf8.count <= limits.nameBytes else { return false }
        guard
            name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 && !"\\:".unicodeScalars.contains($0) })
        else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0 != "." && $0 != ".."
        }
    }

    private static func unpacked(
        _ archive: OpaquePointer,
        _ index: UInt64,
        _ size: UInt64
    ) throws(ZIPError) -> [UInt8] {
        guard let file = zip_fopen_index(archive, index, 0) else { throw .damaged }
        defer { zip_fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var filled = 0
        while filled < bytes.count {
            let read = bytes.withUnsafeMutableBytes {
                zip_fread(file, $0.baseAddress?.advanced(by: filled), UInt64($0.count - filled))
            }
            guard read > 0 else { throw .damaged }
            filled += Int(read)
        }
        // One more byte than it said is one too many; the end is also where the checksum is looked at.
        var more: UInt8 = 0
        guard zip_fread(file, &more, 1) == 0 else { throw .damaged }
        return bytes
    }
}
