import ArgumentParser
import Foundation
import ServerApp

/// The server and its administration.
@main
struct Metropoli: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metropoli",
        abstract: "The community server of Metropoli Strategiche.",
        discussion: """
            Start with `metropoli serve`. Every setting stands in config/metropoli.yaml and can also be given as an \
            environment variable METROPOLI_…; `metropoli print-config` shows them all.

            Exit codes: 0 done, 1 something is wrong with what was checked, 64 usage, 65 what was given cannot be used \
            (a seed file, a command's fields), 69 not reachable, 75 the store is in use or full: try again, \
            78 configuration.
            """,
        version: "metropoli \(ServerVersion.program), protocol level \(ServerVersion.protocolLevel)",
        subcommands: [
            Serve.self, Seed.self, Admin.self, CheckConfig.self, PrintConfig.self, Doctor.self, Operations.self,
            BackupCommand.self, Restore.self,
        ]
    )
}
