public import CommunityKernel
import Foundation
internal import GRDB
public import Journal
import Synchronization

/// The embedded store: SQLite in WAL mode, `synchronous=FULL`, one writing connection, readers on snapshots.
///
/// One process owns a store: a lock file beside the database says so, since two writers could corrupt it
/// (SQLite's WAL-reset bug, 3.7.0–3.51.2).
public final class SQLiteStorage: StorageEngine {
    /// How the store is opened.
    public struct Options: Sendable {
        /// How long to wait for a lock of the database, seconds.
        public var busyTimeout: Double = 5
        /// Reading connections.
        public var readers = 7
        /// Pages kept in memory per connection, KiB.
        public var cacheKiB = 16_384

        /// The defaults.
        public init() {}
    }

    /// SQLite.
    public let dialect = SQLDialect.sqlite
    private let pool: DatabasePool
    private let lock: StoreLock
    private let busyMilliseconds: Int
    /// Whether a commit of the writing connection waits for the disk as it is set now.
    private let syncs = Atomic(true)

    /// Opens or creates the database `metropoli.sqlite` in `folder`.
    ///
    /// Throws ``StorageError/inUse(_:)`` when another process holds it, ``StorageError/failed(_:)`` when it cannot be
    /// opened or does not sync as it must.
    public init(folder: String, options: Options = Options()) throws {
        lock = try StoreLock(folder: folder)
        busyMilliseconds = Int(options.busyTimeout * 1_000)
        var configuration = Configuration()
        configuration.busyMode = .timeout(options.busyTimeout)
        configuration.maximumReaderCount = options.readers
        configuration.label = "metropoli"
        let cache = options.cacheKiB
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -\(cache)")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            db.add(tokenizer: ItalianTokenizer.self)
        }
        let path = Self.path(in: folder)
        pool = try Self.mapped { try DatabasePool(path: path, configuration: configuration) }
        try Self.mapped { try pool.writeWithoutTransaction(Self.checkFormat) }
        // A DatabasePool puts NORMAL back after `prepareDatabase`, and NORMAL loses acknowledged messages when the
        // power fails: set FULL on the writer afterwards and read it back.
        let synchronous = try Self.mapped {
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA secure_delete = ON")
                // A checkpoint stands in the way of the commit after it: fewer and larger ones cost less together.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 8000")
                return try Int.fetchOne(db, sql: "PRAGMA synchronous")
            }
        }
        guard synchronous == 2 else { throw StorageError.failed("the database does not sync: PRAGMA synchronous") }
    }

    /// The form of the database as a whole, in SQLite's `user_version`; the capabilities number their own migrations.
    private static let format = 1

    private static func checkFormat(_ db: Database) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard found <= format else {
            throw StorageError.newerSchema(
                "the database has format \(found), this program knows \(format): it was written by a newer version of "
                    + "Metropoli; start that one, or restore a backup"
            )
        }
        if found < format { try db.execute(sql: "PRAGMA user_version = \(format)") }
    }

    /// The database's path in a data folder.
    public static func path(in folder: String) -> String { folder + "/metropoli.sqlite" }

    /// One immediate transaction of SQLite, with `synchronous` FULL or, where it is not durable at once, NORMAL, which
    /// leaves the sync of the write-ahead log to the next durable commit or checkpoint.
    public func unsafeWrite<Value>(durably: Bool, _ body: (any SQLWriter) throws -> Value) throws -> Value {
        try Self.mapped {
            try pool.writeWithoutTransaction { db in
                if syncs.load(ordering: .relaxed) != durably {
                    try db.execute(sql: "PRAGMA synchronous = \(durably ? "FULL" : "NORMAL")")
                    syncs.store(durably, ordering: .relaxed)
                }
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try body(SQLiteConnection(db))
                    return .commit
                }
                guard let value else { throw StorageError.failed("no value") }
                return value
            }
        }
    }

    /// One deferred transaction on a reading connection.
    public func read<Value>(_ body: (any SQLReader) throws -> Value) throws -> Value {
        try Self.mapped { try pool.read { db in try body(SQLiteConnection(db)) } }
    }

    /// By SQLite's online backup.
    public func backup(to path: String) throws -> Int64 {
        try Self.mapped {
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            let head = try copy.read { db in try SQLiteConnection(db).journalHead() }
            try copy.close()
            return head
        }
    }

    /// By a truncating checkpoint.
    public func scrub() throws -> Bool {
        try Self.mapped {
            try pool.writeWithoutTransaction { db in
                // Never waits for readers: the writer has others to serve meanwhile.
                try db.execute(sql: "PRAGMA busy_timeout = 0")
                defer { try? db.execute(sql: "PRAGMA busy_timeout = \(busyMilliseconds)") }
                let busy = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                return busy == 0
            }
        }
    }

    /// Gives the lock up last.
    public func close() throws {
        try Self.mapped { try pool.close() }
        lock.release()
    }

    private static func mapped<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError { throw StorageError(error) }
    }
}

extension StorageError {
    init(_ error: DatabaseError) {
        switch error.resultCode {
        // What the surroundings of the store did is told to people, in words of ours.
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .unavailable("another program has locked the database; end it, or try again later")
        case .SQLITE_FULL: self = .unavailable("the disk of the data folder is full")
        case .SQLITE_IOERR: self = .unavailable("the disk of the data folder cannot be read or written")
        case .SQLITE_READONLY: self = .unavailable("the database in the data folder may not be written")
        case .SQLITE_CANTOPEN: self = .unavailable("the database in the data folder cannot be opened")
        case .SQLITE_NOMEM: self = .unavailable("there is not enough memory")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            self = .failed("metropoli.sqlite is damaged or no database; restore a backup into an empty folder")
        // A defect of ours, for the log.
        case .SQLITE_CONSTRAINT: self = .constraint(Self.text(of: error))
        default: self = .failed(Self.text(of: error))
        }
    }

    private static func text(of error: DatabaseError) -> String {
        "\(error.resultCode): \(error.message ?? "") \(error.sql ?? "")"
    }
}
