import CommunityKernel
import Foundation
import Journal
import Synchronization
import WireProtocol

/// Who was erased, in a file beside the database that a restore does not take back.
///
/// A line for each: `{"person":5,"created":1795341600000,"at":"…"}`. The moment of creation tells the person from another
/// one who gets the same id after a restore.
public final class ErasureList: Sendable {
    /// One line.
    struct Entry: Equatable {
        let person: PersonID
        let created: Int64
    }

    /// The file's name in the data folder.
    public static let fileName = "erasures.jsonl"

    private let path: String
    private let writing = Mutex(())

    /// The list in a data folder.
    public init(folder: String) { path = "\(folder)/\(Self.fileName)" }

    /// Adds a person, durably, unless the list has that one.
    func add(_ entry: Entry, at now: Instant) throws {
        try writing.withLock { _ in
            if try entries().contains(entry) { return }
            let line = JSON.members([
                "person": .int(entry.person.rawValue), "created": .int(entry.created), "at": .string(now.description),
            ])
            try append(line.text + [0x0A])
        }
    }

    /// All that can be read; a line cut by a crash was never answered.
    func entries() throws -> [Entry] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Self.failure("the list of erasures cannot be read")
        }
        return data.split(separator: 0x0A).compactMap { line in
            guard let entry = try? JSONParser.parse([UInt8](line)), let person = entry["person"]?.int,
                let created = entry["created"]?.int
            else { return nil }
            return Entry(person: PersonID(person), created: created)
        }
    }

    private func append(_ line: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("the list of erasures cannot be written") }
        defer { close(descriptor) }
        // What a crash left of a line must not swallow this one.
        let bytes = [0x0A] + line
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw Self.failure("the list of erasures cannot be written")
        }
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.failure("the list of erasures cannot be made durable") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Self.failure("the list of erasures cannot be made durable") }
    }

    private static func failure(_ what: String) -> WireError {
        WireError(.unavailable, "\(what): \(String(cString: strerror(errno)))", retryAfterMs: 1_000)
    }
}
