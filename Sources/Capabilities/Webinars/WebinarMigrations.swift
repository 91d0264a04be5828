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
        ),
        Migration(
            2,
            """
            CREATE TABLE webinar_question (
                id {bigint} PRIMARY KEY,
                event {bigint} NOT NULL,
                person {bigint} NOT NULL,
                text TEXT NOT NULL,
                votes {bigint} NOT NULL,
                answered INTEGER NOT NULL,
                answer TEXT,
                answered_by {bigint},
                answered_seq {bigint},
                asked_at {bigint} NOT NULL)
            """,
            "CREATE INDEX webinar_question_order ON webinar_question (event, answered, votes DESC, id)",
            "CREATE INDEX webinar_question_person ON webinar_question (person, event)",
            // One vote per person.
            """
            CREATE TABLE webinar_vote (
                question {bigint} NOT NULL,
                person {bigint} NOT NULL,
                PRIMARY KEY (question, person))
            """,
            "CREATE INDEX webinar_vote_person ON webinar_vote (person)",
            """
            CREATE TABLE webinar_hand (
                event {bigint} NOT NULL,
                person {bigint} NOT NULL,
                number {bigint} NOT NULL,
                raised_at {bigint} NOT NULL,
                called_at {bigint},
                PRIMARY KEY (event, person))
            """,
            "CREATE INDEX webinar_hand_person ON webinar_hand (person)"
        ),
        Migration(
            3,
            """
            CREATE TABLE webinar_material (
                id {bigint} PRIMARY KEY,
                event {bigint} NOT NULL,
                kind TEXT NOT NULL,
                title TEXT NOT NULL,
                url TEXT,
                creator {bigint} NOT NULL,
                attached_at {bigint} NOT NULL)
            """,
            "CREATE INDEX webinar_material_event ON webinar_material (event, id)",
            "CREATE INDEX webinar_material_creator ON webinar_material (creator)"
        ),
        Migration(
            4,
            // `state`: 0 open, 1 prepared, 2 closed, in the order in which they are shown.
            """
            CREATE TABLE webinar_poll (
                id {bigint} PRIMARY KEY,
                event {bigint} NOT NULL,
                question TEXT NOT NULL,
                choice TEXT NOT NULL,
                results TEXT NOT NULL,
                state INTEGER NOT NULL,
                answered {bigint} NOT NULL,
                creator {bigint},
                opened_seq {bigint},
                created_at {bigint} NOT NULL)
            """,
            "CREATE INDEX webinar_poll_order ON webinar_poll (event, state, id DESC)",
            "CREATE INDEX webinar_poll_creator ON webinar_poll (creator)",
            """
            CREATE TABLE webinar_poll_option (
                poll {bigint} NOT NULL,
                number {bigint} NOT NULL,
                text TEXT NOT NULL,
                votes {bigint} NOT NULL,
                PRIMARY KEY (poll, number))
            """,
            // One answer per person; `chosen` has a bit for each option.
            """
            CREATE TABLE webinar_poll_answer (
                poll {bigint} NOT NULL,
                person {bigint} NOT NULL,
                chosen {bigint} NOT NULL,
                answered_at {bigint} NOT NULL,
                PRIMARY KEY (poll, person))
            """,
            "CREATE INDEX webinar_poll_answer_person ON webinar_poll_answer (person)"
        ),
    ]
}
