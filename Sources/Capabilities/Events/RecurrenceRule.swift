import CICal
import CommunityKernel
import Synchronization
import WireProtocol

/// A recurrence rule of RFC 5545, in the part of it that committees and cycles need, expanded by libical.
///
/// A day that a month or a year does not have is the month's last (RFC 7529, `SKIP=BACKWARD`).
struct RecurrenceRule {
    /// The rule as it is kept: without `RRULE:`, in upper case.
    let text: String
    private let parts: [(name: String, value: String)]

    /// The most occurrences that a rule may give.
    static let most = 100

    private static let known: Set<String> = [
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "RSCALE", "SKIP",
    ]

    /// Reads a rule; what is wrong with it is `invalid` at `with.rule`.
    init(_ given: String) throws(WireError) {
        var rule = given.uppercased()
        if rule.hasPrefix("RRULE:") { rule.removeFirst("RRULE:".count) }
        guard rule.utf8.allSatisfy({ $0 < 0x80 && (Self.isLetterOrDigit($0) || ",;=+-".utf8.contains($0)) }) else {
            throw .invalid("with.rule", "not_allowed")
        }
        text = rule
        parts = rule.split(separator: ";", omittingEmptySubsequences: false).map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(sides[0]), sides.count == 2 ? String(sides[1]) : "")
        }
        let names = parts.map(\.name)
        guard Set(names).count == names.count, Set(names).isSubset(of: Self.known),
            parts.allSatisfy({ !$0.value.isEmpty })
        else { throw .invalid("with.rule", "not_allowed") }
        guard ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(value(of: "FREQ") ?? "") else {
            throw .invalid("with.rule", "not_allowed")
        }
        guard ["GREGORIAN", nil].contains(value(of: "RSCALE")), ["BACKWARD", nil].contains(value(of: "SKIP")) else {
            throw .invalid("with.rule", "not_allowed")
        }
        // RFC 5545, 3.3.10: "the second Monday" is of a month or of a year.
        let ofMonths = ["MONTHLY", "YEARLY"].contains(value(of: "FREQ") ?? "")
        guard ofMonths || value(of: "BYDAY")?.contains(where: \.isNumber) != true else {
            throw .invalid("with.rule", "not_allowed")
        }
        switch (value(of: "COUNT"), value(of: "UNTIL")) {
        case (nil, nil): throw .invalid("with.rule", "endless")
        case (.some, .some): throw .invalid("with.rule", "not_allowed")
        case (let count?, nil):
            guard let number = Int(count), number >= 1 else { throw .invalid("with.rule", "out_of_range") }
            guard number <= Self.most else { throw .invalid("with.rule", "too_many") }
        case (nil, .some): break
        }
        if let interval = value(of: "INTERVAL") {
            guard let number = Int(interval), (1...1_000).contains(number) else {
                throw .invalid("with.rule", "out_of_range")
            }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
    }

    private func value(of name: String) -> String? { parts.first { $0.name == name }?.value }

    /// The times at which it happens, `YYYY-MM-DDTHH:MM:SS` by the clock on the wall where the first one is, or days.
    func occurrences(from start: EventTime) throws(WireError) -> [String] {
        var wanted = parts.filter { !["RSCALE", "SKIP", "UNTIL"].contains($0.name) }.map { "\($0.name)=\($0.value)" }
        if let until = value(of: "UNTIL") { wanted.append("UNTIL=\(try Self.floating(until, start))") }
        // Days and weeks have no day that is missing.
        if ["MONTHLY", "YEARLY"].contains(value(of: "FREQ") ?? "") { wanted += ["RSCALE=GREGORIAN", "SKIP=BACKWARD"] }
        let found = Expansion.times(of: wanted.joined(separator: ";"), from: Self.compact(start), limit: Self.most + 1)
        guard let found, !found.isEmpty else { throw .invalid("with.rule", "not_allowed") }
        guard found.count <= Self.most else { throw .invalid("with.rule", "too_many") }
        return found.map { Self.extended($0) }
    }

    /// `2026-12-01T10:00` as `20261201T100000`, a day as `20261201`.
    private static func compact(_ time: EventTime) -> String {
        guard let local = time.local else { return (time.date ?? "").filter(\.isNumber) }
        let digits = local.filter(\.isNumber)
        return "\(digits.prefix(8))T\(digits.dropFirst(8))" + (digits.count == 12 ? "00" : "")
    }

    /// The other way round.
    private static func extended(_ text: String) -> String {
        let digits = Array(text.filter(\.isNumber))
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        let day = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        return digits.count == 8 ? day : "\(day)T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))"
    }

    /// The end of a rule by the clock on the wall where the series begins: UTC is turned into it, a day is included.
    private static func floating(_ until: String, _ start: EventTime) throws(WireError) -> String {
        let isUTC = until.hasSuffix("Z")
        let digits = until.filter(\.isNumber)
        let form = isUTC ? until.dropLast() : until[...]
        let isDay = form.count == 8
        guard form.utf8.count == digits.utf8.count + (isDay ? 0 : 1), digits.count == (isDay ? 8 : 14),
            isDay ? !isUTC : form.dropFirst(8).first == "T",
            let wall = Instant(extended(isDay ? digits + "T235959" : digits) + "Z")
        else { throw .invalid("with.rule", "not_a_time") }
        guard let zone = start.zone else { return String(digits.prefix(8)) }
        let local = isUTC ? LocalTime(wall, zone: zone)?.asIfUTC ?? wall : wall
        return compact(EventTime(LocalTime(local: String(local.description.prefix(19)), zone: zone)))
    }
}

/// libical's iterator.
private enum Expansion {
    /// libical keeps its last error and the memory of its texts by thread, but says nothing of its calendars'.
    private static let lock = Mutex(())

    /// The first occurrences of a rule in libical's notation; nil for a rule that it does not take.
    static func times(of rule: String, from start: String, limit: Int) -> [String]? {
        lock.withLock { _ in
            icalerror_set_errors_are_fatal(0)
            let recurrence = icalrecurrencetype_from_string(rule)
            guard recurrence.freq != ICAL_NO_RECURRENCE,
                let iterator = icalrecur_iterator_new(recurrence, icaltime_from_string(start))
            else { return nil }
            defer { icalrecur_iterator_free(iterator) }
            var found: [String] = []
            while found.count < limit {
                let time = icalrecur_iterator_next(iterator)
                guard icaltime_is_null_time(time) == 0, let text = icaltime_as_ical_string(time) else { break }
                found.append(String(cString: text))
            }
            return found
        }
    }
}
