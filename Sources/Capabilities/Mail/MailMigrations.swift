import Journal

/// The outbox.
enum MailMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // `data` holds what the template's gaps are filled with, never a token: see MailComposer. A mail under a
            // slot takes the place of the one that waits under it.
            """
            CREATE TABLE mail (
                id {bigint} PRIMARY KEY,
                message_key TEXT NOT NULL,
                person {bigint},
                address TEXT,
                name TEXT,
                language TEXT,
                template TEXT NOT NULL,
                data TEXT NOT NULL,
                slot TEXT,
                state TEXT NOT NULL,
                created_at {bigint} NOT NULL,
                due_at {bigint} NOT NULL,
                attempts {bigint} NOT NULL DEFAULT 0,
                error TEXT,
                finished_at {bigint})
            """,
            "CREATE INDEX mail_due ON mail (due_at, id) WHERE state = 'waiting'",
            "CREATE INDEX mail_state ON mail (state, id)",
            "CREATE INDEX mail_person ON mail (person, id)",
            "CREATE INDEX mail_age ON mail (created_at)",
            "CREATE UNIQUE INDEX mail_slot ON mail (slot) WHERE state = 'waiting' AND slot IS NOT NULL",
            """
            CREATE TABLE mail_attachment (
                mail {bigint} NOT NULL,
                position {bigint} NOT NULL,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                is_alternative INTEGER NOT NULL,
                content {blob} NOT NULL,
                PRIMARY KEY (mail, position))
            """
        )
    ]
}
