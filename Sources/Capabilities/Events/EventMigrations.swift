import Journal

/// The events' tables.
enum EventMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // The wall-clock times and their zones are the truth; `starts` and `ends` are derived from them. An event
            // of whole days has dates and no zone.
            """
            CREATE TABLE event (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                series {bigint},
                series_index {bigint},
                kind TEXT NOT NULL,
                title TEXT NOT NULL,
                start_local TEXT NOT NULL,
                start_zone TEXT,
                end_local TEXT NOT NULL,
                end_zone TEXT,
                starts {bigint} NOT NULL,
                ends {bigint} NOT NULL,
                details TEXT NOT NULL,
                room TEXT,
                place TEXT,
                state TEXT NOT NULL,
                public INTEGER NOT NULL,
                sequence {bigint} NOT NULL,
                revision {bigint} NOT NULL,
                edited {bigint} NOT NULL,
                reason TEXT,
                creator {bigint} NOT NULL,
                created_at {bigint} NOT NULL,
                changed_at {bigint} NOT NULL)
            """,
            "CREATE INDEX event_network ON event (network, starts, id)",
            "CREATE INDEX event_starts ON event (starts, id)",
            "CREATE INDEX event_state ON event (state, starts)",
            "CREATE INDEX event_in_series ON event (series, series_index)",
            "CREATE INDEX event_room ON event (room, starts)",
            "CREATE INDEX event_place ON event (place, starts)",
            // Former speakers stay until they are erased: earlier updates bear their names.
            """
            CREATE TABLE event_speaker (
                event {bigint} NOT NULL,
                person {bigint} NOT NULL,
                current INTEGER NOT NULL,
                PRIMARY KEY (event, person))
            """,
            "CREATE INDEX event_speaker_person ON event_speaker (person, current, event)",
            // The updates that bear speakers, from which an erased person's name has to be taken.
            "CREATE TABLE event_naming (event {bigint} NOT NULL, seq {bigint} NOT NULL, PRIMARY KEY (event, seq))",
            """
            CREATE TABLE event_former (
                event {bigint} NOT NULL,
                number {bigint} NOT NULL,
                start_local TEXT NOT NULL,
                start_zone TEXT,
                end_local TEXT NOT NULL,
                end_zone TEXT,
                moved_at {bigint} NOT NULL,
                PRIMARY KEY (event, number))
            """,
            """
            CREATE TABLE event_series (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                kind TEXT NOT NULL,
                title TEXT NOT NULL,
                rule TEXT NOT NULL,
                start_local TEXT NOT NULL,
                start_zone TEXT,
                end_local TEXT NOT NULL,
                end_zone TEXT,
                starts {bigint} NOT NULL,
                ends {bigint} NOT NULL,
                details TEXT NOT NULL,
                planned {bigint} NOT NULL,
                public INTEGER NOT NULL,
                revision {bigint} NOT NULL,
                creator {bigint} NOT NULL,
                created_at {bigint} NOT NULL)
            """,
            // After which event the next one was proposed.
            """
            CREATE TABLE event_proposal (
                event {bigint} PRIMARY KEY,
                proposed {bigint} NOT NULL,
                at {bigint} NOT NULL)
            """,
            "CREATE TABLE calendar_name (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            """
            CREATE TABLE calendar_feed (
                person {bigint} PRIMARY KEY,
                secret TEXT NOT NULL,
                hash TEXT NOT NULL UNIQUE,
                created_at {bigint} NOT NULL)
            """,
            "CREATE INDEX event_series_network ON event_series (network, id)"
        ),
        Migration(
            2,
            """
            CREATE TABLE event_addressed (
                event {bigint} NOT NULL,
                organisation {bigint} NOT NULL,
                PRIMARY KEY (event, organisation))
            """,
            "CREATE INDEX event_addressed_organisation ON event_addressed (organisation, event)"
        ),
    ]
}
