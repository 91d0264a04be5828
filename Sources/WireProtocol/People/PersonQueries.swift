/// Who the caller is.
public struct AskMe: ClientQuery {
    /// The name on the wire.
    public static let name = "person.me"
    /// What `ok` holds.
    public typealias Reply = Me

    /// Asks.
    public init() {}

    /// No fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// A person as that person sees it.
public struct OwnPerson: WireObject, Equatable {
    /// The id.
    public var id = PersonID()
    /// The name shown.
    public var name = ""
    /// The e-mail address; nil for a bot.
    public var email: String?
    /// `it` or `en`.
    public var language = "it"
    /// A name of the tz database.
    public var zone = "Europe/Rome"
    /// The platform roles.
    public var roles: [String] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: PersonID, name: String, email: String?, language: String, zone: String, roles: [String]) {
        self.id = id
        self.name = name
        self.email = email
        self.language = language
        self.zone = zone
        self.roles = roles
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
        visitor.text("email", &email)
        visitor.text("language", &language)
        visitor.text("zone", &zone)
        visitor.texts("roles", &roles, count: 0...3)
    }
}

/// A place in a network.
public struct NetworkPlace: WireObject, Equatable {
    /// The network.
    public var id = NetworkID()
    /// `member` or `facilitator`.
    public var role = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: NetworkID, role: String) {
        self.id = id
        self.role = role
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("role", &role)
    }
}

/// Who the caller is, and by what.
public struct Me: WireObject {
    /// The person, or the bot.
    public var person = OwnPerson()
    /// The mandates that are not over.
    public var mandates: [MandateFacts] = []
    /// The networks joined.
    public var networks: [NetworkPlace] = []
    /// What a bot may do; nil for a person.
    public var scopes: [String]?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: OwnPerson, mandates: [MandateFacts], networks: [NetworkPlace], scopes: [String]? = nil) {
        self.person = person
        self.mandates = mandates
        self.networks = networks
        self.scopes = scopes
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("person", &person)
        visitor.objects("mandates", &mandates, count: 0...1_000)
        visitor.objects("networks", &networks, count: 0...10_000)
        visitor.texts("scopes", &scopes, count: 0...100)
    }
}

/// Those who share a network with the caller, by name unless told; administrators see everybody, and may ask by state and
/// role.
///
/// Errors: `forbidden` for `state`, `role` and the order by `state` by others than administrators.
public struct ListPeople: ClientQuery {
    /// The name on the wire.
    public static let name = "person.list"
    /// What `ok` holds.
    public typealias Reply = PeoplePage
    /// A part of the name; accents and case do not count.
    public var text: String?
    /// Only members of this network.
    public var network: NetworkID?
    /// Only those with a valid mandate for this organisation.
    public var organisation: OrganisationID?
    /// Only those who take part, or who are suspended; administrators.
    public var state: WantedPersonState?
    /// Only those with this platform role; administrators.
    public var role: WantedPlatformRole?
    /// By what they are in order, `name` unless told; among equals the name decides.
    public var sort: PeopleOrder?
    /// From the last to the first.
    public var descending: Bool?
    /// At most so many, 1–200, 50 unless told.
    public var limit: Int64?
    /// Where the page before ended; the order must be the same.
    public var cursor: String?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("text", &text, bytes: 1...200)
        visitor.id("network", &network)
        visitor.id("organisation", &organisation)
        visitor.choice("state", &state)
        visitor.choice("role", &role)
        visitor.choice("sort", &sort)
        visitor.flag("descending", &descending)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...1_000)
    }
}

/// The orders in which people are listed.
public enum PeopleOrder: String, Sendable, CaseIterable {
    /// By the name shown.
    case name
    /// By the name of the organisation of the first valid mandate; who has none comes first.
    case organisation
    /// Those who take part, then those who are suspended; administrators.
    case state
}

/// The states of persons that can be asked for.
public enum WantedPersonState: String, Sendable, CaseIterable {
    /// Takes part.
    case active
    /// Shut out for the time being.
    case suspended
}

/// The platform roles.
public enum WantedPlatformRole: String, Sendable, CaseIterable {
    /// Runs the community.
    case admin
    /// Sees reported messages and removes them.
    case moderator
    /// Reads figures.
    case monitor
}

/// A person as others see one.
public struct ListedPerson: WireObject, Equatable {
    /// The id.
    public var id = PersonID()
    /// The name shown.
    public var name = ""
    /// The organisation of the first valid mandate.
    public var organisation: OrganisationID?
    /// That organisation's name.
    public var organisationName: String?
    /// The title in it.
    public var title: String?
    /// The role in the network asked for; only in `network.members`.
    public var role: String?
    /// For administrators `active` or `suspended`; elsewhere left out.
    public var state: String?
    /// The e-mail address, for administrators.
    public var email: String?
    /// The platform roles, for administrators, when there are any.
    public var roles: [String]?
    /// Who answers for a guest; only in `network.members`.
    public var sponsor: NamedPerson?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        id: PersonID,
        name: String,
        organisation: OrganisationID?,
        organisationName: String?,
        title: String?,
        role: String? = nil,
        state: String? = nil
    ) {
        self.id = id
        self.name = name
        self.organisation = organisation
        self.organisationName = organisationName
        self.title = title
        self.role = role
        self.state = state
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
        visitor.id("organisation", &organisation)
        visitor.text("organisationName", &organisationName)
        visitor.text("title", &title)
        visitor.text("role", &role)
        visitor.text("state", &state)
        visitor.text("email", &email)
        visitor.texts("roles", &roles, count: 0...3)
        visitor.object("sponsor", &sponsor)
    }
}

/// A page of people.
public struct PeoplePage: WireObject {
    /// The people, by name.
    public var people: [ListedPerson] = []
    /// Where to go on; nil at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(people: [ListedPerson], cursor: String?) {
        self.people = people
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("people", &people, count: 0...1_000)
        visitor.text("cursor", &cursor)
    }
}

/// Somebody who shares a network with the caller; administrators may ask for anybody.
public struct GetPerson: ClientQuery {
    /// The name on the wire.
    public static let name = "person.get"
    /// What `ok` holds.
    public typealias Reply = FoundPerson
    /// Who.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// A person, and where one meets that person.
public struct FoundPerson: WireObject {
    /// The person.
    public var person = ListedPerson(id: PersonID(), name: "", organisation: nil, organisationName: nil, title: nil)
    /// The networks that the caller shares with the person, for administrators all of the person's, with the role there.
    public var networks: [NetworkPlace] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: ListedPerson, networks: [NetworkPlace]) {
        self.person = person
        self.networks = networks
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("person", &person)
        visitor.objects("networks", &networks, count: 0...10_000)
    }
}
