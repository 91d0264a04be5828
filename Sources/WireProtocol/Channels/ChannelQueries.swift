/// Asks for the channels that the caller may know of: those of the joined networks and the private ones joined.
public struct ListChannels: ClientQuery {
    /// The name on the wire.
    public static let name = "channel.list"
    /// What `ok` holds.
    public typealias Reply = ChannelList
    /// Only those of this network.
    public var network: NetworkID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("network", &network) }
}

/// One channel as one person sees it.
public struct ListedChannel: WireObject, Equatable {
    /// The channel.
    public var facts = ChannelFacts()
    /// Whether the caller is its member.
    public var member = false
    /// Unread messages; 0 for who is not a member.
    public var unread: Int64 = 0
    /// Unread messages that mention the caller.
    public var mentions: Int64 = 0
    /// A member's read marker, 0 for none; left out for others.
    public var upTo: Int64?
    /// True when it is among the caller's favourites.
    public var favourite: Bool?
    /// What the caller wants to be told of it; left out unless chosen.
    public var notify: NotifyChoice?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ facts: ChannelFacts, member: Bool, unread: Int64 = 0, mentions: Int64 = 0, upTo: Int64? = nil) {
        self.facts = facts
        self.member = member
        self.unread = unread
        self.mentions = mentions
        self.upTo = upTo
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        facts.fields(&visitor)
        visitor.flag("member", &member)
        visitor.integer("unread", &unread)
        visitor.integer("mentions", &mentions)
        visitor.integer("upTo", &upTo)
        visitor.flag("favourite", &favourite)
        visitor.choice("notify", &notify)
    }
}

/// The channels that one person may know of, by id.
public struct ChannelList: WireObject {
    /// The channels.
    public var channels: [ListedChannel] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ channels: [ListedChannel]) { self.channels = channels }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("channels", &channels, count: 0...100_000)
    }
}

/// Asks who the members of a channel are, by id; a page at a time.
public struct ListChannelMembers: ClientQuery {
    /// The name on the wire.
    public static let name = "channel.members"
    /// What `ok` holds.
    public typealias Reply = ChannelMemberList
    /// Which channel.
    public var channel = ChannelID()
    /// The last id of the page before.
    public var after: MemberID?
    /// People in one answer, 200 unless told.
    public var limit: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("after", &after)
        visitor.integer("limit", &limit, in: 1...500)
    }
}

/// A page of a channel's members.
public struct ChannelMemberList: WireObject {
    /// The members, by id.
    public var members: [NamedPerson] = []
    /// How many there are in all.
    public var total: Int64 = 0
    /// Whether more follow.
    public var more = false

    /// To be read.
    public init() {}

    /// Makes it.
    public init(members: [NamedPerson], total: Int64, more: Bool) {
        self.members = members
        self.total = total
        self.more = more
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("members", &members, count: 0...500)
        visitor.integer("total", &total)
        visitor.flag("more", &more)
    }
}
