import Journal

/// The tables of polls.
enum PollMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE poll (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                kind TEXT NOT NULL,
                title TEXT NOT NULL,
                weight TEXT NOT NULL,
                deadline_local TEXT,
                deadline_zone TEXT,
                deadline {bigint},
                state TEXT NOT NULL,
                revision {bigint} NOT NULL,
                chosen {bigint},
                event {bigint},
                creator {bigint} NOT NULL,
                created_at {bigint} NOT NULL)
            """,
            "CREATE INDEX poll_network ON poll (network, id)",
            "CREATE INDEX poll_deadline ON poll (deadline) WHERE state = 'open'",
            // The dates, with what was said to each: sums, so that a list reads no ballots.
            """
            CREATE TABLE poll_option (
                poll {bigint} NOT NULL,
                number {bigint} NOT NULL,
                start_local TEXT NOT NULL,
                start_zone TEXT,
                end_local TEXT NOT NULL,
                end_zone TEXT,
                starts {bigint} NOT NULL,
                ends {bigint} NOT NULL,
                yes {bigint} NOT NULL,
                if_need_be {bigint} NOT NULL,
                no {bigint} NOT NULL,
                PRIMARY KEY (poll, number))
            """,
            // One for each voter: a person, or a city where cities answer.
            """
            CREATE TABLE poll_ballot (
                poll {bigint} NOT NULL,
                voter {bigint} NOT NULL,
                person {bigint} NOT NULL,
                city {bigint},
                votes TEXT NOT NULL,
                at {bigint} NOT NULL,
                PRIMARY KEY (poll, voter))
            """,
            "CREATE INDEX poll_ballot_person ON poll_ballot (person, poll)"
        ),
        // Where the names of who answered stand in the journal, who they are, and how far the name of who is erased was
        // taken out.
        Migration(
            2,
            """
            CREATE TABLE poll_naming (
                poll {bigint} NOT NULL,
                seq {bigint} NOT NULL,
                PRIMARY KEY (poll, seq))
            """,
            """
            CREATE TABLE poll_voter (
                person {bigint} NOT NULL,
                poll {bigint} NOT NULL,
                taken {bigint} NOT NULL,
                PRIMARY KEY (person, poll))
            """,
            "INSERT INTO poll_voter (person, poll, taken) SELECT DISTINCT person, poll, 0 FROM poll_ballot"
        ),
    ]
}
