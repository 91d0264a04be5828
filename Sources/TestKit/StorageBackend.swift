public import Journal
import StorageSQLite

/// The engines that every storage test runs on.
///
/// The distributed one joins here when it comes.
public enum StorageBackend: String, CaseIterable, Sendable, CustomStringConvertible {
    /// SQLite.
    case sqlite

    /// Those that this machine can run.
    public static let available = allCases

    /// The name in a test's report.
    public var description: String { rawValue }

    /// Opens a store in a folder.
    public func open(_ folder: String) throws -> any StorageEngine {
        switch self {
        case .sqlite: try SQLiteStorage(folder: folder)
        }
    }
}
