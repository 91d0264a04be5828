import ArgumentParser
import ClientKit
import Foundation

/// The community in a terminal.
@main
struct MetropoliChat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metropoli-chat",
        abstract: "Talks in the community from a terminal, also over ssh.",
        discussion: """
            The first time it asks for e-mail address and password; the session's token
            is then kept in ~/.config/metropoli (readable by you alone) until --sign-out.

            COMMANDS
            \(ChatCommand.summary)

            EXAMPLES
              metropoli-chat https://comunita.example.it
              metropoli-chat --login anna.bianchi@example.it
              printf '/join semplificazione/generale\\nBuongiorno\\n' | metropoli-chat --plain
            """,
        version: "1.0"
    )

    @Argument(help: "The server's address; METROPOLI_URL, else http://127.0.0.1:8080, unless given.")
    var url: String?

    @Option(help: ArgumentHelp("The e-mail address to sign in with.", valueName: "e-mail"))
    var login: String?

    @Flag(help: "Line by line, without a prompt: for scripts, and when standard input is no terminal.")
    var plain = false

    @Flag(help: "Ends the session kept on this machine, and stops.")
    var signOut = false

    func run() async throws {
        let address = url ?? ProcessInfo.processInfo.environment["METROPOLI_URL"] ?? "http://127.0.0.1:8080"
        let store = SessionStore(url: address)
        do {
            if signOut { return await end(store, address) }
            let token = try await SigningIn(url: address, login: login, store: store).token()
            let isPlain = plain || isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0
            let terminal: any Terminal = isPlain ? PlainTerminal() : LineEditor()
            try await ChatSession(url: address, token: token, store: store, terminal: terminal).run()
        } catch let error as ExitCode {
            throw error
        } catch {
            FileHandle.standardError.write(Data("metropoli-chat: \(Visible.line("\(error)"))\n".utf8))
            throw ExitCode(69)
        }
    }

    private func end(_ store: SessionStore, _ address: String) async {
        guard let token = store.token else { return }
        store.forget()
        try? await HTTPSession.close(address, token: token)
    }
}
