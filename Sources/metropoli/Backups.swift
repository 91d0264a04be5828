import ArgumentParser
import CommunityKernel
import Foundation
import Journal
import ServerApp
import WireProtocol

/// The subcommand `metropoli backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the whole community while it runs.",
        discussion: """
            Without --to, the copy goes to the folder that the configuration names, under its time, and the oldest \
            copies above the number kept are removed. A copy is a folder: database, uploaded files, list of hashes.
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("The folder to make; it must not exist.", valueName: "folder"))
    var to: String?

    func run() async throws {
        try await stopping {
            let configuration = try common.load()
            let target = to.map { URL(fileURLWithPath: $0).path }
            let body = target.map { JSON.members(["to": .string($0)]) } ?? .members([:])
            if let answer = try await RunningServer(configuration).ask("POST", "/admin/backup", body.text) {
                return tell(
                    answer["folder"]?.string ?? "",
                    answer["head"]?.int ?? 0,
                    Int(answer["files"]?.int ?? 0)
                )
            }
            let community = try CommunityFactory.open(
                configuration,
                log: LogSetup.logger(configuration),
                background: false
            )
            defer { try? community.stop() }
            let report = try BackupJob.run(configuration, community.storage, to: target, at: community.clock.now)
            tell(report.folder, report.head, report.files)
        }
    }

    private func tell(_ folder: String, _ head: Int64, _ files: Int) {
        say("backup in \(folder): \(head) updates, \(files) files")
    }
}

/// The subcommand `metropoli restore`.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup into an empty data folder, or only check it.",
        discussion: """
            The restored journal gets a new epoch: clients begin anew instead of resuming into another history.

            Who was erased after the backup was made is erased again before anything is served, by the list \
            erasures.jsonl: leave it in the data folder, or name the former folder's with --erasures.

            Examples:
              metropoli restore --verify backups/metropoli-20261122T100000.000Z
              metropoli restore --data data backups/metropoli-20261122T100000.000Z
            """
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Only check the backup; nothing is written.")
    var verify = false

    @Option(help: ArgumentHelp("A list of erasures to apply: erasures.jsonl of the former folder.", valueName: "file"))
    var erasures: String?

    @Argument(help: ArgumentHelp("The backup's folder.", valueName: "backup"))
    var backup: String

    func run() async throws {
        try await stopping {
            let report: Backup.Report
            if verify {
                report = try Backup.verify(backup)
            } else {
                report = try Backup.restore(backup, into: try common.load().data, erasures: erasures)
            }
            for problem in report.problems { say(problem) }
            guard report.problems.isEmpty else { throw Stop(.failure, "the backup is damaged; nothing was restored") }
            say("\(verify ? "the backup is whole" : "restored"): \(report.head) updates, \(report.files) files")
        }
    }
}
