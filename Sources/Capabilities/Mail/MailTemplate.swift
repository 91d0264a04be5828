import CommunityKernel
import WireProtocol

/// The words of a mail in one language: data of `Texts`, compiled in.
struct MailTemplate: Sendable {
    let subject: String
    /// Paragraphs before the list.
    let text: [String]
    /// The label of the button, which leads to the value `link`; empty for none.
    let action: String
    /// Paragraphs after the button.
    let after: [String]
    /// Why one gets it.
    let reason: String
    /// Whether it may be stopped: it bears List-Unsubscribe, and leads to one's settings.
    let isOptional: Bool

    private static let files = [
        PackageResources.mail_json, PackageResources.events_json, PackageResources.solutions_json,
    ].map { (try? JSONParser.parse($0, limits: .answers)) ?? .null }

    /// What stands under a key of a part of one of the files.
    private static func entry(_ part: String, _ key: String) -> JSON? {
        files.lazy.compactMap { $0[part]?[key] }.first
    }

    init?(_ key: String, language: String) {
        guard let template = Self.entry("templates", key), let words = template[language],
            let subject = words["subject"]?.string
        else { return nil }
        self.subject = subject
        text = (words["text"]?.array ?? []).compactMap(\.string)
        action = words["action"]?.string ?? ""
        after = (words["after"]?.array ?? []).compactMap(\.string)
        reason = words["reason"]?.string ?? ""
        isOptional = template["optional"]?.bool ?? false
    }

    /// A word that is no template's own.
    static func word(_ key: String, _ language: String) -> String { entry("words", key)?[language]?.string ?? key }

    /// A list of words, such as the months.
    static func words(_ key: String, _ language: String) -> [String] {
        (entry("words", key)?[language]?.array ?? []).compactMap(\.string)
    }
}

/// What fills the gaps of a template, in the reader's language.
struct MailValues {
    let values: JSONObject
    let language: String
    let zone: String
    let baseURL: String

    /// The text with its `{gaps}` filled; `item` comes before the mail's own values.
    func fill(_ text: String, item: JSON? = nil) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            filled += rest[..<open]
            filled += string(item?[name] ?? values[name])
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    /// An address: one that begins with `/` is the community's own; what is no web address is none.
    func link(_ value: JSON?) -> String? {
        guard let text = value?.string else { return nil }
        if text.hasPrefix("/"), !text.hasPrefix("//") { return baseURL + Self.clean(text) }
        return text.hasPrefix("https://") || text.hasPrefix("http://") ? Self.clean(text) : nil
    }

    func string(_ value: JSON?) -> String {
        guard let value else { return "" }
        if let text = value.string { return Self.clean(text) }
        if let number = value.int { return String(number) }
        if let local = value["local"]?.string, let zone = value["zone"]?.string {
            guard let instant = try? LocalTime(local: local, zone: zone).resolved() else { return local }
            return moment(instant, in: zone)
        }
        if let at = value["at"]?.string.flatMap({ Instant($0) }) { return moment(at, in: zone) }
        if let date = value["date"]?.string, let noon = Instant(date + "T12:00:00Z") { return Self.day(noon, language) }
        return (value[language] ?? value["it"])?.string.map(Self.clean) ?? ""
    }

    /// `martedì 24 novembre 2026, ore 10:00`; with its zone where the reader's clocks show another time.
    private func moment(_ instant: Instant, in zone: String) -> String {
        let wall = WallMoment(instant, zone: zone)
        let text = Self.day(wall, language) + MailTemplate.word("at", language) + wall.time
        return wall == WallMoment(instant, zone: self.zone) ? text : "\(text) (\(zone))"
    }

    private static func day(_ noon: Instant, _ language: String) -> String {
        day(WallMoment(noon, zone: "UTC"), language)
    }

    private static func day(_ wall: WallMoment, _ language: String) -> String {
        let (year, month, day) = wall.date
        let weekday = MailTemplate.words("weekdays", language)[Int(wall.weekday) - 1]
        let name = MailTemplate.words("months", language)[Int(month) - 1]
        return "\(weekday) \(day) \(name) \(year)"
    }

    /// Without characters that steer: control characters, and those that turn the direction of what follows; lines stay.
    static func clean(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            if scalar == "\n" {
                scalars.append(scalar)
            } else if scalar.steers {
                scalars.append(" ")
            } else {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character or turns the direction of writing.
    var steers: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
        }
    }
}
