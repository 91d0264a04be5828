import CommunityKernel
import Events
import Journal
import Networks
import People
import Registrations
import WireProtocol

/// `attendance.record`, `.clear`, `.admit`, `.settle`, and what the clock settles.
struct RecordingAttendance: Sendable {
    let access: EventAccess
    let settings: AttendanceSettings

    /// Registrations settled in one transaction at most; the clock goes on with the rest.
    private static let batch = 200

    // MARK: attendance.record

    func record(_ command: RecordAttendance, _ work: UnitOfWork) throws -> AttendanceMinutes {
        let event = try access.facilitated(command.event, work)
        let minutes = try record(
            command.person,
            at: event,
            AttendanceInterval(joined: command.joined, left: command.left),
            work
        )
        try work.audit("attendance.record", subject: command.person.rawValue, detail: "event \(event.id)")
        return AttendanceMinutes(minutes: minutes)
    }

    /// Records a time; the minutes in all.
    func record(
        _ person: PersonID,
        at event: EventRecord,
        _ interval: AttendanceInterval,
        _ work: UnitOfWork
    ) throws
        -> Int64
    {
        guard interval.left > interval.joined else { throw WireError.invalid("with.left", "before_start") }
        guard event.isOn else { throw event.refused("the event does not take place") }
        guard work.now >= event.starts else { throw tooEarly("the event has not begun", until: event.starts, work) }
        let seat = try Attending.seat(of: person, at: event.id, work.sql)
        if seat == nil {
            let isMember = try NetworkStore.role(of: person, in: event.network, work.sql) != nil
            guard try isMember && PeopleStore.activePerson(person, work.sql) != nil else { throw WireError.notFound }
        }
        let former = try AttendanceStore.time(of: person, at: event.id, work.sql)
        let time = PresentTime(former.intervals + [interval])
        guard time.intervals.count <= Int(settings.intervals) else {
            throw WireError(.full, "at most \(settings.intervals) separate intervals are kept")
        }
        let minutes = try AttendanceStore.keep(time, of: person, at: event, work)
        if let seat { try follow(seat, minutes, at: event, work) }
        return minutes
    }

    /// Brings a registration to where the minutes put it.
    private func follow(_ seat: RegisteredSeat, _ minutes: Int64, at event: EventRecord, _ work: UnitOfWork) throws {
        switch seat.state {
        case .confirmed, .noShow: try Attending.move(seat, to: .checkedIn, at: event, work)
        case .attended, .partial:
            let state: RegistrationState = event.isEnough(minutes, threshold: settings.threshold) ? .attended : .partial
            if state != seat.state { try Attending.move(seat, to: state, at: event, work) }
        default: break
        }
    }

    private func tooEarly(_ message: String, until instant: Instant, _ work: UnitOfWork) -> WireError {
        WireError(.tooEarly, message, retryAfterMs: instant.milliseconds - work.now.milliseconds)
    }

    // MARK: attendance.clear

    func clear(_ command: ClearAttendance, _ work: UnitOfWork) throws -> Nothing {
        let event = try access.facilitated(command.event, work)
        guard try AttendanceStore.minutes(of: command.person, at: event.id, work.sql) != nil else {
            throw WireError.notFound
        }
        let seat = try Attending.seat(of: command.person, at: event.id, work.sql)
        if let seat, try CertificateStore.valid(of: seat.id, work.sql) != nil {
            throw seat.refused("a valid certificate rests on it")
        }
        try AttendanceStore.forget(command.person, at: event.id, work.sql)
        let news = AttendanceRecorded(event: event.id, person: command.person, minutes: 0)
        try work.append(news, to: .person(command.person))
        try work.append(news, to: .desk(event.network))
        // That no time stands any more is no sign that somebody came.
        if let seat, [.attended, .partial].contains(seat.state) { try follow(seat, 0, at: event, work) }
        try work.audit("attendance.clear", subject: command.person.rawValue, detail: "event \(event.id)")
        return Nothing()
    }

    // MARK: attendance.admit

    func admit(_ command: AdmitByTicket, _ work: UnitOfWork) throws -> AdmittedPerson {
        guard let id = try Ticket.registration(of: command.code, work.sql),
            let seat = try Attending.seat(id, work.sql)
        else { throw WireError.notFound }
        let event = try access.facilitated(seat.event, work)
        guard event.isOn else { throw event.refused("the event does not take place") }
        try Attending.move(seat, to: .checkedIn, at: event, work)
        try work.audit("attendance.admit", subject: seat.id.rawValue)
        var admitted = AdmittedPerson()
        admitted.registration = seat.id
        admitted.event = event.id
        admitted.person = NamedPerson(
            id: seat.person,
            name: try PeopleStore.names(of: [seat.person], work.sql)[seat.person] ?? ""
        )
        return admitted
    }

    // MARK: attendance.settle

    func settle(_ command: SettleAttendance, _ work: UnitOfWork) throws -> SettledAttendance {
        let event = try access.facilitated(command.event, work)
        try requireOver(event, work)
        let settled = try settle(event, work)
        try work.audit("attendance.settle", subject: event.id.rawValue)
        return settled
    }

    func requireOver(_ event: EventRecord, _ work: UnitOfWork) throws {
        guard event.isOn else { throw event.refused("the event does not take place") }
        guard work.now >= event.ends else { throw tooEarly("the event is not over", until: event.ends, work) }
    }

    /// Settles a batch; while there may be more, the event stays due now.
    private func settle(_ event: EventRecord, _ work: UnitOfWork) throws -> SettledAttendance {
        var settled = SettledAttendance()
        let seats = try Attending.seats(at: event.id, in: [.confirmed, .checkedIn], limit: Self.batch, work.sql)
        for seat in seats {
            switch try settle(seat, at: event, work) {
            case .attended: settled.attended += 1
            case .partial: settled.partial += 1
            default: settled.noShow += 1
            }
        }
        if seats.count < Self.batch {
            try work.sql.execute("DELETE FROM attendance_due WHERE event = \(event.id)")
        } else {
            try AttendanceClock.note(event.id, due: work.now, work.sql)
        }
        return settled
    }

    /// Settles one registration; what it came to.
    @discardableResult
    func settle(_ seat: RegisteredSeat, at event: EventRecord, _ work: UnitOfWork) throws -> RegistrationState {
        guard seat.state == .checkedIn else {
            if seat.state == .confirmed {
                try Attending.move(seat, to: .noShow, at: event, work)
                return .noShow
            }
            return seat.state
        }
        let minutes =
            try AttendanceStore.minutes(of: seat.person, at: event.id, work.sql)
            ?? AttendanceStore.keep(
                PresentTime(checkedIn: seat.changed, event),
                of: seat.person,
                at: event,
                work
            )
        let state: RegistrationState = event.isEnough(minutes, threshold: settings.threshold) ? .attended : .partial
        try Attending.move(seat, to: state, at: event, work)
        return state
    }

    /// Settles what is due.
    var clock: Tick {
        Tick(
            name: "attendance.settle",
            seconds: 10,
            isDue: { try AttendanceClock.due(at: $0.now, $0.sql) != nil },
            run: { work in
                guard let id = try AttendanceClock.due(at: work.now, work.sql) else { return false }
                guard let event = try EventStore.event(id, work.sql), event.isOn, work.now >= event.ends else {
                    // Called off or moved since: its next end says when.
                    try work.sql.execute("DELETE FROM attendance_due WHERE event = \(id)")
                    return true
                }
                _ = try settle(event, work)
                return true
            }
        )
    }
}

/// Which events are to be settled, and when.
enum AttendanceClock {
    static func due(at now: Instant, _ sql: any SQLReader) throws -> EventID? {
        try sql.first("SELECT event FROM attendance_due WHERE due <= \(now) ORDER BY due LIMIT 1") { $0.id(0) }
    }

    static func note(_ event: EventID, due: Instant, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO attendance_due (event, due) VALUES (\(event), \(due))
            ON CONFLICT (event) DO UPDATE SET due = excluded.due
            """
        )
    }
}

/// Notes the events that are over.
struct AttendanceObserver: EventObserver {
    let settings: AttendanceSettings

    func ended(_ event: EventRecord, _ work: UnitOfWork) throws {
        let due = event.ends.advanced(bySeconds: settings.settleHours * 3_600)
        try AttendanceClock.note(event.id, due: due, work.sql)
    }
}
