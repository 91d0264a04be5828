/// A database behind the journal: the embedded one or the distributed one.
public protocol StorageEngine: Sendable {
    /// The engine's differences.
    var dialect: SQLDialect { get }
    /// Runs `body` in one write transaction on the calling thread, which must be the writer's; commits when it returns,
    /// rolls everything back when it throws. Only ``Writer`` and start-up code call it.
    ///
    /// A commit that is not durable at once is so with the next one that is, and never without those before it.
    func unsafeWrite<Value>(durably: Bool, _ body: (any SQLWriter) throws -> Value) throws -> Value
    /// Runs `body` on one snapshot. Blocks: only reader threads and command lines call it.
    func read<Value>(_ body: (any SQLReader) throws -> Value) throws -> Value
    /// Copies the whole store to a new file while it is in use; the journal's last `seq` in the copy.
    func backup(to path: String) throws -> Int64
    /// Takes what was deleted out of the engine's own log files too. False when readers are in the way: try again.
    func scrub() throws -> Bool
    /// Closes every connection.
    func close() throws
}

extension StorageEngine {
    /// Runs `body` in one write transaction that is durable when it returns.
    public func unsafeWrite<Value>(_ body: (any SQLWriter) throws -> Value) throws -> Value {
        try unsafeWrite(durably: true, body)
    }
}
