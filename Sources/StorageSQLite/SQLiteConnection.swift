internal import GRDB
import GRDBSQLite
import Journal

/// GRDB's connection behind the journal's interface.
///
/// Valid only inside the access that made it.
final class SQLiteConnection: SQLWriter {
    let dialect = SQLDialect.sqlite
    private let db: Database
    /// Statements that were needed while their cached twin was being read; kept for the access.
    private var nested: [Statement] = []

    init(_ db: Database) { self.db = db }

    func forEach(_ query: SQLQuery, _ body: (any SQLRow) throws -> Void) throws {
        let statement = try prepared(query.sql)
        defer { sqlite3_reset(statement) }
        try bind(query.values, to: statement)
        let row = SQLiteRow(statement)
        while try step(statement, query.sql) { try body(row) }
    }

    func execute(_ query: SQLQuery) throws -> Int {
        let before = sqlite3_total_changes(db.sqliteConnection)
        try forEach(query) { _ in }
        return Int(sqlite3_total_changes(db.sqliteConnection) - before)
    }

    func beginSavepoint() throws { try forEach("SAVEPOINT command") { _ in } }
    func releaseSavepoint() throws { try forEach("RELEASE SAVEPOINT command") { _ in } }

    func rollbackSavepoint() throws {
        try forEach("ROLLBACK TO SAVEPOINT command") { _ in }
        try forEach("RELEASE SAVEPOINT command") { _ in }
    }

    // MARK: Statements

    // GRDB keeps the prepared statements; binding and stepping go straight to SQLite: a post runs about eight of them,
    // and argument lists, rows and `Data` copies would be made for each (decision 0015).

    /// A statement prepared once per connection and text; a second one while the first is being read.
    private func prepared(_ sql: String) throws -> OpaquePointer {
        let cached = try db.cachedStatement(sql: sql)
        if sqlite3_stmt_busy(cached.sqliteStatement) == 0 {
            sqlite3_reset(cached.sqliteStatement)
            return cached.sqliteStatement
        }
        let second = try db.makeStatement(sql: sql)
        nested.append(second)
        return second.sqliteStatement
    }

    private func step(_ statement: OpaquePointer, _ sql: String) throws -> Bool {
        let code = sqlite3_step(statement)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw failure(sql)
    }

    private func failure(_ sql: String) -> StorageError {
        let code = sqlite3_extended_errcode(db.sqliteConnection)
        let message = String(cString: sqlite3_errmsg(db.sqliteConnection))
        return StorageError(DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: sql))
    }

    private func bind(_ values: [SQLValue], to statement: OpaquePointer) throws {
        for (index, value) in values.enumerated() {
            let place = Int32(index + 1)
            let code: Int32
            switch value {
            case .null: code = sqlite3_bind_null(statement, place)
            case .int(let number): code = sqlite3_bind_int64(statement, place, number)
            case .double(let number): code = sqlite3_bind_double(statement, place, number)
            case .text(var text):
                code = text.withUTF8 { utf8 in
                    utf8.withMemoryRebound(to: CChar.self) { characters in
                        // An empty text may have no address, and a null pointer would bind NULL.
                        characters.baseAddress.map {
                            sqlite3_bind_text(statement, place, $0, Int32(characters.count), Self.transient)
                        } ?? sqlite3_bind_text(statement, place, "", 0, Self.transient)
                    }
                }
            case .blob(let bytes):
                code = bytes.withUnsafeBytes { buffer in
                    buffer.isEmpty
                        ? sqlite3_bind_zeroblob(statement, place, 0)
                        : sqlite3_bind_blob(statement, place, buffer.baseAddress, Int32(buffer.count), Self.transient)
                }
            }
            guard code == SQLITE_OK else { throw failure("bind \(place)") }
        }
    }

    /// SQLITE_TRANSIENT: SQLite copies the bytes.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// The present row of a statement, read straight from SQLite.
private struct SQLiteRow: SQLRow {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { self.statement = statement }

    func int(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }
    func double(_ column: Int) -> Double { sqlite3_column_double(statement, Int32(column)) }
    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }

    func text(_ column: Int) -> String {
        guard let start = sqlite3_column_text(statement, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, Int32(column)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(column)))))
    }
}
