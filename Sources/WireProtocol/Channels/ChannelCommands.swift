/// The kinds of channels that people make by `channel.create`.
public enum CreatableChannelKind: String, Sendable, CaseIterable {
    /// Network members see it and may join.
    case open
    /// Invited people only.
    case `private`
    /// Facilitators and bots with the scope post.
    case announcement
}

/// What a newcomer may read of a channel, as it is asked for.
public enum WantedHistory: String, Sendable, CaseIterable {
    /// All of it.
    case shared
    /// What is written from then on.
    case fromJoining = "from_joining"
}

/// Makes a channel in a network; facilitators.
///
/// The creator becomes its member.
///
/// Errors: `invalid` for a slug of another form, `conflict` when the slug is taken, `not_found` for a network that
/// the caller may not know of, `forbidden` for who does not facilitate it.
public struct CreateChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.create"
    /// What `ok` holds.
    public typealias Reply = CreatedChannel
    /// In which network.
    public var network = NetworkID()
    /// Its slug: 1–64 of `a-z`, `0-9`, `-`.
    public var slug = ""
    /// Its name, 1–120 bytes.
    public var name = ""
    /// Its kind.
    public var kind = CreatableChannelKind.open
    /// What newcomers may read, `shared` unless told.
    public var history: WantedHistory?
    /// Whether members reply in the threads of an announcement channel; not unless told.
    public var replies: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.channelSlug("slug", &slug)
        visitor.text("name", &name, bytes: 1...120)
        visitor.choice("kind", &kind)
        visitor.choice("history", &history)
        visitor.flag("replies", &replies)
    }
}

/// The id of a channel just made.
public struct CreatedChannel: WireObject {
    /// The channel.
    public var id = ChannelID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: ChannelID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Renames a channel, or says whether members reply in it; facilitators, in private ones those who are members.
public struct ChangeChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.change"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()
    /// Its new slug.
    public var slug: String?
    /// Its new name, 1–120 bytes.
    public var name: String?
    /// Whether members reply in the threads of an announcement channel.
    public var replies: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.channelSlug("slug", &slug)
        visitor.text("name", &name, bytes: 1...120)
        visitor.flag("replies", &replies)
    }
}

/// Closes a channel for writing; facilitators, in private ones those who are members.
///
/// It stays readable.
public struct ArchiveChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.archive"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("channel", &channel) }
}

/// Joins an open or announcement channel of a network joined before.
///
/// Who is a member already is told `ok`.
public struct JoinChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.join"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("channel", &channel) }
}

/// Leaves a channel.
public struct LeaveChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.leave"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("channel", &channel) }
}

/// Makes a member of the network a member of a channel: any member of a private channel, else facilitators.
public struct AddToChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.add"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()
    /// Whom.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("person", &person)
    }
}

/// Takes somebody out of a channel: facilitators, in private channels those who are members.
public struct RemoveFromChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.remove"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()
    /// Whom.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("person", &person)
    }
}

/// Raises the caller's read marker; it never sinks.
public struct MarkChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.mark"
    /// What `ok` holds.
    public typealias Reply = MarkedUpTo
    /// Which channel.
    public var channel = ChannelID()
    /// The last message read.
    public var upTo = MessageID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        // 0 is the marker of a channel not read yet.
        var marker = upTo.rawValue
        visitor.integer("upTo", &marker, in: 0...largestID)
        upTo = MessageID(marker)
    }
}

/// Where a read marker stands.
public struct MarkedUpTo: WireObject {
    /// The higher of stored and given, at most the channel's last message; 0 when there is none.
    public var upTo: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(upTo: Int64) { self.upTo = upTo }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("upTo", &upTo) }
}

/// Opens the one private conversation of the caller and these people; the same people always get the same one.
public struct OpenDirect: ClientCommand {
    /// The name on the wire.
    public static let name = "direct.open"
    /// What `ok` holds.
    public typealias Reply = OpenedDirect
    /// The people, 1–8; the caller belongs to them whether named or not.
    public var people: [PersonID] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.ids("people", &people, count: 1...8) }
}

/// The conversation's channel.
public struct OpenedDirect: WireObject {
    /// The channel.
    public var channel = ChannelID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(channel: ChannelID) { self.channel = channel }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("channel", &channel) }
}
