/// A moment in UTC, milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since the epoch.
    public let milliseconds: Int64

    /// Makes an instant.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Reads an RFC 3339 time with offset, fractions to the millisecond; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40,
            let year = Self.number(bytes, 0, 4), bytes[4] == 0x2D,
            let month = Self.number(bytes, 5, 2), bytes[7] == 0x2D,
            let day = Self.number(bytes, 8, 2), bytes[10] == 0x54 || bytes[10] == 0x74,
            let hour = Self.number(bytes, 11, 2), bytes[13] == 0x3A,
            let minute = Self.number(bytes, 14, 2), bytes[16] == 0x3A,
            let second = Self.number(bytes, 17, 2),
            let days = Self.days(year: year, month: month, day: day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var position = 19
        var fraction: Int64 = 0
        if bytes[position] == 0x2E {
            position += 1
            var scale: Int64 = 100
            let start = position
            while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 {
                fraction += Int64(bytes[position] - 0x30) * scale
                scale /= 10
                position += 1
            }
            guard position > start else { return nil }
        }
        guard position < bytes.count, let offset = Self.offset(bytes[position...]) else { return nil }
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset * 60
        milliseconds = seconds * 1_000 + fraction
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-22T10:00:00.000Z`.
    public var description: String {
        let (days, inDay) = milliseconds.flooredDivision(by: 86_400_000)
        let (year, month, day) = Self.civil(days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        Self.append(year, 4, to: &text)
        text.append(0x2D)
        Self.append(month, 2, to: &text)
        text.append(0x2D)
        Self.append(day, 2, to: &text)
        text.append(0x54)
        Self.append(inDay / 3_600_000, 2, to: &text)
        text.append(0x3A)
        Self.append(inDay / 60_000 % 60, 2, to: &text)
        text.append(0x3A)
        Self.append(inDay / 1_000 % 60, 2, to: &text)
        text.append(0x2E)
        Self.append(inDay % 1_000, 3, to: &text)
        text.append(0x5A)
        return String(decoding: text, as: UTF8.self)
    }

    /// Earlier is less.
    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// The instant that many milliseconds later (earlier when negative).
    public func advanced(byMilliseconds delta: Int64) -> Instant { Instant(milliseconds: milliseconds + delta) }

    /// The instant that many seconds later (earlier when negative).
    public func advanced(bySeconds delta: Int64) -> Instant { advanced(byMilliseconds: delta * 1_000) }

    // MARK: The proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms")

    /// Days since 1970-01-01 of a date, nil when there is no such date.
    public static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard (1...12).contains(month), day >= 1, day <= monthLength(year: year, month: month) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.flooredDivision(by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date of a day since 1970-01-01.
    public static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func monthLength(year: Int64, month: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int64? {
        var value: Int64 = 0
        for byte in bytes[start..<start + count] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }

    /// Minutes east of UTC.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let zone = Array(bytes)
        if zone == [0x5A] || zone == [0x7A] { return 0 }
        guard zone.count == 6, zone[0] == 0x2B || zone[0] == 0x2D, zone[3] == 0x3A,
            let hours = number(zone, 1, 2), let minutes = number(zone, 4, 2), hours < 24, minutes < 60
        else { return nil }
        return (zone[0] == 0x2B ? 1 : -1) * (hours * 60 + minutes)
    }

    private static func append(_ value: Int64, _ width: Int, to text: inout [UInt8]) {
        var divisor: Int64 = width == 4 ? 1_000 : width == 3 ? 100 : 10
        while divisor > 0 {
            text.append(UInt8(0x30 + value / divisor % 10))
            divisor /= 10
        }
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
