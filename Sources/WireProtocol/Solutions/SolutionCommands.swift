/// Starts a solution (*soluzione sperimentata*) as a draft: a document with a kit; the network's members.
///
/// Errors: `invalid` for a city that is no metropolitan city, and with `with.network` `not_allowed` where the network's type has no solutions written.
public struct CreateSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.create"
    /// What `ok` holds.
    public typealias Reply = CreatedSolution
    /// Of which network.
    public var network = NetworkID()
    /// What it is called.
    public var title = ""
    /// The metropolitan city that it comes from.
    public var city = OrganisationID()
    /// What it is about.
    public var area = SolutionArea.edilizia

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.line("title", &title, bytes: 1...200)
        visitor.id("city", &city)
        visitor.choice("area", &area)
    }
}

/// A solution that was started.
public struct CreatedSolution: WireObject {
    /// The solution.
    public var id = SolutionID()
    /// Its text, which is written together.
    public var document = DocumentID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: SolutionID, document: DocumentID) {
        self.id = id
        self.document = document
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("document", &document)
    }
}

/// Writes one part of a solution's kit; the network's members.
///
/// Of a published solution it opens the next version as a draft; the published one stays as it is.
/// Errors: `conflict` with the newest `revision` and `state` for another revision and where the state does not allow it.
public struct WriteSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.write"
    /// What `ok` holds.
    public typealias Reply = SolutionRevision
    /// Which solution.
    public var solution = SolutionID()
    /// Which part.
    public var part = KitPart.summary
    /// What it says, Markdown; empty where there is nothing to say yet.
    public var text = ""
    /// The revision that was read.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.choice("part", &part)
        visitor.text("text", &text, bytes: 0...largestKitPart)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Says under which licence others may take a solution over; the network's members.
///
/// Of a published solution it opens the next version as a draft. Errors: `conflict` with the newest `revision` and `state` for another revision and where the state does not allow it; `invalid` with `with.licence` `not_a_licence` for what is no SPDX licence expression or names what is not on the SPDX licence list.
public struct LicenseSolution: ClientCommand {
    /// The name on the wire.
    public static let name = "solution.license"
    /// What `ok` holds.
    public typealias Reply = SolutionRevision
    /// Which solution.
    public var solution = SolutionID()
    /// The SPDX identifier, such as `CC-BY-4.0`, or an expression of several, such as `EUPL-1.2 OR (MIT AND CC-BY-4.0)`; it comes back as the list writes it.
    ///
    /// `LicenseRef-…` names a licence that is not on the list.
    public var licence = ""
    /// The revision that was read.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("solution", &solution)
        visitor.line("licence", &licence, bytes: 1...largestLicence)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Where a solution stands after it was written.
public struct SolutionRevision: WireObject {
    /// Rises with each change.
    public var revision: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(revision: Int64) {
        self.revision = revision
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
    }
}
