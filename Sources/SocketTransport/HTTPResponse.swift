/// Immutable bytes that many responses share: a static file in memory.
public final class SharedBytes: Sendable {
    let bytes: [UInt8]
    /// How many there are.
    public var count: Int { bytes.count }

    /// Keeps the bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// A response to an ``HTTPExchange``.
public struct HTTPResponse: Sendable {
    /// What follows the head.
    public enum Body: Sendable {
        /// Nothing.
        case empty
        /// These bytes.
        case bytes([UInt8])
        /// A shared buffer.
        case shared(SharedBytes)
        /// A part of a file, read off the loop thread.
        case file(path: String, offset: Int, length: Int)

        var count: Int {
            switch self {
            case .empty: 0
            case .bytes(let bytes): bytes.count
            case .shared(let shared): shared.count
            case .file(_, _, let length): length
            }
        }
    }

    /// The status code.
    public var status: Int
    /// In order; `Content-Length`, `Connection` and `Date` are added by the transport.
    public var headers: [(String, String)]
    /// The content; for HEAD only its length is told.
    public var body: Body
    /// Ends the connection after the response.
    public var closes: Bool

    /// A response; without a body unless one is given.
    public init(status: Int, headers: [(String, String)] = [], body: Body = .empty, closes: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.closes = closes
    }

    /// The bytes before the content.
    ///
    /// A header with CR, LF or NUL in it is left out: it would split the response.
    func head(date: String, closes: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(HTTPStatus.reason(status))\r\nDate: \(date)\r\n"
        for (name, value) in headers where HTTPStatus.isSafe(name) && HTTPStatus.isSafe(value) {
            text += name
            text += ": "
            text += value
            text += "\r\n"
        }
        if HTTPStatus.mayHaveContent(status) { text += "Content-Length: \(body.count)\r\n" }
        if closes { text += "Connection: close\r\n" }
        text += "\r\n"
        return Array(text.utf8)
    }
}

/// What RFC 9110 says of status codes.
enum HTTPStatus {
    static func mayHaveContent(_ status: Int) -> Bool { status >= 200 && status != 204 && status != 304 }

    static func isSafe(_ text: String) -> Bool {
        !text.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
    }

    static func reason(_ status: Int) -> String { reasons[status] ?? "Status" }

    private static let reasons: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content",
        301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified", 307: "Temporary Redirect",
        308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone",
        411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long",
        415: "Unsupported Media Type", 416: "Range Not Satisfiable", 421: "Misdirected Request",
        422: "Unprocessable Content", 426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
        431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
        503: "Service Unavailable", 505: "HTTP Version Not Supported",
    ]
}
