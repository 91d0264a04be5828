import ArgumentParser
import ClientKit
import WireProtocol

/// The subcommand `metropoli-bot whoami`.
struct WhoAmI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami",
        abstract: "Says whose token it is and what it may see."
    )

    func run() async throws {
        do {
            let environment = try BotEnvironment()
            var options = CommunityClient.Options(url: environment.url, token: environment.token)
            options.client = "metropoli-bot/1.0"
            options.reconnects = false
            let client = CommunityClient(options)
            await client.start()
            try await show(client)
            await client.close()
        } catch { throw BotExit.explaining(error) }
    }

    private func show(_ client: CommunityClient) async throws {
        for await news in client.updates {
            switch news {
            case .welcome(let welcome):
                Console.line("\(welcome.person.id)\t\(Console.visible(welcome.person.name))")
            case .snapshot(let snapshot):
                for channel in snapshot["channels"]?.array ?? [] {
                    let kind = channel["kind"]?.string ?? ""
                    let slug = Console.visible(channel["slug"]?.string ?? "")
                    Console.line("channel \(channel["id"]?.int ?? 0)\t\(kind)\t\(slug)")
                }
                return
            default: continue
            }
        }
        if case .stopped(let reason, let code) = await client.state {
            Console.problem(reason)
            throw code == CloseCode.credentials ? BotExit.notAllowed : BotExit.unreachable
        }
        throw BotExit.unreachable
    }
}
