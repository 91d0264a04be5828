/// A mandate to be granted, less the person.
public struct WantedMandate: WireObject {
    /// For which organisation.
    public var organisation = OrganisationID()
    /// In which role.
    public var role = MandateRole.employee
    /// The title, 1–200 bytes.
    public var title: String?
    /// When it begins: a day or a moment; at once when left out.
    public var from: Moment?
    /// When it ends: a day, which is included, or a moment; never when left out.
    public var to: Moment?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        organisation: OrganisationID,
        role: MandateRole,
        title: String? = nil,
        from: Moment? = nil,
        to: Moment? = nil
    ) {
        self.organisation = organisation
        self.role = role
        self.title = title
        self.from = from
        self.to = to
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("organisation", &organisation)
        visitor.choice("role", &role)
        visitor.line("title", &title, bytes: 1...200)
        visitor.moment("from", &from)
        visitor.moment("to", &to)
    }
}

/// Grants a person a mandate; administrators.
///
/// Errors: `not_found` for an unknown person, `invalid` for an unknown organisation or a `to` before `from`.
public struct GrantMandate: ClientCommand {
    /// The name on the wire.
    public static let name = "mandate.grant"
    /// What `ok` holds.
    public typealias Reply = CreatedMandate
    /// Whom.
    public var person = PersonID()
    /// The mandate.
    public var mandate = WantedMandate()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        mandate.fields(&visitor)
    }
}

/// The id of a mandate.
public struct CreatedMandate: WireObject {
    /// The mandate.
    public var id = MandateID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MandateID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Ends a mandate, at once or at a given time; administrators.
///
/// Errors: `conflict` with `current.state` when it is over already.
public struct EndMandate: ClientCommand {
    /// The name on the wire.
    public static let name = "mandate.end"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which.
    public var mandate = MandateID()
    /// When: a day, which is included, or a moment; at once when left out.
    public var at: Moment?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("mandate", &mandate)
        visitor.moment("at", &at)
    }
}

/// A mandate as its person sees it.
public struct MandateFacts: WireObject, Equatable {
    /// The id.
    public var id = MandateID()
    /// Whose.
    public var person = PersonID()
    /// For which organisation.
    public var organisation = OrganisationID()
    /// That organisation's name.
    public var organisationName: String?
    /// In which role.
    public var role = ""
    /// The title.
    public var title: String?
    /// When it begins, as it was given.
    public var from: String?
    /// When it ends, as it was given; a day is included.
    public var to: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("person", &person)
        visitor.id("organisation", &organisation)
        visitor.text("organisationName", &organisationName)
        visitor.text("role", &role)
        visitor.text("title", &title)
        visitor.text("from", &from)
        visitor.text("to", &to)
    }
}

/// A mandate was granted; on `person/N`.
public struct MandateGranted: ServerUpdate {
    /// The name on the wire.
    public static let name = "mandate.granted"
    /// The mandate.
    public var mandate = MandateFacts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ mandate: MandateFacts) { self.mandate = mandate }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { mandate.fields(&visitor) }
}

/// A mandate was given another end; on `person/N`.
public struct MandateChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "mandate.changed"
    /// Which.
    public var id = MandateID()
    /// Whose.
    public var person = PersonID()
    /// When it ends; a day is included.
    public var to = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MandateID, person: PersonID, to: String) {
        self.id = id
        self.person = person
        self.to = to
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("person", &person)
        visitor.text("to", &to)
    }
}

/// A mandate is over; on `person/N`.
public struct MandateEnded: ServerUpdate {
    /// The name on the wire.
    public static let name = "mandate.ended"
    /// Which.
    public var id = MandateID()
    /// Whose.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MandateID, person: PersonID) {
        self.id = id
        self.person = person
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("person", &person)
    }
}
