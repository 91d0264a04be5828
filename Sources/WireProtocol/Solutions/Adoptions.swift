/// Asks to take a published version of a solution over; the network's members with a mandate in that city, facilitators.
///
/// There is one adoption per version and city: asking again gives the same one. Errors: `conflict` with the `state` for a version that is not published and a solution withdrawn or superseded; `invalid` for the solution's own city.
public struct RequestAdoption: ClientCommand {
    /// The name on the wire.
    public static let name = "adoption.request"
    /// What `ok` holds.
    public typealias Reply = CreatedAdoption
    /// Which solution.
    public var solution = SolutionID()
    /// The published version.
    public var version: Int64 = 1
    /// The metropolitan city that takes it over.
    public var city = OrganisationID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.integer("version", &version, in: 1...largestID)
        visitor.id("city", &city)
    }
}

/// An adoption that was asked for.
public struct CreatedAdoption: WireObject {
    /// The adoption.
    public var id = AdoptionID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: AdoptionID) {
        self.id = id
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
    }
}

/// Takes an adoption a step further, or gives it up; the members of both cities, facilitators.
///
/// The steps follow each other: `requested`, `agreed`, `kit_delivered`, `adapting`, `in_use`, `evaluated`; `abandoned` from any but the last. Errors: `conflict` with the newest `revision` and `state` for another revision and for a step that does not follow; `forbidden` where the adopting city would agree for the other.
public struct AdvanceAdoption: ClientCommand {
    /// The name on the wire.
    public static let name = "adoption.advance"
    /// What `ok` holds.
    public typealias Reply = AdoptionStanding
    /// Which adoption.
    public var adoption = AdoptionID()
    /// The next step.
    public var to = AdoptionState.agreed
    /// What there is to say, Markdown.
    public var note: String?
    /// What shows it.
    public var files: [FileID]?
    /// The revision that was read; left out for whatever is the newest.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("adoption", &adoption)
        visitor.choice("to", &to)
        visitor.text("note", &note, bytes: 1...5_000)
        visitor.ids("files", &files, count: 0...20)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Where an adoption stands after a step.
public struct AdoptionStanding: WireObject {
    /// Where it stands.
    public var state = AdoptionState.requested
    /// Rises with each change.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(state: AdoptionState, revision: Int64) {
        self.state = state
        self.revision = revision
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("state", &state)
        visitor.integer("revision", &revision)
    }
}

/// Names who an adoption's referent is for one of its cities; the members of that city, facilitators.
///
/// Errors: `invalid` for who has no mandate there; `conflict` with the newest `revision` and `state` for another revision.
public struct AppointReferent: ClientCommand {
    /// The name on the wire.
    public static let name = "adoption.appoint"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which adoption.
    public var adoption = AdoptionID()
    /// For which of its two cities.
    public var city = OrganisationID()
    /// Who.
    public var person = PersonID()
    /// The revision that was read; left out for whatever is the newest.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("adoption", &adoption)
        visitor.id("city", &city)
        visitor.id("person", &person)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Asks for one adoption with its steps; the network's members.
public struct GetAdoption: ClientQuery {
    /// The name on the wire.
    public static let name = "adoption.get"
    /// What `ok` holds.
    public typealias Reply = AdoptionView
    /// Which adoption.
    public var adoption = AdoptionID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("adoption", &adoption)
    }
}

/// Asks for adoptions of the caller's networks, those changed last first.
public struct ListAdoptions: ClientQuery {
    /// The name on the wire.
    public static let name = "adoption.list"
    /// What `ok` holds.
    public typealias Reply = AdoptionList
    /// Only those of this solution.
    public var solution: SolutionID?
    /// Only those of this city.
    public var city: OrganisationID?
    /// Only those of this network.
    public var network: NetworkID?
    /// Only those of solutions that come from this city.
    public var origin: OrganisationID?
    /// Adoptions in one answer, 200 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.id("city", &city)
        visitor.id("network", &network)
        visitor.id("origin", &origin)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...64)
    }
}

/// A page of adoptions.
public struct AdoptionList: WireObject {
    /// Those changed last first.
    public var adoptions: [AdoptionView] = []
    /// Give it back for the next page; left out at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(adoptions: [AdoptionView], cursor: String?) {
        self.adoptions = adoptions
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("adoptions", &adoptions, count: 0...200)
        visitor.text("cursor", &cursor)
    }
}

/// An adoption (*trasferimento*); in updates what changed alone.
public struct AdoptionView: WireObject, Equatable {
    /// The adoption.
    public var id = AdoptionID()
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Where it stands.
    public var state = AdoptionState.requested
    /// Whose.
    public var network: NetworkID?
    /// Which solution.
    public var solution: SolutionID?
    /// What the solution is called.
    public var title: String?
    /// Which version of it.
    public var version: Int64?
    /// The newest published version, where it is newer.
    public var newer: Int64?
    /// Who takes it over.
    public var city: OrganisationID?
    /// What that city is called.
    public var cityName: String?
    /// Where it comes from.
    public var origin: NamedOrganisation?
    /// Who follows it for the adopting city.
    public var referent: NamedPerson?
    /// Who follows it for the city of origin.
    public var originReferent: NamedPerson?
    /// Its steps, the oldest first; in `adoption.get`.
    public var steps: [AdoptionStep]?
    /// Who asked for it; left out where nobody did.
    public var createdBy: MemberID?
    /// When it was asked for.
    public var at: Instant?
    /// When it last changed.
    public var changed: Instant?
    /// The steps that the reader may take.
    public var may: [String]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.id("network", &network)
        visitor.id("solution", &solution)
        visitor.text("title", &title)
        visitor.integer("version", &version)
        visitor.integer("newer", &newer)
        visitor.organisation("city", &city, called: "cityName", &cityName)
        visitor.object("origin", &origin)
        visitor.object("referent", &referent)
        visitor.object("originReferent", &originReferent)
        visitor.objects("steps", &steps, count: 0...100)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.instant("changed", &changed)
        visitor.texts("may", &may, count: 0...10)
    }
}

/// One step of an adoption.
public struct AdoptionStep: WireObject, Equatable {
    /// Where it led.
    public var state = AdoptionState.requested
    /// What was said, Markdown.
    public var note: String?
    /// The same as safe HTML.
    public var html: String?
    /// What shows it.
    public var files: [AttachedFile]?
    /// Who took it; left out for somebody who is gone.
    public var by: NamedPerson?
    /// When.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("state", &state)
        visitor.text("note", &note)
        visitor.text("html", &html)
        visitor.objects("files", &files, count: 0...20)
        visitor.object("by", &by)
        visitor.instant("at", &at)
    }
}

/// A city asks to take a solution over; on `network/N`.
///
/// Its id is the update's `seq`.
public struct AdoptionRequested: ServerUpdate {
    /// The name on the wire.
    public static let name = "adoption.requested"
    /// What changed.
    public var adoption = AdoptionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ adoption: AdoptionView) { self.adoption = adoption }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { adoption.fields(&visitor) }
}

/// An adoption went a step further or was given up; on `network/N`.
public struct AdoptionAdvanced: ServerUpdate {
    /// The name on the wire.
    public static let name = "adoption.advanced"
    /// What changed.
    public var adoption = AdoptionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ adoption: AdoptionView) { self.adoption = adoption }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { adoption.fields(&visitor) }
}

/// An adoption has another referent; on `network/N`.
public struct AdoptionAppointed: ServerUpdate {
    /// The name on the wire.
    public static let name = "adoption.appointed"
    /// What changed.
    public var adoption = AdoptionView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ adoption: AdoptionView) { self.adoption = adoption }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { adoption.fields(&visitor) }
}
