import ArgumentParser
import Foundation
import Journal
import ServerApp
import WireProtocol

/// The subcommand `metropoli operations`.
struct Operations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List every command, query and route with who may use it."
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Print a machine-readable list.")
    var json = false

    func run() async throws {
        try await stopping {
            let list = OperationsList.all(try common.load())
            if json {
                return say(String(decoding: list.text, as: UTF8.self))
            }
            for group in ["commands", "queries", "routes"] {
                say(group.uppercased())
                for item in list[group]?.array ?? [] {
                    let name = item["name"]?.string ?? ""
                    let access = item["access"]?.string ?? ""
                    let bots = item["bots"]?.bool == true ? ", bots by scope" : ""
                    say("  \(name.padding(toLength: 40, withPad: " ", startingAt: 0)) \(access)\(bots)")
                }
            }
        }
    }
}
