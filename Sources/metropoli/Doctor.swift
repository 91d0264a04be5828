import ArgumentParser
import Foundation
import Journal
import ServerApp
import SocketTransport
import WireProtocol

/// The subcommand `metropoli doctor`.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check configuration, store and port, and say what is wrong.",
        discussion:
            "Asks the running server when there is one, else looks at the store itself; nothing is changed. Ends with 1 when something is wrong."
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await stopping {
            let configuration = try common.load()
            say("configuration: good")
            let problems: [String]
            if let answer = try await RunningServer(configuration).ask("GET", "/admin/doctor") {
                say("server: runs on this data folder")
                problems = answer["problems"]?.array?.compactMap(\.string) ?? []
            } else {
                say("server: does not run on this data folder")
                problems = try StoreCheck.problems(
                    data: configuration.data,
                    InstalledCapabilities.all(configuration)
                )
            }
            for problem in problems { say("store: \(problem)") }
            guard problems.isEmpty else {
                throw Stop(.failure, "\(problems.count) \(problems.count == 1 ? "problem" : "problems")")
            }
            say("store: whole")
        }
    }
}

/// The server that runs on a data folder, reached over its local socket.
struct RunningServer {
    private let socket: String

    init(_ configuration: Configuration) { socket = LocalSocket.path(data: configuration.data) }

    /// Its answer; nil when no server runs.
    func ask(_ method: String, _ path: String, _ body: [UInt8] = []) async throws -> JSON? {
        guard FileManager.default.fileExists(atPath: socket) else { return nil }
        let reply: HTTPReply
        do {
            reply = try await HTTPClient.request(
                method,
                unixSocket: socket,
                path: path,
                headers: body.isEmpty ? [] : [("Content-Type", "application/json")],
                body: body,
                timeout: .seconds(600)
            )
        } catch {
            return nil
        }
        let answer = (try? JSONParser.parse(reply.body, limits: .answers)) ?? .null
        guard reply.status < 300 else {
            let code = answer["code"]?.string ?? "\(reply.status)"
            throw Stop(code == "unavailable" ? .temporary : .failure, "\(code): \(answer["detail"]?.string ?? "")")
        }
        return answer
    }
}
