import ArgumentParser
import CommunityKernel
import Foundation
import Journal
import ServerApp
import WireProtocol

/// The subcommand `metropoli admin`.
struct Admin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a command or query of the protocol as the server's own administration.",
        discussion: """
            Goes to the running server over its local socket, or opens the store when none runs.

            Examples:
              metropoli admin person.list
              metropoli admin person.create '{"name":"Anna Bianchi","email":"anna@example.it"}'
              metropoli admin network.appoint '{"network":7,"person":5,"role":"facilitator"}'

            `metropoli operations` lists what there is.
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The command or query, e.g. person.create.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("Its fields as a JSON object; - reads them from standard input.", valueName: "json"))
    var with: String = "{}"

    func run() async throws {
        try await stopping {
            var configuration = try common.load()
            configuration.log.level = "error"
            let text = with == "-" ? FileHandle.standardInput.readDataToEndOfFile() : Data(with.utf8)
            guard let body = (try? JSONParser.parse(text))?.object else {
                throw Stop(ExitCode(65), "the fields are no JSON object")
            }
            guard let operation = InstalledCapabilities.registry(configuration).operations[name] else {
                throw Stop(ExitCode(65), "there is no \(name); see `metropoli operations`")
            }
            say(String(decoding: try await answer(operation, body, configuration).text, as: UTF8.self))
        }
    }

    private func answer(
        _ operation: Journal.Operation,
        _ body: JSONObject,
        _ configuration: Configuration
    ) async throws -> JSON {
        let server = RunningServer(configuration)
        let path = "/api/v1/\(operation.name)"
        let remote =
            operation.isCommand
            ? try await server.ask("POST", path, JSON.object(body).text)
            : try await server.ask("GET", path + query(body))
        if let remote { return remote }
        let community = try CommunityFactory.open(
            configuration,
            log: LogSetup.logger(configuration),
            background: false
        )
        defer { try? community.stop() }
        switch community.performAndWait(Community.Request(name: operation.name, body: body), as: .system) {
        case .done(let reply, _, _): return try JSONParser.parse(reply, limits: .answers)
        case .refused(let error):
            throw Stop(
                error.code == .unavailable ? .temporary : .failure,
                "\(error.code.rawValue): \(error.message)"
            )
        }
    }

    private func query(_ body: JSONObject) -> String {
        var items: [String] = []
        for member in body.members {
            for value in member.value.array ?? [member.value] {
                let text = value.string ?? String(decoding: value.text, as: UTF8.self)
                let escaped = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                items.append("\(member.name)=\(escaped)")
            }
        }
        return items.isEmpty ? "" : "?" + items.joined(separator: "&")
    }
}
