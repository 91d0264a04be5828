/// Asks for one poll; the network's members.
public struct GetPoll: ClientQuery {
    /// The name on the wire.
    public static let name = "poll.get"
    /// What `ok` holds.
    public typealias Reply = PollView
    /// Which poll.
    public var poll = PollID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("poll", &poll) }
}

/// Asks for a network's polls, the newest first; its members.
public struct ListPolls: ClientQuery {
    /// The name on the wire.
    public static let name = "poll.list"
    /// What `ok` holds.
    public typealias Reply = PollList
    /// Whose.
    public var network = NetworkID()
    /// Only those in this state.
    public var state: PollState?
    /// Polls in one answer, 50 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.choice("state", &state)
        visitor.integer("limit", &limit, in: 1...100)
        visitor.text("cursor", &cursor, bytes: 1...32)
    }
}

/// A page of polls.
public struct PollList: WireObject {
    /// The polls, without who said what and without clashes.
    public var polls: [PollView] = []
    /// Give it back for the next page; left out at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(polls: [PollView], cursor: String?) {
        self.polls = polls
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("polls", &polls, count: 0...100)
        visitor.text("cursor", &cursor)
    }
}
