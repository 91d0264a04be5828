import Journal

/// The tables of the index: what is known of each thing, and its words.
enum SearchMigrations {
    static let all: [Migration] = [
        Migration(1) { dialect in
            let tables = [
                """
                CREATE TABLE search_item (
                    id \(dialect.bigint) PRIMARY KEY,
                    kind TEXT NOT NULL,
                    channel \(dialect.bigint),
                    network \(dialect.bigint),
                    listed INTEGER NOT NULL,
                    message \(dialect.bigint),
                    author \(dialect.bigint),
                    at \(dialect.bigint) NOT NULL)
                """,
                "CREATE INDEX search_item_message ON search_item (message)",
                "CREATE INDEX search_item_channel ON search_item (channel, at)",
                "CREATE INDEX search_item_at ON search_item (at)",
                "CREATE TABLE search_tidying (name TEXT PRIMARY KEY, due INTEGER NOT NULL)",
            ]
            return tables + FullText.tables(dialect)
        },
        // Documents and solutions that changed since they were indexed.
        Migration(2, "CREATE TABLE search_due (id {bigint} PRIMARY KEY, kind TEXT NOT NULL)"),
    ]
}
