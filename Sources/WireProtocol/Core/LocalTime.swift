/// A time as the clock on a wall shows it, and where that wall stands: `{"local":"2026-12-01T10:00","zone":"Europe/Rome"}`.
///
/// The wall-clock time and the zone are the truth; UTC is derived from them. In answers `utc` stands beside them.
public struct LocalTime: WireObject, Equatable {
    /// `YYYY-MM-DDTHH:MM`, seconds allowed.
    public var local = ""
    /// The zone's name in the tz database.
    public var zone = ""
    /// The instant that it names; given in answers, ignored in requests.
    public var utc: Instant?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(local: String, zone: String, utc: Instant? = nil) {
        self.local = local
        self.zone = zone
        self.utc = utc
    }

    /// The wall-clock time read as if the zone were UTC; nil when it is no time of the calendar.
    public var asIfUTC: Instant? {
        let bytes = local.utf8.count
        guard bytes == 16 || bytes == 19 else { return nil }
        let text = bytes == 16 ? local + ":00Z" : local + "Z"
        guard let instant = Instant(text), instant.description.hasPrefix(text.dropLast()) else { return nil }
        return instant
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("local", &local)
        visitor.text("zone", &zone, bytes: 1...64)
        visitor.derived("utc", utc)
    }
}

extension FieldVisitor {
    /// A text that is derived: written, and never read.
    fileprivate mutating func derived(_ name: String, _ value: Instant?) {
        var text = value?.description
        string(name, &text, FieldRule(required: false, format: "date-time"))
    }
}
