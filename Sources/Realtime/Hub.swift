import CommunityKernel
import Journal
public import SocketTransport
import WireProtocol

/// The connections of one loop, their subscriptions and their way through hello, replay and live.
///
/// Everything here runs on the loop's thread; the actor that owns it is the loop's handler.
public final class Hub {
    /// The loop it lives on.
    public let loop: ServiceLoop
    let service: RealtimeService
    var connections: [ConnectionID: MemberConnection] = [:]
    var byMember: [MemberID: [MemberConnection]] = [:]
    var subscriptions = Subscriptions()
    var recent: RecentUpdates
    /// The last `seq` broadcast on this loop.
    var head: Int64
    /// Presence that changed since the last turn of the clock.
    var presenceNews: [MemberID: [StreamName]] = [:]
    /// Not later than the first moment at which a credential of this loop ends by itself.
    var soonestExpiry: Instant?
    /// Credentials that ended lately, for connections that were entering meanwhile.
    var recentEnds: [(end: ConnectionEnd, at: ContinuousClock.Instant)] = []
    /// Connections by slot, so that `head` is told to a part of them each second instead of to all at once.
    private var slots: [[MemberConnection]]
    private var turn = 0
    private var timer: LoopTimer?
    private var isStopping = false
    /// Comes back to this hub from another thread.
    let enterLink: @Sendable (@escaping @Sendable (Hub) -> Void) -> Void

    /// Makes the hub of a loop; `enter` runs a closure on the loop's thread with this hub.
    public init(
        loop: ServiceLoop,
        service: RealtimeService,
        enter: @escaping @Sendable (@escaping @Sendable (Hub) -> Void) -> Void
    ) {
        self.loop = loop
        self.service = service
        enterLink = enter
        slots = Array(repeating: [], count: max(1, service.settings.headSeconds))
        // From here on commits are queued for this loop; what was committed before is read from the journal.
        service.add(RealtimeService.HubLink(loop: loop, enter: enter))
        head = service.community.writer.committedHead
        recent = RecentUpdates(head: head, capacity: service.settings.recentUpdates)
    }

    /// Starts the hub's clock; call on the loop's thread.
    public func start() { scheduleTurn() }

    var settings: RealtimeSettings { service.settings }

    // MARK: Connections

    /// A connection is in; `cookieToken` is the session of its upgrade, when a browser of our origin sent one.
    public func opened(_ connection: Connection, cookieToken: String?) {
        let member = MemberConnection(connection, cookieToken: cookieToken)
        connection.context = member
        connections[connection.id] = member
        member.slot = Int.random(in: 0..<slots.count)
        slots[member.slot].append(member)
    }

    /// A connection is gone.
    public func closed(_ connection: Connection) {
        guard let member = connection.context as? MemberConnection else { return }
        connections[connection.id] = nil
        if let index = slots[member.slot].firstIndex(where: { $0 === member }) {
            slots[member.slot].remove(at: index)
        }
        leave(member)
        member.phase = .closing
    }

    /// Takes a signed-in connection out of everything it takes part in.
    private func leave(_ member: MemberConnection) {
        guard member.member.kind != .nobody else { return }
        if service.presence.left(member.member.id) { notePresence(of: member) }
        closeStreams(of: member)
        subscriptions.removeAll(member)
        let id = member.member.id
        byMember[id]?.removeAll { $0 === member }
        if byMember[id]?.isEmpty == true { byMember[id] = nil }
        if let device = member.device { service.forget(device, of: id, at: member.connection.id) }
        service.metrics.signedIn.add(-1)
        member.member = .nobody
    }

    /// The outbound queue is empty again.
    public func drained(_ connection: Connection) {
        guard let member = connection.context as? MemberConnection, !member.isClosing else { return }
        flushReplies(member)
        askWaiting(member)
        if member.isReplaying { readNextPage(member) }
    }

    func close(_ id: ConnectionID, _ code: Int, _ reason: String) {
        if let member = connections[id] { close(member, code, reason) }
    }

    func close(_ member: MemberConnection, _ code: Int, _ reason: String) {
        guard !member.isClosing else { return }
        leave(member)
        member.phase = .closing
        member.connection.close(code: code, reason: reason)
    }

    /// Tells everyone that the server stops; they may come back.
    func sayGoodbye() {
        isStopping = true
        timer?.cancel()
        let bye = OutboundFrame(
            ServerFrame.object("bye", Bye(code: "restart", retryAfterMs: settings.restartRetryMs))
        )
        for member in connections.values {
            _ = member.connection.send(bye)
            close(member, CloseCode.restart, "restart")
        }
    }

    // MARK: The hub's clock

    private func scheduleTurn() {
        timer = loop.schedule(afterMilliseconds: 1_000) { [unowned self] in
            takeTurn()
            if !isStopping { scheduleTurn() }
        }
    }

    private func takeTurn() {
        turn = (turn + 1) % slots.count
        let now = ContinuousClock.now
        recentEnds.removeAll { now - $0.at > .seconds(60) }
        let wallNow = service.community.clock.now
        for member in connections.values {
            guard case .waiting(let since) = member.phase, now - since >= .seconds(settings.helloSeconds) else {
                continue
            }
            close(member, CloseCode.helloLate, "hello late")
        }
        endExpired(at: wallNow)
        let news = OutboundFrame(ServerFrame.number("head", head))
        for member in slots[turn] where member.isLive { send(news, to: member) }
        tellPresence()
    }

    /// Closes the connections whose credential has ended by itself.
    ///
    /// Looks at all of them only when one has, or may have.
    private func endExpired(at now: Instant) {
        guard let soonest = soonestExpiry, soonest <= now else { return }
        soonestExpiry = nil
        for member in connections.values where member.isSignedIn {
            guard let expires = member.expires else { continue }
            if expires <= now {
                close(member, CloseCode.credentials, "expired")
            } else {
                soonestExpiry = min(soonestExpiry ?? expires, expires)
            }
        }
    }

    /// Sends what may be dropped when the socket has no room: `head`, signals.
    func send(_ frame: OutboundFrame, to member: MemberConnection) {
        guard member.connection.isWritable else { return }
        _ = member.connection.send(frame)
    }
}
