import CommunityKernel
import Glibc
import Journal
import SocketTransport
import WireProtocol

// What runs on the reader threads.
extension HTTPAPI {
    /// Who a call is from; judged anew for each, since a credential may be revoked at any moment.
    private func member(_ call: Call, _ access: Access) throws -> Member {
        if call.caller.isLocalSocket { return .system }
        if access == .anyone { return .nobody }
        guard let found = try authenticated(call) else {
            if let refusal = admit(.nobody, call.caller.address, false) { throw refusal }
            throw WireError(.unauthenticated, "the credentials are unknown, expired or revoked")
        }
        return found
    }

    private func authenticated(_ call: Call) throws -> Member? {
        let token: String
        switch call.credential {
        case .bearer(let text), .cookie(let text): token = text
        case .none, .unusable: return nil
        }
        return try community.read(as: .nobody, address: call.caller.address) { context in
            try community.registry.authenticate(token, context)?.member
        }
    }

    // MARK: Commands and queries

    func run(_ operation: Operation, _ body: [UInt8], _ call: Call, _ handle: ExchangeHandle) {
        do {
            let member = try member(call, operation.access)
            if let refusal = admit(member, call.caller.address, !operation.isCommand) { throw refusal }
            let request = try request(operation, body, call)
            community.perform(request, as: member, address: call.caller.address) { outcome in
                switch outcome {
                case .done(let reply, _, let repeated):
                    self.requests.observe(operation.name, "ok")
                    handle.respond(self.success(operation, reply, repeated: repeated, call))
                case .refused(let error): self.refuse(error, operation, call, handle)
                }
            }
        } catch {
            refuse(community.refusal(error, operation.name), operation, call, handle)
        }
    }

    private func refuse(_ error: WireError, _ operation: Operation, _ call: Call, _ handle: ExchangeHandle) {
        requests.observe(operation.name, error.code.rawValue)
        handle.respond(refusal(error, of: call))
    }

    private func request(_ operation: Operation, _ body: [UInt8], _ call: Call) throws(WireError) -> Community.Request {
        guard operation.isCommand else {
            let query = try QueryString(call.head.rawQuery)
            return Community.Request(name: operation.name, body: query.object, notation: .query)
        }
        let nonce = try CommandBody.nonce(call.head.header("idempotency-key"))
        let object = try CommandBody.object(body)
        return Community.Request(name: operation.name, body: named(object, of: operation.name, call), nonce: nonce)
    }

    /// Who signs in without saying with what is known by the `User-Agent`.
    func named(_ body: JSONObject, of operation: String, _ call: Call) -> JSONObject {
        guard operation == "session.open", body["client"] == nil,
            let name = ClientName.of(call.head.header("user-agent"))
        else { return body }
        return JSONObject(body.members + [.init(name: "client", value: .string(name))])
    }

    private func success(_ operation: Operation, _ reply: [UInt8], repeated: Bool, _ call: Call) -> HTTPResponse {
        var headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        if repeated { headers.append(("Idempotency-Replayed", "true")) }
        if let cookie = cookie(after: operation.name, reply, call) { headers.append(cookie) }
        return finished(HTTPResponse(status: 200, headers: headers, body: .bytes(reply)), call)
    }

    /// Signing in sets the cookie, signing out forgets it.
    func cookie(after name: String, _ reply: [UInt8], _ call: Call) -> (String, String)? {
        switch name {
        case "session.open":
            guard let session = try? JSONParser.parse(reply), let token = session["token"]?.string,
                SessionCookie.isToken(token)
            else { return nil }
            let expires = session["expires"]?.string.flatMap { Instant($0) }
            let left = expires.map { ($0.milliseconds - community.clock.now.milliseconds) / 1_000 }
            return SessionCookie.header(token, seconds: left ?? 86_400, isSecure: call.caller.isSecure)
        case "session.close":
            return SessionCookie.header("", seconds: 0, isSecure: call.caller.isSecure)
        default: return nil
        }
    }

    // MARK: Routes of the capabilities

    /// Judges a body for the disk by its head; only then it is read.
    func judge(_ route: WebRoute, _ parameters: [String: String], _ call: Call, _ handle: ExchangeHandle) {
        do {
            let member = try member(call, route)
            if let refusal = admit(member, call.caller.address, false) { throw refusal }
            guard let upload = call.upload, case .file(let limit) = route.body else { return }
            try route.judge(try request(parameters, [], nil, call, member), community)
            try upload.take(for: member.id)
            handle.proceed(.file(path: upload.path, limit: limit))
        } catch {
            handle.respond(refusal(community.refusal(error, "\(route.method) \(route.pattern)"), of: call))
        }
    }

    private func member(_ call: Call, _ route: WebRoute) throws -> Member {
        let member = try member(call, route.access)
        if member.kind == .bot, !route.bots { throw WireError.forbidden("not for bots") }
        return member
    }

    private func request(
        _ parameters: [String: String],
        _ body: [UInt8],
        _ bodyFile: String?,
        _ call: Call,
        _ member: Member
    ) throws -> WebRequest {
        WebRequest(
            parameters: parameters,
            query: try QueryString(call.head.rawQuery).values,
            headers: call.head.headers,
            body: body,
            bodyFile: bodyFile,
            nonce: call.head.method == "GET" ? nil : try CommandBody.nonce(call.head.header("idempotency-key")),
            actor: member,
            address: call.caller.address
        )
    }

    func run(
        _ route: WebRoute,
        _ parameters: [String: String],
        _ body: [UInt8],
        _ call: Call,
        _ handle: ExchangeHandle
    ) {
        defer {
            // The handler moves the file or leaves it; what is left goes.
            if let file = call.bodyFile { unlink(file) }
        }
        do {
            let member = try member(call, route)
            // A page full of pictures is not a flood: reading a file takes no token. An upload has taken its own.
            if route.method != "GET", call.upload == nil, let refusal = admit(member, call.caller.address, false) {
                throw refusal
            }
            let answer = try route.handle(try request(parameters, body, call.bodyFile, call, member), community)
            guard let response = FileResponse(call.head).response(answer) else { throw WireError.notFound }
            handle.respond(finished(response, call))
        } catch {
            handle.respond(refusal(community.refusal(error, "\(route.method) \(route.pattern)"), of: call))
        }
    }

    // MARK: Figures

    func answerHealth(_ call: Call, _ handle: ExchangeHandle) {
        var isReady = Readiness.isReady(failedAt: community.writer.metrics.failingSince, at: ContinuousClock.now)
        do {
            _ = try community.read { try $0.sql.journalHead() }
        } catch {
            isReady = false
        }
        var members = [JSONObject.Member(name: "status", value: .string(isReady ? "ok" : "unavailable"))]
        if doorkeeper.mayReadMetrics(call.caller) {
            members += [
                .init(name: "epoch", value: .string(community.epoch)),
                .init(name: "head", value: .int(community.writer.committedHead)),
                .init(name: "time", value: .string(community.clock.now.description)),
            ]
        }
        handle.respond(
            finished(
                HTTPResponse(
                    status: isReady ? 200 : 503,
                    headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
                    body: .bytes(JSON.object(JSONObject(members)).text)
                ),
                call
            )
        )
    }

    func answerMetrics(_ call: Call, _ handle: ExchangeHandle) {
        do {
            if !doorkeeper.mayReadMetrics(call.caller) { try checkMonitor(call) }
            let text = try MetricsPage.text(community, requests, extra: extraMetrics())
            handle.respond(
                finished(
                    HTTPResponse(
                        status: 200,
                        headers: [
                            ("Content-Type", "text/plain; version=0.0.4; charset=utf-8"), ("Cache-Control", "no-store"),
                        ],
                        body: .bytes(Array(text.utf8))
                    ),
                    call
                )
            )
        } catch {
            handle.respond(refusal(community.refusal(error, "GET /metrics"), of: call))
        }
    }

    private func checkMonitor(_ call: Call) throws {
        let member = try member(call, .person)
        let allowed = try community.read(as: member, address: call.caller.address) { try mayMonitor(member, $0) }
        if !allowed { throw WireError.forbidden("the figures are for monitors") }
    }
}
