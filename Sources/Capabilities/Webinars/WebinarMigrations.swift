import Journal

/// The tables of rooms on the network.
enum WebinarMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // Meetings that were opened at a server and have to be looked after until they are ended.
            """
            CREATE TABLE webinar_meeting (
                event {bigint} PRIMARY KEY,
                opened_at {bigint} NOT NULL,
                ended_at {bigint},
                next_at {bigint} NOT NULL,
                finished INTEGER NOT NULL)
            """,
            "CREATE INDEX webinar_meeting_going_on ON webinar_meeting (next_at) WHERE finished = 0",
            // Each stay in a room, by the server's name for it: told twice, it is one.
            """
            CREATE TABLE webinar_stay (
                event {bigint} NOT NULL,
                session TEXT NOT NULL,
                person {bigint} NOT NULL,
                joined_at {bigint} NOT NULL,
                left_at {bigint},
                PRIMARY KEY (event, session))
            """,
            "CREATE INDEX webinar_stay_person ON webinar_stay (person)"
        )
    ]
}
