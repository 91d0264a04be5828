/// A person's id and name, where a client may not know the name yet.
public struct NamedPerson: WireObject, Equatable {
    /// Whose.
    public var id = PersonID()
    /// The name shown.
    public var name = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: PersonID, name: String) {
        self.id = id
        self.name = name
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
    }
}

/// An organisation with its name.
public struct NamedOrganisation: WireObject, Equatable {
    /// Which.
    public var id = OrganisationID()
    /// The name shown.
    public var name = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: OrganisationID, name: String) {
        self.id = id
        self.name = name
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
    }
}

/// What everybody who may know of a channel knows of it.
public struct ChannelFacts: WireObject, Equatable {
    /// Its id.
    public var id = ChannelID()
    /// Its slug: unique in its network among open and announcement channels.
    public var slug = ""
    /// Its network, nil for a direct conversation.
    public var network: NetworkID?
    /// `open`, `private`, `announcement` or `direct`.
    public var kind = ""
    /// Its name, in the words of those who made it.
    public var name = ""
    /// Of a channel that the network's type made, its name in both languages: the same in both once somebody has given it
    /// another one.
    public var names: BilingualName?
    /// `shared`, or `from_joining`: what a newcomer may read.
    public var history = ""
    /// The people of a direct conversation; nil for the other kinds.
    public var people: [NamedPerson]?
    /// True once nobody may write in it any more.
    public var archived: Bool?
    /// Only of announcement channels: whether members reply in threads.
    public var replies: Bool?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        id: ChannelID,
        slug: String,
        network: NetworkID?,
        kind: String,
        name: String,
        names: BilingualName? = nil,
        history: String,
        people: [NamedPerson]? = nil,
        archived: Bool? = nil,
        replies: Bool? = nil
    ) {
        self.id = id
        self.slug = slug
        self.network = network
        self.kind = kind
        self.name = name
        self.names = names
        self.history = history
        self.people = people
        self.archived = archived
        self.replies = replies
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("slug", &slug)
        visitor.id("network", &network)
        visitor.text("kind", &kind)
        visitor.text("name", &name)
        visitor.object("names", &names)
        visitor.text("history", &history)
        visitor.objects("people", &people, count: 0...9)
        visitor.flag("archived", &archived)
        visitor.flag("replies", &replies)
    }
}

/// A channel was made.
///
/// Open and announcement channels: on `network/N`; private and direct ones: on `channel/N`.
public struct ChannelCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "channel.created"
    /// The channel.
    public var channel = ChannelFacts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ channel: ChannelFacts) { self.channel = channel }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { channel.fields(&visitor) }
}

/// A channel's name, slug or rule of replies changed; on the same stream as ``ChannelCreated``, with all of its fields.
public struct ChannelChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "channel.changed"
    /// The channel as it is now.
    public var channel = ChannelFacts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ channel: ChannelFacts) { self.channel = channel }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { channel.fields(&visitor) }
}

/// Nobody may write in a channel any more; on the same stream as ``ChannelCreated``.
public struct ChannelArchived: ServerUpdate {
    /// The name on the wire.
    public static let name = "channel.archived"
    /// The channel as it is now.
    public var channel = ChannelFacts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ channel: ChannelFacts) { self.channel = channel }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { channel.fields(&visitor) }
}

/// Somebody became a member of a channel; on `channel/N`, of which it is the newcomer's first update.
public struct ChannelJoined: ServerUpdate {
    /// The name on the wire.
    public static let name = "channel.joined"
    /// The channel.
    public var channel = ChannelID()
    /// Who.
    public var person = MemberID()
    /// The channel itself, where the newcomer could not have known of it: private ones.
    public var about: ChannelFacts?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(channel: ChannelID, person: MemberID, about: ChannelFacts? = nil) {
        self.channel = channel
        self.person = person
        self.about = about
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("person", &person)
        visitor.object("about", &about)
    }
}

/// Somebody left a channel or was removed; on `channel/N`, of which it is that person's last update.
public struct ChannelLeft: ServerUpdate {
    /// The name on the wire.
    public static let name = "channel.left"
    /// The channel.
    public var channel = ChannelID()
    /// Who.
    public var person = MemberID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(channel: ChannelID, person: MemberID) {
        self.channel = channel
        self.person = person
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("person", &person)
    }
}

/// A person's read marker rose, or what is above it was counted anew; on `person/N`.
public struct ChannelMarked: ServerUpdate {
    /// The name on the wire.
    public static let name = "channel.marked"
    /// The channel.
    public var channel = ChannelID()
    /// The marker: the last message read, 0 for none.
    public var upTo: Int64 = 0
    /// Messages above the marker that the person may read, neither their own nor tombstones.
    public var unread: Int64 = 0
    /// Those of them that mention the person.
    public var mentions: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(channel: ChannelID, upTo: Int64, unread: Int64, mentions: Int64) {
        self.channel = channel
        self.upTo = upTo
        self.unread = unread
        self.mentions = mentions
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.integer("upTo", &upTo)
        visitor.integer("unread", &unread)
        visitor.integer("mentions", &mentions)
    }
}
