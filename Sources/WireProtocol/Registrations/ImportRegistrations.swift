/// Reads an event's registrations from a table as `GET /events/{id}/registrations.csv` gives it; facilitators.
///
/// Columns have their Italian or English titles, or the names `name`, `state`, `reason`, `registration`, `person` and
/// `answers.FIELD`; `position` and `at` are not read, and by `changed` a row is refused (`stale`) that would change what
/// has changed since the table was written. A row with a registration changes it: its state as a
/// facilitator may (approve, turn down, check in, cancel, and take those back) and its answers. A row without one
/// registers somebody of the network, by number or name, or with the state `invited` invites. An empty cell leaves what
/// there is.
///
/// Nothing changes unless `apply` is true; the answer says all the same what would, tried out row by row in the order of
/// the table. When it is applied, each row is done as a whole or not at all, and those that cannot be are told with their
/// problems by column. Errors: `invalid` for what is no such table.
public struct ImportRegistrations: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.import"
    /// What `ok` holds.
    public typealias Reply = ImportedRegistrations
    /// Of which event.
    public var event = EventID()
    /// The table.
    public var csv = ""
    /// Whether to do it, or only to say what would be done.
    public var apply: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.text("csv", &csv, bytes: 1...importBytes)
        visitor.flag("apply", &apply)
    }
}

/// What becomes of one registration's row.
public struct ImportedRegistration: WireObject, Equatable {
    /// The line of the table in which the row begins, from 1.
    public var line: Int64 = 0
    /// What becomes of it.
    public var action = ImportAction.unchanged
    /// Whose registration it is.
    public var name = ""
    /// The registration; left out where none comes of it.
    public var registration: RegistrationID?
    /// Where it stood before.
    public var former: RegistrationState?
    /// Where it stands afterwards.
    public var state: RegistrationState?
    /// The questions of the form that get another answer.
    public var answers: [String]?
    /// What is wrong, by column.
    public var problems: [FieldProblem]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("line", &line)
        visitor.choice("action", &action)
        visitor.text("name", &name)
        visitor.id("registration", &registration)
        visitor.choice("former", &former)
        visitor.choice("state", &state)
        visitor.texts("answers", &answers, count: 0...100)
        visitor.objects("problems", &problems, count: 0...200)
    }
}

/// What becomes of an import of registrations.
public struct ImportedRegistrations: WireObject {
    /// The rows, in order.
    public var rows: [ImportedRegistration] = []
    /// How many become what.
    public var counts = ImportCounts()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ rows: [ImportedRegistration], applied: Bool) {
        self.rows = rows
        counts = ImportCounts(rows.map(\.action), applied: applied)
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("rows", &rows, count: 0...100_000)
        counts.fields(&visitor)
    }
}
