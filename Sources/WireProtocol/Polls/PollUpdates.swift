/// A facilitator asks when an event should take place; on `network/N`.
///
/// Its data are the whole poll, with the empty lists of those who answer. The poll's id is the `seq` of this update.
public struct PollCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "poll.created"
    /// What there is to know.
    public var poll = PollView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ poll: PollView) { self.poll = poll }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { poll.fields(&visitor) }
}

/// Somebody answered a poll, or took the answer back; on `network/N`.
///
/// Its data are `id`, `revision`, `state`, the `options` with their totals, the `ballot` that is new, and all `ballots`
/// with their `people` and `cities`.
public struct PollVoted: ServerUpdate {
    /// The name on the wire.
    public static let name = "poll.voted"
    /// What there is to know.
    public var poll = PollView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ poll: PollView) { self.poll = poll }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { poll.fields(&visitor) }
}

/// A poll's deadline is over; on `network/N`.
///
/// Its data are `id`, `revision` and `state`.
public struct PollEnded: ServerUpdate {
    /// The name on the wire.
    public static let name = "poll.ended"
    /// What there is to know.
    public var poll = PollView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ poll: PollView) { self.poll = poll }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { poll.fields(&visitor) }
}

/// A date was chosen and the event made; on `network/N`.
///
/// Its data are `id`, `revision`, `state`, `option` and `event`.
public struct PollClosed: ServerUpdate {
    /// The name on the wire.
    public static let name = "poll.closed"
    /// What there is to know.
    public var poll = PollView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ poll: PollView) { self.poll = poll }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { poll.fields(&visitor) }
}
