/// When an event begins or ends: by the clock on a wall, `{"local":"2026-12-01T10:00","zone":"Europe/Rome"}`, or on a
/// whole day, `{"date":"2019-11-29"}`, which as an end includes that day.
///
/// In answers `utc` stands beside a local time.
public struct EventTime: WireObject, Equatable {
    /// `YYYY-MM-DDTHH:MM`, seconds allowed.
    public var local: String?
    /// The zone's name in the tz database.
    public var zone: String?
    /// The day of an event that lasts whole days.
    public var date: String?
    /// The instant that a local time names; given in answers, ignored in requests.
    public var utc: Instant?

    /// To be read.
    public init() {}

    /// A whole day.
    public init(date: String) { self.date = date }

    /// A local time.
    public init(_ time: LocalTime) {
        local = time.local
        zone = time.zone
        utc = time.utc
    }

    /// The local time; nil for a day, and where something is missing.
    public var localTime: LocalTime? {
        guard let local, let zone else { return nil }
        return LocalTime(local: local, zone: zone, utc: utc)
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("local", &local, bytes: 1...32)
        visitor.text("zone", &zone, bytes: 1...64)
        visitor.text("date", &date, bytes: 1...16)
        var text = utc?.description
        visitor.string("utc", &text, FieldRule(required: false, format: "date-time"))
        utc = text.flatMap(Instant.init)
    }
}

/// When one may register for an event.
///
/// Each is a local time with its zone, `{"local","zone"}`, or in a request an RFC 3339 time, which is read as one of the
/// zone `UTC`. Without `opens` one may register once the event is
/// published; without `closes` and `cancelBy` until it starts.
public struct RegistrationWindow: WireObject, Equatable {
    /// From when on.
    public var opens: LocalTime?
    /// Until when; also when the waiting list stops moving.
    public var closes: LocalTime?
    /// Until when one may cancel oneself.
    public var cancelBy: LocalTime?

    /// To be read, and the window of an event that says nothing.
    public init() {}

    /// Whether it says nothing.
    public var isEmpty: Bool { opens == nil && closes == nil && cancelBy == nil }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.localOrInstant("opens", &opens)
        visitor.localOrInstant("closes", &closes)
        visitor.localOrInstant("cancelBy", &cancelBy)
    }
}

extension FieldVisitor {
    /// A local time, or an instant, that may be left out.
    mutating func localOrInstant(_ name: String, _ value: inout LocalTime?) {
        var raw: JSON? = value.flatMap { try? JSONParser.parse($0.text) }
        json(name, &raw)
        value = nil
        switch raw {
        case nil: break
        case .string(let text):
            guard let instant = Instant(text) else { return reject(name, "not_a_time") }
            value = LocalTime(local: String(instant.description.prefix(19)), zone: "UTC")
        case .object(let object):
            do {
                var time = try LocalTime.read(object, path: name)
                time.utc = object["utc"]?.string.flatMap(Instant.init)
                value = time
            } catch {
                for problem in error.fields ?? [] { reject(problem.path, problem.problem) }
            }
        default: reject(name, "wrong_type")
        }
    }
}
