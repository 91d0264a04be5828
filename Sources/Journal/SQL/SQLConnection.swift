public import WireProtocol

/// One row of an answer; columns count from 0.
///
/// Valid only inside the closure that was given it.
public protocol SQLRow {
    /// A whole number; 0 when the column is NULL.
    func int(_ column: Int) -> Int64
    /// A number; 0 when the column is NULL.
    func double(_ column: Int) -> Double
    /// A text; empty when the column is NULL.
    func text(_ column: Int) -> String
    /// Bytes; empty when the column is NULL.
    func bytes(_ column: Int) -> [UInt8]
    /// Whether the column is NULL.
    func isNull(_ column: Int) -> Bool
}

extension SQLRow {
    /// A whole number or nil.
    public func optionalInt(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }
    /// A text or nil.
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    /// A truth value.
    public func flag(_ column: Int) -> Bool { int(column) != 0 }
    /// An id.
    public func id<Kind>(_ column: Int) -> EntityID<Kind> { EntityID(int(column)) }
    /// An id or nil.
    public func optionalID<Kind>(_ column: Int) -> EntityID<Kind>? { optionalInt(column).map(EntityID.init) }
    /// An instant.
    public func instant(_ column: Int) -> Instant { Instant(milliseconds: int(column)) }
    /// An instant or nil.
    public func optionalInstant(_ column: Int) -> Instant? { optionalInt(column).map(Instant.init(milliseconds:)) }
}

/// A connection that reads one consistent state.
public protocol SQLReader: AnyObject {
    /// The engine's differences.
    var dialect: SQLDialect { get }
    /// Runs a statement and shows each row.
    func forEach(_ query: SQLQuery, _ body: (any SQLRow) throws -> Void) throws
}

extension SQLReader {
    /// All rows.
    public func all<Value>(_ query: SQLQuery, _ map: (any SQLRow) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        try forEach(query) { values.append(try map($0)) }
        return values
    }

    /// The first row, nil when there is none.
    ///
    /// Add `LIMIT 1` where more could come.
    public func first<Value>(_ query: SQLQuery, _ map: (any SQLRow) throws -> Value) throws -> Value? {
        var value: Value?
        try forEach(query) { row in
            if value == nil { value = try map(row) }
        }
        return value
    }

    /// Whether there is a row.
    public func exists(_ query: SQLQuery) throws -> Bool {
        try first(query) { _ in true } ?? false
    }

    /// The first column of the first row as a number, 0 when there is none.
    public func count(_ query: SQLQuery) throws -> Int64 {
        try first(query) { $0.int(0) } ?? 0
    }
}

/// The one connection that writes.
public protocol SQLWriter: SQLReader {
    /// Runs a statement; the number of rows changed.
    @discardableResult
    func execute(_ query: SQLQuery) throws -> Int
    /// Opens a savepoint.
    func beginSavepoint() throws
    /// Keeps what was done since the savepoint.
    func releaseSavepoint() throws
    /// Undoes what was done since the savepoint, and closes it.
    func rollbackSavepoint() throws
}

/// Why a statement failed, as far as the callers tell cases apart.
public enum StorageError: Error, Sendable {
    /// A constraint of the schema refused the row.
    case constraint(String)
    /// The disk is full, the file is read-only or the database is away: nothing was written; try again later.
    case unavailable(String)
    /// Another process holds the store.
    case inUse(String)
    /// The data folder cannot be made or written.
    case unusableFolder(String)
    /// The store was written by a newer program.
    case newerSchema(String)
    /// Anything else.
    case failed(String)
}

/// The few places where engines differ.
public enum SQLDialect: String, Sendable, CaseIterable {
    case sqlite
    case postgresql

    /// A column of 64-bit whole numbers.
    public var bigint: String { self == .sqlite ? "INTEGER" : "BIGINT" }
    /// A column of bytes.
    public var blob: String { self == .sqlite ? "BLOB" : "BYTEA" }
    /// A column of floating-point numbers.
    public var double: String { self == .sqlite ? "REAL" : "DOUBLE PRECISION" }
}

/// One step of a capability's schema.
///
/// Numbered from 1 within the capability, run at start inside a transaction, and never edited once released.
public struct Migration: Sendable {
    /// Its number within the capability.
    public let number: Int
    /// The statements, by dialect.
    public let statements: @Sendable (SQLDialect) -> [String]

    /// Makes a migration.
    ///
    /// In the statements `{bigint}`, `{blob}` and `{double}` stand for the engine's column types.
    public init(_ number: Int, _ statements: String...) {
        self.number = number
        self.statements = { dialect in
            statements.map { statement in
                statement.replacing("{bigint}", with: dialect.bigint).replacing("{blob}", with: dialect.blob)
                    .replacing("{double}", with: dialect.double)
            }
        }
    }

    /// Makes a migration whose statements differ by engine (full-text search).
    public init(_ number: Int, statements: @escaping @Sendable (SQLDialect) -> [String]) {
        self.number = number
        self.statements = statements
    }
}
