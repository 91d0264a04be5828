import CommunityKernel
public import Journal
import People
public import WireProtocol

/// `calendar.feed`, `calendar.revoke`, and the addresses at which calendars are read.
struct CalendarFeeds: Sendable {
    let access: EventAccess
    let attendance: any EventAttendance
    let calendar: EventCalendar
    /// Events in one feed at most.
    let limit: Int
    /// How long an event that is over stays in a feed, days.
    let pastDays: Int64
    /// This run of the server: another one may have another program, other settings, other rules of the zones.
    private let run = Secret.random(16)

    init(access: EventAccess, attendance: any EventAttendance, calendar: EventCalendar, limit: Int, pastDays: Int64) {
        self.access = access
        self.attendance = attendance
        self.calendar = calendar
        self.limit = limit
        self.pastDays = pastDays
    }

    func open(_ command: OpenCalendarFeed, _ work: UnitOfWork) throws -> CalendarFeedAddress {
        let person = try self.person(work)
        let known = try work.sql.first("SELECT secret FROM calendar_feed WHERE person = \(person)") { $0.text(0) }
        let secret = known ?? Secret.token()
        if known == nil {
            try work.sql.execute(
                """
                INSERT INTO calendar_feed (person, secret, hash, created_at)
                VALUES (\(person), \(secret), \(Self.hash(secret)), \(work.now))
                """
            )
        }
        return CalendarFeedAddress(url: "\(calendar.address.value)/calendar/\(secret).ics")
    }

    func revoke(_ command: RevokeCalendarFeed, _ work: UnitOfWork) throws -> Nothing {
        try Self.forget(try person(work), work.sql)
        return Nothing()
    }

    private func person(_ work: UnitOfWork) throws -> PersonID {
        guard work.actor.kind == .person else { throw WireError.forbidden("for persons") }
        return work.actor.id
    }

    static func forget(_ person: PersonID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM calendar_feed WHERE person = \(person)")
    }

    /// Found by its hash, so that the time of a search tells nothing of the secret.
    private static func hash(_ secret: String) -> String { Secret.hex(Secret.sha256(Array(secret.utf8))) }

    // MARK: Addresses

    /// `GET /events/{id}.ics`.
    var eventRoute: WebRoute {
        var description = WebRoute.Description(
            "An event as iCalendar",
            path: EventPath.self,
            query: Nothing.self,
            mediaType: "text/calendar"
        )
        description.query = nil
        return WebRoute("GET", "/events/{id}.ics", access: .networkMember, bots: true, description: description) {
            request,
            community in
            guard let id = request.parameters["id"].flatMap({ Int64($0) }), id > 0 else { throw WireError.notFound }
            let content = try community.read(as: request.actor, address: request.address) { context in
                let event = try access.readable(EventID(id), by: context.actor, context.sql)
                let taken = try self.taken(by: context.actor, [event.id], context.sql)
                return try calendar.published([event], name: nil, taken: taken, context.sql)
            }
            let tag = Self.tag(content)
            let isKnown = Self.matches(request.headers["if-none-match"], tag)
            return Self.answer(isKnown ? nil : content, tag, file: "event-\(id).ics")
        }
    }

    /// `GET /calendar/{secret}.ics`: whoever knows the address reads what its person may see at this moment.
    var feedRoute: WebRoute {
        var description = WebRoute.Description(
            "A person's calendar, by its secret address",
            path: CalendarPath.self,
            query: Nothing.self,
            mediaType: "text/calendar"
        )
        description.query = nil
        return WebRoute("GET", "/calendar/{secret}.ics", access: .anyone, description: description) {
            request,
            community in
            guard let secret = request.parameters["secret"], secret.utf8.count <= 64 else { throw WireError.notFound }
            let (content, tag) = try community.read(as: .nobody, address: request.address) { context in
                try feed(secret, known: request.headers["if-none-match"], context)
            }
            return Self.answer(content, tag, file: nil)
        }
    }

    /// What a feed holds, nil where its reader has that already, and its tag.
    ///
    /// The tag is made of everything that the feed is made of, read in the same view of the store: it costs a tenth of
    /// the feed itself.
    private func feed(
        _ secret: String,
        known: String?,
        _ context: QueryContext
    ) throws -> (content: [UInt8]?, tag: String) {
        let sql = context.sql
        let owner: PersonID? = try sql.first(
            "SELECT person FROM calendar_feed WHERE hash = \(Self.hash(secret))"
        ) { $0.id(0) }
        guard let owner, let person = try PeopleStore.activePerson(owner, sql) else { throw WireError.notFound }
        let reader = Member(id: person.id, kind: .person, name: person.name)
        let oldest = context.now.advanced(bySeconds: -pastDays * 86_400)
        let shown: SQLQuery =
            "e.public = 1 AND e.ends > \(oldest) AND \(part: try access.condition(for: reader, sql))"
        let rows = try EventStore.rows(where: shown, limit: limit, sql)
        let taken = try self.taken(by: reader, rows.ids, sql)
        let places = rows.ids.map { taken.contains($0) ? UInt8(1) : 0 }
        let tag = Self.tag(run + Array(try EventCalendar.domain(sql).utf8) + [0xFF] + rows.bytes + places)
        guard !Self.matches(known, tag) else { return (nil, tag) }
        let events = try EventStore.events(where: shown, limit: limit, sql)
        return (try calendar.published(events, name: calendar.community, taken: taken, sql), tag)
    }

    /// Those of the events that take a member's time: in which the member has a seat.
    private func taken(by member: Member, _ events: [EventID], _ sql: any SQLReader) throws -> Set<EventID> {
        guard member.kind == .person else { return [] }
        let places = try attendance.places(of: member.id, in: events, sql)
        return Set(
            places.filter { ["confirmed", "checked_in", "attended", "partial"].contains($0.value.state) }.keys
        )
    }

    private static func tag(_ bytes: [UInt8]) -> String {
        "\"\(Secret.hex(Array(Secret.sha256(bytes).prefix(16))))\""
    }

    /// Without content: the reader has it.
    private static func answer(_ content: [UInt8]?, _ tag: String, file: String?) -> WebResponse {
        var headers = [
            ("ETag", tag),
            // Asked for again each time: what one may see may end at any moment.
            ("Cache-Control", "private, no-cache"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        ]
        guard let content else { return WebResponse(status: 304, headers: headers) }
        headers.append(("Content-Type", "text/calendar; charset=utf-8"))
        if let file { headers.append(("Content-Disposition", "attachment; filename=\"\(file)\"")) }
        return WebResponse(headers: headers, body: .bytes(content))
    }

    private static func matches(_ header: String?, _ tag: String) -> Bool {
        (header ?? "").split(separator: ",").contains { part in
            let name = part.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
            return name == "*" || name == tag || name == "W/" + tag
        }
    }
}

extension CalendarFeedAddress: SecretBearing {
    /// The reply without the address.
    public var withoutSecrets: CalendarFeedAddress { CalendarFeedAddress(url: nil) }
}
