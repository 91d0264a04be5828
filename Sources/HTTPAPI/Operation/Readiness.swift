/// Whether the store takes commands, judged by the writer's last commit.
enum Readiness {
    /// After a failure it counts as not ready for so long, unless a commit succeeds; then the next command is its test.
    private static let memory = Duration.seconds(15)

    static func isReady(failedAt: ContinuousClock.Instant?, at now: ContinuousClock.Instant) -> Bool {
        failedAt.map { now - $0 > memory } ?? true
    }
}
