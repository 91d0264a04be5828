import Journal

/// The tables of who is told of events.
enum EventNoticeMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // The active registrations as far as their people were told; `due_at` is when the next reminder goes,
            // `reminded` the names of those that went.
            """
            CREATE TABLE attendee (
                registration {bigint} PRIMARY KEY,
                event {bigint} NOT NULL,
                person {bigint} NOT NULL,
                state TEXT NOT NULL,
                reminded TEXT NOT NULL,
                due_at {bigint})
            """,
            "CREATE INDEX attendee_event ON attendee (event, registration)",
            "CREATE INDEX attendee_person ON attendee (person)",
            "CREATE INDEX attendee_due ON attendee (due_at) WHERE due_at IS NOT NULL",
            // Changes of events of which not everybody is told yet; `seq` is the update that told of it.
            """
            CREATE TABLE attendee_spread (
                seq {bigint} PRIMARY KEY,
                event {bigint} NOT NULL,
                news TEXT NOT NULL,
                at {bigint} NOT NULL,
                author {bigint} NOT NULL,
                after {bigint} NOT NULL)
            """
        )
    ]
}
