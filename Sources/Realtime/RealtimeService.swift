public import CommunityKernel
public import Journal
public import Logging
public import SocketTransport
import Synchronization
import WireProtocol

/// What the hubs of all loops share: the core, the limits, who is connected with which device, who is present.
public final class RealtimeService: Sendable {
    /// The core.
    public let community: Community
    /// The bounds.
    public let settings: RealtimeSettings
    /// The budgets of requests and signals, over all doors.
    public let rates: RateLimiter
    /// Who is present.
    public let presence: PresenceBoard
    /// What `/metrics` shows.
    public let metrics = RealtimeMetrics()
    /// Told of each answered request: its name and its code, `ok` or an error's.
    let observe: @Sendable (String, String) -> Void

    private struct Door: Sendable {
        let loop: ServiceLoop
        let connection: ConnectionID
    }

    private struct DeviceKey: Hashable {
        let member: Int64
        let device: String
    }

    private let devices = Mutex<[DeviceKey: Door]>([:])
    private let hubs = Mutex<[HubLink]>([])

    /// How to reach the hub of a loop from another thread.
    struct HubLink: Sendable {
        let loop: ServiceLoop
        /// Runs on the loop's thread.
        let enter: @Sendable (@escaping @Sendable (Hub) -> Void) -> Void
    }

    /// Makes the service; it begins to push commits at once.
    public init(
        community: Community,
        settings: RealtimeSettings,
        presence: PresenceBoard,
        observe: @escaping @Sendable (String, String) -> Void
    ) {
        self.community = community
        self.settings = settings
        self.presence = presence
        self.observe = observe
        rates = RateLimiter(settings.rates)
        community.writer.onCommit { [weak self] batch in self?.push(batch) }
    }

    func add(_ hub: HubLink) { hubs.withLock { $0.append(hub) } }

    /// Runs on the writer's thread.
    private func push(_ batch: CommittedBatch) {
        let live = LiveBatch(batch)
        forEachHub { $0.broadcast(live) }
    }

    func forEachHub(_ body: @escaping @Sendable (Hub) -> Void) {
        for link in hubs.withLock({ $0 }) { link.enter(body) }
    }

    /// Remembers a device's connection and closes the one it had before.
    func open(_ device: String, of member: MemberID, at connection: ConnectionID, on loop: ServiceLoop) {
        let key = DeviceKey(member: member.rawValue, device: device)
        let former = devices.withLock { devices in
            let former = devices[key]
            devices[key] = Door(loop: loop, connection: connection)
            return former
        }
        guard let former, former.connection != connection else { return }
        forEachHub { hub in
            if hub.loop === former.loop { hub.close(former.connection, CloseCode.replaced, "replaced") }
        }
    }

    func forget(_ device: String, of member: MemberID, at connection: ConnectionID) {
        let key = DeviceKey(member: member.rawValue, device: device)
        devices.withLock { devices in
            if devices[key]?.connection == connection { devices[key] = nil }
        }
    }

    /// Says goodbye to everyone; the connections may come back.
    public func stop() {
        forEachHub { $0.sayGoodbye() }
    }
}

/// What `/metrics` shows of the real-time door.
public final class RealtimeMetrics: Sendable {
    /// Connections that are signed in.
    public let signedIn = Counter()
    /// Frames with updates handed to sockets.
    public let frames = Counter()
    /// Updates handed to sockets.
    public let deliveries = Counter()
    /// Times a connection was moved to its cursor because it read too slowly.
    public let fellBehind = Counter()
    /// Updates replayed from the journal.
    public let replayed = Counter()
    /// Signals handed to sockets.
    public let signals = Counter()
}
