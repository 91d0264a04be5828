/// One request and its response.
///
/// It belongs to its loop's thread; ``handle`` may be given away.
public final class HTTPExchange {
    /// The request.
    public let head: RequestHead
    /// What `.collect` gathered.
    public internal(set) var body: [UInt8] = []
    /// What `.file` wrote.
    public internal(set) var fileByteCount = 0
    /// The owner's state.
    public var context: AnyObject?
    /// The loop it lives on.
    public let loop: ServiceLoop

    weak var session: HTTPSession?
    var plan = BodyPlan.none
    var received = 0
    var isComplete = false
    private var responded = false

    init(head: RequestHead, session: HTTPSession) {
        self.head = head
        self.session = session
        loop = session.server.loop
    }

    /// Answers; once, later calls do nothing.
    ///
    /// Loop thread only.
    public func respond(_ response: HTTPResponse) {
        loop.assertCurrent()
        guard !responded else { return }
        responded = true
        session?.send(response, for: self)
    }

    var isAnswered: Bool { responded }

    /// Answers from any thread.
    public var handle: ExchangeHandle { ExchangeHandle(exchange: self) }
}

/// The right to answer an exchange, from any thread.
public struct ExchangeHandle: @unchecked Sendable {
    // Sendable: the exchange is touched on its loop's thread only, inside `execute`.
    private let exchange: HTTPExchange

    init(exchange: HTTPExchange) { self.exchange = exchange }

    /// Answers; does nothing when the peer is gone or an answer was given.
    public func respond(_ response: HTTPResponse) {
        if exchange.loop.isCurrent { return exchange.respond(response) }
        exchange.loop.execute { exchange.respond(response) }
    }

    /// Says what becomes of a body that was held; does nothing when the peer is gone or an answer was given.
    public func proceed(_ plan: BodyPlan) {
        exchange.loop.execute { exchange.session?.proceed(plan, for: exchange) }
    }
}
