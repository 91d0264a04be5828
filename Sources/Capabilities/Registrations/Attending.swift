public import CommunityKernel
public import Events
public import Journal
public import WireProtocol

/// A registration as the capability that keeps attendance sees it.
public struct RegisteredSeat: Sendable {
    /// The registration.
    public let id: RegistrationID
    /// For which event.
    public let event: EventID
    /// Whose.
    public let person: PersonID
    /// Where it stands.
    public let state: RegistrationState
    /// When it last changed: for who is checked in, when that was.
    public let changed: Instant
    fileprivate let record: RegistrationRecord

    init(_ record: RegistrationRecord) {
        id = record.id
        event = record.event
        person = record.person
        state = record.state
        changed = record.changed
        self.record = record
    }

    /// `conflict`: its state does not allow that.
    public func refused(_ message: String) -> WireError { record.refused(message) }
}

/// What becomes of seats on the day and after it: the door of the capability that keeps attendance.
public enum Attending {
    /// A registration by its id.
    public static func seat(_ id: RegistrationID, _ sql: any SQLReader) throws -> RegisteredSeat? {
        try RegistrationStore.registration(id, sql).map(RegisteredSeat.init)
    }

    /// The active registration of a person for an event.
    public static func seat(of person: PersonID, at event: EventID, _ sql: any SQLReader) throws -> RegisteredSeat? {
        try RegistrationStore.active(of: person, for: event, sql).map(RegisteredSeat.init)
    }

    /// Those of an event in one of the states, by registration, at most `limit`.
    public static func seats(
        at event: EventID,
        in states: [RegistrationState],
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [RegisteredSeat]
    {
        try sql.all(
            """
            SELECT \(part: RegistrationRecord.columns) FROM registration r
            WHERE r.event = \(event) AND r.state IN (\(list: states.map(\.rawValue))) ORDER BY r.id LIMIT \(limit)
            """
        ) { RegisteredSeat(RegistrationRecord($0)) }
    }

    /// Brings a seat to `checkedIn`, `attended`, `partial` or `noShow`.
    ///
    /// Errors: `conflict` where the states do not follow each other.
    public static func move(
        _ seat: RegisteredSeat,
        to state: RegistrationState,
        at event: EventRecord,
        _ work: UnitOfWork
    ) throws {
        let mayFollow: Bool
        switch state {
        case .checkedIn: mayFollow = [.confirmed, .noShow].contains(seat.state)
        case .noShow: mayFollow = seat.state == .confirmed
        case .attended, .partial: mayFollow = [.checkedIn, .attended, .partial].contains(seat.state)
        default: mayFollow = false
        }
        guard mayFollow else {
            throw seat.refused("a registration that is \(seat.state.rawValue) does not become that")
        }
        var seats = try Seats(of: event, work)
        try seats.move(seat.record, to: state)
        try seats.finish()
    }
}
