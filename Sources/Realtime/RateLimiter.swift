public import CommunityKernel
import Synchronization
public import WireProtocol

/// Token buckets for requests and signals: a person's over all connections and doors together, a bot's likewise, and an
/// address' for requests without credentials.
public final class RateLimiter: Sendable {
    /// One budget.
    public struct Budget: Sendable {
        /// Tokens a second.
        public var perSecond: Double
        /// Tokens at most.
        public var burst: Double

        /// Makes a budget.
        public init(perSecond: Double, burst: Double) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    /// All budgets (protocol section 11).
    public struct Rates: Sendable {
        /// Whether anything is limited at all.
        public var enabled = true
        /// A person's commands.
        public var person = Budget(perSecond: 5, burst: 20)
        /// A bot's commands.
        public var bot = Budget(perSecond: 20, burst: 50)
        /// Anybody's queries: they change nothing, and a client asks several at once when it starts.
        public var queries = Budget(perSecond: 50, burst: 200)
        /// Anybody's signals.
        public var signals = Budget(perSecond: 5, burst: 20)
        /// Requests without credentials from one address; an office shares one.
        public var address = Budget(perSecond: 20, burst: 200)

        /// The defaults.
        public init() {}
    }

    private enum Kind { case command, query, signal }

    private struct Key: Hashable {
        let member: Int64
        let address: String
        let kind: Kind
    }

    private struct Bucket {
        var tokens: Double
        var at: ContinuousClock.Instant
    }

    private let rates: Rates
    private let buckets = Mutex<[Key: Bucket]>([:])
    /// Buckets remembered; past it the full ones, which limit nobody, are forgotten.
    private let capacity = 50_000

    /// Makes a limiter.
    public init(_ rates: Rates) { self.rates = rates }

    /// Takes one request's token; the refusal when there is none.
    public func admitRequest(_ member: Member, address: String, isQuery: Bool = false) -> WireError? {
        switch member.kind {
        case .system: nil
        case .nobody: take(Key(member: 0, address: ClientAddress.place(address), kind: .command), rates.address)
        case .person, .bot:
            if isQuery {
                take(Key(member: member.id.rawValue, address: "", kind: .query), rates.queries)
            } else {
                take(
                    Key(member: member.id.rawValue, address: "", kind: .command),
                    member.kind == .bot ? rates.bot : rates.person
                )
            }
        }
    }

    /// Takes one signal's token; false when there is none.
    public func admitSignal(_ member: Member) -> Bool {
        take(Key(member: member.id.rawValue, address: "", kind: .signal), rates.signals) == nil
    }

    private func take(_ key: Key, _ budget: Budget) -> WireError? {
        guard rates.enabled else { return nil }
        let now = ContinuousClock.now
        let wait: Double? = buckets.withLock { buckets in
            var bucket = buckets[key] ?? Bucket(tokens: budget.burst, at: now)
            bucket.tokens = min(budget.burst, bucket.tokens + (now - bucket.at).seconds * budget.perSecond)
            bucket.at = now
            let missing = 1 - bucket.tokens
            if missing <= 0 { bucket.tokens -= 1 }
            if buckets.count >= capacity { forgetFull(&buckets, at: now) }
            buckets[key] = bucket
            return missing > 0 ? missing / budget.perSecond : nil
        }
        guard let wait else { return nil }
        return WireError(
            .rateLimited,
            "too many requests",
            retryAfterMs: max(1, Int64((wait * 1_000).rounded(.up)))
        )
    }

    private func forgetFull(_ buckets: inout [Key: Bucket], at now: ContinuousClock.Instant) {
        let slowest = min(
            rates.person.perSecond / rates.person.burst,
            rates.bot.perSecond / rates.bot.burst,
            rates.signals.perSecond / rates.signals.burst,
            rates.queries.perSecond / rates.queries.burst,
            rates.address.perSecond / rates.address.burst
        )
        let refill = 1 / max(slowest, 0.000_1)
        buckets = buckets.filter { (now - $0.value.at).seconds < refill }
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
