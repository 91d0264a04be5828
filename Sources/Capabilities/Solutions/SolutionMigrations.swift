import Journal

/// The tables of solutions, experiments and adoptions.
enum SolutionMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            """
            CREATE TABLE solution (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                document {bigint} NOT NULL UNIQUE,
                title TEXT NOT NULL,
                words TEXT NOT NULL,
                city {bigint} NOT NULL,
                area TEXT NOT NULL,
                state TEXT NOT NULL,
                version {bigint} NOT NULL,
                published {bigint},
                revision {bigint} NOT NULL,
                licence TEXT,
                superseded_by {bigint},
                origin TEXT,
                creator {bigint} NOT NULL,
                at {bigint} NOT NULL,
                changed_at {bigint} NOT NULL)
            """,
            "CREATE INDEX solution_network ON solution (network, changed_at)",
            "CREATE INDEX solution_superseded ON solution (superseded_by) WHERE superseded_by IS NOT NULL",
            """
            CREATE TABLE solution_part (
                solution {bigint} NOT NULL,
                part TEXT NOT NULL,
                text TEXT NOT NULL,
                PRIMARY KEY (solution, part))
            """,
            // What a version says never changes: the whole of it is kept as it was published.
            """
            CREATE TABLE solution_version (
                solution {bigint} NOT NULL,
                version {bigint} NOT NULL,
                content TEXT NOT NULL,
                hash TEXT NOT NULL,
                publisher {bigint} NOT NULL,
                at {bigint} NOT NULL,
                PRIMARY KEY (solution, version))
            """,
            """
            CREATE TABLE solution_review (
                solution {bigint} NOT NULL,
                version {bigint} NOT NULL,
                person {bigint} NOT NULL,
                city {bigint},
                state TEXT NOT NULL,
                reason TEXT,
                at {bigint} NOT NULL,
                PRIMARY KEY (solution, version, person))
            """,
            "CREATE INDEX solution_review_person ON solution_review (person, state)",
            """
            CREATE TABLE solution_act (
                seq {bigint} PRIMARY KEY,
                solution {bigint} NOT NULL,
                act TEXT NOT NULL,
                version {bigint} NOT NULL,
                person {bigint} NOT NULL,
                reason TEXT,
                at {bigint} NOT NULL)
            """,
            "CREATE INDEX solution_act_solution ON solution_act (solution, seq)",
            """
            CREATE TABLE solution_author (
                solution {bigint} NOT NULL,
                person {bigint} NOT NULL,
                at {bigint} NOT NULL,
                PRIMARY KEY (solution, person))
            """,
            "CREATE INDEX solution_author_person ON solution_author (person)",
            """
            CREATE TABLE solution_reference (
                solution {bigint} NOT NULL,
                kind TEXT NOT NULL,
                target {bigint} NOT NULL,
                at {bigint} NOT NULL,
                PRIMARY KEY (solution, kind, target))
            """,
            "CREATE INDEX solution_reference_target ON solution_reference (kind, target)",
            """
            CREATE TABLE experiment (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                city {bigint} NOT NULL,
                area TEXT NOT NULL,
                title TEXT NOT NULL,
                solution {bigint},
                text TEXT,
                state TEXT NOT NULL,
                outcome TEXT,
                note TEXT,
                revision {bigint} NOT NULL,
                creator {bigint} NOT NULL,
                at {bigint} NOT NULL,
                first_day TEXT,
                last_day TEXT,
                started_at {bigint},
                concluded_at {bigint})
            """,
            "CREATE INDEX experiment_network ON experiment (network, id)",
            "CREATE INDEX experiment_solution ON experiment (solution, state) WHERE solution IS NOT NULL",
            """
            CREATE TABLE adoption (
                id {bigint} PRIMARY KEY,
                network {bigint} NOT NULL,
                solution {bigint} NOT NULL,
                version {bigint} NOT NULL,
                city {bigint} NOT NULL,
                state TEXT NOT NULL,
                revision {bigint} NOT NULL,
                referent {bigint},
                origin_referent {bigint},
                at {bigint} NOT NULL,
                changed_at {bigint} NOT NULL)
            """,
            "CREATE UNIQUE INDEX adoption_once ON adoption (solution, version, city)",
            "CREATE INDEX adoption_city ON adoption (city, changed_at)",
            "CREATE INDEX adoption_network ON adoption (network, changed_at)",
            """
            CREATE TABLE adoption_step (
                adoption {bigint} NOT NULL,
                seq {bigint} PRIMARY KEY,
                state TEXT NOT NULL,
                note TEXT,
                person {bigint} NOT NULL,
                at {bigint} NOT NULL)
            """,
            "CREATE INDEX adoption_step_adoption ON adoption_step (adoption, seq)"
        ),
        // What a solution costs.
        Migration(
            2,
            "ALTER TABLE solution ADD COLUMN cost_once {bigint}",
            "ALTER TABLE solution ADD COLUMN cost_yearly {bigint}"
        ),
        // Whom updates name, so that the names can go from there.
        Migration(
            3,
            """
            CREATE TABLE solution_named (
                person {bigint} NOT NULL,
                seq {bigint} NOT NULL,
                PRIMARY KEY (person, seq))
            """
        ),
        // By what the published version is found while the next one is being written; of those written already it is not
        // known, and they are found by what is.
        Migration(
            4,
            "ALTER TABLE solution ADD COLUMN published_words TEXT",
            "ALTER TABLE solution ADD COLUMN published_once {bigint}",
            "ALTER TABLE solution ADD COLUMN published_yearly {bigint}",
            """
            UPDATE solution SET published_words = words, published_once = cost_once, published_yearly = cost_yearly
            WHERE state = 'published'
            """
        ),
    ]
}
