/// Work that a capability does on a thread of its own because it waits for others, such as a mail server: neither the
/// writer nor the followers may wait with it.
public protocol BackgroundService: AnyObject, Sendable {
    /// Begins, on a thread of its own; what it writes goes through ``Community/write(as:_:)``.
    func start(_ community: Community)
    /// Gives up what it waits for and returns when its thread has ended.
    func stop()
}

/// A number that a capability shows in `/metrics`.
public struct Figure: Sendable {
    /// How the number moves.
    public enum Kind: String, Sendable {
        /// Up only.
        case counter
        /// Up and down.
        case gauge
    }

    /// Its name, after `metropoli_`.
    public let name: String
    /// How it moves.
    public let kind: Kind
    /// What it counts.
    public let help: String
    /// Its present value.
    public let value: @Sendable (QueryContext) throws -> Int64

    /// Makes a figure.
    public init(
        _ name: String,
        _ kind: Kind,
        _ help: String,
        value: @escaping @Sendable (QueryContext) throws -> Int64
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        self.value = value
    }
}
