import ArgumentParser
import ClientKit
import WireProtocol

/// How the program ends, after `sysexits.h`.
enum BotExit {
    static let usage = ExitCode(64)
    static let refused = ExitCode(65)
    static let unreachable = ExitCode(69)
    static let software = ExitCode(70)
    static let tryLater = ExitCode(75)
    static let notAllowed = ExitCode(77)

    /// Says what went wrong, and gives the code to end with.
    static func explaining(_ error: any Error) -> any Error {
        switch error {
        case let error as WireError:
            Console.problem(sentence(error))
            return code(error.code)
        case let error as ExitCode: return error
        case let error as ValidationError: return error
        case let error as ClientError:
            Console.problem("the server cannot be used: \(error)")
            return unreachable
        default:
            Console.problem("the server is not reached: \(error)")
            return unreachable
        }
    }

    private static func code(_ code: WireErrorCode) -> ExitCode {
        switch code {
        case .unauthenticated, .forbidden: notAllowed
        case .rateLimited, .unavailable: tryLater
        case .internal: software
        default: refused
        }
    }

    private static func sentence(_ error: WireError) -> String {
        let told = "\(error.code.rawValue): \(error.message)"
        switch error.code {
        case .unauthenticated: return "the token is unknown, expired or revoked"
        case .rateLimited, .unavailable:
            // A network whose module is away: no wait helps by itself.
            guard error.retryable else { return told + "; it stays so until the server's administrators change it" }
            let seconds = ((error.retryAfterMs ?? 60_000) + 999) / 1_000
            return told + "; try again in \(seconds) s"
        case .invalid where error.fields?.contains { $0.path == "nonce" } ?? false:
            return "invalid: --key has 1 to 64 of A-Z a-z 0-9 _ -"
        case .nonceReused: return told + ": give another --key, or the same text as before"
        default: return told
        }
    }
}
