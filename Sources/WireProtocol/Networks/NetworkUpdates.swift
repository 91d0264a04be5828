/// A network came into being; on `community`.
public struct NetworkCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "network.created"
    /// The network, as `network.list` gives it to a stranger.
    public var network = ListedNetwork()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ network: ListedNetwork) { self.network = network }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { network.fields(&visitor) }
}

/// A network changed; on `community`.
///
/// It bears the network as it is now.
public struct NetworkChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "network.changed"
    /// The network, as `network.list` gives it to a stranger.
    public var network = ListedNetwork()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ network: ListedNetwork) { self.network = network }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { network.fields(&visitor) }
}

/// A person joined a network; on `network/N`, the first update there for that person.
public struct NetworkJoined: ServerUpdate {
    /// The name on the wire.
    public static let name = "network.joined"
    /// Which network.
    public var network = NetworkID()
    /// Who.
    public var person = PersonID()
    /// The role.
    public var role: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(network: NetworkID, person: PersonID, role: String) {
        self.network = network
        self.person = person
        self.role = role
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("person", &person)
        visitor.text("role", &role)
    }
}

/// A person left a network, or was taken out of it; on `network/N`, the last update there for that person.
public struct NetworkLeft: ServerUpdate {
    /// The name on the wire.
    public static let name = "network.left"
    /// Which network.
    public var network = NetworkID()
    /// Who.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(network: NetworkID, person: PersonID) {
        self.network = network
        self.person = person
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("person", &person)
    }
}

/// A member got another role; on `network/N`.
public struct NetworkAppointed: ServerUpdate {
    /// The name on the wire.
    public static let name = "network.appointed"
    /// Which network.
    public var network = NetworkID()
    /// Who.
    public var person = PersonID()
    /// The role.
    public var role = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(network: NetworkID, person: PersonID, role: String) {
        self.network = network
        self.person = person
        self.role = role
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("person", &person)
        visitor.text("role", &role)
    }
}

/// Who answers for a guest; on `network/N`.
public struct NetworkSponsored: ServerUpdate {
    /// The name on the wire.
    public static let name = "network.sponsored"
    /// Which network.
    public var network = NetworkID()
    /// The guest.
    public var person = PersonID()
    /// The sponsor.
    public var sponsor = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(network: NetworkID, person: PersonID, sponsor: PersonID) {
        self.network = network
        self.person = person
        self.sponsor = sponsor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("person", &person)
        visitor.id("sponsor", &sponsor)
    }
}
