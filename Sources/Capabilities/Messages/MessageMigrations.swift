import Journal

/// The messages' tables.
enum MessageMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE message (
                id {bigint} PRIMARY KEY,
                channel {bigint} NOT NULL,
                thread {bigint},
                author {bigint} NOT NULL,
                at {bigint} NOT NULL,
                text TEXT NOT NULL,
                html TEXT NOT NULL,
                files TEXT NOT NULL,
                mentions TEXT NOT NULL,
                groups_named TEXT NOT NULL,
                quotes TEXT NOT NULL,
                acknowledge INTEGER NOT NULL,
                revision {bigint} NOT NULL,
                pinned {bigint} NOT NULL,
                deleted INTEGER NOT NULL,
                reason TEXT)
            """,
            // Unread counts are answered from this index alone.
            "CREATE INDEX message_timeline ON message (channel, id, deleted, author)",
            // For the export of a person's data and for erasure.
            "CREATE INDEX message_author ON message (author, id)",
            "CREATE INDEX message_thread ON message (thread, id) WHERE thread IS NOT NULL",
            "CREATE INDEX message_pinned ON message (channel, id) WHERE pinned > 0",
            // Former texts; `seq` is the update that replaced each.
            """
            CREATE TABLE message_edit (
                message {bigint} NOT NULL,
                revision {bigint} NOT NULL,
                seq {bigint} NOT NULL,
                at {bigint} NOT NULL,
                text TEXT NOT NULL,
                PRIMARY KEY (message, revision))
            """,
            // `member` -1 stands for everybody who was in the channel then.
            """
            CREATE TABLE message_mention (
                member {bigint} NOT NULL,
                channel {bigint} NOT NULL,
                message {bigint} NOT NULL,
                author {bigint} NOT NULL,
                PRIMARY KEY (member, channel, message))
            """,
            "CREATE INDEX message_mention_message ON message_mention (message)",
            """
            CREATE TABLE message_reaction (
                message {bigint} NOT NULL,
                emoji TEXT NOT NULL,
                member {bigint} NOT NULL,
                seq {bigint} NOT NULL,
                PRIMARY KEY (message, emoji, member))
            """,
            """
            CREATE TABLE message_reference (
                target {bigint} NOT NULL,
                message {bigint} NOT NULL,
                PRIMARY KEY (target, message))
            """,
            "CREATE INDEX message_reference_message ON message_reference (message)",
            """
            CREATE TABLE message_acknowledgement (
                message {bigint} NOT NULL,
                member {bigint} NOT NULL,
                at {bigint} NOT NULL,
                PRIMARY KEY (message, member))
            """,
            """
            CREATE TABLE message_report (
                id {bigint} PRIMARY KEY,
                message {bigint} NOT NULL,
                reporter {bigint} NOT NULL,
                at {bigint} NOT NULL,
                reason TEXT NOT NULL,
                state TEXT NOT NULL)
            """,
            "CREATE INDEX message_report_message ON message_report (message, reporter)",
            "CREATE INDEX message_report_state ON message_report (state, id)"
        ),
        Migration(
            2,
            // Whose name stands in which message, in its present or a former text, member of the channel or not.
            """
            CREATE TABLE message_name (
                person {bigint} NOT NULL,
                message {bigint} NOT NULL,
                PRIMARY KEY (person, message))
            """,
            "CREATE INDEX message_name_message ON message_name (message)",
            "INSERT INTO message_name (person, message) SELECT DISTINCT member, message FROM message_mention WHERE member > 0",
            // Texts that changed without an update, for who keeps copies of them (search).
            "CREATE TABLE message_rewritten (message {bigint} PRIMARY KEY)",
            "CREATE INDEX message_report_reporter ON message_report (reporter)",
            // Erasure works page by page: what it has done must not be read again.
            "DROP INDEX message_author",
            "CREATE INDEX message_author ON message (author, id) WHERE deleted = 0"
        ),
        Migration(3, "ALTER TABLE message ADD COLUMN addressed TEXT NOT NULL DEFAULT ''"),
    ]
}
