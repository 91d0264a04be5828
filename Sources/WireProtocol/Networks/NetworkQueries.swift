/// A network as those see it who may know of it.
public struct ListedNetwork: WireObject, Equatable {
    /// The id.
    public var id = NetworkID()
    /// Its slug.
    public var slug = ""
    /// Its type.
    public var type = ""
    /// Its name in both languages.
    public var name = BilingualName()
    /// The caller's role; nil for who has not joined.
    public var role: String?
    /// True while the type's module is left out: readable, not writable.
    public var dormant: Bool?
    /// True when it is among the caller's favourites.
    public var favourite: Bool?
    /// What the caller wants to be told of it; left out unless chosen.
    public var notify: NotifyChoice?
    /// What becomes of solutions in it; left out where its members write them.
    public var solutions: NetworkSolutions?
    /// The metropolitan city whose comuni are the network's sub-bodies; left out where there are none.
    ///
    /// Messages and events may be addressed to some of them.
    public var subBodies: OrganisationID?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        id: NetworkID,
        slug: String,
        type: String,
        name: BilingualName,
        role: String? = nil,
        dormant: Bool? = nil,
        solutions: NetworkSolutions? = nil,
        subBodies: OrganisationID? = nil
    ) {
        self.id = id
        self.slug = slug
        self.type = type
        self.name = name
        self.role = role
        self.dormant = dormant
        self.solutions = solutions
        self.subBodies = subBodies
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("slug", &slug)
        visitor.text("type", &type)
        visitor.object("name", &name)
        visitor.text("role", &role)
        visitor.flag("dormant", &dormant)
        visitor.flag("favourite", &favourite)
        visitor.choice("notify", &notify)
        visitor.choice("solutions", &solutions)
        visitor.id("subBodies", &subBodies)
    }
}

/// What becomes of solutions in the networks of a type.
public enum NetworkSolutions: String, Sendable, CaseIterable {
    /// There are none.
    case none
    /// They are read and talked about, and not begun here.
    case readable
    /// The members write them.
    case written
}

/// The networks joined and those that may be joined; administrators see all, bots those of their scopes.
public struct ListNetworks: ClientQuery {
    /// The name on the wire.
    public static let name = "network.list"
    /// What `ok` holds.
    public typealias Reply = NetworkList

    /// Asks.
    public init() {}

    /// No fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// Networks.
public struct NetworkList: WireObject {
    /// By id.
    public var networks: [ListedNetwork] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(networks: [ListedNetwork]) { self.networks = networks }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("networks", &networks, count: 0...100_000)
    }
}

/// One network, whole.
public struct GetNetwork: ClientQuery {
    /// The name on the wire.
    public static let name = "network.get"
    /// What `ok` holds.
    public typealias Reply = WholeNetwork
    /// Which.
    public var network = NetworkID()

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("network", &network) }
}

/// A network, whole.
public struct WholeNetwork: WireObject {
    /// What `network.list` gives.
    public var network = ListedNetwork()
    /// Its settings.
    public var settings: JSON?
    /// How many take part.
    public var members: Int64 = 0
    /// Those who facilitate it.
    public var facilitators: [NamedPerson] = []
    /// Rises with each change.
    public var revision: Int64 = 0
    /// False while the automatic acts of its type are switched off for it.
    public var hook: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        network.fields(&visitor)
        visitor.json("settings", &settings)
        visitor.integer("members", &members)
        visitor.objects("facilitators", &facilitators, count: 0...100)
        visitor.integer("revision", &revision)
        visitor.flag("hook", &hook)
    }
}

/// Those who take part in a network; its members, and administrators.
public struct ListNetworkMembers: ClientQuery {
    /// The name on the wire.
    public static let name = "network.members"
    /// What `ok` holds.
    public typealias Reply = NetworkMembers
    /// Which network.
    public var network = NetworkID()
    /// Only those with this role.
    public var role: WantedNetworkRole?
    /// At most so many, 1–200, 50 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.choice("role", &role)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...1_000)
    }
}

/// A page of members.
public struct NetworkMembers: WireObject {
    /// The members, by id.
    public var members: [ListedPerson] = []
    /// Where to go on; nil at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(members: [ListedPerson], cursor: String?) {
        self.members = members
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("members", &members, count: 0...200)
        visitor.text("cursor", &cursor)
    }
}

/// The network types that are enabled.
public struct ListNetworkTypes: ClientQuery {
    /// The name on the wire.
    public static let name = "network.types"
    /// What `ok` holds.
    public typealias Reply = NetworkTypeList

    /// Asks.
    public init() {}

    /// No fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// One setting of a network type.
public struct SettingFacts: WireObject {
    /// Its name.
    public var name = ""
    /// `integer`, `text`, `flag` or `organisation`.
    public var kind = ""
    /// Whether a network must have it.
    public var required = false
    /// The least number.
    public var minimum: Int64?
    /// The greatest number, or the most bytes of a text.
    public var maximum: Int64?
    /// The kinds of organisations allowed.
    public var kinds: [String]?
    /// What it is for.
    public var label = BilingualName()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("name", &name)
        visitor.text("kind", &kind)
        visitor.flag("required", &required)
        visitor.integer("minimum", &minimum)
        visitor.integer("maximum", &maximum)
        visitor.texts("kinds", &kinds, count: 0...20)
        visitor.object("label", &label)
    }
}

/// A role in the networks of a type.
public struct RoleFacts: WireObject {
    /// `member` or `facilitator`.
    public var role = ""
    /// What it is called there.
    public var label = BilingualName()
    /// What it may do beyond taking part: `manageMembers`, `manageChannels`, `announce`, `moderate`,
    /// `mentionEverybody`, `manageBots`, `manageEvents`.
    public var may: [String] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("role", &role)
        visitor.object("label", &label)
        visitor.texts("may", &may, count: 0...100)
    }
}

/// One network type.
public struct NetworkTypeFacts: WireObject {
    /// Its name on the wire.
    public var id = ""
    /// Its name for people.
    public var label = BilingualName()
    /// One sentence for people.
    public var summary = BilingualName()
    /// The settings of its networks.
    public var settings: [SettingFacts] = []
    /// The roles and what each may do.
    public var roles: [RoleFacts] = []
    /// True when guests take part only while a member answers for them.
    public var guestsNeedSponsor: Bool?
    /// The slugs of the channels made at birth.
    public var channels: [String] = []
    /// The event kinds that it allows.
    public var eventKinds: [String] = []
    /// What becomes of solutions in its networks.
    public var solutions = NetworkSolutions.written

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("id", &id)
        visitor.object("label", &label)
        visitor.object("summary", &summary)
        visitor.objects("settings", &settings, count: 0...100)
        visitor.objects("roles", &roles, count: 0...20)
        visitor.flag("guestsNeedSponsor", &guestsNeedSponsor)
        visitor.texts("channels", &channels, count: 0...100)
        visitor.texts("eventKinds", &eventKinds, count: 0...20)
        visitor.choice("solutions", &solutions)
    }
}

/// Network types.
public struct NetworkTypeList: WireObject {
    /// By name.
    public var types: [NetworkTypeFacts] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(types: [NetworkTypeFacts]) { self.types = types }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("types", &types, count: 0...100)
    }
}
