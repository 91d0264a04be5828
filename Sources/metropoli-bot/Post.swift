import ArgumentParser
import ClientKit
import WireProtocol

/// The subcommand `metropoli-bot post`.
struct Post: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a message in a channel.",
        discussion: """
            EXAMPLES
              metropoli-bot post --channel semplificazione/generale "Il rapporto è pronto"
              make report | metropoli-bot post --channel semplificazione/generale --thread 1235 -
            """
    )

    @OptionGroup var place: ChannelOption
    @OptionGroup var words: TextOption
    @OptionGroup var once: KeyOption

    @Option(help: ArgumentHelp("Replies in the thread of this message.", valueName: "message"))
    var thread: Int64?

    func run() async throws {
        do {
            let community = try BotEnvironment().community
            let text = try words.read()
            let channel = try await Sending.patiently { try await place.resolved(in: community) }
            var fields = [
                JSONObject.Member(name: "channel", value: .int(channel.rawValue)),
                JSONObject.Member(name: "text", value: .string(text)),
            ]
            if let thread { fields.append(JSONObject.Member(name: "thread", value: .int(thread))) }
            _ = try await Sending(community: community).send(
                "message.post",
                .object(JSONObject(fields)),
                key: once.key
            )
        } catch { throw BotExit.explaining(error) }
    }
}
