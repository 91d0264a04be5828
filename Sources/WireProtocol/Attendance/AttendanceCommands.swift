/// Records when somebody was at an event; its facilitators, and room adapters.
///
/// Of the time only what lies within the planned start and end counts, and what was recorded twice counts once. Who had
/// a seat and was not checked in is checked in by it. Errors: `not_found` for an event or a person that one may not know
/// of, `invalid` for `left` not after `joined`, `too_early` before the event begins, `conflict` with the state for one
/// that does not take place.
public struct RecordAttendance: ClientCommand {
    /// The name on the wire.
    public static let name = "attendance.record"
    /// What `ok` holds.
    public typealias Reply = AttendanceMinutes
    /// At which event.
    public var event = EventID()
    /// Who.
    public var person = PersonID()
    /// From when on.
    public var joined = Instant(milliseconds: 0)
    /// Until when.
    public var left = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.id("person", &person)
        visitor.instant("joined", &joined)
        visitor.instant("left", &left)
    }
}

/// How long somebody was at an event in all.
public struct AttendanceMinutes: WireObject {
    /// Whole minutes within the planned start and end, rounded down.
    public var minutes: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(minutes: Int64) { self.minutes = minutes }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("minutes", &minutes) }
}

/// Takes back what was recorded of one person's presence; facilitators.
///
/// Errors: `not_found` where nothing was recorded, `conflict` while a valid certificate rests on it.
public struct ClearAttendance: ClientCommand {
    /// The name on the wire.
    public static let name = "attendance.clear"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// At which event.
    public var event = EventID()
    /// Whose.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.id("person", &person)
    }
}

/// Checks somebody in by the code of a ticket, as a telephone reads it from a QR symbol; facilitators.
///
/// Errors: `not_found` for a code of no registration that one may know of, `conflict` with the state for who is checked
/// in already or has no seat.
public struct AdmitByTicket: ClientCommand {
    /// The name on the wire.
    public static let name = "attendance.admit"
    /// What `ok` holds.
    public typealias Reply = AdmittedPerson
    /// What the ticket says.
    public var code = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("code", &code, bytes: 1...64) }
}

/// Who came in.
public struct AdmittedPerson: WireObject {
    /// The registration.
    public var registration = RegistrationID()
    /// For which event.
    public var event = EventID()
    /// Who.
    public var person = NamedPerson()
    /// Where it stands now.
    public var state = RegistrationState.checkedIn

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("registration", &registration)
        visitor.id("event", &event)
        visitor.object("person", &person)
        visitor.choice("state", &state)
    }
}

/// Settles who attended an event that is over; facilitators.
///
/// `attended` from the threshold on, `partial` below it, `no_show` for who had a seat and never came. The clock does the
/// same some time after the end.
///
/// Errors: `too_early` before the end, `conflict` with the state for an event that did not take place.
public struct SettleAttendance: ClientCommand {
    /// The name on the wire.
    public static let name = "attendance.settle"
    /// What `ok` holds.
    public typealias Reply = SettledAttendance
    /// Of which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// What the registrations of an event came to.
public struct SettledAttendance: WireObject {
    /// Who was there for long enough.
    public var attended: Int64 = 0
    /// Who was there for a part.
    public var partial: Int64 = 0
    /// Who did not come.
    public var noShow: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("attended", &attended)
        visitor.integer("partial", &partial)
        visitor.integer("noShow", &noShow)
    }
}
