import Journal

/// The tables of documents.
enum DocumentMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE document (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                title TEXT NOT NULL,
                archived INTEGER NOT NULL,
                revision {bigint} NOT NULL,
                hash {blob} NOT NULL,
                version {bigint},
                creator {bigint} NOT NULL,
                at {bigint} NOT NULL,
                changed_at {bigint} NOT NULL)
            """,
            "CREATE INDEX document_network ON document (network, archived, changed_at, id)",
            // `changes` goes once it is no longer retained; author, time and `op` stay for ever. `told` is 1 while the
            // journal holds the changes too.
            """
            CREATE TABLE document_revision (
                document {bigint} NOT NULL,
                revision {bigint} NOT NULL,
                author {bigint} NOT NULL,
                at {bigint} NOT NULL,
                kind TEXT NOT NULL,
                inserted {bigint} NOT NULL,
                deleted {bigint} NOT NULL,
                hash {blob} NOT NULL,
                seq {bigint} NOT NULL,
                told INTEGER NOT NULL,
                changes TEXT,
                op TEXT,
                digest {blob},
                PRIMARY KEY (document, revision))
            """,
            """
            CREATE UNIQUE INDEX document_revision_op ON document_revision (document, author, op) WHERE op IS NOT NULL
            """,
            "CREATE INDEX document_revision_author ON document_revision (author)",
            "CREATE INDEX document_revision_kept ON document_revision (document, revision) WHERE changes IS NOT NULL",
            "CREATE INDEX document_revision_told ON document_revision (at) WHERE told = 1",
            """
            CREATE TABLE document_snapshot (
                document {bigint} NOT NULL,
                revision {bigint} NOT NULL,
                text TEXT NOT NULL,
                PRIMARY KEY (document, revision))
            """,
            """
            CREATE TABLE document_version (
                document {bigint} NOT NULL,
                version {bigint} NOT NULL,
                revision {bigint} NOT NULL,
                title TEXT NOT NULL,
                text TEXT NOT NULL,
                author {bigint} NOT NULL,
                at {bigint} NOT NULL,
                PRIMARY KEY (document, version))
            """,
            "CREATE INDEX document_version_author ON document_version (author)",
            // `thread` is the comment that an answer belongs to. Places are counted in `revision`.
            """
            CREATE TABLE document_comment (
                id {bigint} PRIMARY KEY,
                document {bigint} NOT NULL,
                thread {bigint},
                author {bigint} NOT NULL,
                at {bigint} NOT NULL,
                text TEXT NOT NULL,
                revision {bigint} NOT NULL,
                begins {bigint} NOT NULL,
                ends {bigint} NOT NULL,
                resolved INTEGER NOT NULL)
            """,
            "CREATE INDEX document_comment_document ON document_comment (document, id)",
            "CREATE INDEX document_comment_author ON document_comment (author)",
            """
            CREATE TABLE document_suggestion (
                id {bigint} PRIMARY KEY,
                document {bigint} NOT NULL,
                author {bigint} NOT NULL,
                at {bigint} NOT NULL,
                text TEXT,
                revision {bigint} NOT NULL,
                changes TEXT,
                state TEXT NOT NULL)
            """,
            "CREATE INDEX document_suggestion_document ON document_suggestion (document, state, id)",
            "CREATE INDEX document_suggestion_author ON document_suggestion (author)"
        ),
        Migration(
            2,
            // Whom a comment mentions of those who may read it, and everybody whose name stands in it.
            "ALTER TABLE document_comment ADD COLUMN mentions TEXT NOT NULL DEFAULT ''",
            """
            CREATE TABLE document_comment_name (
                person {bigint} NOT NULL,
                comment {bigint} NOT NULL,
                PRIMARY KEY (person, comment))
            """
        ),
    ]
}
