import Journal

/// The table of what not everybody concerned is told yet.
enum SolutionNoticeMigrations {
    static let all: [Migration] = [
        Migration(
            1,
            // `seq` is the update that said so; `detail` a comment, a suggestion or a version.
            """
            CREATE TABLE solution_notice (
                seq {bigint} NOT NULL,
                circle TEXT NOT NULL,
                told TEXT NOT NULL,
                topic TEXT NOT NULL,
                topic_id {bigint} NOT NULL,
                detail {bigint} NOT NULL,
                at {bigint} NOT NULL,
                author {bigint} NOT NULL,
                wide INTEGER NOT NULL,
                after {bigint} NOT NULL,
                reached {bigint} NOT NULL,
                PRIMARY KEY (seq, circle))
            """
        )
    ]
}
