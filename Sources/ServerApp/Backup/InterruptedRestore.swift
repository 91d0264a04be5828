import Foundation
import Journal

/// A data folder in which a restore was interrupted.
enum InterruptedRestore {
    /// The folder inside a data folder where a restore prepares the database; it is there while the restore runs.
    static let folderName = "restoring"

    /// Refuses to open such a folder: its files may not be all there.
    static func check(_ data: String) throws {
        guard FileManager.default.fileExists(atPath: "\(data)/\(folderName)") else { return }
        throw StorageError.failed("a restore into \(data) was interrupted: run `metropoli restore` again")
    }
}
