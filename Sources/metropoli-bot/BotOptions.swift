import ArgumentParser
import ClientKit
import Foundation
import WireProtocol

/// The server and the token, from the environment.
struct BotEnvironment {
    let url: String
    let token: String

    init() throws {
        let environment = ProcessInfo.processInfo.environment
        url = environment["METROPOLI_URL"].flatMap { $0.isEmpty ? nil : $0 } ?? "http://127.0.0.1:8080"
        guard let token = environment["METROPOLI_TOKEN"], !token.isEmpty else {
            throw ValidationError("METROPOLI_TOKEN is not set: it holds the bot's token.")
        }
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw ValidationError("METROPOLI_TOKEN is no token.")
        }
        self.token = token
    }

    var community: HTTPCommunity { HTTPCommunity(url: url, token: token) }
}

/// Where to write.
struct ChannelOption: ParsableArguments {
    @Option(help: ArgumentHelp("The channel, e.g. semplificazione/annunci.", valueName: "network/channel"))
    var channel: String

    func validate() throws {
        let parts = channel.split(separator: "/", omittingEmptySubsequences: false)
        guard Int64(channel) != nil || parts.count == 2 && parts.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("--channel is network-slug/channel-slug, e.g. semplificazione/annunci.")
        }
    }

    /// The channel's id.
    ///
    /// Ends the program when the bot knows of no such channel.
    func resolved(in community: HTTPCommunity) async throws -> ChannelID {
        guard let id = try await community.channel(called: channel) else {
            Console.problem("there is no channel \(channel), or the bot may not know of it")
            throw BotExit.refused
        }
        return id
    }
}

/// The comuni that something is addressed to.
struct AddressOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A comune of the network's city that it is addressed to, by slug or ISTAT code; may be repeated.",
            valueName: "comune"
        )
    )
    var to: [String] = []

    /// Their ids.
    ///
    /// Ends the program when there is no such comune.
    func resolved(in community: HTTPCommunity) async throws -> [OrganisationID] {
        var bodies: [OrganisationID] = []
        for name in to {
            guard let id = try await community.municipality(called: name) else {
                Console.problem("there is no comune \(name)")
                throw BotExit.refused
            }
            bodies.append(id)
        }
        return bodies
    }
}

/// What to write.
struct TextOption: ParsableArguments {
    @Argument(help: "The text, in Markdown; - reads it from standard input.")
    var text: String?

    @Option(help: ArgumentHelp("Reads the text from a file.", valueName: "file"))
    var file: String?

    func validate() throws {
        guard (text == nil) != (file == nil) else {
            throw ValidationError("Give the text, --file FILE or - (standard input): one of them.")
        }
    }

    /// The text, without the line ends behind it.
    func read() throws -> String {
        if let text, text != "-" { return text }
        let data: Data?
        if let file {
            data = FileManager.default.contents(atPath: file)
        } else {
            data = try FileHandle.standardInput.readToEnd() ?? Data()
        }
        guard let data else { throw ValidationError("The file \(file ?? "") cannot be read.") }
        guard var text = String(bytes: data, encoding: .utf8) else {
            Console.problem("the text is not UTF-8")
            throw BotExit.refused
        }
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}

/// What makes a command safe to repeat.
struct KeyOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Sends at most once under this key (1-64 of A-Z a-z 0-9 _ -), however often it is run.",
            valueName: "nonce"
        )
    )
    var key: String?
}
