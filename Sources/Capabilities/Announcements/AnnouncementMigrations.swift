import Journal

/// The announcements' table.
enum AnnouncementMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // The wall-clock time and its zone are the truth; `due` is derived from them, to find what is due.
            """
            CREATE TABLE announcement (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                channel {bigint} NOT NULL,
                author {bigint} NOT NULL,
                author_kind TEXT NOT NULL,
                text TEXT NOT NULL,
                local_time TEXT NOT NULL,
                zone TEXT NOT NULL,
                due {bigint} NOT NULL,
                acknowledge INTEGER NOT NULL,
                state TEXT NOT NULL,
                revision {bigint} NOT NULL,
                message {bigint},
                reason TEXT,
                created_at {bigint} NOT NULL)
            """,
            "CREATE INDEX announcement_due ON announcement (state, due)",
            "CREATE INDEX announcement_network ON announcement (network, id)",
            "CREATE INDEX announcement_author ON announcement (author, id)"
        ),
        Migration(2, "UPDATE announcement SET text = '' WHERE state IN ('sent', 'cancelled')"),
        Migration(3, "ALTER TABLE announcement ADD COLUMN addressed TEXT NOT NULL DEFAULT ''"),
    ]
}
