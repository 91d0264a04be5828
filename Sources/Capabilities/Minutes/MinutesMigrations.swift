import Journal

/// The tables of minutes, decisions and action items.
enum MinutesMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE minutes (
                event {bigint} PRIMARY KEY,
                id {bigint} NOT NULL UNIQUE,
                state TEXT NOT NULL,
                revision {bigint} NOT NULL,
                text TEXT NOT NULL,
                hash TEXT,
                approved_by {bigint},
                approved_at {bigint})
            """,
            """
            CREATE TABLE minutes_amendment (
                event {bigint} NOT NULL,
                revision {bigint} NOT NULL,
                person {bigint} NOT NULL,
                text TEXT NOT NULL,
                at {bigint} NOT NULL,
                PRIMARY KEY (event, revision))
            """,
            "CREATE INDEX minutes_amendment_person ON minutes_amendment (person)",
            """
            CREATE TABLE decision (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                number {bigint} NOT NULL,
                event {bigint} NOT NULL,
                text TEXT NOT NULL,
                supersedes {bigint},
                creator {bigint} NOT NULL,
                at {bigint} NOT NULL)
            """,
            // Numbered without gaps and never twice.
            "CREATE UNIQUE INDEX decision_number ON decision (network, number)",
            "CREATE UNIQUE INDEX decision_supersedes ON decision (supersedes) WHERE supersedes IS NOT NULL",
            "CREATE INDEX decision_event ON decision (event, number)",
            """
            CREATE TABLE action_item (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                event {bigint} NOT NULL,
                revision {bigint} NOT NULL,
                text TEXT NOT NULL,
                owner {bigint},
                due TEXT NOT NULL,
                done INTEGER NOT NULL)
            """,
            "CREATE INDEX action_item_network ON action_item (network, done, due)",
            "CREATE INDEX action_item_event ON action_item (event, done, due)",
            "CREATE INDEX action_item_owner ON action_item (owner, done, due)"
        ),
        Migration(
            2,
            """
            CREATE TABLE minutes_naming (
                person {bigint} NOT NULL,
                seq {bigint} NOT NULL,
                PRIMARY KEY (person, seq))
            """
        ),
    ]
}
