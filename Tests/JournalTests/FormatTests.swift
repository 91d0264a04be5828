import Journal
import TestKit
import Testing

@testable import StorageSQLite

@Suite("Opening a store that this program cannot serve")
struct FormatTests {
    @Test("a database of a newer format is refused in plain words")
    func newer() throws {
        let folder = try TemporaryFolder()
        let storage = try SQLiteStorage(folder: folder.path)
        try storage.unsafeWrite { try $0.execute("PRAGMA user_version = 7") }
        try storage.close()
        let error = #expect(throws: StorageError.self) { _ = try SQLiteStorage(folder: folder.path) }
        guard case .newerSchema(let sentence) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(sentence.contains("newer version"))
    }
}
