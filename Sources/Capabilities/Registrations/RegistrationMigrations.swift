import Journal

/// The tables of registrations.
enum RegistrationMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE registration (
                id {bigint} PRIMARY KEY,
                event {bigint} NOT NULL,
                person {bigint} NOT NULL,
                state TEXT NOT NULL,
                active INTEGER NOT NULL,
                priority {bigint} NOT NULL,
                number {bigint} NOT NULL,
                revision {bigint} NOT NULL,
                expires {bigint},
                reason TEXT,
                answers TEXT NOT NULL,
                creator {bigint} NOT NULL,
                created_at {bigint} NOT NULL,
                changed_at {bigint} NOT NULL)
            """,
            // One active registration per person and event.
            "CREATE UNIQUE INDEX registration_active ON registration (event, person) WHERE active = 1",
            "CREATE INDEX registration_queue ON registration (event, state, priority, number)",
            "CREATE INDEX registration_person ON registration (person, event)",
            "CREATE INDEX registration_offer ON registration (expires) WHERE state = 'offered'",
            // What an event's seats come to, kept with every change, so that one more registration costs the same
            // whatever the number of those before.
            """
            CREATE TABLE registration_count (
                event {bigint} PRIMARY KEY,
                confirmed {bigint} NOT NULL,
                offered {bigint} NOT NULL,
                waiting {bigint} NOT NULL,
                requested {bigint} NOT NULL,
                number {bigint} NOT NULL,
                closes {bigint} NOT NULL,
                unfinished INTEGER NOT NULL)
            """,
            "CREATE INDEX registration_count_closing ON registration_count (closes) WHERE waiting > 0",
            "CREATE INDEX registration_count_unfinished ON registration_count (event) WHERE unfinished = 1",
            // Which choice of the form each registration with a claim to a seat has made.
            """
            CREATE TABLE registration_choice (
                event {bigint} NOT NULL,
                field TEXT NOT NULL,
                choice TEXT NOT NULL,
                registration {bigint} NOT NULL,
                PRIMARY KEY (event, field, choice, registration))
            """,
            "CREATE INDEX registration_choice_of ON registration_choice (registration)"
        ),
        // Numbers of a queue stand apart, so that somebody can be put between two others.
        Migration(
            2,
            "UPDATE registration SET number = number * 1048576",
            "UPDATE registration_count SET number = number * 1048576"
        ),
        // What the organisers wrote, and whom it was for when it was written.
        Migration(
            3,
            """
            CREATE TABLE attendee_message (
                id {bigint} PRIMARY KEY,
                event {bigint} NOT NULL,
                author {bigint} NOT NULL,
                audience TEXT NOT NULL,
                subject TEXT,
                text TEXT NOT NULL,
                recipients {bigint} NOT NULL,
                at {bigint} NOT NULL)
            """,
            "CREATE INDEX attendee_message_event ON attendee_message (event, id)",
            "CREATE INDEX attendee_message_author ON attendee_message (author)",
            """
            CREATE TABLE attendee_recipient (
                message {bigint} NOT NULL,
                registration {bigint} NOT NULL,
                person {bigint} NOT NULL,
                PRIMARY KEY (message, registration))
            """,
            "CREATE INDEX attendee_recipient_person ON attendee_recipient (person, message)"
        ),
        // Where names, answers and reasons stand in the journal.
        Migration(
            4,
            """
            CREATE TABLE registration_naming (
                person {bigint} NOT NULL,
                seq {bigint} NOT NULL,
                PRIMARY KEY (person, seq))
            """
        ),
        // When registration closed before somebody was put into the queue.
        Migration(5, "ALTER TABLE registration ADD COLUMN outlived {bigint} NOT NULL DEFAULT 0"),
    ]
}
