/// A person came into being; on `person/N`, the first update there.
public struct PersonCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "person.created"
    /// The person, as `person.me` gives it.
    public var person = OwnPerson()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ person: OwnPerson) { self.person = person }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { person.fields(&visitor) }
}

/// A person's own facts changed; on `person/N`.
///
/// It bears the id and what changed.
public struct PersonChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "person.changed"
    /// Whose.
    public var id = PersonID()
    /// The name shown.
    public var name: String?
    /// `it` or `en`.
    public var language: String?
    /// A name of the tz database.
    public var zone: String?
    /// The platform roles.
    public var roles: [String]?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        id: PersonID,
        name: String? = nil,
        language: String? = nil,
        zone: String? = nil,
        roles: [String]? = nil
    ) {
        self.id = id
        self.name = name
        self.language = language
        self.zone = zone
        self.roles = roles
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
        visitor.text("language", &language)
        visitor.text("zone", &zone)
        visitor.texts("roles", &roles, count: 0...3)
    }
}

/// A person was shut out; on `person/N`.
public struct PersonSuspended: ServerUpdate {
    /// The name on the wire.
    public static let name = "person.suspended"
    /// Who.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: PersonID) { self.person = person }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// A suspended person takes part again; on `person/N`.
public struct PersonRestored: ServerUpdate {
    /// The name on the wire.
    public static let name = "person.restored"
    /// Who.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: PersonID) { self.person = person }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// A person was erased; on `person/N`.
///
/// Earlier updates about the person lost their words in the journal.
public struct PersonErased: ServerUpdate {
    /// The name on the wire.
    public static let name = "person.erased"
    /// Who.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: PersonID) { self.person = person }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}
