/// The path of `GET /solutions/{id}/kit.zip`, `.pdf` and `.md`.
public struct SolutionPath: WireObject {
    /// Which.
    public var id: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("id", &id, in: 1...largestID) }
}

/// Which version of a solution's kit is fetched.
public struct KitVersion: WireObject {
    /// A published version; left out for what is being written, or the newest version where nothing is.
    public var version: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("version", &version, in: 1...largestID)
    }
}

/// Where a kit is taken to: the query of `PUT /api/v1/solutions/import`.
public struct KitTarget: WireObject {
    /// The network.
    public var network = NetworkID()
    /// The city that it comes from; left out for the one that the kit names.
    public var city: OrganisationID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("city", &city)
    }
}
