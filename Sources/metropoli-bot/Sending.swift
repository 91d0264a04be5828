import ClientKit
import WireProtocol

/// Sends one command, again for a while when the server asks for patience.
struct Sending {
    /// How long to try, seconds.
    static let patience = Duration.seconds(10)

    let community: HTTPCommunity

    /// The same for queries and commands: what the server puts off is tried again until the patience ends.
    static func patiently<Value>(_ body: () async throws -> Value) async throws -> Value {
        let end = ContinuousClock.now + patience
        while true {
            do {
                return try await body()
            } catch let error as WireError where error.retryable && error.code != .tooEarly {
                let wait = Duration.milliseconds(error.retryAfterMs ?? 1_000)
                guard ContinuousClock.now + wait <= end else { throw error }
                try await Task.sleep(for: wait)
            }
        }
    }

    /// Sends it and says what became of it.
    func send(_ name: String, _ body: JSON, key: String?) async throws -> ClientReply {
        let nonce = key ?? Nonces.fresh()
        let reply = try await Self.patiently { try await community.command(name, body, nonce: nonce) }
        let id = reply.ok["id"]?.int.map { " \($0)" } ?? ""
        Console.line((reply.repeated ? "repeated" : "sent") + id)
        return reply
    }
}
