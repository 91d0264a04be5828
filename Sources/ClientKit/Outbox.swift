public import WireProtocol

/// A command that waits until the server has taken it, across outages and restarts of the client.
public struct OutboxEntry: Sendable, Equatable {
    /// How far it is.
    public enum State: Sendable, Equatable {
        /// It waits for a connection or for its turn.
        case waiting
        /// It is with the server.
        case sending
        /// The server has it for good. `repeated` when it had it before.
        case sent(ok: JSON, repeated: Bool)
        /// The server will not take it.
        case refused(WireErrorCode, message: String)
    }

    /// What makes it safe to send it twice.
    public let nonce: String
    /// The command.
    public let name: String
    /// Its fields.
    public let body: JSON
    /// How far it is.
    public var state: State
}

/// The commands waiting, oldest first, kept in a file when a path is given.
struct Outbox: Sendable {
    private(set) var entries: [OutboxEntry] = []
    private let path: String?
    /// Entries at most.
    static let capacity = 1_000

    init(path: String?) {
        self.path = path
        guard let path, let bytes = PrivateFile.read(path) else { return }
        for line in bytes.split(separator: 0x0A) {
            guard let entry = try? JSONParser.parse(line), let nonce = entry["nonce"]?.string,
                let name = entry["do"]?.string, let body = entry["with"]
            else { continue }
            entries.append(OutboxEntry(nonce: nonce, name: name, body: body, state: .waiting))
        }
    }

    var first: OutboxEntry? { entries.first }

    /// Throws when the file cannot be written: the entry is then not kept.
    mutating func append(_ entry: OutboxEntry) throws {
        guard entries.count < Self.capacity else { throw ClientError.stopped("the outbox is full") }
        entries.append(entry)
        do { try save() } catch {
            entries.removeLast()
            throw error
        }
    }

    mutating func set(_ state: OutboxEntry.State, of nonce: String) -> OutboxEntry? {
        guard let index = entries.firstIndex(where: { $0.nonce == nonce }) else { return nil }
        entries[index].state = state
        let entry = entries[index]
        switch state {
        case .sent, .refused:
            entries.remove(at: index)
            // A stale line is sent again later and answered as repeated.
            try? save()
        case .waiting, .sending: break
        }
        return entry
    }

    private func save() throws {
        guard let path else { return }
        if entries.isEmpty { return PrivateFile.remove(path) }
        var bytes: [UInt8] = []
        for entry in entries {
            bytes +=
                JSON.members([
                    "nonce": .string(entry.nonce), "do": .string(entry.name), "with": entry.body,
                ]).text
            bytes.append(0x0A)
        }
        try PrivateFile.write(bytes, to: path)
    }
}
