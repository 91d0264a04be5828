import SocketTransport
import WireProtocol

/// A refusal as `application/problem+json` (RFC 9457).
struct Problem {
    let error: WireError
    /// The status where it is not the code's own.
    var status: Int?

    var response: HTTPResponse {
        let status = status ?? error.code.httpStatus
        var headers = [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")]
        if status == 401 { headers.append(("WWW-Authenticate", "Bearer realm=\"metropoli\"")) }
        if let wait = error.retryAfterMs {
            headers.append(("Retry-After", String(max(1, (wait + 999) / 1_000))))
        } else if error.code == .rateLimited || (error.code == .unavailable && error.retryable) {
            headers.append(("Retry-After", "1"))
        }
        return HTTPResponse(status: status, headers: headers, body: .bytes(body(status)))
    }

    private func body(_ status: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("type")
        writer.value("about:blank")
        writer.name("title")
        writer.value(Self.title(of: status))
        writer.name("status")
        writer.value(Int64(status))
        writer.name("detail")
        writer.value(error.message)
        writer.name("code")
        writer.value(error.code.rawValue)
        writer.name("retryable")
        writer.value(error.retryable)
        if let wait = error.retryAfterMs {
            writer.name("retryAfterMs")
            writer.value(wait)
        }
        if let fields = error.fields {
            writer.name("fields")
            writer.beginArray()
            for field in fields { writer.value(field) }
            writer.endArray()
        }
        if let current = error.current {
            writer.name("current")
            writer.value(current)
        }
        if let incident = error.incident {
            writer.name("incident")
            writer.value(incident)
        }
        writer.endObject()
        return writer.bytes
    }

    /// The words of RFC 9110 for a status that is refused with.
    static func title(of status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 416: "Range Not Satisfiable"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 503: "Service Unavailable"
        default: "Internal Server Error"
        }
    }

    /// The refusal that a status of the transport stands for.
    ///
    /// `limit` is that of the body, `reason` what is known of a request that breaks a rule.
    init(status: Int, limit: Int? = nil, reason: String = "the request breaks a rule of HTTP") {
        let error: WireError
        switch status {
        case 401: error = WireError(.unauthenticated, "credentials are needed")
        case 403: error = .forbidden("not allowed")
        case 404: error = .notFound
        case 405: error = WireError(.methodNotAllowed, "no such method here")
        case 408: error = WireError(.unavailable, "the body came too slowly")
        case 413: error = WireError(.tooLarge, "the body is over its limit" + (limit.map { " of \($0) bytes" } ?? ""))
        case 503: error = WireError(.unavailable, "no answer in time, or no room on disk", retryAfterMs: 1_000)
        case 500...: error = WireError(.internal, "a defect")
        default: error = WireError(.malformed, reason)
        }
        self.init(error: error, status: status)
    }

    init(error: WireError, status: Int? = nil) {
        self.error = error
        self.status = status
    }
}
