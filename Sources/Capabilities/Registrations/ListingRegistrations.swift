import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// What is told about registrations.
struct ListingRegistrations: Sendable {
    let access: EventAccess

    private static let pageSize: Int64 = 200

    func list(_ query: ListRegistrations, _ context: QueryContext) throws -> RegistrationList {
        let sql = context.sql
        let event = try access.readable(query.event, by: context.actor, sql)
        let ofAll =
            try !(query.mine ?? false) && access.rules.may(.manageEvents, context.actor, in: event.network, sql)
        var place: QueuePlace?
        if let cursor = query.cursor {
            guard let found = QueuePlace(cursor: cursor) else { throw WireError.invalid("with.cursor", "not_allowed") }
            place = found
        }
        let limit = Int(query.limit ?? Self.pageSize)
        let found = try RegistrationStore.page(
            of: event.id,
            person: ofAll ? nil : context.actor.id,
            state: query.state,
            after: place,
            limit: limit + 1,
            sql
        )
        let page = found.prefix(limit)
        let names = try PeopleStore.names(of: page.map(\.registration.person), sql)
        let counts = try AttendanceFacts().counts(of: [event.id], sql)[event.id] ?? EventCounts()
        let hasFree = event.capacity.map { counts.confirmed + counts.offered < $0 } ?? true
        // Those who wait stand one after the other: only the first of a page has to be counted to.
        var position = try page.first { $0.registration.state == .waitlisted }
            .flatMap { try RegistrationStore.position(of: $0.registration, sql) }
        let views = try page.map { registration, _ in
            var view = RegistrationView()
            view.id = registration.id
            view.event = registration.event
            view.network = event.network
            view.person = registration.person
            view.name = names[registration.person] ?? ""
            view.state = registration.state
            view.revision = registration.revision
            switch registration.state {
            case .waitlisted:
                view.position = ofAll ? position : try RegistrationStore.position(of: registration, sql)
                view.waiting = hasFree ? .queue : .full
                position = position.map { $0 + 1 }
            case .requested: view.waiting = .approval
            default: break
            }
            view.expires = registration.expires
            view.reason = registration.reason
            view.answers = registration.answers
            view.createdBy = registration.creator
            view.at = registration.created
            view.changed = registration.changed
            return view
        }
        return RegistrationList(
            registrations: views,
            cursor: found.count > limit ? page.last?.place.cursor : nil
        )
    }
}

extension ListingRegistrations {
    func form(_ query: GetRegistrationForm, _ context: QueryContext) throws -> RegistrationFormFacts {
        let event = try access.readable(query.event, by: context.actor, context.sql)
        return try RegistrationForm(of: event, access.rules, context.sql).facts(context.sql)
    }
}

/// Who takes part in events, as events show it.
struct AttendanceFacts: EventAttendance {
    func counts(of events: [EventID], _ sql: any SQLReader) throws -> [EventID: EventCounts] {
        var counts: [EventID: EventCounts] = [:]
        try sql.forEach(
            """
            SELECT event, confirmed, waiting, offered, requested FROM registration_count
            WHERE event IN (\(list: events))
            """
        ) { row in
            counts[row.id(0)] = EventCounts(
                confirmed: row.int(1),
                waiting: row.int(2),
                offered: row.int(3),
                requested: row.int(4)
            )
        }
        return counts
    }

    func places(of person: PersonID, in events: [EventID], _ sql: any SQLReader) throws -> [EventID: EventPlace] {
        // The active one, or the last that ended.
        let registrations = try sql.all(
            """
            SELECT \(part: RegistrationRecord.columns) FROM registration r
            WHERE r.person = \(person) AND r.event IN (\(list: events)) ORDER BY r.active, r.id
            """,
            RegistrationRecord.init
        )
        var places: [EventID: EventPlace] = [:]
        for registration in registrations {
            var place = EventPlace()
            place.registration = registration.id.rawValue
            place.state = registration.state.rawValue
            places[registration.event] = place
        }
        let counts = try counts(of: registrations.filter { $0.state == .waitlisted }.map(\.event), sql)
        for registration in registrations {
            switch registration.state {
            case .waitlisted:
                places[registration.event]?.position = try RegistrationStore.position(of: registration, sql)
                let event = try EventStore.event(registration.event, sql)
                let taken = counts[registration.event].map { $0.confirmed + $0.offered } ?? 0
                places[registration.event]?.waiting = event?.capacity.map { taken < $0 } ?? true ? .queue : .full
            case .requested: places[registration.event]?.waiting = .approval
            case .offered: places[registration.event]?.expires = registration.expires
            default: break
            }
        }
        return places
    }

    func events(of person: PersonID) -> SQLQuery? {
        "SELECT event FROM registration WHERE person = \(person) AND active = 1"
    }
}
