import Journal

/// The channels' tables.
enum ChannelMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE channel (
                id {bigint} PRIMARY KEY,
                network {bigint},
                slug TEXT NOT NULL,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,
                history TEXT NOT NULL,
                state TEXT NOT NULL,
                people TEXT,
                created_by {bigint} NOT NULL,
                created_at {bigint} NOT NULL)
            """,
            """
            CREATE UNIQUE INDEX channel_slug ON channel (network, slug) WHERE kind IN ('open', 'announcement')
            """,
            "CREATE INDEX channel_network ON channel (network, kind)",
            // The same people have one conversation: their ids in rising order, with commas.
            "CREATE UNIQUE INDEX channel_people ON channel (people)",
            // A membership is an interval of the journal: from the update that began it to the one that ended it.
            """
            CREATE TABLE channel_member (
                channel {bigint} NOT NULL,
                member {bigint} NOT NULL,
                since {bigint} NOT NULL,
                until {bigint},
                PRIMARY KEY (channel, member, since))
            """,
            "CREATE INDEX channel_member_now ON channel_member (member, channel) WHERE until IS NULL",
            "CREATE INDEX channel_members_now ON channel_member (channel, member) WHERE until IS NULL",
            """
            CREATE TABLE channel_marker (
                member {bigint} NOT NULL,
                channel {bigint} NOT NULL,
                up_to {bigint} NOT NULL,
                PRIMARY KEY (member, channel))
            """
        ),
        // A channel offered to another network, and taken by it.
        Migration(
            2,
            """
            CREATE TABLE channel_share (
                channel {bigint} NOT NULL,
                network {bigint} NOT NULL,
                accepted INTEGER NOT NULL,
                PRIMARY KEY (channel, network))
            """,
            "CREATE INDEX channel_share_network ON channel_share (network)"
        ),
        // How each person wants to meet a channel.
        Migration(
            3,
            """
            CREATE TABLE channel_tuning (
                person {bigint} NOT NULL,
                channel {bigint} NOT NULL,
                favourite INTEGER NOT NULL,
                notify TEXT NOT NULL,
                PRIMARY KEY (person, channel))
            """,
            "CREATE INDEX channel_tuning_notify ON channel_tuning (channel, notify, person)"
        ),
        // Announcement channels in which members reply in threads.
        Migration(4, "ALTER TABLE channel ADD COLUMN replies INTEGER NOT NULL DEFAULT 0"),
        // The name in both languages, of channels that the network's type made.
        Migration(
            5,
            "ALTER TABLE channel ADD COLUMN name_it TEXT",
            "ALTER TABLE channel ADD COLUMN name_en TEXT"
        ),
    ]
}
