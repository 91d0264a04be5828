public import WireProtocol

/// What a client learns, in the order in which it came.
public enum ClientNews: Sendable {
    /// The connection is made and the credentials are good.
    case welcome(Welcome)
    /// The first whole state: everything known before is to be forgotten. The value of `snapshot`.
    case snapshot(JSON)
    /// The journal is another one (`epoch`) or shorter (`ahead`): a snapshot follows.
    case reset(reason: String)
    /// One update, in rising `seq`, each exactly once over all connections.
    case update(ClientUpdate)
    /// Nothing is missing up to this `seq`.
    case live(Int64)
    /// Short-lived news of somebody.
    case signal(name: String, body: JSON)
    /// A command of the outbox changed its state.
    case outbox(OutboxEntry)
}

/// One update as a client gets it.
public struct ClientUpdate: Sendable {
    /// Its place in the journal.
    public let seq: Int64
    /// Its stream.
    public let stream: String
    /// Its place in the stream.
    public let offset: Int64
    /// What became true, such as `message.posted`.
    public let type: String
    /// When.
    public let at: String
    /// Who did it; nil for the server.
    public let by: MemberID?
    /// Its fields.
    public let data: JSON

    init?(_ update: JSON) {
        guard let seq = update["seq"]?.int, let stream = update["stream"]?.string, let offset = update["offset"]?.int,
            let type = update["type"]?.string
        else { return nil }
        self.seq = seq
        self.stream = stream
        self.offset = offset
        self.type = type
        at = update["at"]?.string ?? ""
        by = update["by"]?.int.map(MemberID.init)
        data = update["data"] ?? .members([:])
    }
}

/// Where a client stands, in words a person understands.
public enum ClientState: Sendable, Equatable, CustomStringConvertible {
    /// Nothing was begun.
    case idle
    /// Connecting.
    case connecting
    /// Connected; what was missed is coming.
    case catchingUp
    /// Everything is there, news comes as it happens.
    case live
    /// No connection; it is tried again after this time.
    case waiting(seconds: Double, reason: String)
    /// It ended and is not tried again unchanged.
    case stopped(reason: String, closeCode: Int?)

    /// One plain phrase.
    public var description: String {
        switch self {
        case .idle: "not connected"
        case .connecting: "connecting"
        case .catchingUp: "catching up"
        case .live: "connected"
        case .waiting(let seconds, let reason): "no connection (\(reason)); trying again in \(Self.text(seconds)) s"
        case .stopped(let reason, _): "stopped: \(reason)"
        }
    }

    private static func text(_ seconds: Double) -> String {
        let tenths = Int64((seconds * 10).rounded(.up))
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

/// Why a request had no answer.
public enum ClientError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No answer in the time given.
    case timedOut
    /// The connection ended, and the request bore no nonce: whether it was done is not known.
    case connectionLost
    /// The client was closed, or the server does not want it back.
    case stopped(String)
    /// The server answered something that is not of the protocol.
    case unexpected(String)

    /// One plain phrase.
    public var description: String {
        switch self {
        case .timedOut: "no answer in time"
        case .connectionLost: "the connection ended before the answer"
        case .stopped(let reason): "stopped: \(reason)"
        case .unexpected(let what): "unexpected answer: \(what)"
        }
    }
}

/// The answer to a request.
public struct ClientReply: Sendable {
    /// The value of `ok`.
    public let ok: JSON
    /// The first update that it wrote.
    public let seq: Int64?
    /// Whether an earlier answer was given again.
    public let repeated: Bool
}
