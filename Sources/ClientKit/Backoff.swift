/// How long to wait before connecting again: longer each time, and never the same for many clients at once.
public struct Backoff: Sendable {
    /// The first wait's upper bound, seconds.
    public var first = 0.5
    /// The longest wait, seconds.
    public var longest = 30.0
    private var attempts = 0

    /// The defaults.
    public init() {}

    /// With other bounds.
    public init(first: Double, longest: Double) {
        self.first = first
        self.longest = longest
    }

    /// The next wait: between half of the bound and the bound, which doubles; `chance` is from 0 to 1.
    public mutating func next(chance: Double) -> Double {
        var bound = first
        for _ in 0..<min(attempts, 32) where bound < longest { bound *= 2 }
        attempts += 1
        bound = min(bound, longest)
        return bound / 2 + bound / 2 * chance
    }

    /// The connection held: the next wait is short again.
    public mutating func reset() { attempts = 0 }
}
