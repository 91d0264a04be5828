import Foundation
public import Journal
import StorageSQLite
import WireProtocol

/// What must be true of every store, checked by `doctor` and `restore --verify`.
public enum StoreCheck {
    /// Looks at the store of a data folder that no server has open, and changes nothing in it.
    public static func problems(data: String, _ capabilities: [any Capability]) throws -> [String] {
        guard FileManager.default.fileExists(atPath: SQLiteStorage.path(in: data)) else {
            return ["there is no store in \(data) yet: `metropoli serve` or `seed` makes it"]
        }
        let storage = try SQLiteStorage(folder: data)
        defer { try? storage.close() }
        let pending = try PendingMigrations.of(capabilities, in: storage)
        guard !pending.isEmpty else { return try problems(storage) }
        return pending.map { "\($0): will be migrated at the next start; make a backup before" }
    }

    /// The sentences about what is wrong; empty when all is well.
    public static func problems(_ storage: any StorageEngine) throws -> [String] {
        try storage.read { sql in
            var problems: [String] = []
            if sql.dialect == .sqlite {
                let found = try sql.all("PRAGMA integrity_check(10)") { $0.text(0) }
                if found != ["ok"] { problems += found.map { "database: \($0)" } }
            }
            let rows = try sql.count("SELECT COUNT(*) FROM journal")
            let head = try sql.journalHead()
            if rows != head { problems.append("the journal has \(rows) updates, its last one is \(head)") }
            problems += try sql.all(
                """
                SELECT j.stream FROM journal j GROUP BY j.stream HAVING COUNT(*) <> MAX(j.position) LIMIT 10
                """
            ) { "stream \($0.text(0)): its offsets have holes" }
            problems += try sql.all(
                """
                SELECT h.stream FROM stream_head h WHERE h.position <>
                    (SELECT COALESCE(MAX(j.position), 0) FROM journal j WHERE j.stream = h.stream) LIMIT 10
                """
            ) { "stream \($0.text(0)): its head is wrong" }
            problems += try auditProblems(sql)
            return problems
        }
    }

    /// What is wrong with the audit log.
    public static func auditProblems(_ sql: any SQLReader) throws -> [String] {
        var previous: [UInt8] = []
        var isOfNow = false
        var problems: [String] = []
        try sql.forEach(
            "SELECT number, at, actor, actor_kind, act, subject, detail, hash, organisation FROM audit ORDER BY number"
        ) { row in
            let hash = row.bytes(7)
            let expected = UnitOfWork.auditHash(
                after: previous,
                number: row.int(0),
                organisation: row.optionalInt(8),
                actor: row.int(2),
                kind: row.text(3),
                act: row.text(4),
                subject: row.optionalInt(5),
                at: row.instant(1),
                detail: row.text(6)
            )
            // COMPAT(level: 1): stores begun before the hash covered number and organisation; never after one that does.
            let former = UnitOfWork.formerAuditHash(
                after: previous,
                actor: row.int(2),
                kind: row.text(3),
                act: row.text(4),
                subject: row.optionalInt(5),
                at: row.instant(1),
                detail: row.text(6)
            )
            if expected == hash {
                isOfNow = true
            } else if isOfNow || former != hash, problems.count < 10 {
                problems.append("audit: entry \(row.int(0)) was changed")
            }
            previous = hash
        }
        return problems
    }
}
