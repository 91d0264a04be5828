public import CommunityKernel
import Glibc
public import Journal
public import SocketTransport
public import WireProtocol

/// The HTTP door: commands, queries, the capabilities' routes, the browser client, figures (protocol section 8).
///
/// Its methods are called on a loop's thread and never block: what reads the store runs on the reader threads and
/// answers from there.
public final class HTTPAPI: Sendable {
    let community: Community
    let settings: HTTPSettings
    let requests: RequestMetrics
    let doorkeeper: Doorkeeper
    let router: Router
    let page: IndexPage?
    let pages: Pages
    let description: Asset
    let admit: @Sendable (Member, String, Bool) -> WireError?
    let mayMonitor: @Sendable (Member, QueryContext) throws -> Bool
    let invitation: @Sendable (String, QueryContext) throws -> InvitationFacts?
    let extraMetrics: @Sendable () -> String
    private let localRoutes: [WebRoute]
    private let uploads: UploadPlaces

    /// Makes the door.
    ///
    /// - Parameters:
    ///   - community: The core.
    ///   - settings: What is set about it.
    ///   - assets: The browser client.
    ///   - requests: Where requests are counted, by this and other doors.
    ///   - admit: Takes a request's token from the budget of a member, or of an address without one; true for a query.
    ///   - mayMonitor: Whether a member may read the figures from any address.
    ///   - invitation: What the link with that token is about; nil for no link.
    ///   - localRoutes: Routes for the local socket alone.
    ///   - extraMetrics: Further figures, in the text format of Prometheus.
    public init(
        community: Community,
        settings: HTTPSettings,
        assets: AssetTable,
        requests: RequestMetrics = RequestMetrics(),
        admit: @escaping @Sendable (Member, String, Bool) -> WireError? = { _, _, _ in nil },
        mayMonitor: @escaping @Sendable (Member, QueryContext) throws -> Bool = { _, _ in false },
        invitation: @escaping @Sendable (String, QueryContext) throws -> InvitationFacts? = { _, _ in nil },
        localRoutes: [WebRoute] = [],
        extraMetrics: @escaping @Sendable () -> String = { "" }
    ) {
        self.community = community
        self.settings = settings
        self.requests = requests
        self.admit = admit
        self.mayMonitor = mayMonitor
        self.invitation = invitation
        self.localRoutes = localRoutes
        self.extraMetrics = extraMetrics
        uploads = UploadPlaces(perMember: settings.uploadsPerMember, total: settings.uploads)
        doorkeeper = Doorkeeper(settings)
        router = Router(community.registry, localRoutes: localRoutes, assets: assets)
        page = assets.page
        pages = Pages(assets)
        let document = OpenAPI(registry: community.registry, title: settings.communityName).document
        description = Asset(path: "/openapi.json", bytes: document.text, gzip: nil, cacheControl: "no-cache")
        requests.limit(to: Set(community.registry.operations.keys))
        UploadFolder(settings.temporaryFolder).prepare()
    }

    // MARK: On the loop

    /// A request's head is in: refuses it, or says what becomes of its body.
    public func begin(_ exchange: HTTPExchange) -> BodyPlan {
        let head = exchange.head
        let caller = Caller(head, doorkeeper)
        let destination = router.destination(
            method: head.method,
            path: head.path,
            isLocalSocket: head.isLocalSocket
        )
        var upload: UploadTicket?
        if case .route(let route, _) = destination, case .file = route.body {
            upload = UploadTicket(path: UploadFolder(settings.temporaryFolder).newFile(), places: uploads)
        }
        let call = Call(
            head: head,
            caller: caller,
            credential: Credential(head, isSecure: caller.isSecure),
            destination: destination,
            upload: upload
        )
        exchange.context = CallBox(call)
        do {
            let plan = try plan(call)
            if case .hold = plan, case .route(let route, let parameters) = destination {
                let handle = exchange.handle
                offLoop(call, handle) { self.judge(route, parameters, call, handle) }
            }
            return plan
        } catch {
            return .refuse(refusal(error, of: call))
        }
    }

    /// The body is in, or there is none.
    public func complete(_ exchange: HTTPExchange) {
        guard let call = (exchange.context as? CallBox)?.call else {
            return exchange.respond(errorResponse(status: 500, for: exchange))
        }
        let handle = exchange.handle
        switch call.destination {
        case .asset(let asset): exchange.respond(finished(asset.response(call.head), call))
        case .openAPI: exchange.respond(finished(description.response(call.head), call))
        case .page: exchange.respond(finished(page?.response ?? pages.notBuilt(pageText(call)), call))
        case .options(let methods):
            exchange.respond(finished(HTTPResponse(status: 204, headers: [Self.allow(methods)]), call))
        case .publicPage(let page):
            let body = exchange.body
            offLoop(call, handle) { self.run(page, body, call, handle) }
        case .health: offLoop(call, handle) { self.answerHealth(call, handle) }
        case .metrics: offLoop(call, handle) { self.answerMetrics(call, handle) }
        case .operation(let operation):
            let body = exchange.body
            offLoop(call, handle) { self.run(operation, body, call, handle) }
        case .route(let route, let parameters):
            let body = exchange.body
            offLoop(call, handle) { self.run(route, parameters, body, call, handle) }
        case .wrongMethod, .unknown: exchange.respond(errorResponse(status: 404, for: exchange))
        }
    }

    /// The peer went away.
    ///
    /// What runs goes on: a command that is on its way is not undone by a lost connection.
    public func aborted(_ exchange: HTTPExchange) {}

    /// How an error that the transport found is worded.
    public func errorResponse(status: Int, for exchange: HTTPExchange?) -> HTTPResponse {
        let call = (exchange?.context as? CallBox)?.call
        var response = problem(status, of: call).response
        if let call, !call.isForPrograms {
            response = pages.error(status: status, pageText(call), path: call.head.path)
        }
        if status == 405 { response.headers.append(Self.allow(["GET", "HEAD", "POST", "PUT", "OPTIONS"])) }
        return SecurityHeaders.complete(
            response,
            isSecure: call?.caller.isSecure ?? exchange?.head.isTLS ?? false
        )
    }

    private func problem(_ status: Int, of call: Call?) -> Problem {
        guard let call else { return Problem(status: status) }
        switch call.destination {
        // With an exchange at hand, a rule of HTTP was broken by a body that nobody asked for.
        case _ where status == 400: return Problem(status: status, reason: "a \(call.head.method) has no body")
        case .operation: return Problem(status: status, limit: settings.bodyBytes)
        case .route(let route, _): return Problem(status: status, limit: route.body.limit)
        case .publicPage: return Problem(status: status, limit: PublicPage.formBytes)
        default: return Problem(status: status)
        }
    }

    // MARK: Judging the head

    private func plan(_ call: Call) throws(WireError) -> BodyPlan {
        if let refusal = misdirected(call.caller) { return .refuse(finished(refusal, call)) }
        switch call.destination {
        case .unknown: throw .notFound
        case .wrongMethod(let methods):
            var response = refusal(WireError(.methodNotAllowed, "not by \(call.head.method)"), of: call)
            response.headers.append(Self.allow(methods))
            return .refuse(response)
        case .operation(let operation):
            do throws(WireError) {
                try checkCredential(call, operation.access)
                guard operation.isCommand else { return .none }
                try checkOrigin(call, operation.access)
                return .collect(limit: max(settings.bodyBytes, operation.bodyBytes ?? 0))
            } catch {
                requests.observe(operation.name, error.code.rawValue)
                throw error
            }
        case .route(let route, _):
            try checkCredential(call, route.access)
            if route.method != "GET" { try checkOrigin(call, route.access) }
            switch route.body {
            case .none: return .none
            case .bytes(let limit): return .collect(limit: limit)
            // Nobody fills the disk before it is known who sends.
            case .file: return .hold
            }
        case .publicPage where call.head.method == "POST":
            if call.caller.isForeign { throw .forbidden("the Origin is another site's") }
            return .collect(limit: PublicPage.formBytes)
        default: return .none
        }
    }

    func misdirected(_ caller: Caller) -> HTTPResponse? {
        if caller.isLocalSocket { return nil }
        if let host = caller.host, doorkeeper.allows(host) { return nil }
        // The code of the protocol's table and its status agree: 400, not 421 (RFC 9110, 15.5.20).
        return Problem(status: 400, reason: "this Host is none of this server").response
    }

    private func checkCredential(_ call: Call, _ access: Access) throws(WireError) {
        guard access != .anyone, !call.caller.isLocalSocket else { return }
        switch call.credential {
        case .bearer, .cookie: return
        case .none, .unusable: throw WireError(.unauthenticated, "credentials are needed")
        }
    }

    /// A browser adds the cookie by itself: a write with it must come from a page of ours (protocol section 8).
    ///
    /// Without credentials nobody else's page may sign a visitor in.
    private func checkOrigin(_ call: Call, _ access: Access) throws(WireError) {
        if call.caller.isLocalSocket { return }
        if access == .anyone {
            if call.caller.isForeign { throw .forbidden("the Origin is another site's") }
        } else if case .cookie = call.credential, !call.caller.isSameOrigin {
            throw .forbidden("a write with the cookie needs the Origin of this server")
        }
    }

    // MARK: Parts of answers

    /// Runs work on a reader thread.
    private func offLoop(_ call: Call, _ handle: ExchangeHandle, _ work: @escaping @Sendable () -> Void) {
        if community.readers.submit(work) { return }
        if let file = call.bodyFile { unlink(file) }
        handle.respond(
            refusal(WireError(.unavailable, "too many requests wait", retryAfterMs: 1_000), of: call)
        )
    }

    func finished(_ response: HTTPResponse, _ call: Call) -> HTTPResponse {
        var response = SecurityHeaders.complete(response, isSecure: call.caller.isSecure)
        // libwebsockets overlooks a header that follows certain names (one that is the beginning of a name it knows), and
        // so may see another end of a request than the proxy: nothing else is read from such a connection.
        if doorkeeper.isProxy(call.head.remoteAddress) { response.closes = true }
        return response
    }

    func refusal(_ error: WireError, of call: Call) -> HTTPResponse {
        var response = Problem(error: error).response
        if !call.isForPrograms {
            // What a client does by itself it does for a page too.
            let kept = response.headers.filter { $0.0 == "Retry-After" || $0.0 == "WWW-Authenticate" }
            response = pages.error(status: error.code.httpStatus, pageText(call), path: call.head.path)
            response.headers += kept
        }
        return finished(response, call)
    }

    static func allow(_ methods: [String]) -> (String, String) { ("Allow", methods.joined(separator: ", ")) }

    // MARK: What there is

    /// A route with who may use it.
    public struct RouteEntry: Sendable, Equatable {
        /// The method.
        public let method: String
        /// The path with `{names}`.
        public let pattern: String
        /// Who may use it.
        public let access: String
    }

    /// The routes that there are whatever is installed.
    public static let fixedRoutes =
        [
            RouteEntry(method: "GET", pattern: "/", access: Access.anyone.rawValue),
            RouteEntry(method: "GET", pattern: "/ws", access: Access.person.rawValue),
            RouteEntry(method: "GET", pattern: "/health", access: Access.anyone.rawValue),
            RouteEntry(method: "GET", pattern: "/metrics", access: "monitor"),
            RouteEntry(method: "GET", pattern: "/api/v1/openapi.json", access: Access.anyone.rawValue),
        ]
        + PublicPage.allCases.flatMap { page in
            (page.hasForm ? ["GET", "POST"] : ["GET"]).map { method in
                RouteEntry(method: method, pattern: page.rawValue, access: Access.anyone.rawValue)
            }
        }

    /// Every route: the fixed ones, each command and query, those of the capabilities and of the local socket.
    public func routesTable() -> [(method: String, pattern: String, access: String)] {
        let operations = community.registry.operations.values.sorted { $0.name < $1.name }.map {
            (method: $0.isCommand ? "POST" : "GET", pattern: Router.apiPrefix + $0.name, access: $0.access.rawValue)
        }
        let routes = (community.registry.routes + localRoutes).map {
            (method: $0.method, pattern: $0.pattern, access: $0.access.rawValue)
        }
        return Self.fixedRoutes.map { ($0.method, $0.pattern, $0.access) } + operations + routes
    }
}
