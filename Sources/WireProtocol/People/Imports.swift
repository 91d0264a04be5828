/// Bytes of one import at most.
public let importBytes: Int64 = 1_048_576

/// What becomes of a row of an import.
public enum ImportAction: String, Sendable, CaseIterable {
    /// Somebody or something new.
    case create
    /// Something known gets other values.
    case change
    /// All of it is known.
    case unchanged
    /// Something is wrong with it.
    case invalid
}

/// Reads persons and their mandates from a table (CSV, RFC 4180; also with `;` or tabs); administrators.
///
/// The columns, named in the first row: `name`, `email`, `language`, `organisation` (its slug), `role`, `title`, `from`,
/// `to`. An empty cell leaves what there is. A person with several mandates has several rows. An import changes
/// nothing unless `apply` is true; then all of it happens or, with any row that is invalid, nothing.
///
/// Errors: `invalid` for a table that cannot be read or, when applied, with the problems of its rows
/// (`with.csv.LINE.COLUMN`).
public struct ImportPersons: ClientCommand {
    /// The name on the wire.
    public static let name = "person.import"
    /// What `ok` holds.
    public typealias Reply = ImportedPersons
    /// The table.
    public var csv = ""
    /// Whether to do it, or only to say what would be done.
    public var apply: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("csv", &csv, bytes: 1...importBytes)
        visitor.flag("apply", &apply)
    }
}

/// Reads organisations from a table, as ``ImportPersons`` does persons; administrators.
///
/// The columns: `slug`, `kind`, `name`, `istat`, `region`, `parent` (the slug of a metropolitan city, which may stand in
/// the same table), `lat`, `lon`.
public struct ImportOrganisations: ClientCommand {
    /// The name on the wire.
    public static let name = "organisation.import"
    /// What `ok` holds.
    public typealias Reply = ImportedOrganisations
    /// The table.
    public var csv = ""
    /// Whether to do it, or only to say what would be done.
    public var apply: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("csv", &csv, bytes: 1...importBytes)
        visitor.flag("apply", &apply)
    }
}

/// What becomes of one person's row.
public struct ImportedPerson: WireObject, Equatable {
    /// The line of the table in which the row begins, from 1.
    public var line: Int64 = 0
    /// What becomes of it.
    public var action = ImportAction.unchanged
    /// The name in it.
    public var name = ""
    /// The address in it.
    public var email = ""
    /// What is wrong, by column.
    public var problems: [FieldProblem]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("line", &line)
        visitor.choice("action", &action)
        visitor.text("name", &name)
        visitor.text("email", &email)
        visitor.objects("problems", &problems, count: 0...100)
    }
}

/// What becomes of one organisation's row.
public struct ImportedOrganisation: WireObject, Equatable {
    /// The line of the table in which the row begins, from 1.
    public var line: Int64 = 0
    /// What becomes of it.
    public var action = ImportAction.unchanged
    /// The name in it.
    public var name = ""
    /// The slug in it.
    public var slug = ""
    /// What is wrong, by column.
    public var problems: [FieldProblem]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("line", &line)
        visitor.choice("action", &action)
        visitor.text("name", &name)
        visitor.text("slug", &slug)
        visitor.objects("problems", &problems, count: 0...100)
    }
}

/// How many rows of an import become what.
public struct ImportCounts: WireObject, Equatable {
    /// Rows that make somebody or something.
    public var create: Int64 = 0
    /// Rows that change something.
    public var change: Int64 = 0
    /// Rows that change nothing.
    public var unchanged: Int64 = 0
    /// Rows that cannot be taken.
    public var invalid: Int64 = 0
    /// Whether it was done.
    public var applied = false

    /// To be read.
    public init() {}

    /// Counts.
    public init(_ actions: some Sequence<ImportAction>, applied: Bool) {
        for action in actions {
            switch action {
            case .create: create += 1
            case .change: change += 1
            case .unchanged: unchanged += 1
            case .invalid: invalid += 1
            }
        }
        self.applied = applied
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("create", &create)
        visitor.integer("change", &change)
        visitor.integer("unchanged", &unchanged)
        visitor.integer("invalid", &invalid)
        visitor.flag("applied", &applied)
    }
}

/// What becomes of an import of persons; a repeated one is answered without the rows.
public struct ImportedPersons: WireObject {
    /// The rows, in order.
    public var rows: [ImportedPerson] = []
    /// How many become what.
    public var counts = ImportCounts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ rows: [ImportedPerson], applied: Bool) {
        self.rows = rows
        counts = ImportCounts(rows.map(\.action), applied: applied)
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("rows", &rows, count: 0...100_000)
        counts.fields(&visitor)
    }
}

/// What becomes of an import of organisations.
public struct ImportedOrganisations: WireObject {
    /// The rows, in order.
    public var rows: [ImportedOrganisation] = []
    /// How many become what.
    public var counts = ImportCounts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ rows: [ImportedOrganisation], applied: Bool) {
        self.rows = rows
        counts = ImportCounts(rows.map(\.action), applied: applied)
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("rows", &rows, count: 0...100_000)
        counts.fields(&visitor)
    }
}
