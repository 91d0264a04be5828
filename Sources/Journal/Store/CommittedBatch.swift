public import CommunityKernel
public import WireProtocol

/// One update as it was committed, with the exact bytes that are pushed and replayed.
public struct CommittedUpdate: Sendable {
    /// Its place in the journal.
    public let seq: Int64
    /// Its stream.
    public let stream: StreamName
    /// Its place in the stream.
    public let offset: Int64
    /// Its type.
    public let type: String
    /// `{"update":{…}}`, UTF-8.
    public let frame: [UInt8]
}

/// The beginning or end of an entitlement to a stream.
public struct AccessChange: Sendable {
    /// Whose.
    public let member: MemberID
    /// To what.
    public let stream: StreamName
    /// The first update that comes, or the last one.
    public let seq: Int64
    /// Begins or ends.
    public let begins: Bool
}

/// Connections that must end with the commit: a credential was revoked.
public struct ConnectionEnd: Sendable {
    /// Whose connections.
    public let member: MemberID
    /// Only those of this session or token; nil for all.
    public let credential: Int64?
}

/// Everything that connections have to learn of one commit.
public struct CommittedBatch: Sendable {
    /// The updates, in rising `seq`.
    public var updates: [CommittedUpdate] = []
    /// Changes of entitlement, in rising `seq`.
    public var access: [AccessChange] = []
    /// Updates of earlier commits whose text was taken out of the journal.
    public var rewritten: [(seq: Int64, frame: [UInt8])] = []
    /// Connections to end.
    public var ends: [ConnectionEnd] = []
    /// Streams that no connection reads any more after that `seq`, though its member could.
    public var closed: [(stream: StreamName, seq: Int64)] = []
    /// Whether a connection gets a stream of its own with it, whose answer must come before the stream's updates.
    var opensStreams = false
    /// The journal's head after the commit.
    public var head: Int64 = 0

    /// Nothing yet.
    public init() {}

    /// Whether there is nothing to tell.
    public var isEmpty: Bool {
        updates.isEmpty && access.isEmpty && rewritten.isEmpty && ends.isEmpty && closed.isEmpty
    }

    /// How much a batch holds: it only ever grows, so that to undo is to cut.
    ///
    /// A copy to go back to would have all of it copied with the first update that follows.
    struct Extent {
        fileprivate let updates, access, rewritten, ends, closed: Int
        fileprivate let opensStreams: Bool
    }

    /// How much there is.
    var extent: Extent {
        Extent(
            updates: updates.count,
            access: access.count,
            rewritten: rewritten.count,
            ends: ends.count,
            closed: closed.count,
            opensStreams: opensStreams
        )
    }

    /// Forgets what came after.
    mutating func cut(to extent: Extent) {
        updates.removeLast(updates.count - extent.updates)
        access.removeLast(access.count - extent.access)
        rewritten.removeLast(rewritten.count - extent.rewritten)
        ends.removeLast(ends.count - extent.ends)
        closed.removeLast(closed.count - extent.closed)
        opensStreams = extent.opensStreams
    }
}
