import CICal
public import CommunityKernel
public import Journal
import Messages
import Networks
public import WireProtocol

/// Writes events as iCalendar (RFC 5545, RFC 5546).
public struct EventCalendar: Sendable {
    /// Where the community is reached; links begin with it.
    let address: PublicAddress
    /// The community's name.
    let community: String

    /// Makes it.
    public init(address: PublicAddress, community: String) {
        self.address = address
        self.community = community
    }

    /// What a message about an event asks of the programs that read it.
    public enum Method: String, Sendable {
        /// Shows events to whoever reads them.
        case publish = "PUBLISH"
        /// Invites, or tells of a change: the same UID with a higher SEQUENCE.
        case request = "REQUEST"
        /// Takes an event out of the calendar.
        case cancel = "CANCEL"
    }

    /// An invitation of one person to an event, or its change or withdrawal, for a mail: `text/calendar` with the
    /// parameter `method`.
    ///
    /// `now` is when the mail is made. Of an event that does not take place the method is CANCEL, whatever was asked.
    public func invitation(
        _ event: EventRecord,
        _ method: Method,
        to attendee: CalendarParty,
        answer: CalendarAnswer,
        from organiser: CalendarParty,
        now: Instant,
        _ sql: any SQLReader
    ) throws -> [UInt8] {
        let uid = try uid(of: event, sql)
        let method: Method = event.isWithdrawn ? .cancel : method
        return CalendarComponent.text {
            let calendar = self.calendar(method, [event])
            let component = self.component(event, uid: uid, at: now, withdrawn: method == .cancel)
            component.organiser(organiser)
            component.attendee(attendee, answer)
            calendar.add(component)
            return calendar
        }
    }

    /// Events as a calendar that is read; those that take its reader's time are `taken`.
    func published(
        _ events: [EventRecord],
        name: String?,
        taken: Set<EventID>,
        _ sql: any SQLReader
    ) throws -> [UInt8] {
        let domain = try Self.domain(sql)
        return CalendarComponent.text {
            let calendar = self.calendar(.publish, events)
            if let name {
                calendar.text(ICAL_NAME_PROPERTY, name)
                calendar.extended("X-WR-CALNAME", name)
                calendar.word("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
                calendar.extended("X-PUBLISHED-TTL", "PT1H")
            }
            for event in events {
                let uid = Self.uid(of: event, domain)
                let component = self.component(event, uid: uid, at: event.changed, withdrawn: event.isWithdrawn)
                component.word("TRANSP", taken.contains(event.id) ? "OPAQUE" : "TRANSPARENT")
                calendar.add(component)
            }
            return calendar
        }
    }

    private func calendar(_ method: Method, _ events: [EventRecord]) -> CalendarComponent {
        let calendar = CalendarComponent(ICAL_VCALENDAR_COMPONENT)
        calendar.word("VERSION", "2.0")
        calendar.text(ICAL_PRODID_PROPERTY, "-//Metropoli Strategiche//Metropoli//IT")
        calendar.word("CALSCALE", "GREGORIAN")
        calendar.word("METHOD", method.rawValue)
        if let first = events.map(\.starts).min(), let last = events.map(\.ends).max() {
            let zones = Set(events.flatMap { [$0.span.start.zone, $0.span.end.zone] }.compactMap { $0 })
            for zone in zones.subtracting(["UTC"]).sorted() {
                if let component = CalendarZone.component(zone, from: first, to: last) { calendar.add(component) }
            }
        }
        return calendar
    }

    private func component(
        _ event: EventRecord,
        uid: String,
        at stamp: Instant,
        withdrawn: Bool
    ) -> CalendarComponent {
        let component = CalendarComponent(ICAL_VEVENT_COMPONENT)
        component.text(ICAL_UID_PROPERTY, uid)
        component.moment(ICAL_DTSTAMP_PROPERTY, stamp)
        component.moment(ICAL_CREATED_PROPERTY, event.created)
        component.moment(ICAL_LASTMODIFIED_PROPERTY, event.changed)
        component.sequence(event.sequence)
        component.time(ICAL_DTSTART_PROPERTY, event.span.start)
        component.time(ICAL_DTEND_PROPERTY, event.span.isAllDay ? event.span.end.dayAfter : event.span.end)
        let number = event.index.map { " (\($0)/\(event.planned ?? $0))" } ?? ""
        component.text(ICAL_SUMMARY_PROPERTY, event.title + number)
        if let place = event.details.place {
            component.text(ICAL_LOCATION_PROPERTY, place)
        } else if event.details.room != nil {
            component.text(ICAL_LOCATION_PROPERTY, "Online")
        }
        let description = [event.reason, event.details.text.map(Markdown.plain), link(to: event)].compactMap { $0 }
        if !description.isEmpty {
            component.text(ICAL_DESCRIPTION_PROPERTY, description.joined(separator: "\n\n"))
        }
        if let link = link(to: event) { component.word("URL", link) }
        component.word("STATUS", withdrawn ? "CANCELLED" : event.isPublic ? "CONFIRMED" : "TENTATIVE")
        return component
    }

    private func link(to event: EventRecord) -> String? {
        address.value.isEmpty ? nil : "\(address.value)/events/\(event.id)"
    }

    // MARK: Identity

    /// What one event is called in calendars, for ever and whatever the community's address becomes.
    public func uid(of event: EventRecord, _ sql: any SQLReader) throws -> String {
        Self.uid(of: event, try Self.domain(sql))
    }

    private static func uid(of event: EventRecord, _ domain: String) -> String {
        "event-\(event.id)@\(domain).metropoli"
    }

    /// A random name of this community, made once.
    static func domain(_ sql: any SQLReader) throws -> String {
        try sql.first("SELECT value FROM calendar_name WHERE name = 'domain'") { $0.text(0) } ?? "community"
    }

    /// Makes the community's name, where there is none yet.
    static func makeDomain(_ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO calendar_name (name, value) VALUES ('domain', \(Secret.hex(Secret.random(8))))
            ON CONFLICT (name) DO NOTHING
            """
        )
    }
}

extension EventTime {
    /// The day after: iCalendar's end is the first day that no longer belongs to an event.
    fileprivate var dayAfter: EventTime {
        let next = date.flatMap { Instant($0 + "T00:00:00Z") }?.advanced(bySeconds: 86_400)
        return EventTime(date: String((next?.description ?? date ?? "").prefix(10)))
    }
}
