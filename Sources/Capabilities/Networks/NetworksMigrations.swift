import Journal

/// The tables of networks.
enum NetworksMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE network (
                id {bigint} PRIMARY KEY,
                slug TEXT NOT NULL UNIQUE,
                type TEXT NOT NULL,
                name_it TEXT NOT NULL,
                name_en TEXT NOT NULL,
                settings TEXT NOT NULL,
                revision {bigint} NOT NULL)
            """,
            // An interval of the journal: the `seq` of the updates that began and ended it.
            """
            CREATE TABLE network_member (
                network {bigint} NOT NULL,
                person {bigint} NOT NULL,
                role TEXT NOT NULL,
                ground TEXT NOT NULL,
                paused {bigint} NOT NULL DEFAULT 0,
                since {bigint} NOT NULL,
                until {bigint},
                PRIMARY KEY (network, person, since))
            """,
            "CREATE UNIQUE INDEX network_member_now ON network_member (network, person) WHERE until IS NULL",
            "CREATE INDEX network_member_person ON network_member (person, network) WHERE until IS NULL",
            """
            CREATE TABLE network_hook (
                network {bigint} PRIMARY KEY,
                seq {bigint} NOT NULL,
                state TEXT NOT NULL,
                faults TEXT NOT NULL)
            """,
            "CREATE INDEX network_hook_state ON network_hook (state, network)"
        ),
        // How each person wants to meet a network.
        Migration(
            2,
            """
            CREATE TABLE network_tuning (
                person {bigint} NOT NULL,
                network {bigint} NOT NULL,
                favourite INTEGER NOT NULL,
                notify TEXT NOT NULL,
                PRIMARY KEY (person, network))
            """,
            "CREATE INDEX network_tuning_notify ON network_tuning (network, notify, person)"
        ),
        // Who answers for a guest.
        Migration(
            3,
            "ALTER TABLE network_member ADD COLUMN sponsor {bigint}",
            """
            CREATE INDEX network_member_sponsor ON network_member (network, sponsor)
            WHERE until IS NULL AND sponsor IS NOT NULL
            """
        ),
    ]
}
