import ClientKit
import Foundation
import WireProtocol

/// What this machine keeps for one server: `~/.config/metropoli/<server>/`, readable by its owner alone.
struct SessionStore: Sendable {
    private let folder: String

    init(url: String) {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.config"
        let name = url.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "_" }
        folder = "\(base)/metropoli/\(String(name))"
    }

    private var tokenPath: String { folder + "/session" }

    /// The session's token, when one is kept.
    var token: String? {
        guard let bytes = PrivateFile.read(tokenPath), let session = try? JSONParser.parse(bytes) else { return nil }
        return session["token"]?.string
    }

    func keep(_ token: String) throws {
        try PrivateFile.write(JSON.members(["token": .string(token)]).text, to: tokenPath)
    }

    func forget() { PrivateFile.remove(tokenPath) }

    /// Where the outbox lies; nil when another window has it, which then keeps its own in memory.
    func claimOutbox() -> String? {
        try? FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let descriptor = open(folder + "/outbox.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        // The lock goes with the process, so the descriptor stays open.
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
        return folder + "/outbox"
    }
}
