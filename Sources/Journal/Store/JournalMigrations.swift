/// The journal's own tables.
enum JournalMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE journal (
                seq {bigint} PRIMARY KEY,
                stream TEXT NOT NULL,
                position {bigint} NOT NULL,
                type TEXT NOT NULL,
                at {bigint} NOT NULL,
                actor {bigint} NOT NULL,
                payload {blob} NOT NULL)
            """,
            "CREATE UNIQUE INDEX journal_stream ON journal (stream, seq)",
            "CREATE TABLE stream_head (stream TEXT PRIMARY KEY, position {bigint} NOT NULL)",
            """
            CREATE TABLE stream_access (
                member {bigint} NOT NULL,
                stream TEXT NOT NULL,
                since {bigint} NOT NULL,
                until {bigint},
                PRIMARY KEY (member, stream, since))
            """,
            "CREATE INDEX stream_access_stream ON stream_access (stream, member)",
            """
            CREATE TABLE receipt (
                actor {bigint} NOT NULL,
                nonce TEXT NOT NULL,
                hash {blob} NOT NULL,
                reply {blob} NOT NULL,
                seq {bigint},
                PRIMARY KEY (actor, nonce))
            """,
            "CREATE TABLE follower (name TEXT PRIMARY KEY, seq {bigint} NOT NULL)",
            """
            CREATE TABLE audit (
                number {bigint} PRIMARY KEY,
                at {bigint} NOT NULL,
                actor {bigint} NOT NULL,
                actor_kind TEXT NOT NULL,
                act TEXT NOT NULL,
                subject {bigint},
                organisation {bigint},
                detail TEXT NOT NULL,
                hash {blob} NOT NULL)
            """,
            "CREATE TABLE store (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
        ),
        // The audit log is read by organisation, actor, subject and act.
        Migration(
            2,
            "CREATE INDEX audit_organisation ON audit (organisation, number)",
            "CREATE INDEX audit_actor ON audit (actor, number)",
            "CREATE INDEX audit_subject ON audit (subject, number)",
            "CREATE INDEX audit_act ON audit (act, number)"
        ),
    ]
}
