import Journal
import WireProtocol

/// The description of the interface, OpenAPI 3.1, generated from what is registered.
struct OpenAPI {
    let registry: Registry
    let title: String

    var document: JSON {
        .members([
            "openapi": .string("3.1.0"),
            "info": .members([
                "title": .string(title), "version": .string("1"),
                "description": .string("Commands by POST, queries by GET; the same ones as over the WebSocket at /ws."),
                "license": .members(["name": .string("AGPL-3.0-or-later"), "identifier": .string("AGPL-3.0-or-later")]),
            ]),
            "servers": .array([.members(["url": .string("/")])]),
            "tags": .array(capabilities.map { .members(["name": .string($0)]) }),
            "security": Self.signedIn,
            "paths": paths,
            "components": Self.components,
        ])
    }

    private var sortedOperations: [Operation] {
        registry.operations.values.filter { !$0.isOfConnection }.sorted { $0.name < $1.name }
    }

    private var capabilities: [String] {
        var names = Set(registry.operations.values.map(\.capability))
        names.insert("server")
        if !registry.routes.isEmpty { names.insert("routes") }
        return names.sorted()
    }

    // MARK: Paths

    private var paths: JSON {
        var members = sortedOperations.map { operation in
            let item: JSON =
                operation.isCommand
                ? .members(["post": command(operation)]) : .members(["get": query(operation)])
            return JSONObject.Member(name: Router.apiPrefix + operation.name, value: item)
        }
        members += routePaths
        members.append(.init(name: "/api/v1/openapi.json", value: Self.server("This description", "application/json")))
        members.append(.init(name: "/health", value: Self.server("Liveness and readiness", "application/json")))
        members.append(.init(name: "/metrics", value: Self.server("Figures for Prometheus", "text/plain")))
        return .object(JSONObject(members))
    }

    private func command(_ operation: Operation) -> JSON {
        let schema = operation.input()
        let isRequired = schema["required"]?.array?.isEmpty == false
        return described(
            operation,
            [
                .init(name: "parameters", value: .array([Self.reference("parameters/IdempotencyKey")])),
                .init(
                    name: "requestBody",
                    value: .members(["required": .bool(isRequired), "content": Self.content(schema)])
                ),
            ]
        )
    }

    private func query(_ operation: Operation) -> JSON {
        described(
            operation,
            [.init(name: "parameters", value: .array(Self.parameters(operation.input(), in: "query")))]
        )
    }

    /// The fields of a schema as parameters.
    private static func parameters(_ schema: JSON?, in place: String) -> [JSON] {
        let required = Set(schema?["required"]?.array?.compactMap(\.string) ?? [])
        return (schema?["properties"]?.object?.members ?? []).map { field in
            parameter(field.name, in: place, isRequired: required.contains(field.name), field.value)
        }
    }

    private static func parameter(_ name: String, in place: String, isRequired: Bool, _ schema: JSON) -> JSON {
        .members([
            "name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": schema,
        ])
    }

    private func described(_ operation: Operation, _ middle: [JSONObject.Member]) -> JSON {
        let answer = JSON.members([
            "description": .string("The ok object"), "content": Self.content(operation.output()),
        ])
        var members: [JSONObject.Member] = [
            .init(name: "operationId", value: .string(operation.name)),
            .init(name: "tags", value: .array([.string(operation.capability)])),
        ]
        members += middle
        members.append(.init(name: "responses", value: Self.responses(answer)))
        members += Self.access(operation.access, bots: operation.bots)
        return .object(JSONObject(members))
    }

    private var routePaths: [JSONObject.Member] {
        var order: [String] = []
        var items: [String: [JSONObject.Member]] = [:]
        for route in registry.routes {
            if items[route.pattern] == nil { order.append(route.pattern) }
            items[route.pattern, default: []].append(
                .init(name: route.method.lowercased(), value: Self.described(route))
            )
        }
        return order.map { .init(name: $0, value: .object(JSONObject(items[$0] ?? []))) }
    }

    private static func described(_ route: WebRoute) -> JSON {
        let described = route.description
        let text = JSON.members(["type": .string("string")])
        var parameters = RoutePattern(route.pattern).names.map { name in
            parameter(name, in: "path", isRequired: true, described.path?["properties"]?[name] ?? text)
        }
        parameters += Self.parameters(described.query, in: "query")
        if described.isRepeatable { parameters.append(reference("parameters/IdempotencyKey")) }
        var members: [JSONObject.Member] = [
            .init(name: "operationId", value: .string("\(route.method.lowercased()) \(route.pattern)")),
            .init(name: "tags", value: .array([.string("routes")])),
            .init(name: "parameters", value: .array(parameters)),
        ]
        if let summary = described.summary { members.insert(.init(name: "summary", value: .string(summary)), at: 1) }
        switch route.body {
        case .none: break
        case .bytes, .file:
            let anything = JSON.members(["*/*": .members([:])])
            members.append(
                .init(name: "requestBody", value: .members(["required": .bool(true), "content": anything]))
            )
        }
        let content =
            described.answer.map { Self.content($0) }
            ?? .object(JSONObject([.init(name: described.mediaType, value: .members([:]))]))
        let answer = JSON.members(["description": .string("The content"), "content": content])
        members.append(.init(name: "responses", value: responses(answer)))
        members += access(route.access, bots: route.bots)
        return .object(JSONObject(members))
    }

    private static func server(_ summary: String, _ type: String) -> JSON {
        let answer = JSON.members([
            "description": .string(summary), "content": .members([type: .members([:])]),
        ])
        return .members([
            "get": .members([
                "summary": .string(summary), "tags": .array([.string("server")]), "security": .array([]),
                "responses": responses(answer),
            ])
        ])
    }

    // MARK: Parts

    private static func responses(_ ok: JSON) -> JSON {
        .members(["200": ok, "default": reference("responses/Problem")])
    }

    private static func access(_ access: Access, bots: Bool) -> [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        if access == .anyone { members.append(.init(name: "security", value: .array([]))) }
        members.append(.init(name: "x-access", value: .string(access.rawValue)))
        members.append(.init(name: "x-bots", value: .bool(bots)))
        return members
    }

    private static let signedIn = JSON.array([.members(["bearer": .array([])]), .members(["cookie": .array([])])])

    private static func content(_ schema: JSON) -> JSON {
        .members(["application/json": .members(["schema": schema])])
    }

    private static func reference(_ name: String) -> JSON { .members(["$ref": .string("#/components/\(name)")]) }

    private static let components = JSON.members([
        "securitySchemes": .members([
            "bearer": .members(["type": .string("http"), "scheme": .string("bearer")]),
            "cookie": .members([
                "type": .string("apiKey"), "in": .string("cookie"), "name": .string(SessionCookie.plainName),
            ]),
        ]),
        "parameters": .members([
            "IdempotencyKey": .members([
                "name": .string("Idempotency-Key"), "in": .string("header"), "required": .bool(false),
                "description": .string("The nonce that makes the command safe to repeat, for ever"),
                "schema": .members(["type": .string("string"), "pattern": .string("^[A-Za-z0-9_-]{1,64}$")]),
            ])
        ]),
        "responses": .members([
            "Problem": .members([
                "description": .string("A refusal (RFC 9457)"),
                "content": .members([
                    "application/problem+json": .members(["schema": reference("schemas/Problem")])
                ]),
            ])
        ]),
        "schemas": .members(["Problem": problem]),
    ])

    private static let problem: JSON = {
        let text = JSON.members(["type": .string("string")])
        let field = JSON.members([
            "type": .string("object"), "properties": .members(["path": text, "problem": text]),
            "required": .array([.string("path"), .string("problem")]),
        ])
        return .members([
            "type": .string("object"),
            "properties": .members([
                "type": text, "title": text, "status": .members(["type": .string("integer")]), "detail": text,
                "code": .members([
                    "type": .string("string"), "enum": .array(WireErrorCode.allCases.map { .string($0.rawValue) }),
                ]),
                "retryable": .members(["type": .string("boolean")]),
                "retryAfterMs": .members(["type": .string("integer")]),
                "fields": .members(["type": .string("array"), "items": field]),
                "current": .members(["type": .string("object")]),
                "incident": text,
            ]),
            "required": .array(["type", "title", "status", "code"].map(JSON.string)),
        ])
    }()
}
