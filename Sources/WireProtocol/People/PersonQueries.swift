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

/// Those who share a network with the caller, by name; administrators see everybody, and may ask by state and role.
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
    /// At most so many, 1–200, 50 unless told.
    public var limit: Int64?
    /// Where the page before ended.
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
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...1_000)
    }
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

/// The invitations and password links that are open, without their tokens; administrators.
public struct ListInvitations: ClientQuery {
    /// The name on the wire.
    public static let name = "invitation.list"
    /// What `ok` holds.
    public typealias Reply = InvitationList
    /// Only this person's.
    public var person: PersonID?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// An invitation or password link that is open.
public struct OpenInvitation: WireObject {
    /// Its number.
    public var id: Int64 = 0
    /// `invitation` or `reset`.
    public var kind = ""
    /// Whom it is for.
    public var person = PersonID()
    /// The name of that person.
    public var name = ""
    /// The address of that person.
    public var email = ""
    /// When it was made.
    public var at = Instant(milliseconds: 0)
    /// Until when it may be used.
    public var expires = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("id", &id)
        visitor.text("kind", &kind)
        visitor.id("person", &person)
        visitor.text("name", &name)
        visitor.text("email", &email)
        visitor.instant("at", &at)
        visitor.instant("expires", &expires)
    }
}

/// The invitations that are open.
public struct InvitationList: WireObject {
    /// The newest first, at most 500.
    public var invitations: [OpenInvitation] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(invitations: [OpenInvitation]) { self.invitations = invitations }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("invitations", &invitations, count: 0...500)
    }
}
