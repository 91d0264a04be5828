import Journal

/// The tables of attendance.
enum AttendanceMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // When people were there, without overlaps.
            """
            CREATE TABLE attendance_interval (
                event {bigint} NOT NULL,
                person {bigint} NOT NULL,
                joined {bigint} NOT NULL,
                left_at {bigint} NOT NULL,
                PRIMARY KEY (event, person, joined))
            """,
            "CREATE INDEX attendance_interval_person ON attendance_interval (person)",
            // What that comes to within the planned time, so that sums need no intervals.
            """
            CREATE TABLE attendance (
                event {bigint} NOT NULL,
                person {bigint} NOT NULL,
                minutes {bigint} NOT NULL,
                PRIMARY KEY (event, person))
            """,
            "CREATE INDEX attendance_person ON attendance (person, event)",
            // Events that are over and whose registrations are to be settled.
            "CREATE TABLE attendance_due (event {bigint} PRIMARY KEY, due {bigint} NOT NULL)",
            "CREATE INDEX attendance_due_at ON attendance_due (due)",
            """
            CREATE TABLE certificate (
                id {bigint} PRIMARY KEY,
                code TEXT NOT NULL UNIQUE,
                registration {bigint} NOT NULL,
                event {bigint} NOT NULL,
                person {bigint} NOT NULL,
                name TEXT NOT NULL,
                title TEXT NOT NULL,
                minutes {bigint},
                issued_by {bigint} NOT NULL,
                issued_at {bigint} NOT NULL,
                withdrawn_at {bigint},
                reason TEXT)
            """,
            "CREATE UNIQUE INDEX certificate_valid ON certificate (registration) WHERE withdrawn_at IS NULL",
            "CREATE INDEX certificate_person ON certificate (person, id)",
            "CREATE INDEX certificate_event ON certificate (event, person, id)",
            // Signs tickets; one row.
            "CREATE TABLE attendance_key (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
        )
    ]
}
