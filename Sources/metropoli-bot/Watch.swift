import ArgumentParser
import ClientKit
import Foundation
import WireProtocol

/// The subcommand `metropoli-bot watch`.
struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what happens, a line of JSON for each update.",
        discussion: """
            It comes back by itself after an outage. With --cursor it goes on in the next run where it stopped, and
            misses nothing.

            EXAMPLES
              metropoli-bot watch --channel semplificazione/generale
              metropoli-bot watch --type message.posted --cursor /var/lib/bot/cursor --count 10
            """
    )

    @Option(help: ArgumentHelp("Only this channel's updates.", valueName: "network/channel"))
    var channel: String?

    @Option(help: ArgumentHelp("Only updates of this type, e.g. message.posted; may be repeated.", valueName: "type"))
    var type: [String] = []

    @Option(help: ArgumentHelp("Keeps the place reached in a file.", valueName: "file"))
    var cursor: String?

    @Option(help: ArgumentHelp("Ends after so many lines.", valueName: "number"))
    var count: Int?

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count is at least 1.") }
    }

    func run() async throws {
        do {
            let environment = try BotEnvironment()
            var stream: String?
            if let channel {
                guard let id = try await environment.community.channel(called: channel) else {
                    Console.problem("there is no channel \(channel), or the bot may not know of it")
                    throw BotExit.refused
                }
                stream = "channel/\(id)"
            }
            try await show(environment, stream)
        } catch { throw BotExit.explaining(error) }
    }

    private func show(_ environment: BotEnvironment, _ stream: String?) async throws {
        var options = CommunityClient.Options(url: environment.url, token: environment.token)
        options.client = "metropoli-bot/1.0"
        options.cursorPath = cursor
        let client = CommunityClient(options)
        let states = Task {
            for await state in client.states {
                if case .waiting = state { Console.problem("\(state)") }
            }
        }
        defer { states.cancel() }
        await client.start()
        var shown = 0
        for await news in client.updates {
            guard case .update(let update) = news, stream == nil || stream == update.stream,
                type.isEmpty || type.contains(update.type)
            else { continue }
            Console.line(Self.line(update))
            shown += 1
            if shown == count { break }
        }
        let end = await client.state
        await client.close()
        if case .stopped(let reason, let code) = end {
            Console.problem(reason)
            throw code == CloseCode.credentials ? BotExit.notAllowed : BotExit.unreachable
        }
    }

    private static func line(_ update: ClientUpdate) -> String {
        var members = [
            JSONObject.Member(name: "seq", value: .int(update.seq)),
            JSONObject.Member(name: "stream", value: .string(update.stream)),
            JSONObject.Member(name: "offset", value: .int(update.offset)),
            JSONObject.Member(name: "type", value: .string(update.type)),
            JSONObject.Member(name: "at", value: .string(update.at)),
        ]
        if let by = update.by { members.append(JSONObject.Member(name: "by", value: .int(by.rawValue))) }
        members.append(JSONObject.Member(name: "data", value: update.data))
        return String(decoding: JSON.object(JSONObject(members)).text, as: UTF8.self)
    }
}
