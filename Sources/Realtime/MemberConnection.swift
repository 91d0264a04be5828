import CommunityKernel
import Journal
import SocketTransport
import WireProtocol

/// One WebSocket connection as the hub sees it.
///
/// It lives on its loop's thread.
final class MemberConnection {
    /// Where it stands between the first byte and live.
    enum Phase {
        /// No `hello` yet.
        case waiting(since: ContinuousClock.Instant)
        /// The `hello` is being judged on a reader thread; requests wait in `early`.
        case entering
        /// Reads the journal: a page is asked for when `isReading` is false and the socket has room.
        case replaying
        /// Gets updates as they are committed.
        case live
        /// Told to close, or gone.
        case closing
    }

    /// A stream's audience and this connection's place in it.
    struct Seat {
        unowned let audience: Audience
        var place: Int
    }

    let connection: Connection
    /// The token in the upgrade's cookie, forgotten once used.
    var cookieToken: String?
    var phase: Phase
    var member = Member.nobody
    var device: String?
    /// When the credential ends by itself.
    var expires: Instant?
    /// Everything this member may see up to here was handed to the socket.
    var cursor: Int64 = 0
    var seats: [Seat] = []
    /// Its arrival is news to the readers of its networks, once it is known which those are.
    var hasToBeAnnounced = false
    /// The networks whose readers see its presence.
    var networks: [StreamName] = []
    /// When its `hello` came.
    var enteringSince = ContinuousClock.now
    /// The streams that this connection opened for itself, with the update after which it reads each and the stream of
    /// its member on which each hangs.
    private(set) var opened: [StreamName: (after: Int64, parent: StreamName)] = [:]
    /// Rises with each change of ``opened``: what was read from the journal before is read again.
    private(set) var openedVersion = 0
    /// Not earlier than the last update after which a stream is read.
    private var openedThrough: Int64 = 0
    /// Requests under way that open or close a stream.
    var opening = 0
    /// Such requests that wait until the connection is live.
    var waitingOpenings: [ClientFrame.Request] = []
    /// Indices into the batch being broadcast.
    var due: [Int32] = []
    /// Requests without a reply yet.
    var unanswered = 0
    /// Queries being answered; each answer may be large.
    var asking = 0
    /// Queries that wait for room: for those before them to be answered, and for the socket to take the answers.
    var waitingQueries: [ClientFrame.Request] = []
    /// Requests that came while the `hello` was judged.
    var early: [ClientFrame] = []
    /// Replies that the socket had no room for.
    var heldReplies: [OutboundFrame] = []
    var window = ReplayWindow()
    /// A page is being read.
    var isReading = false
    /// Its place on the hub's clock: `head` is told to one slot each second.
    var slot = 0

    init(_ connection: Connection, cookieToken: String?) {
        self.connection = connection
        self.cookieToken = cookieToken
        phase = .waiting(since: .now)
    }

    /// The last update of a stream that is not for this connection: its cursor, or a later one where it opened the stream.
    func floor(of stream: StreamName) -> Int64 {
        guard openedThrough > cursor, let opened = opened[stream] else { return cursor }
        return max(cursor, opened.after)
    }

    func open(_ stream: StreamName, parent: StreamName, after seq: Int64) {
        // Opened again, it begins anew: what came before is in the answer.
        opened[stream] = (seq, parent)
        openedThrough = max(openedThrough, seq)
        openedVersion += 1
    }

    /// Whether it was open.
    func close(_ stream: StreamName) -> Bool {
        guard opened.removeValue(forKey: stream) != nil else { return false }
        openedVersion += 1
        return true
    }

    var isLive: Bool { if case .live = phase { true } else { false } }
    var isReplaying: Bool { if case .replaying = phase { true } else { false } }
    var isClosing: Bool { if case .closing = phase { true } else { false } }
    /// Whether the `hello` was accepted.
    var isSignedIn: Bool { isLive || isReplaying }
}

/// The live connections that read one stream, densely.
final class Audience {
    let stream: StreamName
    private(set) var members: [MemberConnection] = []

    init(_ stream: StreamName) { self.stream = stream }

    func add(_ member: MemberConnection) {
        member.seats.append(MemberConnection.Seat(audience: self, place: members.count))
        members.append(member)
    }

    /// Takes out the one at `place`; the last one moves there.
    func remove(at place: Int) {
        let last = members.removeLast()
        guard place < members.count else { return }
        members[place] = last
        if let seat = last.seats.firstIndex(where: { $0.audience === self }) { last.seats[seat].place = place }
    }
}
