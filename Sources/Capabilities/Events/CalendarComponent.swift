import CICal
import CommunityKernel
import Synchronization
import WireProtocol

/// A component of iCalendar, such as VCALENDAR or VEVENT, that libical builds and writes: it escapes, and folds lines
/// at 75 octets.
///
/// What is added to another one belongs to that one and is freed with it; ``text(of:)`` frees the outermost.
struct CalendarComponent {
    private let pointer: OpaquePointer

    /// libical keeps its errors by thread, but says nothing of what its calendars share.
    private static let lock = Mutex(())

    /// Builds a calendar and writes it; everything built in `body` is freed.
    static func text(_ body: () -> CalendarComponent) -> [UInt8] {
        lock.withLock { _ in
            icalerror_set_errors_are_fatal(0)
            let calendar = body()
            defer { icalcomponent_free(calendar.pointer) }
            guard let text = icalcomponent_as_ical_string_r(calendar.pointer) else { return [] }
            defer { icalmemory_free_buffer(text) }
            return Array(String(cString: text).utf8)
        }
    }

    init(_ kind: icalcomponent_kind) { pointer = icalcomponent_new(kind) }

    func add(_ component: CalendarComponent) { icalcomponent_add_component(pointer, component.pointer) }

    private func add(_ property: OpaquePointer?) {
        guard let property else { return }
        icalcomponent_add_property(pointer, property)
    }

    // MARK: Properties

    /// A property whose value is a text that libical escapes.
    func text(_ kind: icalproperty_kind, _ value: String) {
        guard let property = icalproperty_new(kind) else { return }
        icalproperty_set_value(property, icalvalue_new_text(Self.clean(value)))
        add(property)
    }

    /// A property beyond the standard, with a text.
    func extended(_ name: String, _ value: String) {
        guard let property = icalproperty_new(ICAL_X_PROPERTY) else { return }
        icalproperty_set_x_name(property, name)
        icalproperty_set_value(property, icalvalue_new_text(Self.clean(value)))
        add(property)
    }

    /// A property whose value is written as it stands: an address, a rule, a word of the standard.
    func word(_ name: String, _ value: String) { add(icalproperty_new_from_string("\(name):\(Self.line(value))")) }

    /// A whole number.
    func sequence(_ value: Int64) { add(icalproperty_new_sequence(Int32(clamping: value))) }

    /// A moment in UTC.
    func moment(_ kind: icalproperty_kind, _ instant: Instant) {
        let digits = instant.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        time(kind, digits + "Z")
    }

    /// A local time with its zone, or a day.
    func time(_ kind: icalproperty_kind, _ time: EventTime) {
        guard let local = time.localTime, let wall = local.asIfUTC else {
            return self.time(kind, (time.date ?? "").filter(\.isNumber))
        }
        let digits = wall.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        if local.zone == "UTC" { return self.time(kind, digits + "Z") }
        self.time(kind, digits, zone: local.zone)
    }

    /// A time in libical's notation; without a zone and `Z` it is of the wall.
    func time(_ kind: icalproperty_kind, _ text: String, zone: String? = nil) {
        guard let property = icalproperty_new(kind) else { return }
        let time = icaltime_from_string(text)
        icalproperty_set_value(property, time.is_date != 0 ? icalvalue_new_date(time) : icalvalue_new_datetime(time))
        if time.is_date != 0 { icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_DATE)) }
        if let zone { icalproperty_add_parameter(property, icalparameter_new_tzid(zone)) }
        add(property)
    }

    /// Seconds east of UTC.
    func offset(_ kind: icalproperty_kind, _ seconds: Int64) {
        guard let property = icalproperty_new(kind) else { return }
        icalproperty_set_value(property, icalvalue_new_utcoffset(Int32(clamping: seconds)))
        add(property)
    }

    /// Who calls a meeting.
    func organiser(_ party: CalendarParty) {
        guard let property = icalproperty_new_organizer("mailto:\(Self.line(party.email))") else { return }
        icalproperty_add_parameter(property, icalparameter_new_cn(Self.quotable(party.name)))
        add(property)
    }

    /// Who is called, and with what answer.
    func attendee(_ party: CalendarParty, _ answer: CalendarAnswer) {
        guard let property = icalproperty_new_attendee("mailto:\(Self.line(party.email))") else { return }
        icalproperty_add_parameter(property, icalparameter_new_cn(Self.quotable(party.name)))
        icalproperty_add_parameter(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT))
        icalproperty_add_parameter(property, icalparameter_new_partstat(answer.status))
        icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_FALSE))
        add(property)
    }

    // MARK: Texts

    /// Without the characters that a calendar's text cannot hold.
    private static func clean(_ text: String) -> String {
        let lines = text.replacing("\r\n", with: "\n").unicodeScalars.filter { scalar in
            scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
        }
        return String(String.UnicodeScalarView(lines))
    }

    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }

    /// A parameter's value stands between double quotes and holds none.
    private static func quotable(_ text: String) -> String { line(text).replacing("\"", with: "'") }
}

/// Somebody in an invitation.
public struct CalendarParty: Sendable {
    /// The name shown.
    public let name: String
    /// The e-mail address.
    public let email: String

    /// Makes it.
    public init(name: String, email: String) {
        self.name = name
        self.email = email
    }
}

/// How somebody answers an invitation.
public enum CalendarAnswer: Sendable {
    /// Not yet.
    case none
    /// Will come.
    case accepted
    /// May come: waits for a seat, or would come if need be.
    case tentative
    /// Will not come.
    case declined

    fileprivate var status: icalparameter_partstat {
        switch self {
        case .none: ICAL_PARTSTAT_NEEDSACTION
        case .accepted: ICAL_PARTSTAT_ACCEPTED
        case .tentative: ICAL_PARTSTAT_TENTATIVE
        case .declined: ICAL_PARTSTAT_DECLINED
        }
    }
}
