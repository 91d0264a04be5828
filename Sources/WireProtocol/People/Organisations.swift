/// An organisation as everybody sees it.
public struct OrganisationFacts: WireObject, Equatable {
    /// The id.
    public var id = OrganisationID()
    /// Its slug, unique among organisations.
    public var slug = ""
    /// Its kind.
    public var kind = OrganisationKind.altro
    /// Its name.
    public var name = ""
    /// Its ISTAT code, empty when unknown.
    public var istat = ""
    /// The name of its region, empty when unknown.
    public var region = ""
    /// The metropolitan city that it belongs to.
    public var parent: OrganisationID?
    /// Degrees north.
    public var lat: Double?
    /// Degrees east.
    public var lon: Double?
    /// How many comuni it holds.
    public var municipalities: Int64?
    /// Where these facts come from.
    public var source: String?
    /// Rises with each change.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("slug", &slug)
        visitor.choice("kind", &kind)
        visitor.text("name", &name)
        visitor.text("istat", &istat)
        visitor.text("region", &region)
        visitor.id("parent", &parent)
        visitor.number("lat", &lat, within: -90...90)
        visitor.number("lon", &lon, within: -180...180)
        visitor.integer("municipalities", &municipalities)
        visitor.text("source", &source)
        visitor.integer("revision", &revision)
    }
}

/// The id of an organisation.
public struct CreatedOrganisation: WireObject {
    /// The organisation.
    public var id = OrganisationID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: OrganisationID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Makes an organisation; administrators.
///
/// Errors: `conflict` when the slug is taken, `invalid` for a parent that is no metropolitan city.
public struct CreateOrganisation: ClientCommand {
    /// The name on the wire.
    public static let name = "organisation.create"
    /// What `ok` holds.
    public typealias Reply = CreatedOrganisation
    /// Its kind.
    public var kind = OrganisationKind.altro
    /// Its slug: 1–64 of `a-z`, `0-9`, `-`.
    public var slug = ""
    /// Its name, 1–200 bytes.
    public var name = ""
    /// Its ISTAT code, up to 12 bytes.
    public var istat: String?
    /// The name of its region.
    public var region: String?
    /// The metropolitan city that it belongs to.
    public var parent: OrganisationID?
    /// Degrees north.
    public var lat: Double?
    /// Degrees east.
    public var lon: Double?
    /// How many comuni it holds.
    public var municipalities: Int64?
    /// Where these facts come from, up to 1,000 bytes.
    public var source: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("kind", &kind)
        visitor.slug("slug", &slug)
        visitor.line("name", &name, bytes: 1...200)
        visitor.line("istat", &istat, bytes: 1...12)
        visitor.line("region", &region, bytes: 1...100)
        visitor.id("parent", &parent)
        visitor.number("lat", &lat, within: -90...90)
        visitor.number("lon", &lon, within: -180...180)
        visitor.integer("municipalities", &municipalities, in: 0...10_000)
        visitor.text("source", &source, bytes: 1...1_000)
    }
}

/// Changes an organisation; administrators.
///
/// What is left out stays; a new `parent` counts from now on.
public struct ChangeOrganisation: ClientCommand {
    /// The name on the wire.
    public static let name = "organisation.change"
    /// What `ok` holds.
    public typealias Reply = CreatedOrganisation
    /// Which; when left out, the one whose slug is given.
    public var organisation: OrganisationID?
    /// The revision decided on; `conflict` when it is not the newest.
    public var revision: Int64?
    /// Its kind.
    public var kind: OrganisationKind?
    /// Its slug.
    public var slug: String?
    /// Its name, 1–200 bytes.
    public var name: String?
    /// Its ISTAT code.
    public var istat: String?
    /// The name of its region.
    public var region: String?
    /// The metropolitan city that it belongs to from now on.
    public var parent: OrganisationID?
    /// Degrees north.
    public var lat: Double?
    /// Degrees east.
    public var lon: Double?
    /// How many comuni it holds.
    public var municipalities: Int64?
    /// Where these facts come from.
    public var source: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("organisation", &organisation)
        visitor.integer("revision", &revision)
        visitor.choice("kind", &kind)
        visitor.slug("slug", &slug)
        visitor.line("name", &name, bytes: 1...200)
        visitor.line("istat", &istat, bytes: 1...12)
        visitor.line("region", &region, bytes: 1...100)
        visitor.id("parent", &parent)
        visitor.number("lat", &lat, within: -90...90)
        visitor.number("lon", &lon, within: -180...180)
        visitor.integer("municipalities", &municipalities, in: 0...10_000)
        visitor.text("source", &source, bytes: 1...1_000)
    }
}

/// The organisations, by name.
public struct ListOrganisations: ClientQuery {
    /// The name on the wire.
    public static let name = "organisation.list"
    /// What `ok` holds.
    public typealias Reply = OrganisationList
    /// Only of this kind.
    public var kind: OrganisationKind?
    /// Only of this region.
    public var region: String?
    /// Only this metropolitan city and what belongs to it.
    public var city: OrganisationID?
    /// A part of the name; accents and case do not count.
    public var text: String?
    /// At most so many, 1–2,000, which is also what comes unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("kind", &kind)
        visitor.text("region", &region, bytes: 1...100)
        visitor.id("city", &city)
        visitor.text("text", &text, bytes: 1...200)
        visitor.integer("limit", &limit, in: 1...2_000)
        visitor.text("cursor", &cursor, bytes: 1...1_000)
    }
}

/// Organisations.
public struct OrganisationList: WireObject {
    /// By name.
    public var organisations: [OrganisationFacts] = []
    /// Where to go on; nil at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(organisations: [OrganisationFacts], cursor: String?) {
        self.organisations = organisations
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("organisations", &organisations, count: 0...2_000)
        visitor.text("cursor", &cursor)
    }
}

/// An organisation came into being; on `community`.
public struct OrganisationCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "organisation.created"
    /// The organisation.
    public var organisation = OrganisationFacts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ organisation: OrganisationFacts) { self.organisation = organisation }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { organisation.fields(&visitor) }
}

/// An organisation changed; on `community`.
///
/// It bears the organisation as it is now.
public struct OrganisationChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "organisation.changed"
    /// The organisation.
    public var organisation = OrganisationFacts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ organisation: OrganisationFacts) { self.organisation = organisation }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { organisation.fields(&visitor) }
}
