import Journal

/// The drafts' table.
enum DraftMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // `thread` is 0 for a draft in the channel itself; `seq` is the update that bears the text.
            """
            CREATE TABLE draft (
                person {bigint} NOT NULL,
                channel {bigint} NOT NULL,
                thread {bigint} NOT NULL,
                text TEXT NOT NULL,
                at {bigint} NOT NULL,
                seq {bigint} NOT NULL,
                PRIMARY KEY (person, channel, thread))
            """
        )
    ]
}
