public import CommunityKernel
public import WireProtocol

/// A request to a route that a capability brings beside its commands (files, calendars).
public struct WebRequest: Sendable {
    /// The values of the pattern's `{names}`.
    public let parameters: [String: String]
    /// The query's values by name, decoded.
    public let query: [String: [String]]
    /// The headers by lower-case name.
    public let headers: [String: String]
    /// The body, when it was to be collected.
    public let body: [UInt8]
    /// The file that holds the body, when it was to be streamed to disk; the handler moves or removes it.
    public let bodyFile: String?
    /// What makes a write safe to repeat: `Idempotency-Key`, of the right form.
    public let nonce: String?
    /// Who asks.
    public let actor: Member
    /// Where the request came from.
    public let address: String?

    /// The query as an object of texts, of each name the first value: what ``WireObject`` reads in query notation.
    public var queryObject: JSONObject {
        JSONObject(query.map { JSONObject.Member(name: $0, value: .string($1.first ?? "")) })
    }

    /// Makes a request.
    public init(
        parameters: [String: String],
        query: [String: [String]],
        headers: [String: String],
        body: [UInt8],
        bodyFile: String?,
        nonce: String? = nil,
        actor: Member,
        address: String?
    ) {
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.bodyFile = bodyFile
        self.nonce = nonce
        self.actor = actor
        self.address = address
    }
}

/// The answer to a ``WebRequest``.
public struct WebResponse: Sendable {
    /// What is sent.
    public enum Body: Sendable {
        /// These bytes.
        case bytes([UInt8])
        /// A file on disk, with ranges and HEAD.
        case file(path: String)
        /// Nothing.
        case none
    }

    /// The HTTP status.
    public var status: Int
    /// The headers.
    public var headers: [(String, String)]
    /// What is sent.
    public var body: Body

    /// Makes a response.
    public init(status: Int = 200, headers: [(String, String)] = [], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The answer to a write; `isRepeated` when it was given before.
    public static func reply(_ text: [UInt8], isRepeated: Bool) -> WebResponse {
        var headers = [("Content-Type", "application/json")]
        if isRepeated { headers.append(("Idempotency-Replayed", "true")) }
        return WebResponse(headers: headers, body: .bytes(text))
    }

    /// A JSON object.
    public static func json(_ object: some WireObject, status: Int = 200) -> WebResponse {
        WebResponse(status: status, headers: [("Content-Type", "application/json")], body: .bytes(object.text))
    }
}

/// A route that a capability brings.
///
/// Its handler runs on a reader thread and may block; a thrown ``WireError`` becomes problem+json.
public struct WebRoute: Sendable {
    /// What becomes of the request's body.
    public enum BodyRule: Sendable {
        /// There must be none.
        case none
        /// In memory, at most that many bytes.
        case bytes(limit: Int)
        /// Streamed to a temporary file, at most that many bytes.
        case file(limit: Int)

        /// The most bytes that it may have; nil where there must be none.
        public var limit: Int? {
            switch self {
            case .none: nil
            case .bytes(let limit), .file(let limit): limit
            }
        }
    }

    /// What the description of the interface (OpenAPI) says of a route beside its method, path and access.
    public struct Description: Sendable {
        /// What it does, in a line.
        public var summary: String?
        /// The schema of the query's parameters.
        public var query: JSON?
        /// The schema of the path's parameters; texts where it does not say.
        public var path: JSON?
        /// The schema of the answer, which is JSON then.
        public var answer: JSON?
        /// What other than JSON it answers.
        public var mediaType = "*/*"
        /// Whether `Idempotency-Key` makes it safe to repeat.
        public var isRepeatable = false

        /// Says nothing.
        public init() {}

        /// Of a route whose query and answer are objects of the wire.
        public init<Query: WireObject, Answer: WireObject>(
            _ summary: String,
            query: Query.Type,
            answer: Answer.Type,
            isRepeatable: Bool = false
        ) {
            self.summary = summary
            self.query = SchemaRecorder.schema(of: query)
            self.answer = SchemaRecorder.schema(of: answer)
            self.isRepeatable = isRepeatable
        }

        /// Of a route whose parameters are objects of the wire and whose answer is none.
        public init<Path: WireObject, Query: WireObject>(
            _ summary: String,
            path: Path.Type,
            query: Query.Type,
            mediaType: String = "*/*"
        ) {
            self.summary = summary
            self.path = SchemaRecorder.schema(of: path)
            self.query = SchemaRecorder.schema(of: query)
            self.mediaType = mediaType
        }
    }

    /// The method.
    public let method: String
    /// The path with `{names}`, such as `/files/{id}`.
    public let pattern: String
    /// Who may use it; the handler judges the rest.
    public let access: Access
    /// Whether a bot may use it.
    public let bots: Bool
    /// What becomes of the body.
    public let body: BodyRule
    /// Judges a request whose body is a file before any of it is taken; it throws the refusal.
    public let judge: @Sendable (WebRequest, Community) throws -> Void
    /// What the description of the interface says of it.
    public let description: Description
    /// Gives the answer.
    public let handle: @Sendable (WebRequest, Community) throws -> WebResponse

    /// Makes a route.
    public init(
        _ method: String,
        _ pattern: String,
        access: Access,
        bots: Bool = false,
        body: BodyRule = .none,
        judge: @escaping @Sendable (WebRequest, Community) throws -> Void = { _, _ in },
        description: Description = Description(),
        handle: @escaping @Sendable (WebRequest, Community) throws -> WebResponse
    ) {
        self.method = method
        self.pattern = pattern
        self.access = access
        self.bots = bots
        self.body = body
        self.judge = judge
        self.description = description
        self.handle = handle
    }
}
