import ArgumentParser
import ClientKit
import Foundation
import WireProtocol

/// Finds a token: of the environment, kept from the last time, or by asking for address and password.
struct SigningIn {
    let url: String
    let login: String?
    let store: SessionStore

    func token() async throws -> String {
        if let token = ProcessInfo.processInfo.environment["METROPOLI_TOKEN"], !token.isEmpty { return token }
        if login == nil, let token = store.token { return token }
        guard isatty(STDIN_FILENO) == 1 else {
            FileHandle.standardError.write(
                Data("metropoli-chat: sign in on a terminal first, or set METROPOLI_TOKEN\n".utf8)
            )
            throw ExitCode(77)
        }
        for _ in 0..<3 {
            let login = self.login ?? ask("E-mail: ", isSecret: false)
            let password = ask("Password: ", isSecret: true)
            do {
                let session = try await HTTPSession.open(url, login: login, password: password)
                try store.keep(session.token)
                return session.token
            } catch let error as WireError {
                let wait = error.retryAfterMs.map { "; wait \(($0 + 999) / 1_000) s" } ?? ""
                let text = error.code == .unauthenticated ? "wrong address or password" : Visible.line(error.message)
                FileHandle.standardError.write(Data("\(text)\(wait)\n".utf8))
            }
        }
        throw ExitCode(77)
    }

    private func ask(_ question: String, isSecret: Bool) -> String {
        FileHandle.standardError.write(Data(question.utf8))
        var before = termios()
        let isTerminal = tcgetattr(STDIN_FILENO, &before) == 0
        if isSecret, isTerminal {
            var silent = before
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        }
        defer {
            if isSecret, isTerminal {
                tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
                FileHandle.standardError.write(Data("\n".utf8))
            }
        }
        return readLine(strippingNewline: true) ?? ""
    }
}
