/// When something begins or ends: a moment, or a whole day (`2026-12-31`), which includes the day where it ends something.
public enum Moment: Sendable, Equatable {
    /// A day of the calendar, `YYYY-MM-DD`, in the community's time zone.
    case day(String)
    /// A moment, RFC 3339.
    case instant(Instant)

    /// Reads either form; nil for anything else.
    public init?(_ text: String) {
        if text.utf8.count == 10, Instant(text + "T00:00:00Z") != nil {
            self = .day(text)
        } else if let instant = Instant(text) {
            self = .instant(instant)
        } else {
            return nil
        }
    }

    /// The text on the wire.
    public var text: String {
        switch self {
        case .day(let day): day
        case .instant(let instant): instant.description
        }
    }
}

extension FieldVisitor {
    /// A day or a moment that may be left out.
    mutating func moment(_ name: String, _ value: inout Moment?) {
        var read = value?.text
        text(name, &read)
        guard let given = read else {
            value = nil
            return
        }
        if let moment = Moment(given) { value = moment } else { reject(name, "not_a_time") }
    }
}
