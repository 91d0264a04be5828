import ArgumentParser
import Foundation
import ServerApp

/// The subcommand `metropoli check-config`.
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration and say every mistake in it."
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await stopping {
            _ = try common.load()
            let strangers = ConfigurationLoader.strangers(in: ProcessInfo.processInfo.environment)
            guard strangers.isEmpty else {
                throw Stop(.configuration, strangers.map { "\($0): no such setting" }.joined(separator: "\n"))
            }
            say("the configuration is good")
        }
    }
}

/// The subcommand `metropoli print-config`.
struct PrintConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print-config",
        abstract: "Print every setting with the value in force, as YAML."
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await stopping { say(try ConfigurationLoader.print(try common.load())) }
    }
}
