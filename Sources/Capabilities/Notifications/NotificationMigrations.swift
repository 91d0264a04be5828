import Journal

/// The notifications' tables.
enum NotificationMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // `subject` is the message, or the report: nobody is told of one thing twice.
            """
            CREATE TABLE notification (
                id {bigint} PRIMARY KEY,
                person {bigint} NOT NULL,
                kind TEXT NOT NULL,
                subject {bigint} NOT NULL,
                at {bigint} NOT NULL,
                author {bigint} NOT NULL,
                network {bigint},
                channel {bigint},
                message {bigint} NOT NULL,
                seen INTEGER NOT NULL)
            """,
            "CREATE UNIQUE INDEX notification_subject ON notification (person, subject)",
            "CREATE INDEX notification_person ON notification (person, id)",
            "CREATE INDEX notification_unread ON notification (person, channel, message) WHERE seen = 0",
            "CREATE INDEX notification_message ON notification (message)",
            """
            CREATE TABLE notification_choice (
                person {bigint} PRIMARY KEY,
                up_to {bigint} NOT NULL DEFAULT 0,
                quiet_from TEXT,
                quiet_to TEXT,
                browser INTEGER NOT NULL DEFAULT 0)
            """,
            // Messages of which not everybody concerned is told yet; `seq` is the update that began it.
            """
            CREATE TABLE notification_spread (
                seq {bigint} PRIMARY KEY,
                message {bigint} NOT NULL,
                at {bigint} NOT NULL,
                phase TEXT NOT NULL,
                after {bigint} NOT NULL,
                reached {bigint} NOT NULL)
            """
        ),
        Migration(
            2,
            "ALTER TABLE notification_choice ADD COLUMN mail TEXT NOT NULL DEFAULT 'each'",
            "ALTER TABLE notification_choice ADD COLUMN mail_anytime INTEGER NOT NULL DEFAULT 0",
            // Whom to mail when: what came above an id, or a digest.
            """
            CREATE TABLE notification_mail (
                person {bigint} PRIMARY KEY,
                due_at {bigint} NOT NULL,
                above {bigint} NOT NULL)
            """,
            "CREATE INDEX notification_mail_due ON notification_mail (due_at)"
        ),
        Migration(
            3,
            "ALTER TABLE notification ADD COLUMN event {bigint}",
            "ALTER TABLE notification ADD COLUMN news TEXT",
            "ALTER TABLE notification_choice ADD COLUMN events TEXT"
        ),
        Migration(
            4,
            // What it tells of where that is no message: a kind and a number.
            "ALTER TABLE notification ADD COLUMN topic TEXT",
            "ALTER TABLE notification ADD COLUMN topic_id {bigint}",
            "ALTER TABLE notification ADD COLUMN comment {bigint}",
            "UPDATE notification SET topic = 'event', topic_id = event WHERE event IS NOT NULL",
            "ALTER TABLE notification DROP COLUMN event",
            "CREATE INDEX notification_topic ON notification (topic, topic_id, person) WHERE topic IS NOT NULL",
            "ALTER TABLE notification_choice ADD COLUMN solutions TEXT"
        ),
    ]
}
