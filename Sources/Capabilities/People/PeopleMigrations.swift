import Journal

/// The tables of people, organisations, mandates and credentials.
enum PeopleMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE organisation (
                id {bigint} PRIMARY KEY,
                slug TEXT NOT NULL UNIQUE,
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                name_folded TEXT NOT NULL,
                istat TEXT,
                region TEXT,
                parent {bigint},
                lat {double},
                lon {double},
                municipalities {bigint},
                source TEXT,
                revision {bigint} NOT NULL)
            """,
            "CREATE INDEX organisation_place ON organisation (parent, id)",
            """
            CREATE TABLE organisation_parent (
                organisation {bigint} NOT NULL,
                parent {bigint} NOT NULL,
                since {bigint} NOT NULL,
                until {bigint},
                PRIMARY KEY (organisation, since))
            """,
            """
            CREATE TABLE person (
                id {bigint} PRIMARY KEY,
                name TEXT NOT NULL,
                name_folded TEXT NOT NULL,
                email TEXT NOT NULL,
                email_folded TEXT UNIQUE,
                password TEXT,
                password_length {bigint} NOT NULL DEFAULT 0,
                state TEXT NOT NULL,
                language TEXT NOT NULL,
                zone TEXT NOT NULL,
                created_at {bigint} NOT NULL)
            """,
            "CREATE INDEX person_name ON person (name_folded, id)",
            """
            CREATE TABLE person_role (
                person {bigint} NOT NULL,
                role TEXT NOT NULL,
                PRIMARY KEY (person, role))
            """,
            "CREATE INDEX person_role_role ON person_role (role, person)",
            """
            CREATE TABLE mandate (
                id {bigint} PRIMARY KEY,
                person {bigint} NOT NULL,
                organisation {bigint} NOT NULL,
                role TEXT NOT NULL,
                title TEXT,
                from_text TEXT,
                to_text TEXT,
                starts_at {bigint},
                ends_at {bigint},
                state TEXT NOT NULL)
            """,
            "CREATE INDEX mandate_person ON mandate (person, id)",
            "CREATE INDEX mandate_organisation ON mandate (organisation, id)",
            "CREATE INDEX mandate_start ON mandate (state, starts_at)",
            "CREATE INDEX mandate_end ON mandate (state, ends_at)",
            """
            CREATE TABLE session (
                id {bigint} PRIMARY KEY,
                person {bigint} NOT NULL,
                token_hash {blob} NOT NULL UNIQUE,
                address TEXT,
                created_at {bigint} NOT NULL,
                last_use {bigint} NOT NULL,
                expires_at {bigint} NOT NULL,
                ended_at {bigint})
            """,
            "CREATE INDEX session_person ON session (person, id)",
            "CREATE INDEX session_expiry ON session (expires_at)",
            """
            CREATE TABLE bot (
                id {bigint} PRIMARY KEY,
                name TEXT NOT NULL,
                owner_network {bigint},
                owner_organisation {bigint},
                token_hash {blob} NOT NULL UNIQUE,
                created_by {bigint} NOT NULL,
                created_at {bigint} NOT NULL,
                last_use {bigint},
                expires_at {bigint},
                revoked_at {bigint})
            """,
            "CREATE INDEX bot_network ON bot (owner_network, id)",
            "CREATE INDEX bot_organisation ON bot (owner_organisation, id)",
            """
            CREATE TABLE bot_scope (
                bot {bigint} NOT NULL,
                action TEXT NOT NULL,
                kind TEXT NOT NULL,
                target {bigint} NOT NULL,
                PRIMARY KEY (bot, action, kind, target))
            """,
            "CREATE INDEX bot_scope_target ON bot_scope (kind, target, action, bot)",
            """
            CREATE TABLE invitation (
                id {bigint} PRIMARY KEY,
                person {bigint},
                kind TEXT NOT NULL,
                token TEXT,
                token_hash {blob} NOT NULL UNIQUE,
                created_by {bigint} NOT NULL,
                created_at {bigint} NOT NULL,
                expires_at {bigint} NOT NULL,
                used_at {bigint})
            """,
            "CREATE INDEX invitation_person ON invitation (person, id)",
            "CREATE INDEX invitation_expiry ON invitation (expires_at)",
            """
            CREATE TABLE erasure (
                person {bigint} PRIMARY KEY,
                at {bigint} NOT NULL)
            """
        ),
        Migration(
            2,
            // NULL while texts and files of the person are still being taken out.
            "ALTER TABLE erasure ADD COLUMN finished_at {bigint}",
            "CREATE INDEX erasure_open ON erasure (person) WHERE finished_at IS NULL"
        ),
        Migration(
            3,
            "ALTER TABLE session ADD COLUMN client TEXT",
            // When the link was handed to somebody who is no administrator.
            "ALTER TABLE invitation ADD COLUMN revealed_at {bigint}",
            // Networks that somebody was invited into, until the network's type lets them in.
            """
            CREATE TABLE invitation_network (
                person {bigint} NOT NULL,
                network {bigint} NOT NULL,
                invited_by {bigint} NOT NULL,
                at {bigint} NOT NULL,
                settled_at {bigint},
                PRIMARY KEY (person, network))
            """,
            "CREATE INDEX invitation_network_open ON invitation_network (network, person) WHERE settled_at IS NULL",
            "CREATE INDEX invitation_network_by ON invitation_network (invited_by, at)"
        ),
    ]
}
