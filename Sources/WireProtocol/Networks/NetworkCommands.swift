/// A name in the two languages of the community.
public struct BilingualName: WireObject, Equatable {
    /// Italian, which comes first.
    public var it = ""
    /// English.
    public var en = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(it: String, en: String) {
        self.it = it
        self.en = en
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.line("it", &it, bytes: 1...200)
        visitor.line("en", &en, bytes: 1...200)
    }
}

/// Makes a network, with the channels of its type; administrators.
///
/// Errors: `invalid` with the path of each setting that the type does not know (`unknown`) or that is out of bounds,
/// `conflict` when the slug is taken.
public struct CreateNetwork: ClientCommand {
    /// The name on the wire.
    public static let name = "network.create"
    /// What `ok` holds.
    public typealias Reply = CreatedNetwork
    /// The type: `NationalThematic`, `Local`, `Coordination`, `European`.
    public var type = ""
    /// Its slug: 1–64 of `a-z`, `0-9`, `-`.
    public var slug = ""
    /// Its name.
    public var name = BilingualName()
    /// Its settings, by the type's rules.
    public var settings: JSON?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("type", &type, bytes: 1...64)
        visitor.slug("slug", &slug)
        visitor.object("name", &name)
        visitor.json("settings", &settings)
    }
}

/// The id of a network.
public struct CreatedNetwork: WireObject {
    /// The network.
    public var id = NetworkID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: NetworkID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Changes a network; administrators.
///
/// What is left out stays; `settings` replaces them all.
public struct ChangeNetwork: ClientCommand {
    /// The name on the wire.
    public static let name = "network.change"
    /// What `ok` holds.
    public typealias Reply = ChangedNetwork
    /// Which.
    public var network = NetworkID()
    /// The revision decided on; `conflict` when it is not the newest.
    public var revision: Int64?
    /// Its slug.
    public var slug: String?
    /// Its name.
    public var name: BilingualName?
    /// Its settings, by the type's rules.
    public var settings: JSON?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.integer("revision", &revision)
        visitor.slug("slug", &slug)
        visitor.object("name", &name)
        visitor.json("settings", &settings)
    }
}

/// The revision after a change.
public struct ChangedNetwork: WireObject {
    /// The newest revision.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(revision: Int64) { self.revision = revision }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("revision", &revision) }
}

/// Joins a network, by the rule of its type; who is a member already is told `ok`.
public struct JoinNetwork: ClientCommand {
    /// The name on the wire.
    public static let name = "network.join"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("network", &network) }
}

/// Leaves a network and its channels.
public struct LeaveNetwork: ClientCommand {
    /// The name on the wire.
    public static let name = "network.leave"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("network", &network) }
}

/// Makes somebody a member whom the type's rule lets be added; facilitators.
public struct AddToNetwork: ClientCommand {
    /// The name on the wire.
    public static let name = "network.add"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which network.
    public var network = NetworkID()
    /// Whom.
    public var person = PersonID()
    /// Who answers for a guest, where the type asks for it; who adds, unless told.
    ///
    /// Naming another for a guest who is a member already changes the sponsor.
    public var sponsor: PersonID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("person", &person)
        visitor.id("sponsor", &sponsor)
    }
}

/// Takes somebody out of a network and its channels; facilitators.
public struct RemoveFromNetwork: ClientCommand {
    /// The name on the wire.
    public static let name = "network.remove"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which network.
    public var network = NetworkID()
    /// Whom.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("person", &person)
    }
}

/// The roles in a network, as they are asked for.
public enum WantedNetworkRole: String, Sendable, CaseIterable {
    /// Takes part.
    case member
    /// Runs the network.
    case facilitator
}

/// Makes a member a facilitator, or a facilitator a plain member; facilitators.
///
/// Errors: `conflict` for who is no member.
public struct AppointInNetwork: ClientCommand {
    /// The name on the wire.
    public static let name = "network.appoint"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which network.
    public var network = NetworkID()
    /// Whom.
    public var person = PersonID()
    /// The role.
    public var role = WantedNetworkRole.member

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("person", &person)
        visitor.choice("role", &role)
    }
}

/// Switches the automatic acts of a network's type on or off for that network; administrators.
///
/// Switched on again, they go on where they stopped.
public struct SwitchNetworkHook: ClientCommand {
    /// The name on the wire.
    public static let name = "network.hook"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which network.
    public var network = NetworkID()
    /// On or off.
    public var on = true

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.flag("on", &on)
    }
}
