public import CommunityKernel
import Synchronization

/// What a command does to the streams of the very connection that it came by: opens one for it, or closes it.
///
/// Such a stream belongs to the connection, not to its member: it is in no snapshot and no resume. The door hands an
/// empty one to the command and applies what it finds once the command is durable.
public final class ConnectionStreams: Sendable {
    /// One change.
    public enum Change: Sendable {
        /// The connection reads a stream from the update after `seq` on, as long as its member reads `parent`.
        case open(StreamName, parent: StreamName, after: Int64)
        /// The connection reads a stream no more.
        case close(StreamName)
    }

    private let made = Mutex<[Change]>([])

    /// Whether the connection has room for another one.
    let mayOpen: Bool

    /// Nothing yet.
    public init(mayOpen: Bool = true) { self.mayOpen = mayOpen }

    /// What was done, in order.
    public var changes: [Change] { made.withLock { $0 } }

    func append(_ change: Change) { made.withLock { $0.append(change) } }
}

/// Where a replay of streams that a connection opened begins: the update after which it reads each.
public typealias OpenedStreams = [StreamName: Int64]
