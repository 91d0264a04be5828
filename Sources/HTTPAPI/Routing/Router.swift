import Journal

/// What a path and method lead to.
enum Destination: Sendable {
    case operation(Operation)
    case route(WebRoute, parameters: [String: String])
    case openAPI
    case health
    case metrics
    case asset(Asset)
    case page
    case publicPage(PublicPage)
    /// `OPTIONS`, with the methods that there are.
    case options([String])
    case wrongMethod([String])
    case unknown
}

/// Finds the destination of a request.
struct Router: Sendable {
    private struct Entry: Sendable {
        let route: WebRoute
        let pattern: RoutePattern
    }

    static let apiPrefix = "/api/v1/"
    /// First segments whose paths are never a page of the browser client.
    private static let reserved: Set<String> = ["api", "files", "ws", "health", "metrics", "calendar"]
    private static let reading = ["GET", "HEAD", "OPTIONS"]

    private let operations: [String: Operation]
    private let routes: [Entry]
    private let localRoutes: [Entry]
    private let assets: AssetTable

    init(_ registry: Registry, localRoutes: [WebRoute], assets: AssetTable) {
        operations = registry.operations
        routes = registry.routes.map { Entry(route: $0, pattern: RoutePattern($0.pattern)) }
        self.localRoutes = localRoutes.map { Entry(route: $0, pattern: RoutePattern($0.pattern)) }
        self.assets = assets
    }

    func destination(method: String, path: String, isLocalSocket: Bool) -> Destination {
        let matches = matching(path, isLocalSocket: isLocalSocket)
        if !matches.isEmpty {
            let wanted = method == "HEAD" ? "GET" : method
            if let match = matches.first(where: { $0.route.method == wanted }) {
                return .route(match.route, parameters: match.parameters)
            }
            return other(method, Self.allowed(matches.map(\.route.method)))
        }
        guard let (found, methods) = fixed(path) else { return .unknown }
        return methods.contains(method) && method != "OPTIONS" ? found : other(method, methods)
    }

    private func other(_ method: String, _ methods: [String]) -> Destination {
        method == "OPTIONS" ? .options(methods) : .wrongMethod(methods)
    }

    private func matching(_ path: String, isLocalSocket: Bool) -> [(route: WebRoute, parameters: [String: String])] {
        let entries = isLocalSocket ? routes + localRoutes : routes
        return entries.compactMap { entry in entry.pattern.match(path).map { (entry.route, $0) } }
    }

    private static func allowed(_ methods: [String]) -> [String] {
        var all: [String] = []
        for method in methods {
            if !all.contains(method) { all.append(method) }
            if method == "GET" { all.append("HEAD") }
        }
        return all + ["OPTIONS"]
    }

    /// What is not a capability's route, with the methods that it takes.
    private func fixed(_ path: String) -> (Destination, [String])? {
        switch path {
        case "/api/v1/openapi.json": return (.openAPI, Self.reading)
        case "/health": return (.health, Self.reading)
        case "/metrics": return (.metrics, Self.reading)
        case "/", "/index.html": return (.page, Self.reading)
        default: break
        }
        if path.hasPrefix(Self.apiPrefix) {
            guard let operation = operations[String(path.dropFirst(Self.apiPrefix.count))],
                !operation.isOfConnection
            else { return nil }
            return (.operation(operation), operation.isCommand ? ["POST", "OPTIONS"] : Self.reading)
        }
        if let page = PublicPage(rawValue: path) { return (.publicPage(page), page.methods) }
        if path == PageTemplate.stylesheetPath { return (.asset(PageTemplate.stylesheet), Self.reading) }
        if let asset = assets[path] { return (.asset(asset), Self.reading) }
        let first = path.dropFirst().prefix { $0 != "/" }
        guard !path.utf8.contains(UInt8(ascii: ".")), !Self.reserved.contains(String(first)) else { return nil }
        return (.page, Self.reading)
    }
}
