import CommunityKernel
import Events
import Journal
import Networks
import People
import Registrations
import WireProtocol

/// `attendance.list` and `attendance.hours`.
struct ListingAttendance: Sendable {
    let access: EventAccess
    let settings: AttendanceSettings

    private static let pageSize: Int64 = 200
    private static let totals = 500

    func list(_ query: ListAttendance, _ context: QueryContext) throws -> AttendanceList {
        let sql = context.sql
        let event = try access.readable(query.event, by: context.actor, sql)
        let runs = try access.rules.may(.manageEvents, context.actor, in: event.network, sql)
        let limit = Int(query.limit ?? Self.pageSize)
        var filter: SQLQuery = "person > \(query.after ?? PersonID())"
        if !runs { filter = "\(part: filter) AND person = \(context.actor.id)" }
        let found = try sql.all(
            """
            SELECT person FROM registration WHERE event = \(event.id) AND active = 1
                AND state IN ('confirmed', 'checked_in', 'attended', 'partial', 'no_show') AND \(part: filter)
            UNION SELECT person FROM attendance WHERE event = \(event.id) AND \(part: filter)
            ORDER BY person LIMIT \(limit + 1)
            """
        ) { $0.id(0) as PersonID }
        let people = Array(found.prefix(limit))
        let names = try PeopleStore.names(of: people, sql)
        let certificates = try CertificateStore.newest(at: event.id, of: people, sql)
        var list = AttendanceList()
        list.planned = event.plannedMinutes
        list.threshold = settings.threshold
        list.people = try people.map { person in
            var view = AttendanceView()
            view.person = NamedPerson(id: person, name: names[person] ?? "")
            let seat = try Attending.seat(of: person, at: event.id, sql)
            view.registration = seat?.id
            view.state = seat?.state
            var time = try AttendanceStore.time(of: person, at: event.id, sql)
            if time.intervals.isEmpty, let seat, seat.state == .checkedIn, context.now >= event.ends {
                time = PresentTime(checkedIn: seat.changed, event)
            }
            view.intervals = time.intervals
            view.minutes = time.minutes(at: event)
            view.enough = event.isEnough(view.minutes, threshold: settings.threshold)
            view.certificate = certificates[person]?.view
            if let seat, person == context.actor.id, seat.state == .confirmed, event.isOn {
                view.ticket = try Ticket.code(for: seat.id, sql)
            }
            return view
        }
        list.next = found.count > limit ? people.last : nil
        return list
    }

    func hours(_ query: AttendanceHours, _ context: QueryContext) throws -> AttendanceTotals {
        let sql = context.sql
        // Whole days have no hours.
        var filter: SQLQuery = "e.start_zone IS NOT NULL AND a.minutes > 0"
        if let from = query.from { filter = "\(part: filter) AND e.starts >= \(from)" }
        if let to = query.to { filter = "\(part: filter) AND e.starts < \(to)" }
        var totals = AttendanceTotals()
        guard let network = query.network else {
            filter = "\(part: filter) AND a.person = \(context.actor.id)"
            totals.people = try people(filter, sql)
            return totals
        }
        guard try NetworkStore.network(network, sql) != nil,
            try access.rules.may(.manageEvents, context.actor, in: network, sql)
                || NetworkStore.role(of: context.actor.id, in: network, sql) != nil
        else { throw WireError.notFound }
        guard try access.rules.may(.manageEvents, context.actor, in: network, sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        filter = "\(part: filter) AND e.network = \(network)"
        totals.people = try people(filter, sql)
        // Whom a person acted for on the day: a person of two organisations counts for both.
        totals.organisations = try sql.all(
            """
            SELECT o.id, o.name, COUNT(DISTINCT a.event), SUM(a.minutes) AS minutes
            FROM attendance a JOIN event e ON e.id = a.event
            JOIN organisation o ON o.id IN (SELECT m.organisation FROM mandate m WHERE m.person = a.person
                AND (m.starts_at IS NULL OR m.starts_at <= e.starts) AND (m.ends_at IS NULL OR m.ends_at > e.starts))
            WHERE \(part: filter) GROUP BY o.id, o.name ORDER BY minutes DESC, o.id LIMIT \(Self.totals)
            """,
            Self.total
        )
        return totals
    }

    private func people(_ filter: SQLQuery, _ sql: any SQLReader) throws -> [AttendanceTotal] {
        try sql.all(
            """
            SELECT p.id, p.name, COUNT(*), SUM(a.minutes) AS minutes
            FROM attendance a JOIN event e ON e.id = a.event JOIN person p ON p.id = a.person
            WHERE \(part: filter) GROUP BY p.id, p.name ORDER BY minutes DESC, p.id LIMIT \(Self.totals)
            """,
            Self.total
        )
    }

    private static func total(_ row: any SQLRow) -> AttendanceTotal {
        var total = AttendanceTotal()
        total.id = row.int(0)
        total.name = row.text(1)
        total.events = row.int(2)
        total.minutes = row.int(3)
        return total
    }
}
