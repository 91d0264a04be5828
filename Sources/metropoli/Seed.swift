import ArgumentParser
import Journal
import ServerApp

/// The subcommand `metropoli seed`.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load seed files into the store, idempotently.",
        discussion: """
            A file that was loaded before changes nothing. While a server runs on the folder it is refused (75).

            Example: metropoli seed --data data seeds/*.yaml
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The files, in the order in which they are loaded.", valueName: "file"))
    var files: [String]

    func run() async throws {
        try await stopping {
            var configuration = try common.load()
            configuration.log.level = "error"
            let clock = SettableClock()
            // Without the background thread: it would act by the clock of the seeds, and the index is filled below.
            let community = try CommunityFactory.open(
                configuration,
                clock: clock,
                log: LogSetup.logger(configuration),
                background: false
            )
            let report: Seeder.Report
            do {
                report = try Seeder(community, clock: clock).load(files)
            } catch {
                try community.stop()
                throw error
            }
            try community.background.catchUp()
            try community.stop()
            say("seeded \(configuration.data): \(report.done) new, \(report.repeated) already there")
        }
    }
}
