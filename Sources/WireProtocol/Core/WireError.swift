/// The registry of error codes (protocol section 7).
///
/// Append-only: a code never changes its meaning or its number.
public enum WireErrorCode: String, Sendable, CaseIterable {
    /// Not JSON, not an object of the protocol, or over a limit of form.
    case malformed
    /// A field is missing or out of range.
    case invalid
    /// No or expired credentials.
    case unauthenticated
    /// Known, but not allowed.
    case forbidden
    /// No such thing or command, or one this person may not know of.
    case notFound = "not_found"
    /// The state moved on, or does not allow this transition.
    case conflict
    /// Too late.
    case closed
    /// Not yet.
    case tooEarly = "too_early"
    /// A command by GET, a query by POST.
    case methodNotAllowed = "method_not_allowed"
    /// The nonce was used with another command or body.
    case nonceReused = "nonce_reused"
    /// No place and no waiting list.
    case full
    /// A body, file or text over its limit.
    case tooLarge = "too_large"
    /// Too many requests; told with a wait.
    case rateLimited = "rate_limited"
    /// The store cannot take it now: nothing was written.
    case unavailable
    /// A defect; bears an incident id that is in the log.
    case `internal`

    /// The HTTP status of the same refusal.
    public var httpStatus: Int {
        switch self {
        case .malformed: 400
        case .invalid: 422
        case .unauthenticated: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict, .closed, .tooEarly, .nonceReused, .full: 409
        case .methodNotAllowed: 405
        case .tooLarge: 413
        case .rateLimited: 429
        case .unavailable: 503
        case .internal: 500
        }
    }

    /// Whether the same request may succeed later without being changed.
    public var isRetryable: Bool {
        switch self {
        case .rateLimited, .unavailable, .tooEarly: true
        default: false
        }
    }
}

/// A refusal as it stands on the wire.
public struct WireError: WireObject, Error {
    /// The stable code.
    public var code = WireErrorCode.internal
    /// English, for developers; clients translate the code.
    public var message = ""
    /// Whether the same request may succeed later unchanged.
    public var retryable = false
    /// How long to wait before that, milliseconds.
    public var retryAfterMs: Int64?
    /// What is wrong with which field.
    public var fields: [FieldProblem]?
    /// The present state, with `conflict`.
    public var current: JSON?
    /// The id under which a defect stands in the log, with `internal`.
    public var incident: String?

    /// An error to be read.
    public init() {}

    /// Makes an error; `retryable` follows the code unless it is given.
    public init(
        _ code: WireErrorCode,
        _ message: String,
        retryable: Bool? = nil,
        retryAfterMs: Int64? = nil,
        fields: [FieldProblem]? = nil,
        current: JSON? = nil,
        incident: String? = nil
    ) {
        self.code = code
        self.message = message
        self.retryable = retryable ?? code.isRetryable
        self.retryAfterMs = retryAfterMs
        self.fields = fields
        self.current = current
        self.incident = incident
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("code", &code)
        visitor.text("message", &message)
        visitor.flag("retryable", &retryable)
        visitor.integer("retryAfterMs", &retryAfterMs)
        visitor.objects("fields", &fields, count: 0...1_000)
        visitor.json("current", &current)
        visitor.text("incident", &incident)
    }
}

extension WireError {
    /// `invalid` for one field.
    public static func invalid(_ path: String, _ problem: String) -> WireError {
        WireError(.invalid, "\(path): \(problem)", fields: [FieldProblem(path: path, problem: problem)])
    }

    /// `not_found`: the same for what does not exist and for what may not be known.
    public static let notFound = WireError(.notFound, "no such thing, or none that you may know of")

    /// `forbidden`, with the reason for developers.
    public static func forbidden(_ message: String) -> WireError { WireError(.forbidden, message) }

    /// `conflict` with the present state.
    public static func conflict(_ message: String, current: JSON? = nil) -> WireError {
        WireError(.conflict, message, current: current)
    }
}
