public import CommunityKernel
import Foundation
import HTTPAPI
public import Journal
public import Logging
import People
import Realtime
public import SocketTransport
import Synchronization

/// The running server: the core and its doors.
///
/// It lists what there is and puts it together; it decides nothing.
public final class Server: Sendable {
    /// The core.
    public let community: Community
    /// The port it listens on.
    public var port: Int { sockets.port }
    /// The address that is printed when it is ready.
    public let url: String

    private let sockets: SocketServer
    private let realtime: RealtimeService
    private let configuration: Configuration
    private let localSocket: String?

    /// Opens the store, starts the core and the doors; returns when it listens.
    public init(_ configuration: Configuration, log: Logger, clock: any WallClock = SystemClock()) throws {
        guard let address = configuration.address else {
            throw ConfigurationError(problems: ["listen: not HOST:PORT: \(configuration.listen)"])
        }
        self.configuration = configuration
        let presence = PresenceBoard()
        let place = PublicAddress(configuration.publicUrl)
        let community = try CommunityFactory.open(
            configuration,
            clock: clock,
            log: log,
            presence: presence,
            address: place
        )
        self.community = community
        do {
            let requests = RequestMetrics()
            let realtime = RealtimeService(
                community: community,
                settings: configuration.realtimeSettings,
                presence: presence,
                observe: { name, code in requests.observe(name, code) }
            )
            self.realtime = realtime
            let localSocket = LocalSocket.path(data: configuration.data)
            self.localSocket = localSocket
            let transport = configuration.transport(address, localSocket: localSocket)
            let statistics = StatisticsSource()
            let api = HTTPAPI(
                community: community,
                settings: configuration.httpSettings(address),
                assets: AssetTable(folder: WebAssets.folder(configuration)),
                requests: requests,
                admit: { member, address, isQuery in
                    realtime.rates.admitRequest(member, address: address, isQuery: isQuery)
                },
                mayMonitor: { member, context in
                    try PeopleStore.isAdministrator(member, context.sql)
                        || PeopleStore.has(.monitor, member, context.sql)
                },
                invitation: { [settings = configuration.peopleSettings] token, context in
                    try PeopleCapability.invitation(token, settings: settings, context).map { link in
                        InvitationFacts(
                            name: link.name,
                            email: link.email,
                            state: link.isUsed ? .used : link.isExpired ? .expired : .open,
                            minimum: link.minimum
                        )
                    }
                },
                localRoutes: AdministrationRoutes.all(configuration),
                extraMetrics: { ServerMetrics.text(community, realtime, statistics) }
            )
            sockets = SocketServer(transport) { loop in
                let entry = LoopEntry(loop: loop, realtime: realtime, api: api)
                loop.execute { entry.assumeIsolated { $0.begin() } }
                return entry
            }
            try sockets.start()
            statistics.set(sockets)
            let scheme = transport.tls == nil ? "http" : "https"
            let host = address.host.contains(":") ? "[\(address.host)]" : address.host
            url = "\(scheme)://\(host):\(sockets.port)"
            if configuration.publicUrl.isEmpty { place.set(url) }
        } catch {
            try? community.stop()
            throw error
        }
    }

    /// Says goodbye to everyone, finishes what waits and closes the store.
    public func stop() throws {
        sockets.stopListening()
        realtime.stop()
        sockets.stop(deadline: .seconds(5))
        try community.stop()
        if let localSocket { try? FileManager.default.removeItem(atPath: localSocket) }
    }

    /// Reads certificate and key again, and says in the log what came of it.
    public func reload() {
        guard !configuration.tls.certificate.isEmpty else { return }
        do {
            try sockets.reloadCertificates()
            community.log.notice("certificate and key were read again")
        } catch {
            community.log.error("certificate and key stay as they were", metadata: ["error": "\(error)"])
        }
    }
}

/// What happens on one loop: WebSockets go to the hub, everything else to the HTTP door.
actor LoopEntry: LoopHandler {
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let loop: ServiceLoop
    private let realtime: RealtimeService
    private let api: HTTPAPI
    private var hub: Hub?

    init(loop: ServiceLoop, realtime: RealtimeService, api: HTTPAPI) {
        self.loop = loop
        self.realtime = realtime
        self.api = api
    }

    /// Makes the hub, on the loop's thread.
    func begin() {
        let loop = loop
        let hub = Hub(loop: loop, service: realtime) { [weak self] body in
            guard let entry = self else { return }
            loop.execute {
                entry.assumeIsolated { entry in
                    if let hub = entry.hub { body(hub) }
                }
            }
        }
        self.hub = hub
        hub.start()
    }

    func upgrade(_ request: RequestHead) -> UpgradeDecision { api.upgradeDecision(request) }

    func opened(_ connection: Connection, request: RequestHead) {
        // Without Origin it is no browser, and a cookie alone does not let it in.
        let cookie = request.header("origin") == nil ? nil : api.sessionCookie(in: request)
        hub?.opened(connection, cookieToken: cookie)
    }

    func received(_ message: UnsafeRawBufferPointer, isText: Bool, on connection: Connection) {
        hub?.received(message, isText: isText, on: connection)
    }

    func drained(_ connection: Connection) { hub?.drained(connection) }
    func closed(_ connection: Connection, code: Int) { hub?.closed(connection) }
    func begin(_ exchange: HTTPExchange) -> BodyPlan { api.begin(exchange) }
    func complete(_ exchange: HTTPExchange) { api.complete(exchange) }
    func aborted(_ exchange: HTTPExchange) { api.aborted(exchange) }

    func errorResponse(status: Int, for exchange: HTTPExchange?) -> HTTPResponse {
        api.errorResponse(status: status, for: exchange)
    }
}

/// The transport's figures, once it runs.
final class StatisticsSource: Sendable {
    private let sockets = Mutex<SocketServer?>(nil)

    func set(_ server: SocketServer) { sockets.withLock { $0 = server } }
    var current: TransportStatistics? { sockets.withLock { $0 }?.statistics }
}

/// Where the administration's local socket lies.
public enum LocalSocket {
    /// Beside the store; in the system's temporary folder when that path is too long for a socket (108 bytes).
    public static func path(data: String) -> String {
        let folder = URL(fileURLWithPath: data).standardizedFileURL.path
        let beside = folder + "/metropoli.sock"
        if beside.utf8.count < 100 { return beside }
        let digest = Secret.hex(Array(Secret.sha256(Array(folder.utf8)).prefix(8)))
        return "/tmp/metropoli-\(getuid())-\(digest).sock"
    }
}

/// Where the built browser client lies.
enum WebAssets {
    /// The folder configured, else one beside the program: `share/metropoli/web` when installed, `.build/web` in a
    /// checkout.
    static func folder(_ configuration: Configuration) -> String {
        if !configuration.web.isEmpty { return configuration.web }
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            folder = URL(fileURLWithPath: own)
        }
        for _ in 0..<4 {
            folder.deleteLastPathComponent()
            for name in ["web", "share/metropoli/web"] {
                let candidate = folder.appendingPathComponent(name).path
                if FileManager.default.fileExists(atPath: candidate + "/index.html") { return candidate }
            }
        }
        return ".build/web"
    }
}
