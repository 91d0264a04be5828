public import CommunityKernel
import Journal
import Logging
public import ServerApp
public import SocketTransport
public import WireProtocol

/// The real server in this process, on a port that the kernel picked.
public final class LiveServer: Sendable {
    /// The server.
    public let server: Server
    /// The data folder.
    public let folder: TemporaryFolder
    private let configuration: Configuration

    /// Starts it.
    public init(
        _ backend: StorageBackend,
        folder: TemporaryFolder? = nil,
        clock: any WallClock = SystemClock(),
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        self.folder = try folder ?? TemporaryFolder()
        var configuration = Configuration()
        configuration.data = self.folder.path
        configuration.listen = "127.0.0.1:0"
        configuration.limits.rate = "off"
        configuration.log.level = "critical"
        configure(&configuration)
        self.configuration = configuration
        var log = Logger(label: "test")
        log.logLevel = .critical
        server = try Server(configuration, log: log, clock: clock)
    }

    /// Its address.
    public var url: String { server.url }

    /// Stops it; the folder stays while this object lives.
    public func stop() throws { try server.stop() }

    /// Runs a command or query as the system; its `ok`.
    @discardableResult
    public func ok(
        _ name: String,
        _ body: KeyValuePairs<String, JSON> = [:],
        as member: Member = .system
    ) throws -> JSON {
        let request = Community.Request(name: name, body: JSON.members(body).object ?? JSONObject())
        switch server.community.performAndWait(request, as: member) {
        case .done(let reply, _, _): return try JSONParser.parse(reply, limits: .answers)
        case .refused(let error):
            throw UnexpectedOutcome("\(name) was refused: \(error.code.rawValue): \(error.message)")
        }
    }

    /// A person with the password `password-di-prova` and a mandate, and a token of a session.
    public func person(_ name: String, city: Int64) async throws -> (id: Int64, token: String) {
        let mandate = JSON.members(["organisation": .int(city), "role": "employee"])
        let email = "\(name.lowercased())@example.it"
        let created = try ok(
            "person.create",
            [
                "name": .string(name), "email": .string(email), "password": "password-di-prova",
                "mandates": .array([mandate]),
            ]
        )
        guard let id = created["id"]?.int else { throw UnexpectedOutcome("no id") }
        return (id, try await signIn(email))
    }

    /// Opens a session over HTTP; its token.
    public func signIn(_ login: String, password: String = "password-di-prova") async throws -> String {
        let body = JSON.members(["login": .string(login), "password": .string(password)]).text
        let reply = try await HTTPClient.request(
            "POST",
            "\(url)/api/v1/session.open",
            headers: [("Content-Type", "application/json")],
            body: body
        )
        guard reply.status == 200, let token = try JSONParser.parse(reply.body, limits: .answers)["token"]?.string
        else {
            throw UnexpectedOutcome("session.open answered \(reply.status)")
        }
        return token
    }
}
