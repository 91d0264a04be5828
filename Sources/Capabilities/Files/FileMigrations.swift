import Journal

/// The files' tables.
enum FileMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE file (
                id {bigint} PRIMARY KEY,
                sha256 TEXT NOT NULL,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                bytes {bigint} NOT NULL,
                uploader {bigint} NOT NULL,
                at {bigint} NOT NULL,
                channel {bigint} NOT NULL,
                message {bigint},
                place INTEGER NOT NULL)
            """,
            "CREATE INDEX file_message ON file (message, place)",
            "CREATE INDEX file_unattached ON file (at) WHERE message IS NULL",
            "CREATE INDEX file_uploader ON file (uploader)",
            "CREATE INDEX file_content ON file (sha256)"
        )
    ]
}
