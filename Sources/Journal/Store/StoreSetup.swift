/// What a start would change in a store's schema.
public enum PendingMigrations {
    /// The parts that this program would migrate, or does not know because they are newer.
    public static func of(_ capabilities: [any Capability], in storage: any StorageEngine) throws -> [String] {
        try storage.read { sql in
            let parts = [("journal", JournalMigrations.all)] + capabilities.map { ($0.name, $0.migrations) }
            return try parts.compactMap { name, migrations in
                let found = try StoreSetup.newest(name, sql)
                let known = Int64(migrations.map(\.number).max() ?? 0)
                return found == known ? nil : "the store's part \(name) has schema \(found), this program \(known)"
            }
        }
    }
}

/// Opens a store: runs the migrations that are due and reads what the process keeps in memory.
enum StoreSetup {
    struct Opened {
        let epoch: String
        let receiptKey: [UInt8]
        let head: Int64
    }

    static func open(_ storage: any StorageEngine, _ capabilities: [any Capability]) throws -> Opened {
        try storage.unsafeWrite { sql in
            try sql.execute(
                "CREATE TABLE IF NOT EXISTS schema_migration (capability TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (capability, number))"
            )
            try migrate("journal", JournalMigrations.all, sql)
            for capability in capabilities { try migrate(capability.name, capability.migrations, sql) }
            let key = try setting("receiptKey", sql) { Secret.hex(Secret.random(32)) }
            return Opened(
                epoch: try setting("epoch", sql) { Secret.hex(Secret.random(16)) },
                receiptKey: Array(key.utf8),
                head: try sql.journalHead()
            )
        }
    }

    /// The number of a capability's newest migration in a store.
    fileprivate static func newest(_ name: String, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COALESCE(MAX(number), 0) FROM schema_migration WHERE capability = \(name)")
    }

    private static func migrate(_ name: String, _ migrations: [Migration], _ sql: any SQLWriter) throws {
        let newest = try newest(name, sql)
        if newest > Int64(migrations.map(\.number).max() ?? 0) {
            throw StorageError.newerSchema(
                "the store's part \(name) has schema \(newest), this program knows \(migrations.count): "
                    + "it was written by a newer version of Metropoli; start that one, or restore a backup"
            )
        }
        for migration in migrations where Int64(migration.number) > newest {
            for statement in migration.statements(sql.dialect) {
                try sql.execute(SQLQuery(stringLiteral: statement))
            }
            try sql.execute(
                "INSERT INTO schema_migration (capability, number) VALUES (\(name), \(migration.number))"
            )
        }
    }

    private static func setting(_ name: String, _ sql: any SQLWriter, make: () -> String) throws -> String {
        if let known = try sql.first("SELECT value FROM store WHERE name = \(name)", { $0.text(0) }) { return known }
        let fresh = make()
        try sql.execute("INSERT INTO store (name, value) VALUES (\(name), \(fresh))")
        return fresh
    }
}
