public import CommunityKernel
public import Journal
public import WireProtocol

/// A channel as the store keeps it.
public struct ChannelRecord: Sendable, Equatable {
    /// Whether one writes in it.
    public enum State: String, Sendable {
        /// Members write.
        case active
        /// Read only.
        case archived
    }

    /// Its id.
    public let id: ChannelID
    /// Its network; nil for a direct conversation.
    public let network: NetworkID?
    /// Its slug.
    public let slug: String
    /// Its name.
    public let name: String
    /// Its name in both languages, of a channel that the network's type made.
    public let names: Bilingual?
    /// Its kind.
    public let kind: ChannelKind
    /// What a newcomer may read.
    public let history: HistoryRule
    /// Whether one writes in it.
    public let state: State
    /// The people of a direct conversation, in rising order; empty for the other kinds.
    public let people: [PersonID]
    /// Whether members reply in the threads of an announcement channel.
    public let hasReplies: Bool

    /// Its name for a reader of that language.
    public func name(in language: String) -> String {
        guard let names else { return name }
        return language == "en" ? names.en : names.it
    }

    /// Whether the members of its network see it; else its existence is hidden from everybody but its members.
    public var isListed: Bool { kind == .open || kind == .announcement }

    /// The stream that tells of the channel itself.
    public var ownStream: StreamName {
        if isListed, let network { .network(network) } else { .channel(id) }
    }
}

extension ChannelRecord {
    /// The columns of ``init(_:from:)``, of the table called `c`.
    static let columns: SQLQuery = """
        c.id, c.network, c.slug, c.name, c.kind, c.history, c.state, c.people, c.replies, c.name_it, c.name_en
        """
    static let columnCount = 11

    init(_ row: any SQLRow) {
        id = row.id(0)
        network = row.optionalID(1)
        slug = row.text(2)
        name = row.text(3)
        kind = ChannelKind(rawValue: row.text(4)) ?? .private
        history = HistoryRule(rawValue: row.text(5)) ?? .fromJoining
        state = State(rawValue: row.text(6)) ?? .archived
        people = row.isNull(7) ? [] : row.text(7).split(separator: ",").compactMap { Int64($0).map(PersonID.init) }
        hasReplies = row.flag(8)
        names = row.optionalText(9).flatMap { italian in row.optionalText(10).map { Bilingual(it: italian, en: $0) } }
    }
}

/// One member's present belonging to a channel.
public struct ChannelMembership: Sendable, Equatable {
    /// The `seq` of the `channel.joined` that began it.
    public let since: Int64
}

/// A channel that somebody may read, and how much of it.
public struct ReadableChannel: Sendable, Equatable {
    /// The channel.
    public let channel: ChannelRecord
    /// The reader's belonging to it; nil for who only looks in.
    public let membership: ChannelMembership?
    /// Only messages above this `seq` may be read; 0 for all.
    public let visibleFrom: Int64

    init(_ channel: ChannelRecord, _ membership: ChannelMembership?) {
        self.channel = channel
        self.membership = membership
        visibleFrom = channel.history == .shared ? 0 : membership?.since ?? .max
    }
}

/// How many messages wait for a reader.
public struct UnreadCounts: Sendable, Equatable {
    /// Messages above the marker, not one's own, no tombstones.
    public var unread: Int64
    /// Those of them that mention the reader.
    public var mentions: Int64

    /// Makes it.
    public init(unread: Int64 = 0, mentions: Int64 = 0) {
        self.unread = unread
        self.mentions = mentions
    }
}

/// What the channels have to know of the messages in them; brought by the capability that keeps messages, so that
/// the two do not depend on each other in a circle.
public protocol ChannelTimeline: Sendable {
    /// The id of the channel's last message, tombstones included; 0 when there is none.
    func last(in channel: ChannelID, _ sql: any SQLReader) throws -> Int64
    /// What waits for a member above the higher of `marker` and `visibleFrom`; `since` is where the membership began.
    func counts(
        in channel: ChannelID,
        for member: MemberID,
        above marker: Int64,
        visibleFrom: Int64,
        since: Int64,
        _ sql: any SQLReader
    ) throws -> UnreadCounts
}
