import Files
import Foundation
public import Journal
import People
import StorageSQLite
public import WireProtocol

/// Copies of the whole community: a folder with the database, the uploaded files and a list of what must be in it.
public enum Backup {
    /// What a backup holds, and what checking it found.
    public struct Report: Sendable {
        /// The backup's folder.
        public var folder = ""
        /// The journal's last `seq` in it.
        public var head: Int64 = 0
        /// The number of uploaded files in it.
        public var files = 0
        /// What is wrong with it; empty when it is whole.
        public var problems: [String] = []

        fileprivate func named(_ folder: String) -> Report {
            var report = self
            report.folder = folder
            return report
        }
    }

    private static let databaseName = "metropoli.sqlite"
    private static let manifestName = "manifest.json"

    /// Copies the store while it is in use.
    ///
    /// Uploaded files never change once written, so they are copied after the database: all that it refers to is there.
    public static func make(_ storage: any StorageEngine, data: String, to folder: String) throws -> Report {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: folder) else { throw BackupError("\(folder) exists already") }
        let partial = folder + ".partial"
        try? manager.removeItem(atPath: partial)
        do {
            let report = try copy(storage, data: data, into: partial)
            try manager.moveItem(atPath: partial, toPath: folder)
            try sync((folder as NSString).deletingLastPathComponent)
            return report.named(folder)
        } catch {
            // A disk that is full is not to be filled further by half a copy.
            try? manager.removeItem(atPath: partial)
            throw error
        }
    }

    private static func copy(_ storage: any StorageEngine, data: String, into partial: String) throws -> Report {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: partial,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        var report = Report()
        report.head = try storage.backup(to: partial + "/" + databaseName)
        var entries: [JSON] = [try entry(databaseName, in: partial)]
        if manager.fileExists(atPath: "\(data)/\(ErasureList.fileName)") {
            try manager.copyItem(
                atPath: "\(data)/\(ErasureList.fileName)",
                toPath: "\(partial)/\(ErasureList.fileName)"
            )
            entries.append(try entry(ErasureList.fileName, in: partial))
        }
        for name in try contents(of: data + "/files") {
            let target = "\(partial)/files/\(name)"
            try manager.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true
            )
            do {
                try manager.copyItem(atPath: "\(data)/files/\(name)", toPath: target)
            } catch {
                // Swept since the folder was listed: no file refers to it.
                guard !manager.fileExists(atPath: "\(data)/files/\(name)") else { throw error }
                try? manager.removeItem(atPath: target)
                continue
            }
            entries.append(try entry("files/\(name)", in: partial))
            report.files += 1
        }
        let manifest = JSON.members([
            "program": .string("metropoli"), "format": .int(1), "head": .int(report.head), "files": .array(entries),
        ])
        try Data(manifest.text).write(to: URL(fileURLWithPath: "\(partial)/\(manifestName)"))
        try syncAll(in: partial)
        return report
    }

    /// Removes the oldest backups of a folder above `keep`, and what interrupted ones left; backups are named by their
    /// time.
    public static func prune(_ directory: String, keep: Int) throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasPrefix("metropoli-") }
        let names = found.filter { !$0.hasSuffix(".partial") }.sorted()
        for name in names.dropLast(keep) + found.filter({ $0.hasSuffix(".partial") }) {
            try FileManager.default.removeItem(atPath: "\(directory)/\(name)")
        }
    }

    /// A new backup's name.
    public static func name(at time: Instant) -> String {
        "metropoli-" + time.description.filter { $0 != ":" && $0 != "-" }
    }

    /// Checks a backup: every file's hash, the database's own check, the journal without holes, the audit log's chain.
    ///
    /// Works on a copy, the backup stays as it is.
    public static func verify(_ folder: String) throws -> Report {
        var report = Report()
        report.folder = folder
        let path = "\(folder)/\(manifestName)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BackupError("\(folder) is no backup: it has no \(manifestName)")
        }
        let manifest: JSON
        do { manifest = try JSONParser.parse(Array(data), limits: .answers) } catch {
            throw BackupError("\(path) is damaged")
        }
        for item in manifest["files"]?.array ?? [] {
            guard let name = item["name"]?.string, let expected = item["sha256"]?.string else { continue }
            if name.hasPrefix("files/") { report.files += 1 }
            let found = try? hash(of: "\(folder)/\(name)")
            if found != expected { report.problems.append("\(name): \(found == nil ? "missing" : "changed")") }
        }
        guard report.problems.isEmpty else { return report }
        let copy = NSTemporaryDirectory() + "metropoli-verify-" + Secret.hex(Secret.random(8))
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try install(folder, into: copy, withFiles: false)
        let storage = try SQLiteStorage(folder: copy)
        defer { try? storage.close() }
        report.problems += try StoreCheck.problems(storage)
        let listed = Set(manifest["files"]?.array?.compactMap { $0["name"]?.string } ?? [])
        report.problems += try storage.read { try FileStore.contents($0) }.filter { !listed.contains("files/\($0)") }
            .map { "files/\($0): missing from the list" }
        report.head = try storage.read { try $0.journalHead() }
        return report
    }

    /// Puts a backup into a data folder that must not exist or be empty but for its list of erasures; the restored
    /// journal gets a new epoch, so that clients with a cursor of the old one begin anew.
    ///
    /// That list stays, joined with the backup's and the one given (`erasures`): it is applied when the store is opened.
    /// The database comes to its place last, whole and with its epoch: an interrupted restore serves nothing, and is
    /// begun again.
    public static func restore(_ folder: String, into data: String, erasures: String? = nil) throws -> Report {
        let report = try verify(folder)
        guard report.problems.isEmpty else { return report }
        if let erasures, !FileManager.default.isReadableFile(atPath: erasures) {
            throw BackupError("\(erasures) cannot be read")
        }
        let manager = FileManager.default
        let workshop = "\(data)/\(InterruptedRestore.folderName)"
        if manager.fileExists(atPath: workshop) {
            for name in [InterruptedRestore.folderName, "files"] { try? manager.removeItem(atPath: "\(data)/\(name)") }
        }
        if let found = try? manager.contentsOfDirectory(atPath: data),
            found.contains(where: { $0 != ErasureList.fileName })
        {
            throw BackupError("\(data) is not empty: move it away first, nothing is overwritten")
        }
        try manager.createDirectory(
            atPath: workshop,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try joinErasures([erasures, "\(folder)/\(ErasureList.fileName)"].compactMap { $0 }, into: data)
        try install(folder, into: workshop, withFiles: false)
        try beginAnew(workshop)
        if manager.fileExists(atPath: "\(folder)/files") {
            try manager.copyItem(atPath: "\(folder)/files", toPath: "\(data)/files")
        }
        try syncAll(in: data)
        try manager.moveItem(atPath: SQLiteStorage.path(in: workshop), toPath: SQLiteStorage.path(in: data))
        try sync(data)
        try manager.removeItem(atPath: workshop)
        return report
    }

    /// Gives a store another epoch, and leaves all of it in the one file.
    private static func beginAnew(_ folder: String) throws {
        let storage = try SQLiteStorage(folder: folder)
        do {
            try storage.unsafeWrite { sql in
                let epoch = Secret.hex(Secret.random(16))
                _ = try sql.execute("UPDATE store SET value = \(epoch) WHERE name = 'epoch'")
            }
            guard try storage.scrub() else { throw BackupError("the restored database is in use") }
        } catch {
            try? storage.close()
            throw error
        }
        try storage.close()
    }

    /// Adds the lines of other lists of erasures to a data folder's own.
    private static func joinErasures(_ others: [String], into data: String) throws {
        let own = "\(data)/\(ErasureList.fileName)"
        var lines: [String] = []
        for path in [own] + others {
            guard let content = FileManager.default.contents(atPath: path) else { continue }
            for line in String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
            where !lines.contains(line) { lines.append(line) }
        }
        guard !lines.isEmpty else { return }
        try FileManager.default.createDirectory(
            atPath: data,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: own), options: .atomic)
    }

    private static func install(_ folder: String, into data: String, withFiles: Bool) throws {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: data,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try manager.copyItem(atPath: "\(folder)/\(databaseName)", toPath: SQLiteStorage.path(in: data))
        if withFiles, manager.fileExists(atPath: "\(folder)/files") {
            try manager.copyItem(atPath: "\(folder)/files", toPath: "\(data)/files")
        }
    }

    private static func contents(of folder: String) throws -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
        var names: [String] = []
        for case let name as String in walk {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder), !isFolder.boolValue,
                !(name as NSString).lastPathComponent.hasPrefix("upload.")
            {
                names.append(name)
            }
        }
        return names.sorted()
    }

    /// Makes a folder and all in it durable.
    private static func syncAll(in folder: String) throws {
        for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            try sync("\(folder)/\(name)")
        }
        try sync(folder)
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupError("\(path) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw BackupError("\(path) cannot be made durable") }
    }

    private static func entry(_ name: String, in folder: String) throws -> JSON {
        .members(["name": .string(name), "sha256": .string(try hash(of: "\(folder)/\(name)"))])
    }

    private static func hash(of path: String) throws -> String {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        let stream = SHA256Stream()
        while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
            chunk.withUnsafeBytes { stream.update($0) }
        }
        return Secret.hex(stream.finish())
    }
}

/// Why a backup cannot be made or restored.
public struct BackupError: Error, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}
