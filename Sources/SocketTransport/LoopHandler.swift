/// What an owner decides about connections and requests.
///
/// All methods run on the loop's thread.
///
/// The conforming actor returns the loop it was made for as its `unownedExecutor`; the transport enters it with
/// `assumeIsolated`, without a hop.
public protocol LoopHandler: Actor {
    /// A well-formed WebSocket upgrade asks to be let in.
    func upgrade(_ request: RequestHead) -> UpgradeDecision
    /// It is in.
    func opened(_ connection: Connection, request: RequestHead)
    /// A whole message; a text is valid UTF-8. The bytes live until the method returns.
    func received(_ message: UnsafeRawBufferPointer, isText: Bool, on connection: Connection)
    /// The outbound queue is empty again after it held something or was full.
    func drained(_ connection: Connection)
    /// Exactly once for each `opened`. 1005 and 1006 as in RFC 6455.
    func closed(_ connection: Connection, code: Int)
    /// A request's head is complete: says what to do with its body.
    func begin(_ exchange: HTTPExchange) -> BodyPlan
    /// The body is in, or there is none.
    func complete(_ exchange: HTTPExchange)
    /// The peer went away, or a limit ended the exchange, before a response was written.
    func aborted(_ exchange: HTTPExchange)
    /// How the server words an error that the transport found.
    func errorResponse(status: Int, for exchange: HTTPExchange?) -> HTTPResponse
}

extension LoopHandler {
    /// Nothing to give back.
    public func aborted(_ exchange: HTTPExchange) {}

    /// Plain text.
    public func errorResponse(status: Int, for exchange: HTTPExchange?) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: .bytes(Array("\(status) \(HTTPStatus.reason(status))\n".utf8))
        )
    }
}

/// The answer to an upgrade.
public enum UpgradeDecision: Sendable {
    /// In, with one of the subprotocols that the client offered, or without.
    case accept(subprotocol: String?)
    /// Not in.
    case refuse(status: Int)
    /// Not in, in the server's own words.
    case respond(HTTPResponse)
}

/// What to do with a request's body.
public enum BodyPlan: Sendable {
    /// No body is expected: one that comes is refused with 400.
    case none
    /// Into memory, at most so many bytes.
    case collect(limit: Int)
    /// Into a new file of mode 0600, written off the loop thread; removed if the upload is cut or too long.
    case file(path: String, limit: Int)
    /// Not known yet: nothing is read until ``ExchangeHandle/proceed(_:)`` says.
    case hold
    /// Not wanted.
    case refuse(HTTPResponse)
}
